package raft

import (
	"slices"
	"testing"
)

// "The leader appends the command to its log as a new entry, then issues
// AppendEntries RPCs in parallel to each of the other servers to replicate the
// entry. When the entry has been safely replicated, the leader applies the entry
// to its state machine and returns the result of that execution to the client."
func TestSection5_3_ACommandIsReplicatedAppliedAndAnswered(t *testing.T) {
	g := groupOf(figure2(), 3)
	g.timeout(1)
	g.ask(1, 1, "set x 3")
	for _, n := range g.nodes[1:] {
		expectLog(t, n, 1)
	}
	expect(t, "the number of answers", len(g.answers), 1)
	expect(t, "the result", g.answers[0].Text, "x = 3")
}

// "Once a follower learns that a log entry is committed, it applies the entry to
// its local state machine (in log order)." It learns it "in future AppendEntries
// RPCs (including heartbeats)".
func TestSection5_3_FollowersLearnOfACommitFromTheNextMessage(t *testing.T) {
	g := groupOf(figure2(), 3)
	g.timeout(1)
	g.ask(1, 1, "set x 3")
	expect(t, "commitIndex of a follower before", g.nodes[2].CommitIndex, 0)
	g.heartbeat(1)
	for _, n := range g.nodes[1:] {
		value, _ := n.Store.Get("x")
		expect(t, "x at "+n.ID.String(), value, "3")
	}
}

// "If followers crash or run slowly, or if network packets are lost, the leader
// retries AppendEntries RPCs indefinitely (even after it has responded to the
// client) until all followers eventually store all log entries."
func TestSection5_3_TheLeaderRetriesUntilAllFollowersStoreAllEntries(t *testing.T) {
	g := groupOf(figure2(), 3)
	g.timeout(1)
	g.cut = SetOf(3)
	for serial := range uint32(4) {
		g.ask(1, serial, "add x 1")
	}
	expect(t, "the number of answers", len(g.answers), 4)
	g.cut = 0
	g.heartbeat(1)
	expectLog(t, g.nodes[3], 1, 1, 1, 1)
}

// "This also commits all preceding entries in the leader's log, including entries
// created by previous leaders."
func TestSection5_3_ACommitCoversAllPrecedingEntries(t *testing.T) {
	n := leader(3, 1, 2)
	feed(n, Message{Type: ClientRequest, From: Client, Serial: 9, Text: "get x"})
	feed(n, Message{Type: AppendEntriesReply, From: 2, Term: 3, OK: true, MatchIndex: 3})
	expect(t, "commitIndex", n.CommitIndex, 3)
	expect(t, "lastApplied", n.LastApplied, 3)
}

// Log Matching: "If two entries in different logs have the same index and term,
// then they store the same command … then the logs are identical in all preceding
// entries." Figure 7 shows what a new leader may find; it repairs all of it.
func TestSection5_3_ALeaderBringsAnyLogIntoAgreement_Figure7(t *testing.T) {
	leaders := []Term{1, 1, 1, 4, 4, 5, 5, 6, 6, 6}
	for name, log := range map[string][]Term{
		"a": {1, 1, 1, 4, 4, 5, 5, 6, 6},
		"b": {1, 1, 1, 4},
		"c": {1, 1, 1, 4, 4, 5, 5, 6, 6, 6, 6},
		"d": {1, 1, 1, 4, 4, 5, 5, 6, 6, 6, 7, 7},
		"e": {1, 1, 1, 4, 4, 4, 4},
		"f": {1, 1, 1, 2, 2, 2, 3, 3, 3, 3, 3},
	} {
		for _, fast := range []bool{false, true} {
			rules := paper()
			rules.FastBackup = fast
			g := groupOf(rules, 3)
			g.nodes[1].CurrentTerm, g.nodes[2].CurrentTerm = 7, 7
			g.nodes[1].Log.Append(entries(leaders...)...)
			g.nodes[2].Log.Append(entries(log...)...)
			g.take(1, func(n *Node) { n.ElectionTimeout(0) })
			g.queue = nil
			g.do(1, func(n *Node) { n.Receive(0, &Message{Type: RequestVoteReply, From: 3, To: 1, Term: 8, OK: true}) })
			if got, want := terms(&g.nodes[2].Log), append(slices.Clone(leaders), 8); !slices.Equal(got, want) {
				t.Errorf("follower %s, fast back-up %v: its log has terms %v, want %v", name, fast, got, want)
			}
			expect(t, "the digest of follower "+name, g.nodes[2].Log.Digest(), g.nodes[1].Log.Digest())
		}
	}
}

// "A leader never overwrites or deletes entries in its own log (the Leader
// Append-Only Property)."
func TestSection5_3_ALeaderNeverOverwritesItsLog(t *testing.T) {
	n := leader(3, 1, 2)
	feed(n, Message{Type: AppendEntries, From: 2, Term: 3, PrevLogIndex: 0, Entries: entries(3)})
	expectLog(t, n, 1, 2)
	expect(t, "the role", n.Role, Leader)
	expect(t, "the reason is given", said(n, NoteAppendToLeader), true)
}

