package raft

import (
	"slices"
	"testing"
)

func logOf(of ...Term) *Log {
	l := &Log{}
	l.Append(entries(of...)...)
	return l
}

func TestLogOfNothing(t *testing.T) {
	l := &Log{}
	expect(t, "FirstIndex", l.FirstIndex(), 1)
	expect(t, "LastIndex", l.LastIndex(), 0)
	expect(t, "LastTerm", l.LastTerm(), 0)
	term, known := l.Term(0)
	expect(t, "the term at 0", term, 0)
	expect(t, "the term at 0 is known", known, true)
	_, known = l.Term(1)
	expect(t, "the term at 1 is known", known, false)
	expect(t, "the entries from 1 on", len(l.Slice(1, 0)), 0)
	l.TruncateFrom(1)
	expect(t, "Touched after a truncation of nothing", l.Touched(), 0)
}

func TestLogSlice(t *testing.T) {
	l := logOf(1, 1, 2, 3)
	for _, c := range []struct {
		from Index
		max  int
		want []Term
	}{{1, 0, []Term{1, 1, 2, 3}}, {3, 0, []Term{2, 3}}, {2, 2, []Term{1, 2}}, {4, 9, []Term{3}}, {5, 0, nil}} {
		var got []Term
		for _, e := range l.Slice(c.from, c.max) {
			got = append(got, e.Term)
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("Slice(%d, %d) has terms %v, want %v", c.from, c.max, got, c.want)
		}
	}
}

func TestLogTermsAreFound(t *testing.T) {
	l := logOf(1, 1, 3, 3, 3, 5)
	expect(t, "FirstIndexOfTerm(5)", l.FirstIndexOfTerm(5), 3)
	expect(t, "FirstIndexOfTerm(2)", l.FirstIndexOfTerm(2), 1)
	for term, want := range []Index{0, 2, 0, 5, 0, 6, 0} {
		expect(t, "LastIndexOfTerm", l.LastIndexOfTerm(Term(term)), want)
	}
}

func TestLogTermOfTheFirstEntryIsFound(t *testing.T) {
	expect(t, "LastIndexOfTerm(2)", logOf(2, 3).LastIndexOfTerm(2), 1)
}

// A log does not have to begin at 1: a snapshot may stand before it.
func TestLogAfterASnapshot(t *testing.T) {
	l := &Log{snapshotIndex: 10, snapshotTerm: 3}
	expect(t, "FirstIndex", l.FirstIndex(), 11)
	expect(t, "LastIndex", l.LastIndex(), 10)
	expect(t, "LastTerm", l.LastTerm(), 3)
	l.Append(entries(3, 4)...)
	expect(t, "LastIndex", l.LastIndex(), 12)
	expect(t, "the term of entry 12", l.Entry(12).Term, 4)
	_, known := l.Term(9)
	expect(t, "the term at 9 is known", known, false)
	expect(t, "FirstIndexOfTerm(11)", l.FirstIndexOfTerm(11), 11)
	l.TruncateFrom(5)
	expect(t, "LastIndex after a truncation within the snapshot", l.LastIndex(), 10)
}

// What is handed out or cloned stays as it is, whatever the log does next.
func TestLogIsNeverWrittenOver(t *testing.T) {
	l := logOf(1, 1, 1, 1)
	clone, slice := l.Clone(), l.Slice(2, 0)
	l.TruncateFrom(2)
	l.Append(entries(7, 7, 7)...)
	for _, e := range slice {
		expect(t, "the term of an entry handed out", e.Term, 1)
	}
	if got := terms(&clone); !slices.Equal(got, []Term{1, 1, 1, 1}) {
		t.Errorf("the clone has terms %v", got)
	}
	expect(t, "the clone's digest", clone.Digest(), logOf(1, 1, 1, 1).Digest())
	clone.Append(entries(9)...)
	again := l.Clone()
	again.Append(entries(8)...)
	l.Append(entries(7)...)
	if got := terms(l); !slices.Equal(got, []Term{1, 7, 7, 7, 7}) {
		t.Errorf("the original has terms %v", got)
	}
	expect(t, "the last term of the second clone", again.LastTerm(), 8)
}

// A clone that appends and its original do not meet in the same memory.
func TestLogAndCloneAppendApart(t *testing.T) {
	l := logOf(1)
	for range 10 {
		l.Append(entries(1)...)
		clone := l.Clone()
		clone.Append(entries(2)...)
		l.Append(entries(3)...)
		expect(t, "the last term of the clone", clone.LastTerm(), 2)
		expect(t, "the last term of the original", l.LastTerm(), 3)
		expect(t, "they have the same digest", clone.Digest() == l.Digest(), false)
	}
}

func TestLogDigest(t *testing.T) {
	grown := logOf(1)
	grown.Append(logOf(1, 2).Slice(2, 0)...)
	expect(t, "a log that was built otherwise has the same digest", grown.Digest() == logOf(1, 2).Digest(), true)
	l := logOf(1, 2, 3)
	l.TruncateFrom(3)
	expect(t, "a truncated log has the digest of the shorter one", l.Digest() == logOf(1, 2).Digest(), true)
	for _, other := range []*Log{logOf(), logOf(1), logOf(1, 3), logOf(2, 1), logOf(1, 2, 2)} {
		expect(t, "another log has this digest", other.Digest() == logOf(1, 2).Digest(), false)
	}
}

func TestLogTouched(t *testing.T) {
	l := logOf(1, 1, 1, 1)
	expect(t, "Touched after an append", l.Touched(), 1)
	l.Untouched()
	expect(t, "Touched after Untouched", l.Touched(), 0)
	l.Append(entries(2)...)
	l.TruncateFrom(3)
	l.Append(entries(3)...)
	expect(t, "Touched, the lowest of all", l.Touched(), 3)
}
