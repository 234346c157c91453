// Package scenarios reads scenario files, plays them and writes them: a
// configuration, sections with prose, steps and what is expected, in YAML.
// README.md describes the format. The files beside it are the library, which is
// part of the program.
//
// A scenario adds nothing to what can happen in a run. Each of its steps becomes
// actions of package sim, and each expectation reads the run's journal.
package scenarios
