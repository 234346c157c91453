package raft

// campaign starts an election (§5.2), or with pre-vote the question whether one
// could be won (diss. §9.6).
func (n *Node) campaign(forced bool) {
	if !n.Configuration.Voters.Has(n.ID) {
		n.note(NoteNotAVoter)
		return
	}
	n.ContactUntil = 0 // it gave its leader up
	if n.Rules.PreVote {
		n.becomePreCandidate(forced)
		return
	}
	n.becomeCandidate(forced)
}

// becomePreCandidate asks for pre-votes for the term after this one, without
// entering it.
func (n *Node) becomePreCandidate(forced bool) {
	n.endRound()
	n.Role, n.Leader = PreCandidate, None
	n.Granted, n.Forced = SetOf(n.ID), forced
	n.out.Election = Restart
	n.note(NoteAsksPreVotes, uint64(n.CurrentTerm+1))
	if n.wins() {
		n.becomeCandidate(forced)
		return
	}
	n.requestVotes(PreVote, n.CurrentTerm+1)
}

// becomeCandidate starts an election: on conversion to candidate, increment
// currentTerm, vote for self, reset election timer, send RequestVote to all
// other servers (Figure 2, candidates).
func (n *Node) becomeCandidate(forced bool) {
	n.endRound()
	n.Role, n.Leader = Candidate, None
	n.CurrentTerm++
	n.VotedFor = n.ID
	n.Granted, n.Forced = SetOf(n.ID), forced
	n.out.Election = Restart
	n.note(NoteCampaigns, uint64(n.CurrentTerm))
	if n.wins() {
		n.becomeLeader()
		return
	}
	n.requestVotes(RequestVote, n.CurrentTerm)
}

func (n *Node) requestVotes(kind MessageType, t Term) {
	lastTerm := n.Log.LastTerm()
	if !n.Rules.SendsLastEntryTerm {
		lastTerm = n.CurrentTerm
	}
	for id := n.peers().Next(None); id != None; id = n.peers().Next(id) {
		n.send(Message{Type: kind, To: id, Term: t, Forced: n.Forced,
			LastLogIndex: n.Log.LastIndex(), LastLogTerm: lastTerm})
	}
}

// wins reports whether the votes granted suffice (§5.2: votes from a majority).
func (n *Node) wins() bool {
	return n.Configuration.IsQuorum(n.Granted) ||
		!n.Rules.ElectionNeedsMajority && n.Role == Candidate
}

// upToDate reports whether the sender's log is at least as up to date as this
// one (§5.4.1): the later last term wins, and between equal terms the longer log.
func (n *Node) upToDate(m *Message) bool {
	if !n.Rules.VoteComparesLogs {
		return true
	}
	if myTerm := n.Log.LastTerm(); m.LastLogTerm != myTerm && n.Rules.VoteComparesTerms {
		return m.LastLogTerm > myTerm
	}
	return m.LastLogIndex >= n.Log.LastIndex()
}

func (n *Node) noteLogs(code NoteCode, m *Message) {
	n.note(code, uint64(m.LastLogIndex), uint64(m.LastLogTerm),
		uint64(n.Log.LastIndex()), uint64(n.Log.LastTerm()))
}

// handlePreVote answers whether this server would vote for the sender in the
// term that it proposes (diss. §9.6). Nobody's term changes by it.
func (n *Node) handlePreVote(m *Message) {
	reply := Message{Type: PreVoteReply, To: m.From, Term: n.CurrentTerm}
	switch {
	case m.Term <= n.CurrentTerm:
		n.note(NotePreVoteStale, uint64(m.Term), uint64(n.CurrentTerm))
	case !m.Forced && n.inContact():
		n.note(NotePreVoteContact, uint64(n.leaderOrSelf()))
	case !n.upToDate(m):
		n.noteLogs(NotePreVoteLog, m)
	default:
		reply.OK, reply.Term = true, m.Term
		n.noteLogs(NotePreVoteGranted, m)
	}
	n.send(reply)
}

// handlePreVoteReply counts a pre-vote; a majority of them starts the election. A
// late answer from an earlier round for the same term counts too: a pre-vote
// promises nothing, so at worst an election is held that a fresh round would have
// spared the cluster.
func (n *Node) handlePreVoteReply(m *Message) {
	if !m.OK {
		n.observe(m)
	}
	switch {
	case n.Role != PreCandidate:
		n.note(NotePreVoteLate, uint64(n.CurrentTerm))
	case m.OK && m.Term != n.CurrentTerm+1:
		n.note(NotePreVoteLate, uint64(n.CurrentTerm))
	case !m.OK:
		n.Refused = n.Refused.With(m.From)
		n.note(NoteVoteCounted, uint64(n.Granted.Len()), uint64(n.Configuration.Voters.Len()))
	default:
		n.Granted = n.Granted.With(m.From)
		n.note(NoteVoteCounted, uint64(n.Granted.Len()), uint64(n.Configuration.Voters.Len()))
		if n.wins() {
			n.becomeCandidate(n.Forced)
		}
	}
}

