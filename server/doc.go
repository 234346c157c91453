// Package server keeps live sessions: runs that people act on and watch
// together.
//
// A [Session] is a tree of branches, each a run of its own, and is owned by one
// goroutine: whoever wants something done hands it a function. All that changes
// a session passes through one method, Reader.request, in the order in which it
// happens. What readers see is published as an immutable view of the journals,
// so a [Reader] catches up at its own pace and holds nothing but positions: a
// slow one costs the others nothing. A [Hub] holds the sessions and their limits.
//
// What a request changed is kept, in a [keep.Store], before anybody is told of it.
// A session that nobody uses leaves memory; it is taken up again by making its
// changes once more, which gives the same bytes or is refused.
package server
