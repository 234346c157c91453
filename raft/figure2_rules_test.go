package raft

import (
	"slices"
	"testing"
)

// All servers: "If commitIndex > lastApplied: increment lastApplied, apply
// log[lastApplied] to state machine (§5.3)"
func TestFigure2_AllServers_ApplyWhatIsCommittedInOrder(t *testing.T) {
	n := follower(1)
	log := []Entry{{Term: 1, Command: "set x 1"}, {Term: 1, Command: "add x 5"}, {Term: 1, Command: "set x 9"}}
	feed(n, Message{Type: AppendEntries, From: 2, Term: 1, Entries: log, LeaderCommit: 2})
	value, _ := n.Store.Get("x")
	expect(t, "x after two of three commands", value, "6")
	expect(t, "lastApplied", n.LastApplied, 2)
}

// All servers: "If RPC request or response contains term T > currentTerm: set
// currentTerm = T, convert to follower (§5.1)"
func TestFigure2_AllServers_ALaterTermMakesAFollower(t *testing.T) {
	for _, kind := range []MessageType{RequestVote, RequestVoteReply, AppendEntries, AppendEntriesReply} {
		for _, build := range []func(Term, ...Term) *Node{follower, candidate, leader} {
			n := build(2, 1)
			was := n.Role
			feed(n, Message{Type: kind, From: 3, Term: 5})
			if n.Role != Follower || n.CurrentTerm != 5 {
				t.Errorf("a %s that gets a %s of term 5 is a %s in term %d", was, kind, n.Role, n.CurrentTerm)
			}
			expect(t, "the reason is given", said(n, NoteHigherTerm), true)
		}
	}
}

// Followers: "Respond to RPCs from candidates and leaders"
func TestFigure2_Followers_RespondToCandidatesAndLeaders(t *testing.T) {
	n := follower(1)
	expect(t, "the answer to a candidate", answer(t, n, Message{Type: RequestVote, From: 2, Term: 1}).Type, RequestVoteReply)
	expect(t, "the answer to a leader", answer(t, n, Message{Type: AppendEntries, From: 2, Term: 1}).Type, AppendEntriesReply)
}

// Followers: "If election timeout elapses without receiving AppendEntries RPC
// from current leader or granting vote to candidate: convert to candidate"
func TestFigure2_Followers_AnElectionTimeoutMakesACandidate(t *testing.T) {
	n := follower(1)
	n.ElectionTimeout(0)
	expect(t, "the role", n.Role, Candidate)
}

func TestFigure2_Followers_AppendEntriesFromTheLeaderRestartsTheTimer(t *testing.T) {
	n := follower(1)
	feed(n, Message{Type: AppendEntries, From: 2, Term: 1})
	expect(t, "the election timer", n.Output().Election, Restart)
}

func TestFigure2_Followers_GrantingAVoteRestartsTheTimer(t *testing.T) {
	n := follower(1)
	feed(n, Message{Type: RequestVote, From: 2, Term: 1})
	expect(t, "the election timer after a vote", n.Output().Election, Restart)
	feed(n, Message{Type: RequestVote, From: 3, Term: 1})
	expect(t, "the election timer after a refusal", n.Output().Election, Keep)
}

// Candidates: "On conversion to candidate, start election: increment currentTerm,
// vote for self, reset election timer, send RequestVote RPCs to all other servers"
func TestFigure2_Candidates_StartAnElection(t *testing.T) {
	n := follower(4)
	n.ElectionTimeout(0)
	expect(t, "currentTerm", n.CurrentTerm, 5)
	expect(t, "votedFor", n.VotedFor, 1)
	expect(t, "the votes that it has", n.Granted, SetOf(1))
	expect(t, "the election timer", n.Output().Election, Restart)
	to := []NodeID{}
	for _, m := range sent(n) {
		expect(t, "the type", m.Type, RequestVote)
		to = append(to, m.To)
	}
	if !slices.Equal(to, []NodeID{2, 3}) {
		t.Errorf("requests went to %v, want N-2 and N-3", to)
	}
}

// Candidates: "If votes received from majority of servers: become leader"
func TestFigure2_Candidates_AMajorityOfVotesMakesALeader(t *testing.T) {
	n := New(Options{ID: 1, Rules: figure2(), Configuration: Configuration{Voters: FirstNodes(5)}})
	n.ElectionTimeout(0)
	feed(n, Message{Type: RequestVoteReply, From: 2, Term: 1, OK: true})
	expect(t, "the role with 2 of 5 votes", n.Role, Candidate)
	feed(n, Message{Type: RequestVoteReply, From: 2, Term: 1, OK: true})
	expect(t, "the role with the same vote twice", n.Role, Candidate)
	feed(n, Message{Type: RequestVoteReply, From: 3, Term: 1})
	expect(t, "the role with a refusal", n.Role, Candidate)
	feed(n, Message{Type: RequestVoteReply, From: 4, Term: 1, OK: true})
	expect(t, "the role with 3 of 5 votes", n.Role, Leader)
}

// Candidates: "If AppendEntries RPC received from new leader: convert to follower"
func TestFigure2_Candidates_ANewLeaderMakesAFollower(t *testing.T) {
	n := candidate(2)
	feed(n, Message{Type: AppendEntries, From: 3, Term: 2})
	expect(t, "the role", n.Role, Follower)
	expect(t, "the leader it knows", n.Leader, 3)
	expect(t, "currentTerm", n.CurrentTerm, 2)
	expect(t, "votedFor, which stands for the term", n.VotedFor, 1)
}

