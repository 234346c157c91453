package raft

// propose appends an entry to the leader's own log (Figure 2, leaders) and sends
// it to the followers that are ready for it.
func (n *Node) propose(e Entry) {
	n.Log.Append(e)
	at := n.Log.LastIndex()
	n.note(NoteAppended, uint64(at), uint64(e.Term))
	for id := n.peers().Next(None); id != None; id = n.peers().Next(id) {
		p := &n.Progress[id]
		switch {
		case n.Rules.Pipelining && !p.Probing:
			n.sendAppend(id, max(p.NextIndex, p.Sent+1), n.Rules.MaxEntries)
		case p.NextIndex == at:
			n.sendAppend(id, at, n.Rules.MaxEntries)
		default:
			n.note(NoteEntryWaits, uint64(at), uint64(id))
		}
	}
	n.advanceCommit()
}

// sendAppend sends the entries from next on, at most limit of them, or an empty
// AppendEntries if there are none.
func (n *Node) sendAppend(to NodeID, next Index, limit int) {
	entries := n.Log.Slice(next, limit)
	prevTerm, _ := n.Log.Term(next - 1)
	n.Progress[to].Sent = next - 1 + Index(len(entries))
	n.send(Message{Type: AppendEntries, To: to, Term: n.CurrentTerm,
		PrevLogIndex: next - 1, PrevLogTerm: prevTerm, Entries: entries, LeaderCommit: n.CommitIndex})
}

// sendHeartbeats sends AppendEntries to every follower (§5.2), with what it
// still lacks: a leader retries until all followers store all entries (§5.3).
func (n *Node) sendHeartbeats() {
	n.out.Heartbeat = Restart
	n.note(NoteHeartbeat, uint64(n.CurrentTerm))
	for id := n.peers().Next(None); id != None; id = n.peers().Next(id) {
		if n.Rules.EmptyHeartbeats {
			n.send(Message{Type: AppendEntries, To: id, Term: n.CurrentTerm,
				PrevLogIndex: n.Log.LastIndex(), PrevLogTerm: n.Log.LastTerm(), LeaderCommit: n.CommitIndex})
			continue
		}
		n.sendAppend(id, n.Progress[id].NextIndex, n.Rules.MaxEntries)
	}
}

// handleAppendEntriesReply is the leader's side of AppendEntries (Figure 2,
// leaders).
func (n *Node) handleAppendEntriesReply(m *Message) {
	n.observe(m)
	switch {
	case n.Role != Leader:
		n.note(NoteAnswerLate, uint64(m.Term))
		return
	case m.Term < n.CurrentTerm && n.Rules.CountsCurrentAcksOnly:
		n.note(NoteAnswerOldTerm, uint64(m.Term), uint64(n.CurrentTerm))
		return
	}
	n.Active = n.Active.With(m.From)
	if m.OK {
		n.handleAccepted(m)
	} else {
		n.handleRefused(m)
	}
}

// handleAccepted updates nextIndex and matchIndex for the follower (§5.3),
// commits what a majority has, and sends what the follower still lacks.
func (n *Node) handleAccepted(m *Message) {
	p := &n.Progress[m.From]
	if m.MatchIndex > p.MatchIndex {
		p.MatchIndex = m.MatchIndex
		n.note(NoteMatched, uint64(m.From), uint64(m.MatchIndex))
	} else {
		n.note(NoteMatchedBefore, uint64(m.From), uint64(p.MatchIndex))
	}
	p.NextIndex = max(p.NextIndex, p.MatchIndex+1)
	p.Sent = max(p.Sent, p.MatchIndex)
	p.Probing = false
	n.advanceCommit()
	next := p.NextIndex
	if !n.Rules.ResendsOnAnswer {
		if p.Sent >= next && !n.Rules.Pipelining {
			return // the next entries are under way
		}
		next = max(next, p.Sent+1)
	}
	if next <= n.Log.LastIndex() {
		n.sendAppend(m.From, next, n.Rules.MaxEntries)
	}
}

