package scenarios

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"raftplay/raft"
	"raftplay/raft/check"
	"raftplay/raft/trace"
)

// Expectation is one thing that a scenario says will be so.
type Expectation struct {
	Line, Column int    // its place in the file
	Text         string // in words: "N-3 is leader"

	holds      func(*moment) (held bool, got string)
	invariants []check.Invariant // whose violation is expected
}

// Result is an expectation that was looked at.
type Result struct {
	Expectation
	Event int // Seq of the event after which it was looked at
	Held  bool
	Got   string // what is so instead, in words, if it did not hold
}

// moment is what an expectation can look at.
type moment struct {
	state   *trace.State
	journal *trace.Journal
	broken  []check.Violation
}

// expectations reads the step expect.
func (s *scenarioReader) expectations(v value) []Expectation {
	var out []Expectation
	add := func(v value, text string, holds func(*moment) (bool, string)) {
		out = append(out, Expectation{Line: v.at.line, Column: v.at.column, Text: text, holds: holds})
	}
	// perNode reads a value for every node, or one for each that is named.
	perNode := func(name string, read func(value) aspect) key {
		return key{name, func(v value) {
			if v.kind != mapping {
				a := read(v)
				add(v, "every node "+a.text, a.ofAll)
				return
			}
			for _, f := range v.fields {
				a := read(f.value)
				if f.key == "all" {
					add(f.value, "every node "+a.text, a.ofAll)
					continue
				}
				id := s.node(value{at: f.at, kind: scalar, text: f.key})
				add(f.value, id.String()+" "+a.text, func(m *moment) (bool, string) { return a.of(m.state, id) })
			}
		}}
	}
	index := func(name, is string, of func(*trace.NodeState) uint64) key {
		return perNode(name, func(v value) aspect {
			want := s.number(v, 0, 1_000_000)
			return same(fmt.Sprintf("has %s %d", is, want), strconv.FormatUint(want, 10),
				func(n *trace.NodeState) string { return strconv.FormatUint(of(n), 10) })
		})
	}
	s.mapping(v, "expect",
		key{"leaders", func(v value) {
			want := s.noneOr(v)
			text := "nobody leads"
			if want != 0 {
				text = setText(want) + map[bool]string{true: " leads", false: " lead"}[want.Len() == 1] + ", and no other"
			}
			add(v, text, func(m *moment) (bool, string) {
				got := leaders(m.state)
				return got == want, "leaders: " + setText(got)
			})
		}},
		perNode("roles", s.roleAspect),
		index("term", "currentTerm", func(n *trace.NodeState) uint64 { return uint64(n.CurrentTerm) }),
		perNode("vote", func(v value) aspect {
			want := s.nodeOrNone(v).String()
			return same("has votedFor "+want, want, func(n *trace.NodeState) string { return n.VotedFor.String() })
		}),
		perNode("follows", func(v value) aspect {
			want := s.nodeOrNone(v).String()
			return same("knows as leader: "+want, want, func(n *trace.NodeState) string { return n.Leader.String() })
		}),
		index("commit", "commitIndex", func(n *trace.NodeState) uint64 { return uint64(n.CommitIndex) }),
		index("applied", "lastApplied", func(n *trace.NodeState) uint64 { return uint64(n.LastApplied) }),
		perNode("log", s.logAspect),
		s.progressKey("next", "nextIndex", add, func(p raft.Progress) raft.Index { return p.NextIndex }),
		s.progressKey("match", "matchIndex", add, func(p raft.Progress) raft.Index { return p.MatchIndex }),
		key{"store", func(v value) { s.store(v, add) }},
		key{"answers", func(v value) { s.answers(v, add) }},
		key{"waiting", func(v value) { s.waiting(v, add) }},
		key{"violations", func(v value) {
			want := s.invariants(v)
			add(v, "invariants broken so far: "+invariantsText(want), brokenIncludes(want))
			out[len(out)-1].invariants = want
		}},
	)
	if len(out) == 0 && len(s.mistakes) == 0 {
		s.fail(v.at, "expect says nothing")
	}
	return out
}

// adder takes an expectation.
type adder func(v value, text string, holds func(*moment) (bool, string))

// aspect is something expected of a node.
type aspect struct {
	text  string // "has commitIndex 2"
	holds func(*trace.NodeState) (held bool, got string)
}

// same is an aspect that compares a text.
func same(text, want string, of func(*trace.NodeState) string) aspect {
	return aspect{text, func(n *trace.NodeState) (bool, string) { got := of(n); return got == want, got }}
}

func (a aspect) of(s *trace.State, id raft.NodeID) (bool, string) {
	held, got := a.holds(&s.Nodes[id])
	return held, id.String() + ": " + got
}

func (a aspect) ofAll(m *moment) (bool, string) {
	for id := 1; id < len(m.state.Nodes); id++ {
		if held, got := a.of(m.state, raft.NodeID(id)); !held {
			return false, got
		}
	}
	return true, ""
}

func (s *scenarioReader) nodeOrNone(v value) raft.NodeID {
	if v.kind == scalar && v.text == raft.None.String() {
		return raft.None
	}
	return s.node(v)
}