// "If desired, the protocol can be optimized to reduce the number of rejected
// AppendEntries RPCs. For example, when rejecting an AppendEntries request, the
// follower can include the term of the conflicting entry and the first index it
// stores for that term."
func TestSection5_3_ARefusalNamesTheConflict(t *testing.T) {
	rules := figure2()
	rules.FastBackup = true
	n := serverOf(rules, 5, 1, 3, 3, 3)
	reply := answer(t, n, Message{Type: AppendEntries, From: 2, Term: 5, PrevLogIndex: 4, PrevLogTerm: 5})
	expect(t, "the conflicting term", reply.ConflictTerm, 3)
	expect(t, "the first index of that term", reply.ConflictIndex, 2)
	reply = answer(t, n, Message{Type: AppendEntries, From: 2, Term: 5, PrevLogIndex: 9, PrevLogTerm: 5})
	expect(t, "the conflicting term of a log that is too short", reply.ConflictTerm, 0)
	expect(t, "the index after its end", reply.ConflictIndex, 5)
}

// "With this information, the leader can decrement nextIndex to bypass all of the
// conflicting entries in that term; one AppendEntries RPC will be required for
// each term with conflicting entries, rather than one RPC per entry."
func TestSection5_3_FastBackupBypassesAWholeTerm(t *testing.T) {
	rules := figure2()
	rules.FastBackup = true
	for _, c := range []struct {
		name            string
		leader          []Term
		conflict        Term
		first, nextWant Index
	}{
		{"the leader has no entry of the term", []Term{1, 2, 2, 4, 4}, 3, 2, 2},
		{"the leader's own entries of the term end earlier", []Term{1, 3, 4, 4, 4}, 3, 2, 3},
		{"the log is too short", []Term{1, 2, 2, 4, 4}, 0, 3, 3},
	} {
		n := leaderOf(rules, 5, c.leader...)
		m := answer(t, n, Message{Type: AppendEntriesReply, From: 2, Term: 5, PrevLogIndex: 5, ConflictTerm: c.conflict, ConflictIndex: c.first})
		expect(t, "nextIndex when "+c.name, n.Progress[2].NextIndex, c.nextWant)
		expect(t, "prevLogIndex when "+c.name, m.PrevLogIndex, c.nextWant-1)
	}
}

// Refusals may arrive late, twice and out of order; an old one moves nothing.
func TestSection5_3_AnOldRefusalIsIgnored(t *testing.T) {
	n := leader(2, 1, 1, 1)
	feed(n, Message{Type: AppendEntriesReply, From: 3, Term: 2, PrevLogIndex: 3})
	expect(t, "nextIndex", n.Progress[3].NextIndex, 3)
	expect(t, "the number of messages after the same refusal", len(feed(n, Message{Type: AppendEntriesReply, From: 3, Term: 2, PrevLogIndex: 3})), 0)
	expect(t, "nextIndex after the same refusal", n.Progress[3].NextIndex, 3)
	expect(t, "the reason is given", said(n, NoteRefusalStale), true)
	feed(n, Message{Type: AppendEntriesReply, From: 3, Term: 2, OK: true, MatchIndex: 3})
	feed(n, Message{Type: AppendEntriesReply, From: 3, Term: 2, PrevLogIndex: 2})
	expect(t, "nextIndex after a refusal of what is stored since", n.Progress[3].NextIndex, 4)
	feed(n, Message{Type: AppendEntriesReply, From: 3, Term: 2, PrevLogIndex: 3})
	expect(t, "nextIndex after a refusal of the last entry that is stored", n.Progress[3].NextIndex, 4)
	expect(t, "the reason is given", said(n, NoteRefusalStale), true)
}

// nextIndex goes back to the refused place at most, and never behind what the
// follower is known to store.
func TestSection5_3_HowFarNextIndexGoesBack(t *testing.T) {
	for _, fast := range []bool{false, true} {
		rules := figure2()
		rules.FastBackup = fast
		for _, c := range []struct{ match, refused, conflict, want Index }{
			{0, 2, 9, 2},
			{2, 3, 1, 3},
		} {
			n := leaderOf(rules, 2, 1, 1, 1, 1)
			n.Progress[2].MatchIndex = c.match
			feed(n, Message{Type: AppendEntriesReply, From: 2, Term: 2, PrevLogIndex: c.refused, ConflictIndex: c.conflict})
			expect(t, "nextIndex", n.Progress[2].NextIndex, c.want)
		}
	}
}

// An acknowledgement of an earlier term of the same leader says nothing of today.
func TestSection5_3_AnAcknowledgementOfAnEarlierTermDoesNotCount(t *testing.T) {
	n := leader(4, 1)
	feed(n, Message{Type: AppendEntriesReply, From: 2, Term: 3, OK: true, MatchIndex: 1})
	expect(t, "matchIndex", n.Progress[2].MatchIndex, 0)
	expect(t, "the reason is given", said(n, NoteAnswerOldTerm), true)
}

func TestSection5_3_AnAnswerToAFormerLeaderIsIgnored(t *testing.T) {
	n := follower(2, 1)
	before := n.State
	expect(t, "the number of messages", len(feed(n, Message{Type: AppendEntriesReply, From: 2, Term: 2, OK: true, MatchIndex: 1})), 0)
	expect(t, "the state", n.State, before)
	expect(t, "the reason is given", said(n, NoteAnswerLate), true)
}
