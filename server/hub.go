package server

import (
	"crypto/rand"
	"log/slog"
	"runtime"
	"sync"
	"time"

	"golang.org/x/sync/singleflight"

	"raftplay/raft/sim"
	"raftplay/scenarios"
	"raftplay/server/keep"
)

// Hub holds the live sessions of a server.
type Hub struct {
	Limits  Limits
	Metrics *Metrics
	Log     *slog.Logger
	Store   keep.Store // outlives the process

	mu       sync.Mutex
	sessions map[string]*Session
	coming   int // sessions that will be live in a moment
	kept     int // events of all sessions
	closed   bool
	resuming singleflight.Group // by the sessions' ids
	turns    chan struct{}      // taken while a session is taken up again: as many at once as there are processors
}

// NewHub returns a hub without live sessions. It keeps them in store, and closes
// it when it is closed itself.
func NewHub(limits Limits, metrics *Metrics, log *slog.Logger, store keep.Store) *Hub {
	return &Hub{Limits: limits, Metrics: metrics, Log: log, Store: store, sessions: map[string]*Session{},
		turns: make(chan struct{}, runtime.GOMAXPROCS(0))}
}

// Start starts a session from a configuration.
func (h *Hub) Start(config sim.Config) (*Session, error) {
	settings := sim.SettingsOf(config)
	return h.start(head{Config: &settings})
}

// StartScenario starts a session that follows a scenario, before its first step.
func (h *Hub) StartScenario(story *scenarios.Scenario) (*Session, error) {
	var began head
	began.tell(story)
	return h.start(began)
}

// start starts a session and keeps it.
func (h *Hub) start(began head) (*Session, error) {
	began.Version, began.Engine, began.Created = headVersion, sim.Engine, time.Now().UTC()
	began.Key, began.ViewKey = rand.Text(), rand.Text()
	return h.admit(func() (*Session, error) {
		s, err := newSession(h, rand.Text(), began)
		if err != nil {
			return nil, err
		}
		if err := h.Store.Create(s.ID, Encode(began)); err != nil {
			h.Log.Error("a session was not kept", "error", err)
			return nil, refuse(Limit, "the server cannot keep a session now: try again later (%v)", err)
		}
		h.Metrics.Started.Inc()
		return s, nil
	})
}

// admit makes a session live, if there is room for one.
func (h *Hub) admit(bring func() (*Session, error)) (s *Session, err error) {
	if err := h.reserve(); err != nil {
		return nil, err
	}
	defer func() { // whatever comes of it: bring may panic
		h.mu.Lock()
		defer h.mu.Unlock()
		h.coming--
		switch {
		case s == nil || err != nil:
			s = nil
		case h.closed:
			s, err = nil, errRestarts
		default:
			s.kept = s.events()
			h.sessions[s.ID] = s
			h.kept += s.kept
			h.count()
			s.open()
		}
	}()
	return bring()
}

var errRestarts = refuse(Limit, "the server restarts: try again in a moment")

// reserve takes the place of one session.
func (h *Hub) reserve() error {
	h.mu.Lock()
	defer h.mu.Unlock()
	switch n := len(h.sessions) + h.coming; {
	case h.closed:
		return errRestarts
	case n >= h.Limits.Sessions:
		return refuse(Limit, "the server has %d sessions, which is the limit: try again later", n)
	case h.kept >= h.Limits.AllEvents:
		return refuse(Limit, "the server holds as many events as it can: try again later")
	}
	h.coming++
	return nil
}

// Session returns the session with this id: a live one, or one that is kept, which
// is taken up again.
func (h *Hub) Session(id string) (*Session, error) {
	if s := h.live(id); s != nil {
		return s, nil
	}
	s, err, _ := h.resuming.Do(id, func() (any, error) {
		if s := h.live(id); s != nil {
			return s, nil
		}
		return h.resume(id)
	})
	if err != nil {
		return nil, err
	}
	return s.(*Session), nil
}

func (h *Hub) live(id string) *Session {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.sessions[id]
}

// Close puts all sessions away, lets no new one start, and closes the store once
// that is done.
func (h *Hub) Close() {
	h.mu.Lock()
	h.closed = true
	sessions := make([]*Session, 0, len(h.sessions))
	for _, s := range h.sessions {
		sessions = append(sessions, s)
	}
	h.mu.Unlock()
	for _, s := range sessions {
		s.end(Ending{CloseRestart, "the server restarts"})
	}
	for _, s := range sessions {
		<-s.over
	}
	if err := h.Store.Close(); err != nil {
		h.Log.Error("the store was not closed well", "error", err)
	}
}

// forget drops a session that is over.
func (h *Hub) forget(s *Session) {
	h.mu.Lock()
	defer h.mu.Unlock()
	delete(h.sessions, s.ID)
	h.kept -= s.kept
	h.count()
}

// keep counts events that a session took up.
func (h *Hub) keep(events int) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.kept += events
	h.count()
}

func (h *Hub) count() {
	h.Metrics.Sessions.Set(float64(len(h.sessions)))
	h.Metrics.Kept.Set(float64(h.kept))
}

func (h *Hub) full() bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.kept >= h.Limits.AllEvents
}
