package raft

import "testing"

// "1. Reply false if term < currentTerm (§5.1)"
func TestFigure2_AppendEntries_1_RefusesIfTermIsEarlier(t *testing.T) {
	n := follower(3, 1)
	reply := answer(t, n, Message{Type: AppendEntries, From: 2, Term: 2, PrevLogIndex: 1, PrevLogTerm: 1, Entries: entries(2), LeaderCommit: 1})
	expect(t, "success", reply.OK, false)
	expect(t, "the term of the answer", reply.Term, 3)
	expectLog(t, n, 1)
	expect(t, "commitIndex", n.CommitIndex, 0)
	expect(t, "the leader it knows", n.Leader, None)
	expect(t, "the election timer", n.Output().Election, Keep)
	expect(t, "the reason is given", said(n, NoteAppendStale), true)
}

// "2. Reply false if log doesn't contain an entry at prevLogIndex whose term
// matches prevLogTerm (§5.3)"
func TestFigure2_AppendEntries_2_RefusesIfThereIsNoEntryAtPrevLogIndex(t *testing.T) {
	n := follower(2, 1)
	reply := answer(t, n, Message{Type: AppendEntries, From: 2, Term: 2, PrevLogIndex: 2, PrevLogTerm: 1, Entries: entries(2), LeaderCommit: 2})
	expect(t, "success", reply.OK, false)
	expectLog(t, n, 1)
	expect(t, "commitIndex", n.CommitIndex, 0)
	expect(t, "the reason is given", said(n, NotePrevMissing), true)
}

func TestFigure2_AppendEntries_2_RefusesIfTheTermAtPrevLogIndexDiffers(t *testing.T) {
	n := follower(3, 1, 1)
	reply := answer(t, n, Message{Type: AppendEntries, From: 2, Term: 3, PrevLogIndex: 2, PrevLogTerm: 2, Entries: entries(3)})
	expect(t, "success", reply.OK, false)
	expectLog(t, n, 1, 1)
	expect(t, "the reason is given", said(n, NotePrevConflict), true)
}

func TestFigure2_AppendEntries_2_AcceptsAtTheBeginningOfTheLog(t *testing.T) {
	n := follower(1)
	reply := answer(t, n, Message{Type: AppendEntries, From: 2, Term: 1, Entries: entries(1)})
	expect(t, "success", reply.OK, true)
	expectLog(t, n, 1)
}

// A refusal comes from a living leader all the same.
func TestFigure2_AppendEntries_2_ARefusedLeaderIsStillTheLeader(t *testing.T) {
	n := follower(2)
	feed(n, Message{Type: AppendEntries, From: 2, Term: 2, PrevLogIndex: 9, PrevLogTerm: 1})
	expect(t, "the leader it knows", n.Leader, 2)
	expect(t, "the election timer", n.Output().Election, Restart)
}

// "3. If an existing entry conflicts with a new one (same index but different
// terms), delete the existing entry and all that follow it (§5.3)"
func TestFigure2_AppendEntries_3_DeletesAConflictAndAllThatFollows(t *testing.T) {
	n := follower(3, 1, 2, 2, 2)
	reply := answer(t, n, Message{Type: AppendEntries, From: 2, Term: 3, PrevLogIndex: 1, PrevLogTerm: 1, Entries: entries(3)})
	expect(t, "success", reply.OK, true)
	expectLog(t, n, 1, 3)
	expect(t, "the reason is given", said(n, NoteConflict), true)
}

func TestFigure2_AppendEntries_3_KeepsWhatDoesNotConflict(t *testing.T) {
	n := follower(1, 1, 1, 1)
	reply := answer(t, n, Message{Type: AppendEntries, From: 2, Term: 1, PrevLogIndex: 0, Entries: entries(1)})
	expectLog(t, n, 1, 1, 1)
	expect(t, "what it says to match", reply.MatchIndex, 1)
	expect(t, "the reason is given", said(n, NoteAlreadyStored), true)
}

