package raft

// handleAppendEntries is the receiver's side of AppendEntries in Figure 2.
func (n *Node) handleAppendEntries(m *Message) {
	n.observe(m)
	if m.Term < n.CurrentTerm && n.Rules.RefusesStaleLeaders {
		// 1. Reply false if term < currentTerm (§5.1)
		n.note(NoteAppendStale, uint64(m.Term), uint64(n.CurrentTerm))
		n.refuse(m)
		return
	}
	if n.Role == Leader {
		// Cannot happen while Election Safety holds; a leader's log is its own (§5.3).
		n.note(NoteAppendToLeader, uint64(m.From), uint64(m.Term))
		return
	}
	// A candidate that hears from the leader of its term gives way (§5.2).
	if n.Role != Follower || n.Leader != m.From {
		if n.Role != Follower {
			n.note(NoteYields, uint64(m.From), uint64(m.Term))
		}
		n.becomeFollower(n.CurrentTerm, m.From)
	}
	n.ContactUntil = n.now + n.contactFor
	n.out.Election = Restart

	// 2. Reply false if log does not contain an entry at prevLogIndex whose term
	// matches prevLogTerm (§5.3)
	if !n.matchesAt(m.PrevLogIndex, m.PrevLogTerm) && n.Rules.ChecksPrevLog {
		n.notePrev(m)
		n.refuse(m)
		return
	}
	n.store(m)

	// 5. If leaderCommit > commitIndex, set commitIndex = min(leaderCommit, index
	// of last new entry)
	lastNew := m.PrevLogIndex + Index(len(m.Entries))
	limit := n.Log.LastIndex()
	if n.Rules.ClampsCommit {
		limit = min(limit, lastNew)
	}
	to := min(m.LeaderCommit, limit)
	if n.Rules.CommitsWholeMessages && m.LeaderCommit < lastNew {
		to = 0
	}
	if to > n.CommitIndex {
		n.CommitIndex = to
		n.note(NoteCommitLearned, uint64(to), uint64(m.LeaderCommit))
	}
	n.apply()

	matched := lastNew
	if !n.Rules.ReportsMatchedOnly {
		matched = n.Log.LastIndex()
	}
	n.send(Message{Type: AppendEntriesReply, To: m.From, Term: n.CurrentTerm, OK: true,
		PrevLogIndex: m.PrevLogIndex, MatchIndex: matched})
}

// matchesAt reports whether the log has an entry of term t at i. What a snapshot
// covers is committed and matches.
func (n *Node) matchesAt(i Index, t Term) bool {
	if i < n.Log.FirstIndex()-1 {
		return true
	}
	mine, known := n.Log.Term(i)
	return known && mine == t
}

// store puts the message's entries into the log (Figure 2, AppendEntries rules 3
// and 4).
func (n *Node) store(m *Message) {
	at := m.PrevLogIndex + 1
	if !n.Rules.KeepsMatchingEntries {
		n.cutLog(at)
	}
	kept, added := 0, 0
	for k, e := range m.Entries {
		i := at + Index(k)
		if i < n.Log.FirstIndex() {
			continue // a snapshot covers it
		}
		if mine, known := n.Log.Term(i); known {
			if mine == e.Term {
				kept++
				continue
			}
			if !n.Rules.TruncatesConflicts {
				n.note(NoteConflictKept, uint64(i), uint64(mine), uint64(e.Term))
				continue
			}
			// 3. If an existing entry conflicts with a new one, delete the existing
			// entry and all that follow it (§5.3)
			n.note(NoteConflict, uint64(i), uint64(mine), uint64(e.Term))
			n.Log.TruncateFrom(i)
		}
		// 4. Append any new entries not already in the log
		added = len(m.Entries) - k
		n.Log.Append(m.Entries[k:]...)
		break
	}
	switch {
	case added > 0:
		n.note(NoteStored, uint64(added), uint64(n.Log.LastIndex()))
	case kept > 0:
		n.note(NoteAlreadyStored, uint64(kept), uint64(m.PrevLogIndex)+uint64(len(m.Entries)))
	default:
		n.note(NoteHeartbeatHeard, uint64(m.From), uint64(m.PrevLogIndex))
	}
}

// cutLog removes the entries from index i on for no reason that Raft knows: what
// a rule that is switched off would have prevented.
func (n *Node) cutLog(i Index) {
	if last := n.Log.LastIndex(); i <= last {
		n.note(NoteLogCut, uint64(i), uint64(last))
		n.Log.TruncateFrom(i)
	}
}

// refuse answers false, with what the leader needs to back up (§5.3): the end of
// this log, and the term in the way with the first index that has it.
func (n *Node) refuse(m *Message) {
	reply := Message{Type: AppendEntriesReply, To: m.From, Term: n.CurrentTerm,
		PrevLogIndex: m.PrevLogIndex, LastLogIndex: n.Log.LastIndex()}
	if n.Rules.FastBackup {
		if t, known := n.Log.Term(m.PrevLogIndex); known {
			reply.ConflictTerm, reply.ConflictIndex = t, n.Log.FirstIndexOfTerm(m.PrevLogIndex)
		} else {
			reply.ConflictIndex = n.Log.LastIndex() + 1
		}
	}
	n.send(reply)
}

func (n *Node) notePrev(m *Message) {
	if t, known := n.Log.Term(m.PrevLogIndex); known {
		n.note(NotePrevConflict, uint64(m.PrevLogIndex), uint64(t), uint64(m.PrevLogTerm))
		return
	}
	n.note(NotePrevMissing, uint64(m.PrevLogIndex), uint64(n.Log.LastIndex()))
}
