// Package raft is one Raft server: the protocol as a pure state machine, in the
// words of Figure 2 of the paper, and nothing else.
//
// A [Node] takes one input at a time (a message, an election timeout, a
// heartbeat) and changes its own state; what it wants done in return (messages
// to send, timers to restart) and why it decided as it did waits in its
// [Output]. It knows no clock, network, disk or randomness: whoever runs it
// supplies all four, so the same inputs give the same outputs for ever.
//
// Section marks (§5.4.1) are those of "In Search of an Understandable Consensus
// Algorithm (Extended Version)" by Ongaro and Ousterhout; "diss." marks are
// those of Ongaro's dissertation, "Consensus: Bridging Theory and Practice".
package raft
