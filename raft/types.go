package raft

import (
	"math/bits"
	"strconv"
)

// MaxNodes is the largest number of servers in one cluster. Server ids run from
// 1 to MaxNodes, so that a set of servers fits in one machine word.
const MaxNodes = 15

// NodeID names a server: 1 to MaxNodes. The zero value is [None].
type NodeID uint8

const (
	// None is no server: an empty votedFor, an unknown leader.
	None NodeID = 0
	// Client is the address of the client, who is not a server of the cluster.
	Client NodeID = MaxNodes + 1
)

// String returns the name that every picture and table uses: "N-2", or
// "client", or "none".
func (id NodeID) String() string {
	switch id {
	case None:
		return "none"
	case Client:
		return "client"
	}
	return "N-" + strconv.Itoa(int(id))
}

// NodeSet is a set of servers.
type NodeSet uint16

// SetOf returns the set of the given servers.
func SetOf(ids ...NodeID) NodeSet {
	var s NodeSet
	for _, id := range ids {
		s = s.With(id)
	}
	return s
}

// FirstNodes returns the set of the servers 1 to n.
func FirstNodes(n int) NodeSet { return NodeSet(1<<(n+1) - 2) }

// Has reports whether id is in the set.
func (s NodeSet) Has(id NodeID) bool { return id <= MaxNodes && s&(1<<id) != 0 }

// With returns the set and id.
func (s NodeSet) With(id NodeID) NodeSet { return s | 1<<id }

// Without returns the set less id.
func (s NodeSet) Without(id NodeID) NodeSet { return s &^ (1 << id) }

// Len returns the number of servers in the set.
func (s NodeSet) Len() int { return bits.OnesCount16(uint16(s)) }

// Next returns the smallest member greater than id, or [None] at the end, so
// that a set is walked in order of ids: for id := s.Next(None); id != None; id
// = s.Next(id).
func (s NodeSet) Next(id NodeID) NodeID {
	rest := uint16(s) &^ (1<<(id+1) - 1)
	if rest == 0 {
		return None
	}
	return NodeID(bits.TrailingZeros16(rest))
}

// IDs returns the members in ascending order.
func (s NodeSet) IDs() []NodeID {
	ids := make([]NodeID, 0, s.Len())
	for id := s.Next(None); id != None; id = s.Next(id) {
		ids = append(ids, id)
	}
	return ids
}

// Term numbers the periods of Raft's logical clock (§5.1). The first term that
// can have a leader is 1.
type Term uint64

// Index is a position in the log. The first entry has index 1; 0 stands before it.
type Index uint64

// Role is what a server currently is (§5.1, Figure 4). It has the width of a
// field's value in the journal.
type Role uint8

// The roles. A server that asks for pre-votes (diss. §9.6) is a PreCandidate;
// both kinds of candidate show as candidates.
const (
	Follower Role = iota
	PreCandidate
	Candidate
	Leader
)

// String returns the role as one lower-case word.
func (r Role) String() string {
	return [...]string{"follower", "pre-candidate", "candidate", "leader"}[r]
}

// EntryKind tells the entries of Raft's own from those that clients asked for.
type EntryKind uint8

const (
	// CommandEntry holds a client's command for the state machine.
	CommandEntry EntryKind = iota
	// TermStart is the no-op that a leader appends at the start of its term, so
	// that it has an entry of its own term to commit (§8).
	TermStart
)

// String returns the kind as the journal writes it.
func (k EntryKind) String() string { return [...]string{"command", "start"}[k] }

// Entry is one entry of the log. Its index is its place.
type Entry struct {
	Term    Term
	Kind    EntryKind
	Serial  uint32 // the client's number for the request (§8), 0 if none
	Command string // the command's text, "" unless Kind is CommandEntry
}
