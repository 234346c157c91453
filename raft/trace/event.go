// Package trace is the journal of a run: what happened, in order, with the exact
// change of visible state that each event made and the event that caused it.
// Folding the events gives the visible state at any point ([State]); the trace
// table ([Tables]) and everything else that a person sees are readings of them.
package trace

import "raftplay/raft"

// MessageID names a message for the length of a run: m17 is 17. Ids start at 1.
type MessageID uint32

// Message is a message with its place in the run. It never changes.
type Message struct {
	ID     MessageID
	Parent MessageID // the message that this is a duplicate of, 0 if none
	*raft.Message
}

// Kind tells what happened.
type Kind uint8

// The kinds of events. "By hand" means by an action that names the message.
const (
	Start     Kind = iota + 1 // the cluster starts
	Section                   // a section of a scenario begins; Text is its title
	Timeout                   // a node's election timer ran out, or it was made to campaign
	Heartbeat                 // a leader's heartbeat timer ran out
	Ask                       // the client's request arrives at a node
	Send                      // a message leaves its sender's outbox
	Handle                    // a message is handled by its receiver
	Lose                      // the network, or a node that is down, loses a message
	Drop                      // a message is dropped by hand, or by an edit that empties a queue
	Duplicate                 // the network or a hand repeats a message; Created has the copy
	Delay                     // a message is held back, until Due or for ever
	Release                   // a message that was held back may go on
	Reorder                   // a message is put behind another one (After) in its queue
	Park                      // a message is held at the wall around an isolated node
	Crash                     // a node loses its volatile state
	Restart                   // a node starts again from its disk
	Wipe                      // a node's disk is emptied
	Network                   // links are cut or mended
	Edit                      // a node's state is changed by hand
	Clock                     // time passes, or timers are switched on or off
)

var kindNames = [...]string{"", "start", "section", "timeout", "heartbeat", "ask", "send", "handle", "lose",
	"drop", "duplicate", "delay", "release", "reorder", "park", "crash", "restart", "wipe", "network", "edit", "clock"}

// String returns the kind as the journal writes it.
func (k Kind) String() string { return kindNames[k] }

// Field names a field of the visible state.
type Field uint8

// The fields that a [Change] can set. Those of one node belong to the event's
// node; NextIndex and MatchIndex also name a peer.
const (
	Role Field = iota + 1
	CurrentTerm
	VotedFor
	Leader
	CommitIndex
	LastApplied
	ContactUntil
	Granted
	Refused
	Active
	NextIndex    // of Peer
	MatchIndex   // of Peer
	LastLogIndex // the log ends here, before the event's Entries are added
	StoreEmptied
	Up           // 1 running, 0 down
	ElectionDue  // virtual ms at which the election timer runs out, 0 if it does not run
	HeartbeatDue // virtual ms at which the heartbeat timer runs out, 0 if it does not run
	Timers       // of the cluster: 1 running, 0 manual
	Due          // of the event's message: virtual ms at which it arrives
	After        // the message behind which the event's message is put
)

var fieldNames = [...]string{"", "role", "term", "vote", "leader", "commit", "applied", "contact", "granted",
	"refused", "active", "next", "match", "last", "emptied", "up", "electionDue", "heartbeatDue", "timers", "due", "after"}

// String returns the field as the journal writes it.
func (f Field) String() string { return fieldNames[f] }

// Change is one field's new value.
type Change struct {
	Field Field
	Peer  raft.NodeID // for NextIndex and MatchIndex
	Value uint64
}

// Write is one key's new value in a node's store.
type Write struct {
	Key, Value string
	Deleted    bool
}

// LinkState tells what a directed link does with messages.
type LinkState uint8

// The states of a link.
const (
	Open  LinkState = iota // messages pass
	Cut                    // messages are lost
	Holds                  // messages wait at the wall until the link is mended
)

// String returns the state as one lower-case word.
func (s LinkState) String() string { return [...]string{"open", "cut", "holds"}[s] }

// Link is the new state of one directed link.
type Link struct {
	From, To raft.NodeID
	State    LinkState
}

// Event is one thing that happened. Its slices are shared and must not be changed.
type Event struct {
	Seq     int         // 1, 2, 3, …
	Time    int64       // virtual milliseconds
	Kind    Kind        // what happened
	Node    raft.NodeID // where; [raft.Client] at the client, [raft.None] for the cluster
	Message MessageID   // which message it happened to, 0 if none
	Cause   int         // Seq of the event that made this one possible, 0 if it came from outside
	Action  int         // the action that led to it, counted from 1; 0 at the start
	Move    int         // the move within a policy's run, counted from 1; 0 outside one

	Unrecorded bool // has no row in the trace table

	Changes []Change
	Entries []raft.Entry // added to the node's log
	Writes  []Write      // made to the node's store
	Created []Message    // put at the end of the node's outbox; of Ask and Duplicate: of the receiver's inbox
	Links   []Link
	Notes   []raft.Note // the node's decisions
	Text    string      // a section's title, the words of an edit
}

// Value returns the new value of a field, if the event changed it.
func (e *Event) Value(f Field) (value uint64, changed bool) {
	for i := range e.Changes {
		if e.Changes[i].Field == f {
			return e.Changes[i].Value, true
		}
	}
	return 0, false
}

// Weight returns how many events an event counts for where their number is
// limited: one, and one more for every eight entries and writes that it carries,
// which may fill a kilobyte.
func (e *Event) Weight() int {
	carried := len(e.Entries) + len(e.Writes)
	for i := range e.Created {
		carried += len(e.Created[i].Entries)
	}
	return 1 + carried/8
}
