package raft

import (
	"slices"
	"testing"
)

// The tests of clauses build one server of three, N-1, as a clause finds it, give
// it one input, and look at its state and its answer. The others are N-2 and N-3.

const contact = 150 // ms for which a server counts as in contact with its leader

// figure2 returns the rules of Figure 2 alone, without the no-op of §8.
func figure2() Rules {
	r := paper()
	r.TermStartEntry = false
	return r
}

// serverOf returns N-1 of three as a follower in a term, with a log whose entries
// have the given terms.
func serverOf(rules Rules, term Term, log ...Term) *Node {
	n := New(Options{ID: 1, Rules: rules, Configuration: Configuration{Voters: FirstNodes(3)}, MinElectionTimeout: contact})
	n.CurrentTerm = term
	n.Log.Append(entries(log...)...)
	return n
}

// entries returns commands of the given terms, numbered from 1.
func entries(terms ...Term) []Entry {
	var out []Entry
	for i, t := range terms {
		out = append(out, Entry{Term: t, Serial: uint32(i + 1), Command: "add x 1"})
	}
	return out
}

func follower(term Term, log ...Term) *Node { return serverOf(figure2(), term, log...) }

// candidateOf returns a server that has just entered a term as a candidate.
func candidateOf(rules Rules, term Term, log ...Term) *Node {
	n := serverOf(rules, term-1, log...)
	n.ElectionTimeout(0)
	if n.Role == PreCandidate {
		feed(n, Message{Type: PreVoteReply, From: 2, Term: term, OK: true})
	}
	return n
}

func candidate(term Term, log ...Term) *Node { return candidateOf(figure2(), term, log...) }

// leaderOf returns a server that N-2's vote has just made leader of a term.
func leaderOf(rules Rules, term Term, log ...Term) *Node {
	n := candidateOf(rules, term, log...)
	feed(n, Message{Type: RequestVoteReply, From: 2, Term: term, OK: true})
	return n
}

func leader(term Term, log ...Term) *Node { return leaderOf(figure2(), term, log...) }

// feed gives a server a message and returns what it sends in return.
func feed(n *Node, m Message) []Message {
	m.To = n.ID
	n.Receive(0, &m)
	return sent(n)
}

func sent(n *Node) []Message { return slices.Clone(n.Output().Messages) }

// answer gives a server a message and returns its one answer.
func answer(t *testing.T, n *Node, m Message) Message {
	t.Helper()
	out := feed(n, m)
	if len(out) != 1 {
		t.Fatalf("%s to %s: %d messages in return, want one: %+v", m.Type, n.ID, len(out), out)
	}
	return out[0]
}

// said reports whether a server gave this reason for what it did last.
func said(n *Node, code NoteCode) bool {
	return slices.ContainsFunc(n.Output().Notes, func(note Note) bool { return note.Code == code })
}

// terms returns the terms of a log's entries.
func terms(l *Log) []Term {
	out := []Term{}
	for i := l.FirstIndex(); i <= l.LastIndex(); i++ {
		out = append(out, l.Entry(i).Term)
	}
	return out
}

// expect compares what a clause is about.
func expect[T comparable](t *testing.T, what string, got, want T) {
	t.Helper()
	if got != want {
		t.Errorf("%s is %v, want %v", what, got, want)
	}
}

func expectLog(t *testing.T, n *Node, want ...Term) {
	t.Helper()
	if got := terms(&n.Log); !slices.Equal(got, want) {
		t.Errorf("the log of %s has entries of terms %v, want %v", n.ID, got, want)
	}
}

// group is a cluster without time or faults of its own: what is sent arrives, in
// order, unless its sender or receiver is cut off.
type group struct {
	nodes   []*Node // nodes[id]
	cut     NodeSet
	queue   []Message
	answers []Message
}

func groupOf(rules Rules, n int) *group {
	g := &group{nodes: make([]*Node, n+1)}
	for id := 1; id <= n; id++ {
		g.nodes[id] = New(Options{ID: NodeID(id), Rules: rules, Configuration: Configuration{Voters: FirstNodes(n)}, MinElectionTimeout: contact})
	}
	return g
}

// do gives one server an input and lets all messages that follow arrive.
func (g *group) do(id NodeID, input func(*Node)) {
	g.take(id, input)
	for len(g.queue) > 0 {
		m := g.queue[0]
		g.queue = g.queue[1:]
		switch {
		case m.To == Client:
			g.answers = append(g.answers, m)
		case !g.cut.Has(m.To) && !g.cut.Has(m.From):
			g.take(m.To, func(n *Node) { n.Receive(0, &m) })
		}
	}
}

func (g *group) take(id NodeID, input func(*Node)) {
	input(g.nodes[id])
	g.queue = append(g.queue, sent(g.nodes[id])...)
}

func (g *group) timeout(id NodeID)   { g.do(id, func(n *Node) { n.ElectionTimeout(0) }) }
func (g *group) heartbeat(id NodeID) { g.do(id, func(n *Node) { n.HeartbeatTimeout(0) }) }

func (g *group) ask(id NodeID, serial uint32, command string) {
	g.do(id, func(n *Node) {
		n.Receive(0, &Message{Type: ClientRequest, From: Client, To: id, Serial: serial, Text: command})
	})
}
