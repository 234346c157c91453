package sim

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"raftplay/raft"
	"raftplay/raft/trace"
)

// Verb names an action.
type Verb string

// The actions. Everything that happens in a run begins with one of them.
const (
	Deliver   Verb = "deliver"   // Message: send it if it waits in an outbox, else handle it
	Send      Verb = "send"      // Node: send the messages of its outbox, at most Count (0: all)
	Drop      Verb = "drop"      // Message
	Delay     Verb = "delay"     // Message: hold it back for Ms, or until released if 0
	Release   Verb = "release"   // Message: let a delayed one go on
	Duplicate Verb = "duplicate" // Message
	Reorder   Verb = "reorder"   // Message: put it behind After in the same queue
	Timeout   Verb = "timeout"   // Node: its election timer runs out
	Campaign  Verb = "campaign"  // Node: it starts an election whatever it has heard
	Heartbeat Verb = "heartbeat" // Node: its heartbeat timer runs out
	Ask       Verb = "ask"       // Node, Command, Hold: the client asks
	Crash     Verb = "crash"     // Node
	Restart   Verb = "restart"   // Node
	Wipe      Verb = "wipe"      // Node, while it is down: empty its disk
	Isolate   Verb = "isolate"   // Node, Keep: cut all its links
	Rejoin    Verb = "rejoin"    // Node, Keep: mend all its links
	Partition Verb = "partition" // Groups, Keep: cut all links between groups
	Heal      Verb = "heal"      // Keep: mend all links
	CutLink   Verb = "cut"       // Node, To, Keep: cut the directed link
	MendLink  Verb = "mend"      // Node, To, Keep: mend the directed link
	SetTimers Verb = "timers"    // Running: switch the timers on or off
	SetLinks  Verb = "links"     // Links: what happens to messages sent from now on
	EditNode  Verb = "edit"      // Node, Edit, Clear: change its state by hand
	RunPolicy Verb = "run"       // Policy, Nodes, Until, Count: move messages by rule
	Begin     Verb = "section"   // Title: a section of a scenario begins
)

// Action is something that the world does to the cluster. Which fields have a
// meaning depends on Do; the rest are zero.
type Action struct {
	Do      Verb            `json:"do"`
	Node    raft.NodeID     `json:"node,omitempty"`
	To      raft.NodeID     `json:"to,omitempty"`
	Message trace.MessageID `json:"message,omitempty"`
	After   trace.MessageID `json:"after,omitempty"`
	Ms      int64           `json:"ms,omitempty"`
	Command string          `json:"command,omitempty"`
	Hold    Holding         `json:"hold,omitempty"`
	// Keep: messages on a cut link wait at the wall instead of being lost; on a
	// mended one they go on instead of being discarded.
	Keep    bool           `json:"keep,omitempty"`
	Groups  []raft.NodeSet `json:"groups,omitempty"` // servers in none of them form one more
	Running bool           `json:"running,omitempty"`
	Links   *Links         `json:"links,omitempty"`
	Edit    *raft.Edit     `json:"edit,omitempty"`
	Clear   Queues         `json:"clear,omitempty"`
	Policy  Policy         `json:"policy,omitempty"`
	Nodes   raft.NodeSet   `json:"nodes,omitempty"` // whose queues a policy moves, 0: all
	Until   *Until         `json:"until,omitempty"`
	Count   int            `json:"count,omitempty"` // moves at most, 0: no limit
	Title   string         `json:"title,omitempty"`

	Unrecorded bool `json:"unrecorded,omitempty"` // its events have no rows in the trace table
}

// MaxTitle is the longest title of a section, in bytes. It is one line, so that a
// scenario file can have it.
const MaxTitle = 200

// check returns an error if a text or a list is none that an action of any kind
// can have: a run keeps its actions, so they are small.
func (a Action) check() error {
	switch {
	case len(a.Title) > MaxTitle:
		return fmt.Errorf("the title has %d bytes: it may have %d", len(a.Title), MaxTitle)
	case !utf8.ValidString(a.Title) || strings.ContainsFunc(a.Title, unicode.IsControl) || strings.TrimSpace(a.Title) != a.Title:
		return fmt.Errorf("the title %q is not one line of text, without spaces at its ends", a.Title)
	case len(a.Command) > raft.MaxCommand:
		return raft.CheckCommand(a.Command)
	case len(a.Groups) > raft.MaxNodes:
		return fmt.Errorf("there are %d groups: there may be %d", len(a.Groups), raft.MaxNodes)
	}
	switch a.Hold {
	case HoldNone, HoldRequest, HoldAnswer, HoldBoth:
	default:
		return fmt.Errorf("hold is %q: it must be request, answer or both", a.Hold)
	}
	switch a.Clear {
	case NoQueue, InboxOnly, OutboxOnly, BothQueues:
	default:
		return fmt.Errorf("clear is %q: it must be inbox, outbox or both", a.Clear)
	}
	if a.Do != RunPolicy && (a.Policy != "" || a.Until != nil) {
		return fmt.Errorf("%s: a policy and its condition belong to the action %q", a.Do, RunPolicy)
	}
	return nil
}

// Holding tells which of a client's messages wait until they are delivered by
// hand; the others arrive at once while timers are manual, and with the links'
// latency while they run.
type Holding string

// What can be held.
const (
	HoldNone    Holding = ""
	HoldRequest Holding = "request"
	HoldAnswer  Holding = "answer"
	HoldBoth    Holding = "both"
)

// Queues names queues of a node.
type Queues string

// Queues that an edit can empty.
const (
	NoQueue    Queues = ""
	InboxOnly  Queues = "inbox"
	OutboxOnly Queues = "outbox"
	BothQueues Queues = "both"
)

// Policy is a rule by which messages are moved.
type Policy string

// The policies. A node that is down loses what reaches it; held messages stay.
const (
	// Drain: each node in turn sends all its outbox, else handles the head of its
	// inbox, and goes on until it has neither.
	Drain Policy = "drain"
	// Bounce: each node in turn handles at most one message and then sends at most one.
	Bounce Policy = "bounce"
	// Timed: whatever is due next happens next, and time moves on to it.
	Timed Policy = "timed"
	// Random: any message that can move moves, drawn from the seed.
	Random Policy = "random"
)

// Until is the condition at which a policy stops.
type Until struct {
	When  Condition        `json:"when"`
	Node  raft.NodeID      `json:"node,omitempty"`  // for Elected, Committed, Applied: this one; None: any
	Every bool             `json:"every,omitempty"` // for Committed, Applied: every server that is up
	Index raft.Index       `json:"index,omitempty"` // for Committed, Applied
	Type  raft.MessageType `json:"type,omitempty"`  // for Sent, Handled
	Ms    int64            `json:"ms,omitempty"`    // for Passed, with the timed policy
}

// Condition names what a policy waits for.
type Condition string

// The conditions.
const (
	Elected   Condition = "elected"   // a server, or Node, became leader during this run
	Committed Condition = "committed" // commitIndex is at least Index
	Applied   Condition = "applied"   // lastApplied is at least Index
	Sent      Condition = "sent"      // a message of Type was sent (by Node, if given)
	Handled   Condition = "handled"   // a message of Type was handled (by Node, if given)
	Answered  Condition = "answered"  // the client got an answer
	Passed    Condition = "passed"    // Ms have passed since the policy began
)