// handleRefused steps nextIndex back and tries again (§5.3). Until the follower
// accepts, only the refusal of the last try counts: the others are older. A
// decrement is what the paper says; if what was refused was sent ahead of
// nextIndex (pipelining) it is one more than needed, which costs one message.
func (n *Node) handleRefused(m *Message) {
	p := &n.Progress[m.From]
	limit := n.Rules.MaxEntries
	switch {
	case n.Rules.RetriesFromLastLog:
		p.NextIndex = max(1, min(m.LastLogIndex+1, m.PrevLogIndex))
		limit = 1
	case m.PrevLogIndex <= p.MatchIndex || p.Probing && m.PrevLogIndex != p.NextIndex-1:
		n.note(NoteRefusalStale, uint64(m.From), uint64(p.NextIndex))
		return
	case n.Rules.FastBackup:
		p.NextIndex = max(p.MatchIndex+1, min(n.backup(m), m.PrevLogIndex))
	default:
		p.NextIndex = max(p.MatchIndex+1, min(p.NextIndex-1, m.PrevLogIndex))
	}
	p.Probing = true
	n.note(NoteBackedUp, uint64(m.From), uint64(p.NextIndex))
	n.sendAppend(m.From, p.NextIndex, limit)
}

// backup returns where the logs can first agree: after the leader's last entry
// of the conflicting term, else where the follower's entries of that term begin
// (§5.3, and the optimization described there).
func (n *Node) backup(m *Message) Index {
	if m.ConflictTerm != 0 {
		if last := n.Log.LastIndexOfTerm(m.ConflictTerm); last != 0 {
			return last + 1
		}
	}
	return m.ConflictIndex
}

// advanceCommit applies the leader's commit rule: if there is an N > commitIndex
// with a majority of matchIndex[i] >= N and log[N].term == currentTerm, set
// commitIndex = N (§5.3, §5.4).
func (n *Node) advanceCommit() {
	var reached [MaxNodes + 1]Index
	for id := n.peers().Next(None); id != None; id = n.peers().Next(id) {
		reached[id] = n.Progress[id].MatchIndex
	}
	reached[n.ID] = n.Log.LastIndex()
	majority := n.Configuration.QuorumIndex(&reached)
	if !n.Rules.CommitNeedsMajority {
		majority = n.Log.LastIndex()
	}
	if majority = min(majority, n.Log.LastIndex()); majority > n.CommitIndex {
		if t, _ := n.Log.Term(majority); t == n.CurrentTerm || !n.Rules.CommitsOwnTermOnly {
			n.CommitIndex = majority
			n.noteCommitted(t)
		} else {
			n.note(NoteCommitOldTerm, uint64(majority), uint64(t), uint64(n.CurrentTerm))
		}
	}
	n.apply()
}

// noteCommitted says why the entry at commitIndex, of term t, counts as committed:
// by the rule, or because a rule is switched off.
func (n *Node) noteCommitted(t Term) {
	at := uint64(n.CommitIndex)
	switch {
	case !n.Rules.CommitNeedsMajority:
		n.note(NoteCommittedAlone, at)
	case t != n.CurrentTerm:
		n.note(NoteCommittedOldTerm, at, uint64(t))
	default:
		n.note(NoteCommitted, at)
	}
}

// apply carries out committed entries in order: if commitIndex > lastApplied,
// increment lastApplied and apply log[lastApplied] to the state machine (§5.3).
// A leader answers the client whose command it was (§8).
func (n *Node) apply() {
	to := n.CommitIndex
	if !n.Rules.AppliesCommittedOnly {
		to = n.Log.LastIndex()
	}
	for to = min(to, n.Log.LastIndex()); n.LastApplied < to; {
		n.LastApplied++
		e := n.Log.Entry(n.LastApplied)
		if e.Kind != CommandEntry {
			continue
		}
		result := n.carryOut(e)
		if n.Role == Leader && e.Term == n.CurrentTerm {
			n.note(NoteAnswered, uint64(e.Serial), uint64(n.LastApplied))
			n.send(Message{Type: ClientReply, To: Client, Term: n.CurrentTerm,
				Serial: e.Serial, Status: Result, Text: result})
		}
	}
}

// carryOut applies one command, once for each serial number if the rules say so
// (§8).
func (n *Node) carryOut(e Entry) string {
	if n.Rules.SerialNumbers {
		if result, done := n.Store.Answer(e.Serial); done {
			n.note(NoteAppliedBefore, uint64(e.Serial))
			return result
		}
	}
	result := n.Store.Apply(e.Command)
	if n.Rules.SerialNumbers {
		n.Store.Remember(e.Serial, result)
	}
	return result
}
