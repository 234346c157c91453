package server

import (
	"crypto/subtle"
	"runtime/debug"
	"sync/atomic"
	"time"

	"golang.org/x/time/rate"

	"raftplay/raft/sim"
	"raftplay/scenarios"
)

// viewersEvery is how often, at most, readers hear of each other's coming and
// going.
const viewersEvery = 250 * time.Millisecond

// Session is a tree of branches that people act on and watch. Its methods can be
// called from any goroutine; they hand what is to be done to the session's own.
type Session struct {
	ID      string
	Key     string // allows to act
	ViewKey string // allows to watch
	config  sim.Config
	story   *scenarios.Scenario // nil if the session has none
	hub     *Hub
	asked   chan func()
	over    chan struct{} // closed when the session has ended
	view    atomic.Pointer[view]

	// The rest belongs to the session's goroutine.
	branches []*branch
	last     *branch // acted on last
	readers  map[*Reader]struct{}
	rate     *rate.Limiter
	kept     int   // events that count in the hub
	entries  int   // changes that are kept
	bytes    int64 // of them
	ending   *Ending
	drop     bool // it is not to be kept
	idle     *time.Timer
	count    *time.Timer // runs while the readers have not heard how many they are
}

// newSession returns a session at its beginning, which is not served yet.
func newSession(h *Hub, id string, head head) (*Session, error) {
	run, script, err := head.begin(h.Limits)
	if err != nil {
		return nil, err
	}
	s := &Session{
		ID: id, Key: head.Key, ViewKey: head.ViewKey,
		config: run.Config(), story: head.story, hub: h,
		asked: make(chan func()), over: make(chan struct{}),
		readers: map[*Reader]struct{}{},
		rate:    rate.NewLimiter(rate.Limit(h.Limits.Actions), max(1, int(2*h.Limits.Actions))),
	}
	s.last = newBranch(1, run, script)
	s.branches = []*branch{s.last}
	return s, nil
}

// open begins to serve the session.
func (s *Session) open() {
	s.idle = time.NewTimer(s.hub.Limits.Idle)
	s.count = time.NewTimer(viewersEvery)
	s.publish()
	go s.serve()
}

// serve runs the session until it ends.
func (s *Session) serve() {
	defer s.finish()
	for s.ending == nil {
		select {
		case f := <-s.asked:
			f()
		case <-s.count.C:
			s.publish()
		case <-s.idle.C:
			s.ending = &Ending{CloseEnded, "the session was put away: nobody used it for a long time; open its link again to go on"}
			s.drop = s.entries == 0
		}
	}
}

// finish tells the readers that the session is over, and lets it leave memory. A
// panic ends this session and no other; it can be taken up as it was before.
func (s *Session) finish() {
	if cause := recover(); cause != nil {
		s.hub.Log.Error("session broke", "session", s.ID[:6], "cause", cause, "stack", string(debug.Stack()))
		s.ending = &Ending{CloseRestart, "an error inside the server broke the session: it goes on as it was before"}
		s.hub.Metrics.Broken.Inc()
	}
	s.idle.Stop()
	s.count.Stop()
	v := *s.view.Load()
	v.ending = s.ending
	s.view.Store(&v)
	for r := range s.readers {
		r.notify()
	}
	s.putAway()
	s.hub.forget(s)
	s.hub.Metrics.Viewers.Sub(float64(len(s.readers)))
	close(s.over)
}

// putAway leaves the session to the store, or removes it there if it is to be
// dropped.
func (s *Session) putAway() {
	var err error
	if s.drop {
		err = s.hub.Store.Delete(s.ID)
	} else {
		err = s.hub.Store.Touch(s.ID)
		s.hub.Metrics.PutAway.Inc()
	}
	if err != nil {
		s.hub.Log.Error("a session was not put away", "session", s.ID[:6], "error", err)
	}
}

// Over returns a channel that is closed when the session has left memory.
func (s *Session) Over() <-chan struct{} { return s.over }

