package raft

import "testing"

// §8: "If the client's first choice is not the leader, that server will reject the
// client's request and supply information about the most recent leader it has
// heard from."
func TestSection8_AFollowerSendsTheClientToTheLeader(t *testing.T) {
	n := follower(2)
	feed(n, Message{Type: AppendEntries, From: 3, Term: 2})
	reply := answer(t, n, Message{Type: ClientRequest, From: Client, Serial: 4, Text: "get x"})
	expect(t, "the status", reply.Status, Redirect)
	expect(t, "the leader it names", reply.Leader, 3)
	expect(t, "the request that it answers", reply.Serial, 4)
	expectLog(t, n)
}

func TestSection8_AServerThatKnowsNoLeaderAsksForPatience(t *testing.T) {
	for _, n := range []*Node{follower(2), candidate(2), serverOf(withPreVote(), 2)} {
		if n.Rules.PreVote {
			n.ElectionTimeout(0)
		}
		reply := answer(t, n, Message{Type: ClientRequest, From: Client, Serial: 4, Text: "get x"})
		expect(t, "the status at a "+n.Role.String(), reply.Status, Retry)
		expect(t, "the leader it names", reply.Leader, None)
	}
}

// §8: "each leader … has it commit a blank no-op entry into the log at the start
// of its term".
func TestSection8_ALeaderBeginsItsTermWithANoOp(t *testing.T) {
	n := leaderOf(paper(), 3, 1)
	expectLog(t, n, 1, 3)
	expect(t, "the entry", n.Log.Entry(2), Entry{Term: 3, Kind: TermStart})
	for _, m := range sent(n) {
		expect(t, "the number of entries sent at once", len(m.Entries), 1)
	}
	expect(t, "messages to the client once it is applied", len(feed(n, Message{Type: AppendEntriesReply, From: 2, Term: 3, OK: true, MatchIndex: 2})), 0)
	expect(t, "lastApplied", n.LastApplied, 2)
}

// Only the leader that took the command in answers it: a follower applies it in
// silence, and so does a later leader.
func TestSection8_OnlyTheLeaderOfTheTermAnswers(t *testing.T) {
	g := groupOf(paper(), 3)
	g.timeout(1)
	g.do(1, func(n *Node) {
		n.Receive(0, &Message{Type: ClientRequest, From: Client, To: 1, Serial: 1, Text: "set x 1"})
	})
	g.heartbeat(1)
	expect(t, "the number of answers", len(g.answers), 1)
	g.timeout(2)
	expect(t, "the number of answers after a new election", len(g.answers), 1)
}

// §8: "if a client retries a command … the state machine tracks the latest serial
// number processed for each client, along with the associated response. If it
// receives a command whose serial number has already been executed, it responds
// immediately without re-executing the request."
func TestSection8_ARepeatedRequestIsAppliedOnce(t *testing.T) {
	for _, serialNumbers := range []bool{false, true} {
		rules := paper()
		rules.SerialNumbers = serialNumbers
		g := groupOf(rules, 3)
		g.timeout(1)
		g.ask(1, 1, "add x 1")
		g.ask(1, 1, "add x 1")
		value, _ := g.nodes[1].Store.Get("x")
		expect(t, "x", value, map[bool]string{false: "2", true: "1"}[serialNumbers])
		expect(t, "the number of answers", len(g.answers), 2)
		expect(t, "the second answer", g.answers[1].Text, "x = "+value)
		if serialNumbers {
			expect(t, "the entries in the log, for the no-op and one command", g.nodes[1].Log.LastIndex(), 2)
			expect(t, "the reason is given", said(g.nodes[1], NoteAppliedBefore), true)
		}
	}
}

// A request that is repeated before it is committed is in the log twice, and is
// applied once on every server.
func TestSection8_ARequestThatIsInTheLogTwiceIsAppliedOnce(t *testing.T) {
	rules := paper()
	rules.SerialNumbers = true
	g := groupOf(rules, 3)
	g.timeout(1)
	g.cut = SetOf(1)
	g.ask(1, 1, "add x 1")
	g.ask(1, 1, "add x 1")
	g.cut = 0
	g.heartbeat(1)
	g.heartbeat(1)
	for _, n := range g.nodes[1:] {
		value, _ := n.Store.Get("x")
		expect(t, "lastApplied of "+n.ID.String(), n.LastApplied, 3)
		expect(t, "x at "+n.ID.String(), value, "1")
	}
}
