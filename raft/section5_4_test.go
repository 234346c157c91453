package raft

import "testing"

// "If the logs have last entries with different terms, then the log with the later
// term is more up-to-date. If the logs end with the same term, then whichever log
// is longer is more up-to-date."
func TestSection5_4_1_WhichLogIsMoreUpToDate(t *testing.T) {
	for _, c := range []struct {
		name      string
		index     Index
		term      Term
		wantsVote bool
	}{
		{"the same end", 3, 2, true},
		{"a longer log of the same term", 4, 2, true},
		{"a shorter log of the same term", 2, 2, false},
		{"a shorter log of a later term", 1, 3, true},
		{"a longer log of an earlier term", 9, 1, false},
		{"an empty log", 0, 0, false},
	} {
		n := follower(4, 1, 2, 2)
		reply := answer(t, n, Message{Type: RequestVote, From: 2, Term: 5, LastLogIndex: c.index, LastLogTerm: c.term})
		expect(t, "the vote for "+c.name, reply.OK, c.wantsVote)
	}
}

// "Raft uses the voting process to prevent a candidate from winning an election
// unless its log contains all committed entries."
func TestSection5_4_1_ACandidateWithoutACommittedEntryLoses(t *testing.T) {
	g := groupOf(paper(), 3)
	g.cut = SetOf(3)
	g.timeout(1)
	g.ask(1, 1, "set x 1")
	expect(t, "commitIndex of N-1", g.nodes[1].CommitIndex, 2)
	g.cut = 0
	g.timeout(3) // in term 1, in which the others have voted
	g.timeout(3) // in term 2
	expect(t, "the role of N-3, which has no entries", g.nodes[3].Role, Candidate)
	expect(t, "the servers that refused it their votes", g.nodes[3].Refused, SetOf(1, 2))
	g.timeout(2)
	expect(t, "the role of N-2, which has them", g.nodes[2].Role, Leader)
	expectLog(t, g.nodes[3], 1, 1, 3)
}

// "Raft never commits log entries from previous terms by counting replicas. Only
// log entries from the leader's current term are committed by counting replicas."
func TestSection5_4_2_AnEntryOfAnEarlierTermIsNotCommittedByCounting_Figure8(t *testing.T) {
	n := leader(4, 1, 2) // as S1 in (c) of the figure
	feed(n, Message{Type: AppendEntriesReply, From: 2, Term: 4, OK: true, MatchIndex: 2})
	feed(n, Message{Type: AppendEntriesReply, From: 3, Term: 4, OK: true, MatchIndex: 2})
	expect(t, "commitIndex with entry 2 on every server", n.CommitIndex, 0)
	expect(t, "the reason is given", said(n, NoteCommitOldTerm), true)
}

// "Once an entry from the current term has been committed in this way, then all
// prior entries are committed indirectly because of the Log Matching Property."
func TestSection5_4_2_EarlierEntriesAreCommittedWithOneOfTheCurrentTerm(t *testing.T) {
	n := leader(4, 1, 2)
	feed(n, Message{Type: ClientRequest, From: Client, Serial: 1, Text: "set x 1"})
	feed(n, Message{Type: AppendEntriesReply, From: 2, Term: 4, OK: true, MatchIndex: 3})
	expect(t, "commitIndex", n.CommitIndex, 3)
}

// "Log entries retain their original term numbers when a leader replicates entries
// from previous terms."
func TestSection5_4_2_EntriesRetainTheirTerms(t *testing.T) {
	n := leader(4, 1, 2)
	n.Progress[2].NextIndex = 1
	n.HeartbeatTimeout(0)
	m := sent(n)[0]
	expect(t, "the term of the message", m.Term, 4)
	expect(t, "the term of the entry", m.Entries[0].Term, 1)
}

// "First, Leader U … at least one server (the voter) both accepted the entry from
// leader T and voted for leader U": a leader that comes later has what was
// committed, whichever majority elects it.
func TestSection5_4_3_EveryLaterLeaderHasTheCommittedEntry(t *testing.T) {
	for _, behind := range []NodeID{2, 3} {
		g := groupOf(paper(), 3)
		g.timeout(1)
		g.cut = SetOf(behind)
		g.ask(1, 1, "set x 1")
		expect(t, "commitIndex of N-1", g.nodes[1].CommitIndex, 2)
		for _, id := range []NodeID{2, 3} {
			later := &group{nodes: []*Node{nil, g.nodes[1].Clone(), g.nodes[2].Clone(), g.nodes[3].Clone()}, cut: SetOf(1)}
			later.timeout(id)
			n := later.nodes[id]
			if has := n.Log.LastIndex() >= 2 && n.Log.Entry(2).Command == "set x 1"; n.Role == Leader && !has {
				t.Errorf("%s leads term %d without the committed entry, with %s behind", id, n.CurrentTerm, behind)
			} else if (n.Role == Leader) == (id == behind) {
				t.Errorf("%s is a %s, with %s behind", id, n.Role, behind)
			}
		}
	}
}

// State Machine Safety: "If a server has applied a log entry at a given index to
// its state machine, no other server will ever apply a different log entry for the
// same index."
func TestSection5_4_3_EveryServerAppliesTheSameCommands(t *testing.T) {
	g := groupOf(paper(), 5)
	g.timeout(1)
	g.cut = SetOf(1, 2)
	g.ask(1, 1, "set x lost") // stays with the minority
	g.timeout(3)
	g.ask(3, 2, "set x kept")
	g.cut = 0
	g.heartbeat(3)
	g.heartbeat(3)
	for _, n := range g.nodes[1:] {
		value, _ := n.Store.Get("x")
		expect(t, "x at "+n.ID.String(), value, "kept")
		expect(t, "lastApplied of "+n.ID.String(), n.LastApplied, g.nodes[3].LastApplied)
	}
	expect(t, "the number of answers", len(g.answers), 1)
}

// "§5.5: Raft RPCs are idempotent": a request that was carried out and is repeated
// does no harm.
func TestSection5_5_RequestsAreIdempotent(t *testing.T) {
	for _, m := range []Message{
		{Type: AppendEntries, From: 2, Term: 2, PrevLogIndex: 1, PrevLogTerm: 1, Entries: entries(2), LeaderCommit: 1},
		{Type: RequestVote, From: 2, Term: 2, LastLogIndex: 1, LastLogTerm: 1},
	} {
		n := follower(1, 1)
		first := answer(t, n, m)
		fingerprint := n.Fingerprint()
		second := answer(t, n, m)
		expect(t, "the digest of the second answer to "+m.Type.String(), second.Digest(), first.Digest())
		expect(t, "the state after the second "+m.Type.String(), n.Fingerprint(), fingerprint)
	}
}
