// Package check watches a run for violations of Raft's invariants.
//
// A [Checker] reads the journal, event by event, and nothing else. What it does
// for an event costs as much as the event changed, however long the run is.
package check

import (
	"fmt"
	"sort"

	"raftplay/raft"
	"raftplay/raft/trace"
)

// Checker keeps the invariants up with a run. It remembers the first violation
// of each and counts the others, so what it keeps grows only with the logs and
// the number of leaders. It is not safe for concurrent use.
//
// An edit and the wiping of a disk are interventions from outside the protocol: by
// themselves they break nothing, but what follows can, and names them as its cause.
type Checker struct {
	nodes   [raft.MaxNodes + 1]node
	last    int          // the cluster's largest id
	edited  intervention // the last one anywhere
	leaders []leader     // ascending by term
	commits []commit     // ascending by term and by index
	applied []applied
	broken  []Violation // in the order of events
}

// node is what the checker knows of one server.
type node struct {
	role    raft.Role
	term    raft.Term
	commit  raft.Index
	applied raft.Index
	log     []slot       // log[i-1] is entry i; clones share it
	edited  intervention // the last one here
}

// intervention is an edit, or the wiping of a disk.
type intervention struct {
	seq  int // 0 if there was none
	kind trace.Kind
}

// slot is one entry of a log.
type slot struct {
	term   raft.Term
	digest uint64 // of the entry alone
	chain  uint64 // of all entries up to this one
}

// leader is a server that led a term, the first if there are several.
type leader struct {
	term  raft.Term
	node  raft.NodeID
	event int
}

// commit is the highest entry that leaders had committed up to a term. The term
// is the leader's: Leader Completeness speaks of the term in which an entry is
// committed, not of the entry's own.
type commit struct {
	term  raft.Term
	index raft.Index
	entry slot
	node  raft.NodeID
	event int
}

// applied is the entry that was first applied at an index.
type applied struct {
	term   raft.Term
	digest uint64
	node   raft.NodeID
	event  int
}

// New returns a checker for a run of the servers 1 to nodes, before its first
// event.
func New(nodes int) *Checker { return &Checker{last: nodes} }

// Clone returns an independent copy. What both know is shared, so the cost does
// not depend on how long the run is.
func (c *Checker) Clone() *Checker {
	d := *c
	for i := range d.nodes {
		log := d.nodes[i].log
		d.nodes[i].log = log[:len(log):len(log)]
	}
	d.leaders = c.leaders[:len(c.leaders):len(c.leaders)]
	d.applied = c.applied[:len(c.applied):len(c.applied)]
	d.commits = append([]commit(nil), c.commits...)
	d.broken = append([]Violation(nil), c.broken...)
	return &d
}

// Violations returns the first violation of every invariant that was broken, in
// the order of their events. It must not be changed.
func (c *Checker) Violations() []Violation { return c.broken }

// Check looks at the next event.
func (c *Checker) Check(e *trace.Event) {
	if e.Node == raft.None || int(e.Node) > c.last {
		return
	}
	n := &c.nodes[e.Node]
	byHand := e.Kind == trace.Edit || e.Kind == trace.Wipe
	if byHand {
		c.edited = intervention{e.Seq, e.Kind}
		n.edited = c.edited
	}
	was := *n
	for _, change := range e.Changes {
		switch change.Field {
		case trace.Role:
			n.role = raft.Role(change.Value)
		case trace.CurrentTerm:
			n.term = raft.Term(change.Value)
		case trace.CommitIndex:
			n.commit = raft.Index(change.Value)
		case trace.LastApplied:
			n.applied = raft.Index(change.Value)
		case trace.LastLogIndex:
			n.log = n.log[:change.Value:change.Value] // clones still see what is cut off
		}
	}
	if !byHand {
		c.checkSteps(e, &was, n)
	}
	if len(e.Entries) > 0 {
		c.appended(e, n)
	}
	if n.role == raft.Leader && (was.role != raft.Leader || was.term != n.term) {
		c.leads(e, n)
	}
	if n.role == raft.Leader && n.commit > was.commit {
		c.committed(e, n)
	}
	if n.applied > was.applied {
		c.appliedUpTo(e, n, was.applied)
	}
}

