package raft

import "testing"

// "When servers start up, they begin as followers."
func TestSection5_2_ServersBeginAsFollowers(t *testing.T) {
	expect(t, "the role", New(Options{ID: 1, Rules: paper()}).Role, Follower)
	n := leader(2)
	n.Crash()
	expect(t, "the election timer of a server that is down", n.Output().Election, Stop)
	expect(t, "its heartbeat timer", n.Output().Heartbeat, Stop)
	n.Boot(0)
	expect(t, "the role after a restart", n.Role, Follower)
	expect(t, "the election timer", n.Output().Election, Restart)
}

// "A server remains in follower state as long as it receives valid RPCs from a
// leader or candidate."
func TestSection5_2_ValidRPCsKeepAFollower(t *testing.T) {
	n := follower(1)
	for range 3 {
		feed(n, Message{Type: AppendEntries, From: 2, Term: 1})
		expect(t, "the election timer", n.Output().Election, Restart)
		expect(t, "the role", n.Role, Follower)
	}
}

// "Each server will vote for at most one candidate in a given term, on a
// first-come-first-served basis."
func TestSection5_2_OneVoteInATermFirstComeFirstServed(t *testing.T) {
	n := follower(1)
	expect(t, "the first candidate's vote", answer(t, n, Message{Type: RequestVote, From: 3, Term: 2}).OK, true)
	expect(t, "the second candidate's vote", answer(t, n, Message{Type: RequestVote, From: 2, Term: 2}).OK, false)
	expect(t, "its vote in the next term", answer(t, n, Message{Type: RequestVote, From: 2, Term: 3}).OK, true)
}

// "Once a candidate wins an election, it becomes leader. It then sends heartbeat
// messages to all of the other servers to establish its authority and prevent new
// elections."
func TestSection5_2_AWinnerEstablishesItsAuthority(t *testing.T) {
	g := groupOf(figure2(), 5)
	g.timeout(3)
	expect(t, "the role of N-3", g.nodes[3].Role, Leader)
	for _, n := range g.nodes[1:] {
		expect(t, "the leader that "+n.ID.String()+" knows", n.Leader, 3)
		expect(t, "the term of "+n.ID.String(), n.CurrentTerm, 1)
	}
}

// "If the leader's term (included in its RPC) is at least as large as the
// candidate's current term, then the candidate recognizes the leader as legitimate
// and returns to follower state."
func TestSection5_2_ACandidateRecognizesALegitimateLeader(t *testing.T) {
	for _, term := range []Term{2, 3} {
		n := candidate(2)
		expect(t, "success", answer(t, n, Message{Type: AppendEntries, From: 2, Term: term}).OK, true)
		expect(t, "the role", n.Role, Follower)
		expect(t, "the leader it knows", n.Leader, 2)
	}
}

// "If the term in the RPC is smaller than the candidate's current term, then the
// candidate rejects the RPC and continues in candidate state."
func TestSection5_2_ACandidateRejectsAnEarlierLeader(t *testing.T) {
	n := candidate(2)
	expect(t, "success", answer(t, n, Message{Type: AppendEntries, From: 2, Term: 1}).OK, false)
	expect(t, "the role", n.Role, Candidate)
}

// "If many followers become candidates at the same time, votes could be split so
// that no candidate obtains a majority. When this happens, each candidate will
// time out and start a new election by incrementing its term."
func TestSection5_2_ASplitVoteIsFollowedByANewElection(t *testing.T) {
	g := groupOf(figure2(), 4)
	g.take(1, func(n *Node) { n.ElectionTimeout(0) })
	g.take(2, func(n *Node) { n.ElectionTimeout(0) })
	// N-3 hears N-1 first, N-4 hears N-2 first.
	for _, vote := range []struct{ candidate, voter NodeID }{{1, 3}, {2, 4}, {1, 4}, {2, 3}, {1, 2}, {2, 1}} {
		voter := g.nodes[vote.voter]
		for _, reply := range feed(voter, Message{Type: RequestVote, From: vote.candidate, Term: 1}) {
			feed(g.nodes[vote.candidate], reply)
		}
	}
	expect(t, "the role of N-1", g.nodes[1].Role, Candidate)
	expect(t, "the role of N-2", g.nodes[2].Role, Candidate)
	g.queue = nil
	g.timeout(1)
	expect(t, "the role of N-1 in the new election", g.nodes[1].Role, Leader)
	expect(t, "its term", g.nodes[1].CurrentTerm, 2)
}

// "A candidate wins an election if it receives votes from a majority of the
// servers in the full cluster for the same term": a vote of an earlier term does
// not count.
func TestSection5_2_OnlyVotesOfTheSameTermCount(t *testing.T) {
	n := candidate(2)
	n.ElectionTimeout(0)
	feed(n, Message{Type: RequestVoteReply, From: 2, Term: 2, OK: true})
	expect(t, "the role", n.Role, Candidate)
	expect(t, "the reason is given", said(n, NoteVoteOldTerm), true)
}

// A vote that arrives after the election is decided changes nothing.
func TestSection5_2_ALateVoteChangesNothing(t *testing.T) {
	n := leader(2)
	before := n.State
	expect(t, "the number of messages", len(feed(n, Message{Type: RequestVoteReply, From: 3, Term: 2, OK: true})), 0)
	expect(t, "the state", n.State, before)
	expect(t, "the reason is given", said(n, NoteVoteLate), true)
}

// A cluster of one server elects itself.
func TestSection5_2_OneServerIsAMajorityOfOne(t *testing.T) {
	g := groupOf(paper(), 1)
	g.timeout(1)
	expect(t, "the role", g.nodes[1].Role, Leader)
	g.ask(1, 1, "set x 1")
	expect(t, "the number of answers", len(g.answers), 1)
}