// Candidates: "If election timeout elapses: start new election"
func TestFigure2_Candidates_AnElectionTimeoutStartsANewElection(t *testing.T) {
	n := candidate(2)
	feed(n, Message{Type: RequestVoteReply, From: 2, Term: 2})
	n.ElectionTimeout(0)
	expect(t, "the role", n.Role, Candidate)
	expect(t, "currentTerm", n.CurrentTerm, 3)
	expect(t, "the refusals of this election", n.Refused, 0)
	expect(t, "the number of requests", len(sent(n)), 2)
}

// Leaders: "Upon election: send initial empty AppendEntries RPCs (heartbeat) to
// each server; repeat during idle periods to prevent election timeouts (§5.2)"
func TestFigure2_Leaders_SendHeartbeatsUponElection(t *testing.T) {
	n := leader(2, 1)
	out := sent(n)
	expect(t, "the number of heartbeats", len(out), 2)
	for _, m := range out {
		expect(t, "the type", m.Type, AppendEntries)
		expect(t, "the number of entries", len(m.Entries), 0)
	}
	expect(t, "the heartbeat timer", n.Output().Heartbeat, Restart)
	expect(t, "the election timer", n.Output().Election, Stop)
}

func TestFigure2_Leaders_RepeatHeartbeats(t *testing.T) {
	n := leader(2, 1)
	n.HeartbeatTimeout(0)
	expect(t, "the number of heartbeats", len(sent(n)), 2)
	expect(t, "the heartbeat timer", n.Output().Heartbeat, Restart)
}

// Leaders: "If command received from client: append entry to local log, respond
// after entry applied to state machine (§5.3)"
func TestFigure2_Leaders_AppendACommandAndRespondOnceItIsApplied(t *testing.T) {
	n := leader(2)
	for _, m := range feed(n, Message{Type: ClientRequest, From: Client, Serial: 1, Text: "set x 4"}) {
		expect(t, "what it sends before the entry is committed", m.Type, AppendEntries)
	}
	expectLog(t, n, 2)
	reply := answer(t, n, Message{Type: AppendEntriesReply, From: 3, Term: 2, OK: true, MatchIndex: 1})
	expect(t, "the type of the answer", reply.Type, ClientReply)
	expect(t, "the receiver of the answer", reply.To, Client)
	expect(t, "the request that it answers", reply.Serial, 1)
	expect(t, "the status", reply.Status, Result)
	expect(t, "the result", reply.Text, "x = 4")
}

// Leaders: "If last log index >= nextIndex for a follower: send AppendEntries RPC
// with log entries starting at nextIndex"
func TestFigure2_Leaders_SendEntriesFromNextIndexOn(t *testing.T) {
	n := leader(2, 1, 1)
	n.Progress[3].NextIndex = 2
	n.HeartbeatTimeout(0)
	m := sent(n)[1]
	expect(t, "the receiver", m.To, 3)
	expect(t, "prevLogIndex", m.PrevLogIndex, 1)
	expect(t, "the number of entries", len(m.Entries), 1)
}

// "If successful: update nextIndex and matchIndex for follower (§5.3)"
func TestFigure2_Leaders_ASuccessMovesNextIndexAndMatchIndex(t *testing.T) {
	n := leader(2, 1, 1)
	n.Progress[3].NextIndex = 1
	feed(n, Message{Type: AppendEntriesReply, From: 3, Term: 2, OK: true, MatchIndex: 2})
	expect(t, "matchIndex", n.Progress[3].MatchIndex, 2)
	expect(t, "nextIndex", n.Progress[3].NextIndex, 3)
}

// "If AppendEntries fails because of log inconsistency: decrement nextIndex and
// retry (§5.3)"
func TestFigure2_Leaders_AFailureDecrementsNextIndexAndRetries(t *testing.T) {
	n := leader(2, 1, 1, 1)
	m := answer(t, n, Message{Type: AppendEntriesReply, From: 3, Term: 2, PrevLogIndex: 3})
	expect(t, "nextIndex", n.Progress[3].NextIndex, 3)
	expect(t, "prevLogIndex of the retry", m.PrevLogIndex, 2)
	expect(t, "the number of entries of the retry", len(m.Entries), 1)
}

func TestFigure2_Leaders_NextIndexNeverGoesBelow1(t *testing.T) {
	n := leader(2, 1)
	for range 3 {
		feed(n, Message{Type: AppendEntriesReply, From: 3, Term: 2, PrevLogIndex: n.Progress[3].NextIndex - 1})
	}
	expect(t, "nextIndex", n.Progress[3].NextIndex, 1)
}

// "If there exists an N such that N > commitIndex, a majority of matchIndex[i] >=
// N, and log[N].term == currentTerm: set commitIndex = N (§5.3, §5.4)"
func TestFigure2_Leaders_CommitWhatAMajorityStores(t *testing.T) {
	n := New(Options{ID: 1, Rules: figure2(), Configuration: Configuration{Voters: FirstNodes(5)}})
	n.ElectionTimeout(0)
	for _, id := range []NodeID{2, 3} {
		feed(n, Message{Type: RequestVoteReply, From: id, Term: 1, OK: true})
	}
	for serial := range uint32(3) {
		feed(n, Message{Type: ClientRequest, From: Client, Serial: serial, Text: "add x 1"})
	}
	feed(n, Message{Type: AppendEntriesReply, From: 2, Term: 1, OK: true, MatchIndex: 3})
	expect(t, "commitIndex with 2 of 5 copies", n.CommitIndex, 0)
	feed(n, Message{Type: AppendEntriesReply, From: 4, Term: 1, OK: true, MatchIndex: 2})
	expect(t, "commitIndex with 3 of 5 copies of entry 2", n.CommitIndex, 2)
}
