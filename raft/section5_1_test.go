package raft

import "testing"

// "If one server's current term is smaller than the other's, then it updates its
// current term to the larger value."
func TestSection5_1_ASmallerTermIsUpdated(t *testing.T) {
	n := follower(1)
	reply := answer(t, n, Message{Type: AppendEntries, From: 2, Term: 4})
	expect(t, "currentTerm", n.CurrentTerm, 4)
	expect(t, "the term that it answers with", reply.Term, 4)
}

// "If a candidate or leader discovers that its term is out of date, it
// immediately reverts to follower state."
func TestSection5_1_ACandidateOrLeaderThatIsOutOfDateRevertsToFollower(t *testing.T) {
	for _, n := range []*Node{candidate(2), leader(2)} {
		feed(n, Message{Type: AppendEntriesReply, From: 2, Term: 3})
		expect(t, "the role", n.Role, Follower)
		expect(t, "the heartbeat timer", n.Output().Heartbeat, Stop)
		expect(t, "the leader it knows", n.Leader, None)
	}
}

// A leader has no election timer; as a follower it needs one again.
func TestSection5_1_ALeaderThatRevertsRestartsItsElectionTimer(t *testing.T) {
	n := leader(2)
	feed(n, Message{Type: AppendEntriesReply, From: 2, Term: 3})
	expect(t, "the election timer", n.Output().Election, Restart)
}

// "If a server receives a request with a stale term number, it rejects the
// request."
func TestSection5_1_ARequestWithAStaleTermIsRejected(t *testing.T) {
	for _, kind := range []MessageType{RequestVote, AppendEntries} {
		for _, build := range []func(Term, ...Term) *Node{follower, candidate, leader} {
			n := build(3)
			reply := answer(t, n, Message{Type: kind, From: 2, Term: 2})
			expect(t, "success of a stale "+kind.String(), reply.OK, false)
			expect(t, "the term that the sender learns", reply.Term, 3)
		}
	}
}

// "Raft servers communicate using remote procedure calls": a reply goes to whoever
// sent the request.
func TestSection5_1_AReplyGoesToTheSender(t *testing.T) {
	for _, kind := range []MessageType{PreVote, RequestVote, AppendEntries} {
		reply := answer(t, follower(1), Message{Type: kind, From: 3, Term: 2})
		expect(t, "the receiver", reply.To, 3)
		expect(t, "the sender", reply.From, 1)
	}
}
