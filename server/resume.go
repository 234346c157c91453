package server

import (
	"errors"
	"fmt"
	"runtime/debug"
	"time"

	"raftplay/raft/sim"
	"raftplay/server/keep"
)

// resume takes a session up again as it was kept. When thousands of pages come back
// at once they wait in line: what one session needs counts before the next begins.
func (h *Hub) resume(id string) (*Session, error) {
	h.turns <- struct{}{}
	defer func() { <-h.turns }()
	text, changes, err := h.Store.Read(id, 0)
	switch {
	case errors.Is(err, keep.ErrNone):
		return nil, refuse(NotFound, "there is no such session: it may have ended, or nobody used it for a long time")
	case errors.Is(err, keep.ErrClosed):
		return nil, errRestarts
	case err != nil:
		h.Log.Error("a session could not be read", "error", err)
		return nil, refuse(Limit, "the server cannot read the session now: try again later (%v)", err)
	}
	return h.admit(func() (*Session, error) {
		s, err := h.rebuild(id, text, changes)
		if err != nil {
			h.Log.Error("a session could not be taken up again", "error", err)
			return nil, err
		}
		h.Metrics.Resumed.Inc()
		if err := h.Store.Touch(id); err != nil { // what is on a full disk can still be read
			h.Log.Error("the use of a session was not noted", "error", err)
		}
		return s, nil
	})
}

// rebuild makes a session from its head and all its changes. The error tells why
// it does not come out as it was; a panic is one, too.
func (h *Hub) rebuild(id string, text []byte, changes [][]byte) (s *Session, err error) {
	defer func() {
		if cause := recover(); cause != nil {
			h.Log.Error("taking up a session broke", "cause", cause, "stack", string(debug.Stack()))
			h.Metrics.Broken.Inc()
			s, err = nil, refuse(Broken, "an error inside the server keeps the session from going on: please report it")
		}
	}()
	began, err := readHead(text)
	if err != nil {
		return nil, refuse(Refused, "what is kept of the session's beginning cannot be read: %v", err)
	}
	if s, err = newSession(h, id, began); err != nil {
		return nil, began.differs(0, err)
	}
	for i, c := range changes {
		if err := s.again(c); err != nil {
			return nil, began.differs(i+1, err)
		}
	}
	return s, nil
}

// differs tells of a change, 0 for the beginning, that does not come out as it was.
func (h *head) differs(change int, err error) error {
	what := "its beginning"
	if change > 0 {
		what = fmt.Sprintf("change %d", change)
	}
	if h.Engine != sim.Engine {
		return refuse(Refused, "the session was begun with engine %s; this is engine %s, and here it comes out otherwise, from %s on: "+
			"it is kept, and opens with the version that made it (%v)", h.Engine, sim.Engine, what, err)
	}
	return refuse(Refused, "the session cannot go on, because %s does not come out as it was kept: %v", what, err)
}

// Prune removes sessions from the store that nobody has used for so long, and those
// unused longest if they are too large together. One that somebody watches is in use.
func (h *Hub) Prune(unused time.Duration) error {
	lost := h.Store.Touch(h.watched()...)
	pruned, err := h.Store.Prune(time.Now().Add(-unused))
	h.Metrics.Pruned.Add(float64(pruned))
	if err = errors.Join(lost, err); err != nil {
		return err
	}
	stats, err := h.Store.Stats()
	if err != nil {
		return err
	}
	h.Metrics.Stored.Set(float64(stats.Sessions))
	h.Metrics.Links.Set(float64(stats.Blobs))
	h.Metrics.StoredBytes.Set(float64(stats.Bytes))
	return nil
}

// watched returns the ids of the sessions that have readers.
func (h *Hub) watched() (ids []string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for id, s := range h.sessions {
		if s.view.Load().viewers > 0 {
			ids = append(ids, id)
		}
	}
	return ids
}
