package raft

// Log is a server's replicated log (§5.3): the entries after a snapshot, which
// is empty and at index 0 until one is taken. A copy of a Log made with
// [Log.Clone] shares its entries and costs the same however long it is.
type Log struct {
	snapshotIndex Index // last index that the snapshot covers
	snapshotTerm  Term  // term of that entry
	entries       []Entry
	digests       []uint64 // digests[i] covers every entry up to entries[i]
	snapshotSum   uint64   // the digest at snapshotIndex
	touched       Index    // lowest index changed since Untouched, 0 if none
}

// FirstIndex returns the index of the first entry that the log still holds,
// one past the snapshot.
func (l *Log) FirstIndex() Index { return l.snapshotIndex + 1 }

// LastIndex returns the index of the last entry, or of the snapshot.
func (l *Log) LastIndex() Index { return l.snapshotIndex + Index(len(l.entries)) }

// LastTerm returns the term of the last entry, 0 for an empty log.
func (l *Log) LastTerm() Term {
	t, _ := l.Term(l.LastIndex())
	return t
}

// Term returns the term of the entry at i. It is known for the entries held, for
// the last one that the snapshot covers, and for index 0, whose term is 0.
func (l *Log) Term(i Index) (t Term, known bool) {
	switch {
	case i == l.snapshotIndex:
		return l.snapshotTerm, true
	case i < l.snapshotIndex || i > l.LastIndex():
		return 0, false
	}
	return l.entries[i-l.snapshotIndex-1].Term, true
}

// Entry returns the entry at i, which must be between FirstIndex and LastIndex.
func (l *Log) Entry(i Index) Entry { return l.entries[i-l.snapshotIndex-1] }

// Slice returns the entries from i on, at most max of them (0: all). They are
// shared and must not be changed.
func (l *Log) Slice(i Index, max int) []Entry {
	if i > l.LastIndex() {
		return nil
	}
	s := l.entries[i-l.snapshotIndex-1:]
	if max > 0 && len(s) > max {
		s = s[:max]
	}
	return s[:len(s):len(s)]
}

// Append adds entries at the end.
func (l *Log) Append(entries ...Entry) {
	if len(entries) == 0 {
		return
	}
	l.touch(l.LastIndex() + 1)
	sum := l.Digest()
	for i := range entries {
		sum = entries[i].digest(sum)
		l.digests = append(l.digests, sum)
	}
	l.entries = append(l.entries, entries...)
}

// TruncateFrom removes the entry at i and all that follow it (Figure 2,
// AppendEntries rule 3). Entries that the snapshot covers stay.
func (l *Log) TruncateFrom(i Index) {
	if i > l.LastIndex() {
		return
	}
	i = max(i, l.FirstIndex())
	l.touch(i)
	n := int(i - l.snapshotIndex - 1)
	// Others may still read what is cut off: the next Append must not write over it.
	l.entries = l.entries[:n:n]
	l.digests = l.digests[:n:n]
}

// Digest returns a hash of the whole log. Two logs with the same digest hold the
// same entries.
func (l *Log) Digest() uint64 {
	if len(l.digests) == 0 {
		return l.snapshotSum
	}
	return l.digests[len(l.digests)-1]
}

// FirstIndexOfTerm returns the first index held whose entry has the term of the
// entry at i (§5.3, the fast back-up).
func (l *Log) FirstIndexOfTerm(i Index) Index {
	t, _ := l.Term(i)
	for i > l.FirstIndex() {
		if before, _ := l.Term(i - 1); before != t {
			break
		}
		i--
	}
	return i
}

// LastIndexOfTerm returns the last index whose entry has term t, or 0 if the log
// holds none.
func (l *Log) LastIndexOfTerm(t Term) Index {
	for i := l.LastIndex(); i >= l.FirstIndex(); i-- {
		if at, _ := l.Term(i); at <= t {
			if at == t {
				return i
			}
			break
		}
	}
	return 0
}

// Clone returns a log with the same entries. The original may go on appending
// in place: the clone cannot see past its own end.
func (l *Log) Clone() Log {
	c := *l
	c.entries = l.entries[:len(l.entries):len(l.entries)]
	c.digests = l.digests[:len(l.digests):len(l.digests)]
	return c
}

// Touched returns the lowest index that was removed or added since the last
// call of Untouched, 0 if none was.
func (l *Log) Touched() Index { return l.touched }

// Untouched forgets what was removed or added so far.
func (l *Log) Untouched() { l.touched = 0 }

func (l *Log) touch(i Index) {
	if l.touched == 0 || i < l.touched {
		l.touched = i
	}
}
