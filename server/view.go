package server

import (
	"strconv"
	"time"
)

// chunkBytes bounds a frame of events, except that one event always fits.
const chunkBytes = 48 << 10

// view is what the readers of a session see at one moment. It never changes; the
// slices in it are prefixes of lists that only grow.
type view struct {
	branches  []branchView
	viewers   int
	published time.Time
	ending    *Ending // the session is over
}

// branchView is a branch in a view.
type branchView struct {
	id     int
	from   int      // events shared with the parent
	info   []byte   // the branch frame
	rev    int      // grows whenever info changes
	events [][]byte // the branch's own events, as JSON
	latest []byte   // the frame of the last events, shared by all who lack just these
	missed int      // the position that latest goes on from
}

func (b *branchView) length() int { return b.from + len(b.events) }

// frame returns the next frame for a reader that has the first at events, and
// the reader's position after it.
func (b *branchView) frame(at int) ([]byte, int) {
	if b.latest != nil && at == b.missed {
		return b.latest, b.length()
	}
	return eventsFrame(b.id, at, b.events[at-b.from:])
}

// eventsFrame writes as many of the events as fit into one frame, at least one,
// and returns it with the position after it.
func eventsFrame(branch, at int, events [][]byte) ([]byte, int) {
	size, n := 64, 0
	for n < len(events) && (n == 0 || size+len(events[n]) < chunkBytes) {
		size += len(events[n]) + 1
		n++
	}
	f := make([]byte, 0, size)
	f = append(f, `{"is":"events","branch":`...)
	f = strconv.AppendInt(f, int64(branch), 10)
	f = append(f, `,"from":`...)
	f = strconv.AppendInt(f, int64(at), 10)
	f = append(f, `,"events":[`...)
	for i, e := range events[:n] {
		if i > 0 {
			f = append(f, ',')
		}
		f = append(f, e...)
	}
	return append(f, ']', '}'), at + n
}
