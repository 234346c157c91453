package raft

import "testing"

// "Persistent state on all servers … currentTerm: latest term server has seen
// (initialized to 0 on first boot, increases monotonically)"
func TestFigure2_State_CurrentTermStartsAt0(t *testing.T) {
	expect(t, "currentTerm", New(Options{ID: 1, Rules: paper()}).CurrentTerm, 0)
}

func TestFigure2_State_CurrentTermIncreasesMonotonically(t *testing.T) {
	for _, kind := range MessageTypes {
		n := follower(5)
		feed(n, Message{Type: kind, From: 2, Term: 4})
		expect(t, "currentTerm after a "+kind.String()+" of term 4", n.CurrentTerm, 5)
	}
}

func TestFigure2_State_CurrentTermIsPersistent(t *testing.T) {
	n := follower(5)
	n.Crash()
	n.Boot(0)
	expect(t, "currentTerm after a restart", n.CurrentTerm, 5)
}

// "votedFor: candidateId that received vote in current term (or null if none)"
func TestFigure2_State_VotedForIsNullInANewTerm(t *testing.T) {
	n := follower(1)
	feed(n, Message{Type: RequestVote, From: 2, Term: 1})
	expect(t, "votedFor", n.VotedFor, 2)
	feed(n, Message{Type: AppendEntries, From: 3, Term: 2})
	expect(t, "votedFor in term 2", n.VotedFor, None)
}

func TestFigure2_State_VotedForIsPersistent(t *testing.T) {
	n := follower(1)
	feed(n, Message{Type: RequestVote, From: 2, Term: 1})
	n.Crash()
	n.Boot(0)
	expect(t, "votedFor after a restart", n.VotedFor, 2)
	expect(t, "a second vote in the term", answer(t, n, Message{Type: RequestVote, From: 3, Term: 1}).OK, false)
}

// "log[]: log entries; each entry contains command for state machine, and term
// when entry was received by leader (first index is 1)"
func TestFigure2_State_LogStartsAtIndex1(t *testing.T) {
	n := leader(3)
	expect(t, "the last index of an empty log", n.Log.LastIndex(), 0)
	feed(n, Message{Type: ClientRequest, From: Client, Serial: 7, Text: "set x 1"})
	expect(t, "the first index", n.Log.LastIndex(), 1)
	expect(t, "the entry", n.Log.Entry(1), Entry{Term: 3, Serial: 7, Command: "set x 1"})
}

func TestFigure2_State_LogIsPersistent(t *testing.T) {
	n := follower(2, 1, 2)
	n.Crash()
	n.Boot(0)
	expectLog(t, n, 1, 2)
}

// "Volatile state on all servers … commitIndex: index of highest log entry known
// to be committed (initialized to 0, increases monotonically)"
func TestFigure2_State_CommitIndexIncreasesMonotonically(t *testing.T) {
	n := follower(1, 1, 1)
	expect(t, "commitIndex at the start", n.CommitIndex, 0)
	feed(n, Message{Type: AppendEntries, From: 2, Term: 1, PrevLogIndex: 2, PrevLogTerm: 1, LeaderCommit: 2})
	feed(n, Message{Type: AppendEntries, From: 2, Term: 1, PrevLogIndex: 2, PrevLogTerm: 1, LeaderCommit: 1})
	expect(t, "commitIndex after a message that is older", n.CommitIndex, 2)
}

// "lastApplied: index of highest log entry applied to state machine (initialized
// to 0, increases monotonically)"
func TestFigure2_State_LastAppliedFollowsCommitIndex(t *testing.T) {
	n := follower(1, 1, 1, 1)
	expect(t, "lastApplied at the start", n.LastApplied, 0)
	feed(n, Message{Type: AppendEntries, From: 2, Term: 1, PrevLogIndex: 3, PrevLogTerm: 1, LeaderCommit: 2})
	expect(t, "lastApplied", n.LastApplied, 2)
}

func TestFigure2_State_CommitIndexLastAppliedAndStateMachineAreVolatile(t *testing.T) {
	n := follower(1, 1)
	feed(n, Message{Type: AppendEntries, From: 2, Term: 1, PrevLogIndex: 1, PrevLogTerm: 1, LeaderCommit: 1})
	n.Crash()
	n.Boot(0)
	expect(t, "commitIndex after a restart", n.CommitIndex, 0)
	expect(t, "lastApplied after a restart", n.LastApplied, 0)
	expect(t, "keys in the store after a restart", len(n.Store.Pairs()), 0)
	feed(n, Message{Type: AppendEntries, From: 2, Term: 1, PrevLogIndex: 1, PrevLogTerm: 1, LeaderCommit: 1})
	value, _ := n.Store.Get("x")
	expect(t, "x, once the log is applied again", value, "1")
}

// "Volatile state on leaders (reinitialized after election) … nextIndex[]: for
// each server, index of the next log entry to send to that server (initialized to
// leader last log index + 1)"
func TestFigure2_State_NextIndexStartsAfterTheLog(t *testing.T) {
	n := leader(2, 1, 1, 1)
	for _, id := range []NodeID{2, 3} {
		expect(t, "nextIndex of "+id.String(), n.Progress[id].NextIndex, 4)
	}
}

// "matchIndex[]: for each server, index of highest log entry known to be
// replicated on server (initialized to 0, increases monotonically)"
func TestFigure2_State_MatchIndexStartsAt0AndIncreasesMonotonically(t *testing.T) {
	n := leader(2, 1, 1, 1)
	expect(t, "matchIndex at the start", n.Progress[3].MatchIndex, 0)
	feed(n, Message{Type: AppendEntriesReply, From: 3, Term: 2, OK: true, MatchIndex: 3})
	feed(n, Message{Type: AppendEntriesReply, From: 3, Term: 2, OK: true, MatchIndex: 1})
	expect(t, "matchIndex after an answer that is older", n.Progress[3].MatchIndex, 3)
}

func TestFigure2_State_LeaderStateIsReinitializedAfterElection(t *testing.T) {
	n := leader(2, 1)
	feed(n, Message{Type: AppendEntriesReply, From: 3, Term: 2, OK: true, MatchIndex: 1})
	feed(n, Message{Type: AppendEntries, From: 2, Term: 3, PrevLogIndex: 1, PrevLogTerm: 1, Entries: entries(3)})
	n.ElectionTimeout(0)
	feed(n, Message{Type: RequestVoteReply, From: 2, Term: 4, OK: true})
	expect(t, "the role", n.Role, Leader)
	expect(t, "matchIndex of N-3", n.Progress[3].MatchIndex, 0)
	expect(t, "nextIndex of N-3", n.Progress[3].NextIndex, 3)
}
