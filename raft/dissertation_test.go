package raft

import "testing"

func withPreVote() Rules {
	r := figure2()
	r.PreVote = true
	return r
}

// diss. §9.6: "a candidate only increments its term if it first learns from a
// majority of the cluster that they would be willing to grant the candidate their
// votes".
func TestDissertation9_6_ATermIsEnteredOnlyAfterAMajorityOfPreVotes(t *testing.T) {
	n := serverOf(withPreVote(), 4, 2)
	n.ElectionTimeout(0)
	expect(t, "the role", n.Role, PreCandidate)
	expect(t, "currentTerm", n.CurrentTerm, 4)
	expect(t, "votedFor", n.VotedFor, None)
	expect(t, "the election timer", n.Output().Election, Restart)
	for _, m := range sent(n) {
		expect(t, "the type", m.Type, PreVote)
		expect(t, "the term that it proposes", m.Term, 5)
		expect(t, "lastLogIndex", m.LastLogIndex, 1)
		expect(t, "lastLogTerm", m.LastLogTerm, 2)
	}
	out := feed(n, Message{Type: PreVoteReply, From: 3, Term: 5, OK: true})
	expect(t, "the role after a majority", n.Role, Candidate)
	expect(t, "currentTerm after a majority", n.CurrentTerm, 5)
	expect(t, "the requests that follow", out[0].Type, RequestVote)
}

// A pre-vote is no vote: nobody's term or vote changes by it.
func TestDissertation9_6_APreVoteChangesNothing(t *testing.T) {
	n := serverOf(withPreVote(), 4, 2)
	before := n.State
	reply := answer(t, n, Message{Type: PreVote, From: 2, Term: 9, LastLogIndex: 1, LastLogTerm: 2})
	expect(t, "the pre-vote", reply.OK, true)
	expect(t, "the term of the answer", reply.Term, 9)
	expect(t, "the state", n.State, before)
	expect(t, "the election timer", n.Output().Election, Keep)
}

func TestDissertation9_6_WhenAPreVoteIsRefused(t *testing.T) {
	for _, c := range []struct {
		name string
		m    Message
		now  int64
		why  NoteCode
	}{
		{"the term is not later", Message{Term: 4, LastLogIndex: 1, LastLogTerm: 2}, contact, NotePreVoteStale},
		{"the log is behind", Message{Term: 5}, contact, NotePreVoteLog},
		{"a leader is heard from", Message{Term: 5, LastLogIndex: 1, LastLogTerm: 2}, contact - 1, NotePreVoteContact},
	} {
		n := serverOf(withPreVote(), 4, 2)
		feed(n, Message{Type: AppendEntries, From: 3, Term: 4, PrevLogIndex: 1, PrevLogTerm: 2})
		c.m.Type, c.m.From, c.m.To = PreVote, 2, 1
		n.Receive(c.now, &c.m)
		reply := sent(n)[0]
		expect(t, "the pre-vote when "+c.name, reply.OK, false)
		expect(t, "the term of the answer when "+c.name, reply.Term, 4)
		expect(t, "the reason is given when "+c.name, said(n, c.why), true)
	}
}

// A refusal carries its sender's own term, from which the asker learns.
func TestDissertation9_6_ARefusalWithALaterTermMakesAFollower(t *testing.T) {
	n := serverOf(withPreVote(), 4)
	n.ElectionTimeout(0)
	feed(n, Message{Type: PreVoteReply, From: 2, Term: 7})
	expect(t, "the role", n.Role, Follower)
	expect(t, "currentTerm", n.CurrentTerm, 7)
}

func TestDissertation9_6_AnswersOfAnotherTermDoNotCount(t *testing.T) {
	n := serverOf(withPreVote(), 4)
	n.ElectionTimeout(0)
	feed(n, Message{Type: PreVoteReply, From: 2, Term: 4, OK: true})
	expect(t, "the role", n.Role, PreCandidate)
	expect(t, "the reason is given", said(n, NotePreVoteLate), true)
	feed(n, Message{Type: AppendEntries, From: 3, Term: 4})
	feed(n, Message{Type: PreVoteReply, From: 2, Term: 5, OK: true})
	expect(t, "the role of a follower that gets a late answer", n.Role, Follower)
}

func TestDissertation9_6_RefusalsAreCountedToo(t *testing.T) {
	n := serverOf(withPreVote(), 4)
	n.ElectionTimeout(0)
	feed(n, Message{Type: PreVoteReply, From: 2, Term: 4})
	expect(t, "who refused", n.Refused, SetOf(2))
	expect(t, "the role", n.Role, PreCandidate)
	n.ElectionTimeout(0)
	expect(t, "who refused in a new round", n.Refused, 0)
}

