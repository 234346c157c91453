package raft

import "testing"

// "1. Reply false if term < currentTerm (§5.1)"
func TestFigure2_RequestVote_1_RefusesIfTermIsEarlier(t *testing.T) {
	n := follower(3)
	reply := answer(t, n, Message{Type: RequestVote, From: 2, Term: 2})
	expect(t, "voteGranted", reply.OK, false)
	expect(t, "the term of the answer", reply.Term, 3)
	expect(t, "votedFor", n.VotedFor, None)
	expect(t, "the election timer", n.Output().Election, Keep)
	expect(t, "the reason is given", said(n, NoteVoteStale), true)
}

// "2. If votedFor is null or candidateId, and candidate's log is at least as
// up-to-date as receiver's log, grant vote (§5.2, §5.4)"
func TestFigure2_RequestVote_2_GrantsIfItHasNotVoted(t *testing.T) {
	n := follower(1)
	reply := answer(t, n, Message{Type: RequestVote, From: 2, Term: 1})
	expect(t, "voteGranted", reply.OK, true)
	expect(t, "votedFor", n.VotedFor, 2)
}

func TestFigure2_RequestVote_2_GrantsAgainToTheSameCandidate(t *testing.T) {
	n := follower(1)
	m := Message{Type: RequestVote, From: 2, Term: 1}
	answer(t, n, m)
	expect(t, "voteGranted the second time", answer(t, n, m).OK, true)
}

func TestFigure2_RequestVote_2_RefusesIfItVotedForAnother(t *testing.T) {
	n := follower(1)
	answer(t, n, Message{Type: RequestVote, From: 2, Term: 1})
	expect(t, "voteGranted to N-3", answer(t, n, Message{Type: RequestVote, From: 3, Term: 1}).OK, false)
	expect(t, "votedFor", n.VotedFor, 2)
	expect(t, "the reason is given", said(n, NoteVoteTaken), true)
}

func TestFigure2_RequestVote_2_ACandidateHasVotedForItself(t *testing.T) {
	n := candidate(2)
	expect(t, "voteGranted", answer(t, n, Message{Type: RequestVote, From: 2, Term: 2}).OK, false)
}

func TestFigure2_RequestVote_2_RefusesIfTheCandidatesLogIsBehind(t *testing.T) {
	n := follower(2, 1, 2)
	expect(t, "voteGranted", answer(t, n, Message{Type: RequestVote, From: 2, Term: 3, LastLogIndex: 1, LastLogTerm: 1}).OK, false)
	expect(t, "votedFor", n.VotedFor, None)
	expect(t, "currentTerm, which moves on all the same", n.CurrentTerm, 3)
	expect(t, "the reason is given", said(n, NoteVoteLog), true)
}

// "Arguments: term … candidateId … lastLogIndex … lastLogTerm"
func TestFigure2_RequestVote_Arguments(t *testing.T) {
	n := candidate(4, 1, 3)
	out := sent(n)
	expect(t, "the number of requests", len(out), 2)
	for i, m := range out {
		expect(t, "the receiver", m.To, NodeID(i+2))
		expect(t, "term", m.Term, 4)
		expect(t, "candidateId", m.From, 1)
		expect(t, "lastLogIndex", m.LastLogIndex, 2)
		expect(t, "lastLogTerm", m.LastLogTerm, 3)
	}
}