// handleRequestVote is the receiver's side of RequestVote in Figure 2.
func (n *Node) handleRequestVote(m *Message) {
	if n.Rules.LeaderStickiness && !m.Forced && n.inContact() {
		// diss. §4.2.3: it does not update its term or grant its vote.
		n.note(NoteVoteSticky, uint64(n.leaderOrSelf()))
		return
	}
	n.observe(m)
	reply := Message{Type: RequestVoteReply, To: m.From, Term: n.CurrentTerm}
	switch {
	case m.Term < n.CurrentTerm: // 1. Reply false if term < currentTerm (§5.1)
		n.note(NoteVoteStale, uint64(m.Term), uint64(n.CurrentTerm))
	case n.VotedFor != None && n.VotedFor != m.From && n.Rules.VotesOncePerTerm:
		n.note(NoteVoteTaken, uint64(n.VotedFor), uint64(n.CurrentTerm))
	case !n.upToDate(m):
		n.noteLogs(NoteVoteLog, m)
	default: // 2. votedFor is null or candidateId, and the log is up to date (§5.2, §5.4)
		n.VotedFor = m.From
		reply.OK = true
		n.out.Election = Restart
		n.noteLogs(NoteVoteGranted, m)
	}
	n.send(reply)
}

// handleRequestVoteReply counts a vote: if votes are received from a majority of
// servers, become leader (Figure 2, candidates).
func (n *Node) handleRequestVoteReply(m *Message) {
	n.observe(m)
	switch {
	case n.Role != Candidate:
		n.note(NoteVoteLate, uint64(m.Term))
	case m.Term < n.CurrentTerm && n.Rules.CountsCurrentVotesOnly:
		n.note(NoteVoteOldTerm, uint64(m.Term), uint64(n.CurrentTerm))
	case !m.OK:
		n.Refused = n.Refused.With(m.From)
		n.note(NoteVoteCounted, uint64(n.Granted.Len()), uint64(n.Configuration.Voters.Len()))
	default:
		n.Granted = n.Granted.With(m.From)
		n.note(NoteVoteCounted, uint64(n.Granted.Len()), uint64(n.Configuration.Voters.Len()))
		if n.wins() {
			n.becomeLeader()
		}
	}
}

// becomeLeader takes office: initialize nextIndex and matchIndex (Figure 2,
// volatile state on leaders), append the no-op of the term (§8), and send
// AppendEntries to everyone at once (§5.2).
func (n *Node) becomeLeader() {
	quorum := n.Configuration.IsQuorum(n.Granted)
	n.endRound()
	n.Role, n.Leader = Leader, n.ID
	n.Active = SetOf(n.ID)
	n.out.Heartbeat, n.out.Election = Restart, Stop
	if n.Rules.CheckQuorum {
		n.out.Election = Restart
	}
	if quorum {
		n.note(NoteElected, uint64(n.CurrentTerm))
	} else {
		n.note(NoteElectedAlone, uint64(n.CurrentTerm))
	}
	if !n.Rules.LeaderKeepsLog {
		n.cutLog(n.CommitIndex + 1)
	}
	for id := n.peers().Next(None); id != None; id = n.peers().Next(id) {
		n.Progress[id] = Progress{NextIndex: n.Log.LastIndex() + 1}
	}
	if n.Rules.TermStartEntry {
		n.propose(Entry{Term: n.CurrentTerm, Kind: TermStart})
		return
	}
	n.sendHeartbeats()
}

// checkQuorum makes a leader step down that has not heard from a majority since
// the last check (diss. §6.2).
func (n *Node) checkQuorum() {
	if !n.Rules.CheckQuorum {
		n.note(NoteLeaderNeedsNoElection)
		return
	}
	heard := n.Active
	if !n.Configuration.IsQuorum(heard) {
		n.becomeFollower(n.CurrentTerm, None)
		n.note(NoteQuorumLost, uint64(heard.Len()), uint64(n.Configuration.Voters.Len()))
		return
	}
	n.Active = SetOf(n.ID)
	n.out.Election = Restart
	n.note(NoteQuorumHeld, uint64(heard.Len()), uint64(n.Configuration.Voters.Len()))
}

func (n *Node) leaderOrSelf() NodeID {
	if n.Role == Leader {
		return n.ID
	}
	return n.Leader
}