// do has the session's goroutine call f and waits until it has. It returns an
// error, and f is not called, if the session is over.
func (s *Session) do(f func()) error {
	called := make(chan struct{})
	select {
	case s.asked <- func() { f(); close(called) }:
	case <-s.over:
		return refuse(NotFound, "the session is over")
	}
	select {
	case <-called:
		return nil
	case <-s.over:
		select {
		case <-called:
			return nil
		default:
			return refuse(NotFound, "the session is over: an error inside the server broke it")
		}
	}
}

// end ends the session, unless it has ended before.
func (s *Session) end(e Ending) {
	_ = s.do(func() { s.ending = &e })
}

// used puts off the session's end.
func (s *Session) used() {
	wait := s.hub.Limits.Idle
	if len(s.readers) > 0 {
		wait = s.hub.Limits.Abandoned
	}
	s.idle.Reset(wait)
}

// publish shows the session as it is now to its readers.
func (s *Session) publish() {
	v := &view{viewers: len(s.readers), published: time.Now(), branches: make([]branchView, len(s.branches))}
	was := s.view.Load()
	for i, b := range s.branches {
		var info []byte
		if was != nil && i < len(was.branches) && was.branches[i].rev == b.rev {
			info = was.branches[i].info
		} else {
			info = Encode(branchFrame{"branch", b.info(b == s.last)})
		}
		v.branches[i] = branchView{b.id, b.from, info, b.rev, b.events, b.latest, b.missed}
	}
	s.view.Store(v)
	for r := range s.readers {
		r.notify()
	}
}

// changed notes that b was changed, or acted on, and shows it.
func (s *Session) changed(b *branch, acted bool) {
	if acted && s.last != b {
		s.last.rev++
		s.last = b
	}
	b.rev++
	events := s.events()
	s.hub.keep(events - s.kept)
	s.kept = events
	s.publish()
}

// events returns what the session counts for against the limit of all events.
func (s *Session) events() (n int) {
	for _, b := range s.branches {
		n += b.size() - b.from
	}
	return n
}

// Rights returns what a key allows, and an error if it opens nothing.
func (s *Session) Rights(key string) (May, error) {
	mayAct := subtle.ConstantTimeCompare([]byte(key), []byte(s.Key))
	mayWatch := subtle.ConstantTimeCompare([]byte(key), []byte(s.ViewKey))
	switch {
	case mayAct == 1:
		return Act, nil
	case mayWatch == 1:
		return Watch, nil
	}
	return "", refuse(Rights, "this key does not open the session: ask for its link again")
}

// Attach adds a reader who holds a key and already has so many events of each
// branch, and returns it with the frame that welcomes it. A reader that claims
// to have more events of a branch than there are gets the branch from its start.
func (s *Session) Attach(key string, have map[int]int) (*Reader, []byte, error) {
	may, err := s.Rights(key)
	if err != nil {
		return nil, nil, err
	}
	r := &Reader{session: s, may: may, wake: make(chan struct{}, 1), seen: map[int]position{}}
	var welcome []byte
	gone := s.do(func() {
		if len(s.readers) >= s.hub.Limits.Viewers {
			err = refuse(Limit, "the session has %d viewers, which is the limit: try again later", len(s.readers))
			return
		}
		s.readers[r] = struct{}{}
		s.hub.Metrics.Viewers.Inc()
		s.used()
		s.count.Reset(viewersEvery)
		r.viewers = len(s.readers)
		v := *s.view.Load() // the others hear of it a little later
		v.viewers = r.viewers
		s.view.Store(&v)
		for _, b := range s.branches {
			p := position{max(have[b.id], b.from), b.rev}
			if p.length > b.length() {
				p.length = b.from
			}
			r.seen[b.id] = p
		}
		welcome = Encode(s.welcome(r))
	})
	if gone != nil {
		return nil, nil, gone
	}
	if err != nil {
		return nil, nil, err
	}
	r.notify()
	return r, welcome, nil
}

func (s *Session) leave(r *Reader) {
	delete(s.readers, r)
	s.hub.Metrics.Viewers.Dec()
	s.used()
	s.count.Reset(viewersEvery)
}