// checkSteps looks at what a server must not do by itself: Terms Never Go Back,
// Commit Never Goes Back and Leader Append-Only.
func (c *Checker) checkSteps(e *trace.Event, was, n *node) {
	if n.term < was.term {
		c.report(TermsNeverGoBack, e, func(v *Violation) {
			v.Text = fmt.Sprintf("currentTerm of %s goes from %d back to %d", e.Node, was.term, n.term)
		})
	}
	if n.commit < was.commit && e.Kind != trace.Crash {
		c.report(CommitNeverGoesBack, e, func(v *Violation) {
			v.Text = fmt.Sprintf("commitIndex of %s goes from %d back to %d", e.Node, was.commit, n.commit)
		})
	}
	if kept := len(n.log); n.role == raft.Leader && kept < len(was.log) {
		c.report(LeaderAppendOnly, e, func(v *Violation) {
			for i := kept; i < len(was.log); i++ {
				v.Entries = append(v.Entries, EntryID{raft.Index(i + 1), was.log[i].term})
			}
			v.Text = fmt.Sprintf("%s, leader of term %d, removes %s from its log", e.Node, n.term, listed(v.Entries))
		})
	}
}

// appended adds the event's entries to the server's log. Log Matching: wherever
// another log has an entry with the same index and term, both must be the same
// up to there.
func (c *Checker) appended(e *trace.Event, n *node) {
	var chain uint64
	if len(n.log) > 0 {
		chain = n.log[len(n.log)-1].chain
	}
	for i := range e.Entries {
		s := slot{term: e.Entries[i].Term, digest: e.Entries[i].Digest()}
		chain = raft.Mix(chain, s.digest)
		s.chain = chain
		at := len(n.log)
		n.log = append(n.log, s)
		for id := 1; id <= c.last; id++ {
			other := &c.nodes[id]
			if at < len(other.log) && other.log[at].term == s.term && other.log[at].chain != s.chain {
				c.report(LogMatching, e, func(v *Violation) {
					differ := at
					for differ > 0 && other.log[differ-1].chain != n.log[differ-1].chain {
						differ--
					}
					v.Nodes = append(v.Nodes, raft.NodeID(id))
					v.Entries = []EntryID{{raft.Index(at + 1), s.term}, {raft.Index(differ + 1), n.log[differ].term}}
					v.Text = fmt.Sprintf("%s and %s both have an entry %s, but their logs differ at index %d", e.Node, v.Nodes[1], v.Entries[0], differ+1)
				})
			}
		}
	}
}

// leads notes that the server leads its term. Election Safety: nobody else ever
// did. Leader Completeness: it has every entry committed in an earlier term.
func (c *Checker) leads(e *trace.Event, n *node) {
	i := sort.Search(len(c.leaders), func(i int) bool { return c.leaders[i].term >= n.term })
	switch {
	case i == len(c.leaders):
		c.leaders = append(c.leaders, leader{n.term, e.Node, e.Seq})
	case c.leaders[i].term > n.term:
		before := c.leaders[:i:i] // clones still see the old list
		c.leaders = append(append(before, leader{n.term, e.Node, e.Seq}), c.leaders[i:]...)
	case c.leaders[i].node != e.Node:
		c.report(ElectionSafety, e, func(v *Violation) {
			v.Nodes = append(v.Nodes, c.leaders[i].node)
			v.Text = fmt.Sprintf("%s leads term %d, which %s leads since event %d", e.Node, n.term, c.leaders[i].node, c.leaders[i].event)
		})
	}
	earlier := sort.Search(len(c.commits), func(i int) bool { return c.commits[i].term >= n.term })
	if earlier > 0 {
		c.mustHold(e, e.Node, c.commits[earlier-1])
	}
}

