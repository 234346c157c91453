// Package link holds a run in the form in which it is passed on: what it started
// from, what was done, where one looks, and a hash of what came of it, packed for
// an address.
package link
