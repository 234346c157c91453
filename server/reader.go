package server

import "time"

// May tells what a key allows.
type May string

// The rights.
const (
	Act   May = "act"
	Watch May = "watch"
)

// Reader is one connection to a session. It holds positions only: what it lacks
// it takes from the session's view when it is ready to. Its methods belong to
// the goroutine that writes to the connection.
type Reader struct {
	session *Session
	may     May
	wake    chan struct{}
	seen    map[int]position // by branch
	viewers int
	view    *view
	branch  int // index of the branch in view that is being caught up
}

// position is what a reader has of one branch.
type position struct{ length, rev int }

// May returns what the reader's key allows.
func (r *Reader) May() May { return r.may }

// Session returns the session that the reader belongs to.
func (r *Reader) Session() *Session { return r.session }

// Wake receives when there may be something new to read.
func (r *Reader) Wake() <-chan struct{} { return r.wake }

// Refresh looks at the session as it is now. What [Reader.Next] returns from here
// on ends at this moment.
func (r *Reader) Refresh() {
	r.view, r.branch = r.session.view.Load(), 0
}

// Next returns the next frame that the reader lacks, nil if it has everything up
// to the last Refresh.
func (r *Reader) Next() []byte {
	for ; r.branch < len(r.view.branches); r.branch++ {
		b := &r.view.branches[r.branch]
		p, known := r.seen[b.id]
		if !known {
			r.seen[b.id] = position{b.from, b.rev}
			return b.info
		}
		if p.length < b.length() {
			f, at := b.frame(p.length)
			p.length = at
			r.seen[b.id] = p
			return f
		}
		if p.rev < b.rev {
			p.rev = b.rev
			r.seen[b.id] = p
			return b.info
		}
	}
	if r.viewers != r.view.viewers {
		r.viewers = r.view.viewers
		return Encode(viewersFrame{"viewers", r.viewers})
	}
	return nil
}

// Ending returns why the session is over, nil if it was not at the last Refresh.
func (r *Reader) Ending() *Ending { return r.view.ending }

// Published returns when what the reader last looked at was published.
func (r *Reader) Published() time.Time { return r.view.published }

// Leave ends the reading.
func (r *Reader) Leave() {
	_ = r.session.do(func() { r.session.leave(r) }) // a session that is over has no readers
}

func (r *Reader) notify() {
	select {
	case r.wake <- struct{}{}:
	default:
	}
}