// committed notes what the leader has committed. Leader Completeness: the leaders
// of later terms, of whom this one knows nothing yet, must have it.
func (c *Checker) committed(e *trace.Event, n *node) {
	index := min(n.commit, raft.Index(len(n.log)))
	if index == 0 {
		return
	}
	made := commit{n.term, index, n.log[index-1], e.Node, e.Seq}
	from := sort.Search(len(c.commits), func(i int) bool { return c.commits[i].term > n.term })
	if from == 0 || c.commits[from-1].index < index {
		to := from
		if from > 0 && c.commits[from-1].term == n.term {
			from--
		}
		for to < len(c.commits) && c.commits[to].index <= index {
			to++
		}
		c.replaceCommits(from, to, made)
	}
	for id := 1; id <= c.last; id++ {
		if other := &c.nodes[id]; other.role == raft.Leader && other.term > n.term {
			c.mustHold(e, raft.NodeID(id), made)
		}
	}
}

// replaceCommits puts one commit in the place of those from from up to to.
func (c *Checker) replaceCommits(from, to int, made commit) {
	if from == to {
		c.commits = append(c.commits, commit{})
		copy(c.commits[from+1:], c.commits[from:])
	} else {
		c.commits = append(c.commits[:from+1], c.commits[to:]...)
	}
	c.commits[from] = made
}

// mustHold checks that a leader has a committed entry and all before it.
func (c *Checker) mustHold(e *trace.Event, id raft.NodeID, made commit) {
	n := &c.nodes[id]
	if int(made.index) <= len(n.log) && n.log[made.index-1].chain == made.entry.chain {
		return
	}
	c.report(LeaderCompleteness, e, func(v *Violation) {
		v.Nodes = []raft.NodeID{id}
		if made.node != id {
			v.Nodes = append(v.Nodes, made.node)
		}
		entry := EntryID{made.index, made.entry.term}
		v.Entries = []EntryID{entry}
		lacks := "lacks entry " + entry.String()
		if int(made.index) <= len(n.log) && n.log[made.index-1].digest == made.entry.digest {
			lacks = fmt.Sprintf("has entry %s, but lacks one before it,", entry)
		}
		v.Text = fmt.Sprintf("%s, leader of term %d, %s which %s committed in term %d at event %d",
			id, n.term, lacks, made.node, made.term, made.event)
	})
}

// appliedUpTo notes the entries that the server has applied since index before.
// State Machine Safety: nobody else applied another one there.
func (c *Checker) appliedUpTo(e *trace.Event, n *node, before raft.Index) {
	for i := before; i < n.applied && int(i) < len(n.log); i++ {
		s := n.log[i]
		if int(i) == len(c.applied) {
			c.applied = append(c.applied, applied{s.term, s.digest, e.Node, e.Seq})
			continue
		}
		if first := &c.applied[i]; first.digest != s.digest {
			c.report(StateMachineSafety, e, func(v *Violation) {
				if first.node != e.Node {
					v.Nodes = append(v.Nodes, first.node)
				}
				v.Entries = []EntryID{{i + 1, s.term}, {i + 1, first.term}}
				v.Text = fmt.Sprintf("%s applies entry %s, where %s applied %s at event %d",
					e.Node, v.Entries[0], first.node, v.Entries[1], first.event)
			})
		}
	}
}

// report counts a violation; the first of its invariant is kept, described by
// tell. Nodes begins with the event's.
func (c *Checker) report(broken Invariant, e *trace.Event, tell func(*Violation)) {
	for i := range c.broken {
		if c.broken[i].Invariant == broken {
			c.broken[i].Count++
			return
		}
	}
	v := Violation{Invariant: broken, Event: e.Seq, Nodes: []raft.NodeID{e.Node}, Count: 1}
	tell(&v)
	var near intervention
	for _, id := range v.Nodes {
		if at := c.nodes[id].edited; at.seq > near.seq {
			near = at
		}
	}
	if near.seq == 0 {
		near = c.edited
	}
	v.Cause, v.Means = near.seq, near.kind
	c.broken = append(c.broken, v)
}

func listed(entries []EntryID) string {
	if len(entries) == 1 {
		return "entry " + entries[0].String()
	}
	return fmt.Sprintf("entries %s to %s", entries[0], entries[len(entries)-1])
}