// "4. Append any new entries not already in the log"
func TestFigure2_AppendEntries_4_AppendsWhatIsNew(t *testing.T) {
	n := follower(2, 1, 1)
	reply := answer(t, n, Message{Type: AppendEntries, From: 2, Term: 2, PrevLogIndex: 1, PrevLogTerm: 1, Entries: entries(1, 2, 2)})
	expectLog(t, n, 1, 1, 2, 2)
	expect(t, "what it says to match", reply.MatchIndex, 4)
	expect(t, "the reason is given", said(n, NoteStored), true)
}

func TestFigure2_AppendEntries_4_TheSameMessageTwiceIsStoredOnce(t *testing.T) {
	n := follower(1)
	m := Message{Type: AppendEntries, From: 2, Term: 1, Entries: entries(1, 1)}
	first, second := answer(t, n, m), answer(t, n, m)
	expectLog(t, n, 1, 1)
	expect(t, "the second answer's matchIndex", second.MatchIndex, first.MatchIndex)
}

// "5. If leaderCommit > commitIndex, set commitIndex = min(leaderCommit, index of
// last new entry)"
func TestFigure2_AppendEntries_5_CommitsWhatTheLeaderHasCommitted(t *testing.T) {
	n := follower(1, 1, 1)
	feed(n, Message{Type: AppendEntries, From: 2, Term: 1, PrevLogIndex: 2, PrevLogTerm: 1, Entries: entries(1), LeaderCommit: 2})
	expect(t, "commitIndex", n.CommitIndex, 2)
}

func TestFigure2_AppendEntries_5_CommitsNothingBeyondTheLastNewEntry(t *testing.T) {
	n := follower(3, 1, 2, 2) // entries 2 and 3 may be another leader's leftovers
	feed(n, Message{Type: AppendEntries, From: 2, Term: 3, PrevLogIndex: 1, PrevLogTerm: 1, LeaderCommit: 3})
	expect(t, "commitIndex", n.CommitIndex, 1)
}

// "Invoked by leader to replicate log entries (§5.3); also used as heartbeat
// (§5.2)": one without entries follows the same five rules.
func TestFigure2_AppendEntries_AHeartbeatIsCheckedLikeEveryOther(t *testing.T) {
	n := follower(2, 1)
	expect(t, "success with a gap", answer(t, n, Message{Type: AppendEntries, From: 2, Term: 2, PrevLogIndex: 2, PrevLogTerm: 2}).OK, false)
	expect(t, "success without", answer(t, n, Message{Type: AppendEntries, From: 2, Term: 2, PrevLogIndex: 1, PrevLogTerm: 1}).OK, true)
	expectLog(t, n, 1)
}

// "Arguments: term … prevLogIndex … prevLogTerm … entries[] … leaderCommit"
func TestFigure2_AppendEntries_Arguments(t *testing.T) {
	n := leader(2, 1, 1)
	n.CommitIndex = 1
	out := feed(n, Message{Type: ClientRequest, From: Client, Serial: 1, Text: "set x 1"})
	expect(t, "the number of messages", len(out), 2)
	for i, m := range out {
		expect(t, "the type", m.Type, AppendEntries)
		expect(t, "the receiver", m.To, NodeID(i+2))
		expect(t, "term", m.Term, 2)
		expect(t, "prevLogIndex", m.PrevLogIndex, 2)
		expect(t, "prevLogTerm", m.PrevLogTerm, 1)
		expect(t, "the number of entries", len(m.Entries), 1)
		expect(t, "leaderCommit", m.LeaderCommit, 1)
	}
}

// What a snapshot covers is committed: it matches whatever a leader sends, and is
// not stored again.
func TestFigure2_AppendEntries_2_And_4_WhatASnapshotCoversMatches(t *testing.T) {
	n := follower(2)
	n.Log = Log{snapshotIndex: 3, snapshotTerm: 1}
	reply := answer(t, n, Message{Type: AppendEntries, From: 2, Term: 2, PrevLogIndex: 1, PrevLogTerm: 1, Entries: entries(1, 1, 2, 2)})
	expect(t, "success", reply.OK, true)
	expect(t, "matchIndex", reply.MatchIndex, 5)
	expect(t, "the first index held", n.Log.FirstIndex(), 4)
	expect(t, "the last index", n.Log.LastIndex(), 5)
	expect(t, "the term of entry 4", n.Log.Entry(4).Term, 2)
}
