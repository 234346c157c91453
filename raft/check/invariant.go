package check

import (
	"fmt"
	"strings"

	"raftplay/raft"
	"raftplay/raft/trace"
)

// Invariant is one property that holds at all times.
type Invariant uint8

// The invariants: the five of Figure 3, and two that Figure 2 states of single
// servers.
const (
	ElectionSafety Invariant = iota
	LeaderAppendOnly
	LogMatching
	LeaderCompleteness
	StateMachineSafety
	TermsNeverGoBack
	CommitNeverGoesBack
	invariants
)

// Invariants lists every invariant.
var Invariants = [invariants]Invariant{ElectionSafety, LeaderAppendOnly, LogMatching,
	LeaderCompleteness, StateMachineSafety, TermsNeverGoBack, CommitNeverGoesBack}

var texts = [invariants]struct{ name, section, statement string }{
	{"Election Safety", "§5.2", "At most one leader can be elected in a given term."},
	{"Leader Append-Only", "§5.3", "A leader never overwrites or deletes entries in its log; it only appends new entries."},
	{"Log Matching", "§5.3", "If two logs contain an entry with the same index and term, then the logs are identical in all entries up through the given index."},
	{"Leader Completeness", "§5.4", "If a log entry is committed in a given term, then that entry will be present in the logs of the leaders for all higher-numbered terms."},
	{"State Machine Safety", "§5.4.3", "If a server has applied a log entry at a given index to its state machine, no other server will ever apply a different log entry for the same index."},
	{"Terms Never Go Back", "§5.1", "A server's currentTerm increases monotonically, across crashes too."},
	{"Commit Never Goes Back", "Figure 2", "A running server's commitIndex increases monotonically."},
}

// String returns the invariant's name.
func (i Invariant) String() string { return texts[i].name }

// Section returns the place in the paper that states the invariant.
func (i Invariant) Section() string { return texts[i].section }

// Statement returns what the invariant says, in one sentence.
func (i Invariant) Statement() string { return texts[i].statement }

// InvariantNamed returns the invariant with this name.
func InvariantNamed(name string) (Invariant, error) {
	names := make([]string, invariants)
	for i, v := range Invariants {
		if v.String() == name {
			return v, nil
		}
		names[i] = v.String()
	}
	return 0, fmt.Errorf("unknown invariant %q: the invariants are %s", name, strings.Join(names, ", "))
}

// EntryID names an entry of a log.
type EntryID struct {
	Index raft.Index
	Term  raft.Term
}

// String returns the entry as every note writes it: "3/t2".
func (e EntryID) String() string { return fmt.Sprintf("%d/t%d", e.Index, e.Term) }

// Violation tells how an invariant was first broken.
type Violation struct {
	Invariant Invariant
	Event     int // Seq of the event that broke it
	Nodes     []raft.NodeID
	Entries   []EntryID
	Text      string // what happened, in words
	// Cause is the Seq of the last intervention from outside the protocol that came
	// before: at one of the nodes if there was one, else anywhere. 0 if there was none.
	Cause int
	Means trace.Kind // of the intervention: an edit or the wiping of a disk
	Count int        // events that broke the invariant so far, this one included
}

// String returns the whole violation as one sentence.
func (v Violation) String() string {
	s := fmt.Sprintf("%s (%s) is broken at event %d: %s", v.Invariant, v.Invariant.Section(), v.Event, v.Text)
	if v.Cause > 0 {
		s += fmt.Sprintf(", after the %s at event %d", v.Means, v.Cause)
	}
	return s
}