// "The Pre-Vote algorithm solves the issue of a partitioned server disrupting the
// cluster when it rejoins."
func TestDissertation9_6_AServerThatReturnsDoesNotDisrupt(t *testing.T) {
	for _, preVote := range []bool{false, true} {
		rules := paper()
		rules.PreVote = preVote
		g := groupOf(rules, 3)
		g.timeout(1)
		g.cut = SetOf(3)
		for range 5 {
			g.timeout(3)
		}
		g.cut = 0
		g.timeout(3)
		g.heartbeat(1)
		expect(t, map[bool]string{false: "N-1 leads without pre-vote", true: "N-1 leads with pre-vote"}[preVote], g.nodes[1].Role == Leader, preVote)
	}
}

// diss. §4.2.3: "if a server receives a RequestVote request within the minimum
// election timeout of hearing from a current leader, it does not update its term
// or grant its vote".
func TestDissertation4_2_3_AServerInContactIgnoresVoteRequests(t *testing.T) {
	rules := figure2()
	rules.LeaderStickiness = true
	request := Message{Type: RequestVote, From: 2, To: 1, Term: 5}
	for now, ignored := range map[int64]bool{contact - 1: true, contact: false} {
		n := serverOf(rules, 4)
		feed(n, Message{Type: AppendEntries, From: 3, Term: 4})
		n.Receive(now, &request)
		expect(t, "the request is ignored", len(sent(n)) == 0 && n.CurrentTerm == 4, ignored)
		expect(t, "the reason is given", said(n, NoteVoteSticky), ignored)
	}
}

// The reason names the leader, or the server itself if it leads.
func TestDissertation4_2_3_TheReasonNamesTheLeader(t *testing.T) {
	rules := figure2()
	rules.LeaderStickiness = true
	n := serverOf(rules, 4)
	feed(n, Message{Type: AppendEntries, From: 3, Term: 4})
	feed(n, Message{Type: RequestVote, From: 2, Term: 5})
	expect(t, "the reason", n.Output().Notes[0], Note{NoteVoteSticky, [4]uint64{3}})
	n = leaderOf(rules, 4)
	feed(n, Message{Type: RequestVote, From: 2, Term: 5})
	expect(t, "the leader's reason", n.Output().Notes[0], Note{NoteVoteSticky, [4]uint64{1}})
}

func TestDissertation4_2_3_ALeaderIsInContactWithItself(t *testing.T) {
	rules := figure2()
	rules.LeaderStickiness = true
	n := leaderOf(rules, 2)
	request := Message{Type: RequestVote, From: 3, To: 1, Term: 9}
	n.Receive(100*contact, &request)
	expect(t, "the role", n.Role, Leader)
	expect(t, "currentTerm", n.CurrentTerm, 2)
}

// A server whose own election timer ran out has given its leader up.
func TestDissertation4_2_3_ATimeoutEndsTheContact(t *testing.T) {
	rules := withPreVote()
	rules.LeaderStickiness = true
	n := serverOf(rules, 4)
	feed(n, Message{Type: AppendEntries, From: 3, Term: 4})
	n.ElectionTimeout(0)
	expect(t, "the pre-vote for another", answer(t, n, Message{Type: PreVote, From: 2, Term: 5}).OK, true)
	expect(t, "the vote for another", answer(t, n, Message{Type: RequestVote, From: 2, Term: 5}).OK, true)
}

// "A server should include a special flag in its RequestVote messages" if it
// campaigns at the leader's bidding: the others answer although they hear it.
func TestDissertation4_2_3_AForcedCampaignIsAnswered(t *testing.T) {
	rules := withPreVote()
	rules.LeaderStickiness = true
	g := groupOf(rules, 3)
	g.timeout(1)
	g.timeout(2)
	expect(t, "the leader after an ordinary campaign", g.nodes[1].Role, Leader)
	g.do(2, func(n *Node) { n.Campaign(0) })
	expect(t, "the leader after a forced campaign", g.nodes[2].Role, Leader)
	expect(t, "its term", g.nodes[2].CurrentTerm, 2)
}

func TestDissertation4_2_3_ALeaderHasNoNeedToCampaign(t *testing.T) {
	n := leader(2)
	n.Campaign(0)
	expect(t, "the role", n.Role, Leader)
	expect(t, "currentTerm", n.CurrentTerm, 2)
	expect(t, "the reason is given", said(n, NoteLeaderNeedsNoElection), true)
}

