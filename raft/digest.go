package raft

import "math/bits"

// Mix folds v into the running hash h. It is fast, the same on every machine,
// and good enough to tell states of a search apart; it is no protection against
// someone who wants two states to look alike.
func Mix(h, v uint64) uint64 {
	hi, lo := bits.Mul64(h^0x9e3779b97f4a7c15, v^0xd1b54a32d192ed03)
	return hi ^ lo ^ bits.RotateLeft64(h, 29)
}

// MixString folds the bytes and the length of s into the running hash h.
func MixString(h uint64, s string) uint64 {
	n := len(s)
	for len(s) >= 8 {
		h = Mix(h, uint64(s[0])|uint64(s[1])<<8|uint64(s[2])<<16|uint64(s[3])<<24|
			uint64(s[4])<<32|uint64(s[5])<<40|uint64(s[6])<<48|uint64(s[7])<<56)
		s = s[8:]
	}
	var tail uint64
	for i := len(s) - 1; i >= 0; i-- {
		tail = tail<<8 | uint64(s[i])
	}
	return Mix(Mix(h, tail), uint64(n))
}

// Digest returns a hash of the entry alone.
func (e Entry) Digest() uint64 { return e.digest(0) }

func (e *Entry) digest(h uint64) uint64 {
	h = Mix(h, uint64(e.Term)<<8|uint64(e.Kind))
	if e.Kind == CommandEntry {
		h = MixString(Mix(h, uint64(e.Serial)), e.Command)
	}
	return h
}

// Digest returns a hash of everything that the message says.
func (m *Message) Digest() uint64 {
	h := Mix(uint64(m.Type)<<16|uint64(m.From)<<8|uint64(m.To), uint64(m.Term))
	h = Mix(Mix(h, uint64(m.LastLogIndex)), uint64(m.LastLogTerm))
	h = Mix(Mix(h, uint64(m.PrevLogIndex)), uint64(m.PrevLogTerm))
	h = Mix(Mix(h, uint64(m.LeaderCommit)), uint64(m.MatchIndex))
	h = Mix(Mix(h, uint64(m.ConflictIndex)), uint64(m.ConflictTerm))
	h = Mix(h, uint64(m.Serial)<<32|uint64(m.Status)<<16|uint64(m.Leader)<<8|bit(m.OK)|bit(m.Forced)<<1)
	if m.Text != "" {
		h = MixString(h, m.Text)
	}
	for i := range m.Entries {
		h = m.Entries[i].digest(h)
	}
	return h
}

// Fingerprint returns a hash of everything that can make a difference to what
// the node does next. Work: the same however long the log is.
func (n *Node) Fingerprint() uint64 {
	s := &n.State
	h := Mix(uint64(s.ID)<<24|uint64(s.Role)<<16|uint64(s.VotedFor)<<8|uint64(s.Leader), uint64(s.CurrentTerm))
	h = Mix(h, n.Log.Digest())
	h = Mix(Mix(h, uint64(n.Log.snapshotIndex)), uint64(n.Log.LastIndex()))
	h = Mix(Mix(h, uint64(s.CommitIndex)), uint64(s.LastApplied))
	h = Mix(h, n.Store.digest)
	h = Mix(h, uint64(s.ContactUntil)<<1|bit(s.Forced))
	h = Mix(h, uint64(s.Granted)<<48|uint64(s.Refused)<<32|uint64(s.Active)<<16|uint64(n.Configuration.Voters))
	if s.Role == Leader {
		for id := n.peers().Next(None); id != None; id = n.peers().Next(id) {
			p := &s.Progress[id]
			h = Mix(Mix(h, uint64(p.NextIndex)), uint64(p.MatchIndex))
			h = Mix(h, uint64(p.Sent)<<1|bit(p.Probing))
		}
	}
	return h
}

func bit(b bool) uint64 {
	if b {
		return 1
	}
	return 0
}
