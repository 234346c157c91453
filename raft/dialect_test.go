package raft

import "testing"

// The rules of the reference documents, each beside what the paper does.

func dialect(t *testing.T, rule string, on bool) Rules {
	t.Helper()
	d, err := RuleNamed(rule)
	if err != nil {
		t.Fatal(err)
	}
	rules := figure2()
	rules.MaxEntries = 10
	d.Set(&rules, on)
	return rules
}

// An empty heartbeat stands at the end of the leader's log, wherever nextIndex is.
func TestDialect_EmptyHeartbeats(t *testing.T) {
	for on, want := range map[bool]int{true: 0, false: 2} {
		n := leaderOf(dialect(t, "emptyHeartbeats", on), 2, 1, 1)
		n.Progress[2].NextIndex = 1
		n.HeartbeatTimeout(0)
		m := sent(n)[0]
		expect(t, "the number of entries", len(m.Entries), want)
		expect(t, "the end of the heartbeat", m.PrevLogIndex+Index(len(m.Entries)), 2)
	}
}

// After a refusal exactly one entry is sent, from the end of the follower's log or
// from the refused place, whichever is earlier.
func TestDialect_RetriesFromLastLog(t *testing.T) {
	for _, c := range []struct{ refused, last, prev Index }{{5, 2, 2}, {3, 4, 2}, {1, 9, 0}} {
		n := leaderOf(dialect(t, "retriesFromLastLog", true), 2, 1, 1, 1, 1, 1)
		m := answer(t, n, Message{Type: AppendEntriesReply, From: 2, Term: 2, PrevLogIndex: c.refused, LastLogIndex: c.last})
		expect(t, "prevLogIndex of the retry", m.PrevLogIndex, c.prev)
		expect(t, "the number of entries of the retry", len(m.Entries), 1)
	}
}

// An answer that leaves a follower behind is followed by the rest, even if it is
// under way already.
func TestDialect_ResendsOnAnswer(t *testing.T) {
	for on, want := range map[bool]int{true: 1, false: 0} {
		n := leaderOf(dialect(t, "resendsOnAnswer", on), 2, 1)
		feed(n, Message{Type: ClientRequest, From: Client, Serial: 9, Text: "get x"})
		out := feed(n, Message{Type: AppendEntriesReply, From: 2, Term: 2, OK: true, MatchIndex: 1})
		expect(t, "the number of messages", len(out), want)
	}
}

// commitIndex moves only when leaderCommit covers the whole message.
func TestDialect_CommitsWholeMessages(t *testing.T) {
	for on, want := range map[bool]Index{true: 0, false: 1} {
		n := serverOf(dialect(t, "commitsWholeMessages", on), 2)
		m := Message{Type: AppendEntries, From: 2, Term: 2, Entries: entries(1, 2), LeaderCommit: 1}
		feed(n, m)
		expect(t, "commitIndex", n.CommitIndex, want)
		m.LeaderCommit = 2
		feed(n, m)
		expect(t, "commitIndex once the message is covered", n.CommitIndex, 2)
	}
}

// A candidate's request carries its current term in place of its last entry's.
func TestDialect_SendsCurrentTermAsLastTerm(t *testing.T) {
	for on, want := range map[bool]Term{true: 1, false: 4} {
		n := candidateOf(dialect(t, "sendsLastEntryTerm", on), 4, 1)
		expect(t, "lastLogTerm", sent(n)[0].LastLogTerm, want)
	}
}

// An accepting follower reports the end of its log.
func TestDialect_ReportsTheEndOfTheLog(t *testing.T) {
	for on, want := range map[bool]Index{true: 1, false: 3} {
		n := serverOf(dialect(t, "reportsMatchedOnly", on), 2, 1, 1, 1)
		reply := answer(t, n, Message{Type: AppendEntries, From: 2, Term: 2, PrevLogIndex: 1, PrevLogTerm: 1})
		expect(t, "what it says to match", reply.MatchIndex, want)
	}
}
