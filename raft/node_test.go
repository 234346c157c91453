package raft

import "testing"

// A clone goes its own way, and its original too.
func TestNodeCloneIsIndependent(t *testing.T) {
	n := leader(2, 1, 1)
	before := n.Fingerprint()
	clone := n.Clone()
	expect(t, "what the clone has to send", len(sent(clone)), 0)
	feed(clone, Message{Type: ClientRequest, From: Client, Serial: 3, Text: "set x 1"})
	feed(clone, Message{Type: AppendEntriesReply, From: 2, Term: 2, OK: true, MatchIndex: 3})
	expect(t, "the original is as it was", n.Fingerprint() == before, true)
	expect(t, "the clone's commitIndex", clone.CommitIndex, 3)
	after := clone.Fingerprint()
	feed(n, Message{Type: ClientRequest, From: Client, Serial: 4, Text: "set x 2"})
	expect(t, "the clone is as it was", clone.Fingerprint() == after, true)
}

// A disk that is wiped holds nothing: the server returns as if it had never run.
func TestWipe(t *testing.T) {
	n := leader(2, 1, 1)
	n.Crash()
	n.Wipe()
	expect(t, "the state is that of a new server", n.State, New(Options{ID: 1}).State)
	expectLog(t, n)
}

// An edit changes what it names and nothing else.
func TestEdit(t *testing.T) {
	n := follower(2, 1, 2)
	feed(n, Message{Type: RequestVote, From: 2, Term: 2, LastLogIndex: 2, LastLogTerm: 2})
	term, vote := Term(7), NodeID(3)
	n.Edit(Edit{Term: &term})
	expect(t, "currentTerm", n.CurrentTerm, 7)
	expect(t, "votedFor", n.VotedFor, 2)
	n.Edit(Edit{Vote: &vote})
	expect(t, "votedFor", n.VotedFor, 3)
	n.Edit(Edit{TruncateFrom: 2})
	expectLog(t, n, 1)
	expect(t, "currentTerm", n.CurrentTerm, 7)
	expect(t, "the reason is given", said(n, NoteEdited), true)
}

// Only a leader has heartbeats to send; to ask another for them does nothing.
func TestOnlyALeaderSendsHeartbeats(t *testing.T) {
	for _, n := range []*Node{follower(1), candidate(2)} {
		before := n.Fingerprint()
		n.HeartbeatTimeout(0)
		expect(t, "the number of messages", len(sent(n)), 0)
		expect(t, "the state is as it was", n.Fingerprint() == before, true)
		expect(t, "the reason is given", said(n, NoteOnlyLeadersBeat), true)
	}
}

// What a server forgets at a crash is what the rules forget to persist.
func TestWhatARuleForgetsToPersistIsLost(t *testing.T) {
	for _, c := range []struct {
		rule string
		lost func(*Node) bool
	}{
		{"persistsTerm", func(n *Node) bool { return n.CurrentTerm == 0 }},
		{"persistsVote", func(n *Node) bool { return n.VotedFor == None }},
		{"persistsLog", func(n *Node) bool { return n.Log.LastIndex() == 0 }},
	} {
		for _, on := range []bool{false, true} {
			rules := figure2()
			d, err := RuleNamed(c.rule)
			if err != nil {
				t.Fatal(err)
			}
			d.Set(&rules, on)
			n := candidateOf(rules, 3, 1, 2)
			n.Crash()
			expect(t, "it is lost without "+c.rule, c.lost(n), !on)
		}
	}
}

// Whatever arrives, in whatever role, a server answers or gives a reason, and does
// not panic: nothing is ignored in silence.
func TestNothingIsIgnoredInSilence(t *testing.T) {
	for _, p := range Profiles {
		for _, build := range []func() *Node{
			func() *Node { return serverOf(p.Rules, 3, 1, 3) },
			func() *Node { return candidateOf(p.Rules, 3, 1, 2) },
			func() *Node { return leaderOf(p.Rules, 3, 1, 2) },
		} {
			for _, kind := range MessageTypes {
				if kind == ClientReply {
					continue // goes to the client
				}
				for _, term := range []Term{0, 2, 3, 4, 99} {
					for _, index := range []Index{0, 1, 2, 3, 99} {
						for _, ok := range []bool{false, true} {
							n := build()
							role := n.Role
							out := feed(n, Message{Type: kind, From: 2, Term: term, OK: ok, PrevLogIndex: index, PrevLogTerm: 1,
								LastLogIndex: index, LastLogTerm: 2, MatchIndex: index, ConflictIndex: index, ConflictTerm: 2, LeaderCommit: index, Text: "get x", Serial: 1})
							if len(out) == 0 && len(n.Output().Notes) == 0 {
								t.Errorf("%s: a %s says nothing to a %s of term %d at %d, ok %v", p.Name, role, kind, term, index, ok)
							}
						}
					}
				}
			}
		}
	}
}