// diss. §6.2: "a leader steps down if an election timeout elapses without a
// successful round of heartbeats to a majority of its cluster".
func TestDissertation6_2_ALeaderWithoutAMajorityStepsDown(t *testing.T) {
	rules := figure2()
	rules.CheckQuorum = true
	n := leaderOf(rules, 2)
	expect(t, "the leader's timer", n.Output().Election, Restart)
	feed(n, Message{Type: AppendEntriesReply, From: 3, Term: 2, OK: true})
	n.ElectionTimeout(0)
	expect(t, "the role after a timeout in which it heard from N-3", n.Role, Leader)
	expect(t, "the leader's timer", n.Output().Election, Restart)
	n.ElectionTimeout(0)
	expect(t, "the role after a timeout in which it heard from nobody", n.Role, Follower)
	expect(t, "currentTerm", n.CurrentTerm, 2)
	expect(t, "the leader it knows", n.Leader, None)
	expect(t, "the reason is given", said(n, NoteQuorumLost), true)
}

func TestDissertation6_2_WithoutTheRuleALeaderStays(t *testing.T) {
	n := leader(2)
	n.ElectionTimeout(0)
	expect(t, "the role", n.Role, Leader)
}

// §6: only voters start elections.
func TestSection6_WhoIsNoVoterStartsNoElection(t *testing.T) {
	n := New(Options{ID: 4, Rules: paper(), Configuration: Configuration{Voters: FirstNodes(3)}})
	n.ElectionTimeout(0)
	expect(t, "the role", n.Role, Follower)
	expect(t, "the reason is given", said(n, NoteNotAVoter), true)
}

// diss. §10.2.2: the leader sends new entries without waiting for the answer to
// those before.
func TestDissertation10_2_2_Pipelining(t *testing.T) {
	for _, pipelining := range []bool{false, true} {
		rules := figure2()
		rules.Pipelining = pipelining
		n := leaderOf(rules, 1)
		feed(n, Message{Type: ClientRequest, From: Client, Serial: 1, Text: "add x 1"})
		out := feed(n, Message{Type: ClientRequest, From: Client, Serial: 2, Text: "add x 1"})
		if !pipelining {
			expect(t, "messages before the first answer, without pipelining", len(out), 0)
			expect(t, "the reason is given", said(n, NoteEntryWaits), true)
			out = feed(n, Message{Type: AppendEntriesReply, From: 2, Term: 1, OK: true, MatchIndex: 1})
			next := out[len(out)-1] // after the client's answer
			expect(t, "the message after the first answer", next.Type, AppendEntries)
			expect(t, "its prevLogIndex", next.PrevLogIndex, 1)
			continue
		}
		expect(t, "messages before the first answer, with pipelining", len(out), 2)
		expect(t, "prevLogIndex", out[0].PrevLogIndex, 1)
	}
}

// While the leader looks for the place at which the logs agree, it does not
// pipeline: one try at a time.
func TestDissertation10_2_2_NoPipelineWhileProbing(t *testing.T) {
	rules := figure2()
	rules.Pipelining = true
	n := leaderOf(rules, 2, 1, 1, 1)
	feed(n, Message{Type: AppendEntriesReply, From: 2, Term: 2, PrevLogIndex: 3})
	for _, m := range feed(n, Message{Type: ClientRequest, From: Client, Serial: 9, Text: "add x 1"}) {
		expect(t, "the receiver of a new entry", m.To, 3)
	}
	feed(n, Message{Type: AppendEntriesReply, From: 2, Term: 2, OK: true, MatchIndex: 2})
	out := feed(n, Message{Type: ClientRequest, From: Client, Serial: 10, Text: "add x 1"})
	expect(t, "the messages about a new entry once the place is found", len(out), 2)
}

// diss. §4.2.3: only a current leader keeps its followers from voting, not one
// whose term has passed.
func TestDissertation4_2_3_AHigherTermEndsTheContact(t *testing.T) {
	rules := figure2()
	rules.LeaderStickiness = true
	n := serverOf(rules, 1)
	feed(n, Message{Type: AppendEntries, From: 3, Term: 1})
	feed(n, Message{Type: AppendEntriesReply, From: 2, Term: 2})
	reply := answer(t, n, Message{Type: RequestVote, From: 2, Term: 3})
	expect(t, "the vote", reply.OK, true)
}

// A message carries at most MaxEntries entries; the rest follows on the answer.
func TestBatches(t *testing.T) {
	for limit, want := range map[int][]int{1: {1, 1, 1, 1, 1}, 2: {2, 2, 1}, 64: {5}} {
		rules := figure2()
		rules.MaxEntries = limit
		n := leaderOf(rules, 2, 1, 1, 1, 1, 1)
		n.Progress[2].NextIndex = 1
		n.HeartbeatTimeout(0)
		m := sent(n)[0]
		var got []int
		for {
			got = append(got, len(m.Entries))
			out := feed(n, Message{Type: AppendEntriesReply, From: 2, Term: 2, OK: true, MatchIndex: m.PrevLogIndex + Index(len(m.Entries))})
			if len(out) == 0 {
				break
			}
			m = out[0]
		}
		expect(t, "the number of messages", len(got), len(want))
		for i := range want {
			expect(t, "the entries of a message", got[i], want[i])
		}
	}
}