// noneOr reads "none" or a set of nodes.
func (s *scenarioReader) noneOr(v value) raft.NodeSet {
	if v.kind == scalar && v.text == raft.None.String() {
		return 0
	}
	return s.set(v)
}

func setText(set raft.NodeSet) string {
	if set == 0 {
		return raft.None.String()
	}
	var parts []string
	for _, id := range set.IDs() {
		parts = append(parts, id.String())
	}
	return strings.Join(parts, ", ")
}

// leaders returns the servers that run and take themselves for leader.
func leaders(s *trace.State) raft.NodeSet {
	var set raft.NodeSet
	for i := range s.Nodes {
		if n := &s.Nodes[i]; n.Up && n.Role == raft.Leader {
			set = set.With(n.ID)
		}
	}
	return set
}

const down = "down"

func (s *scenarioReader) roleAspect(v value) aspect {
	want := s.word(v, raft.Follower.String(), raft.PreCandidate.String(), raft.Candidate.String(), raft.Leader.String(), down)
	return aspect{"is " + want, func(n *trace.NodeState) (bool, string) {
		got := n.Role.String()
		if !n.Up {
			got = down
		}
		return got == want || want == raft.Candidate.String() && got == raft.PreCandidate.String(), got
	}}
}

// logAspect reads a log: for each entry its term, or its term and its command,
// or its term and the word start for the no-op.
func (s *scenarioReader) logAspect(v value) aspect {
	var want []string
	s.each(v, func(item value) {
		text := s.line(item, maxLine)
		term, command, _ := strings.Cut(text, " ")
		if _, err := strconv.ParseUint(term, 10, 32); err != nil {
			s.fail(item.at, "an entry is written as its term, as in 1, 1 start or 2 add x 1, not as %q", text)
		} else if command != "" && command != raft.TermStart.String() {
			if err := raft.CheckCommand(command); err != nil {
				s.fail(item.at, "%s", err)
			}
		}
		want = append(want, text)
	})
	shown := "[" + strings.Join(want, ", ") + "]"
	return aspect{"has the log " + shown, func(n *trace.NodeState) (bool, string) {
		held := len(want) == len(n.Log)
		got := make([]string, len(n.Log))
		for i, e := range n.Log {
			got[i] = entryText(e)
			term, _, _ := strings.Cut(got[i], " ")
			held = held && (want[i] == term || want[i] == got[i])
		}
		return held, "[" + strings.Join(got, ", ") + "]"
	}}
}

func entryText(e raft.Entry) string {
	term := strconv.FormatUint(uint64(e.Term), 10)
	if e.Kind == raft.TermStart {
		return term + " " + e.Kind.String()
	}
	return term + " " + e.Command
}

// progressKey reads what leaders know of their followers, as {N-1: {N-2: 4}}.
func (s *scenarioReader) progressKey(name, is string, add adder, of func(raft.Progress) raft.Index) key {
	return key{name, func(v value) {
		s.byNode(v, name, func(leader raft.NodeID, v value) {
			s.byNode(v, name, func(peer raft.NodeID, v value) {
				want := raft.Index(s.number(v, 0, 1_000_000))
				add(v, fmt.Sprintf("%s has %s %d for %s", leader, is, want, peer), func(m *moment) (bool, string) {
					got := of(m.state.Nodes[leader].Progress[peer])
					return got == want, strconv.FormatUint(uint64(got), 10)
				})
			})
		})
	}}
}

// byNode reads a mapping whose keys are nodes.
func (s *scenarioReader) byNode(v value, what string, read func(raft.NodeID, value)) {
	if v.kind != mapping {
		s.fail(v.at, "%s must be keys with values, not %s: the keys are nodes, N-1 to N-%d", what, v.kind, s.nodes)
		return
	}
	for _, f := range v.fields {
		if id := s.node(value{at: f.at, kind: scalar, text: f.key}); id != raft.None {
			read(id, f.value)
		}
	}
}

// store reads the content of state machines, as {N-1: {x: 1}}.
func (s *scenarioReader) store(v value, add adder) {
	if v.kind != mapping {
		s.fail(v.at, "store must be keys with values, not %s: the keys are all, or nodes, N-1 to N-%d", v.kind, s.nodes)
		return
	}
	for _, f := range v.fields {
		var pairs []string
		if f.value.kind != mapping {
			s.fail(f.value.at, "the content of a store must be keys with values, as in {x: 1}, or {} for none")
		}
		for _, p := range f.value.fields {
			pairs = append(pairs, p.key+" = "+s.line(p.value, maxLine))
		}
		slices.Sort(pairs)
		want := "{" + strings.Join(pairs, ", ") + "}"
		a := same("stores "+want, want, func(n *trace.NodeState) string {
			var got []string
			for _, p := range n.Store {
				got = append(got, p.Key+" = "+p.Value)
			}
			slices.Sort(got)
			return "{" + strings.Join(got, ", ") + "}"
		})
		if f.key == "all" {
			add(f.value, "every node "+a.text, a.ofAll)
			continue
		}
		id := s.node(value{at: f.at, kind: scalar, text: f.key})
		add(f.value, id.String()+" "+a.text, func(m *moment) (bool, string) { return a.of(m.state, id) })
	}
}
