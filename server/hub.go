package server

import (
	"log/slog"
	"sync"

	"raftplay/raft/sim"
	"raftplay/scenarios"
)

// Hub holds the live sessions of a server.
type Hub struct {
	Limits  Limits
	Metrics *Metrics
	Log     *slog.Logger

	mu       sync.Mutex
	sessions map[string]*Session
	kept     int // events of all sessions
	closed   bool
}

// NewHub returns a hub without sessions.
func NewHub(limits Limits, metrics *Metrics, log *slog.Logger) *Hub {
	return &Hub{Limits: limits, Metrics: metrics, Log: log, sessions: map[string]*Session{}}
}

// Start starts a session from a configuration.
func (h *Hub) Start(config sim.Config) (*Session, error) {
	if err := h.Limits.allow(config); err != nil {
		return nil, err
	}
	run, err := sim.NewRun(config)
	if err != nil {
		return nil, refuse(Refused, "%v", err)
	}
	return h.start(run, nil)
}

// StartScenario starts a session that follows a scenario, before its first step.
func (h *Hub) StartScenario(story *scenarios.Scenario) (*Session, error) {
	if err := h.Limits.allow(story.Config); err != nil {
		return nil, err
	}
	player, err := story.NewPlayer()
	if err != nil {
		return nil, refuse(Refused, "%v", err)
	}
	return h.start(player.Run(), &script{story, player, Script{Results: []Result{}, Done: player.Done()}})
}

func (h *Hub) start(run *sim.Run, script *script) (*Session, error) {
	s := newSession(h, run, script)
	h.mu.Lock()
	defer h.mu.Unlock()
	switch {
	case h.closed:
		return nil, refuse(Limit, "the server restarts: try again in a moment")
	case len(h.sessions) >= h.Limits.Sessions:
		return nil, refuse(Limit, "the server has %d sessions, which is the limit: try again later", len(h.sessions))
	case h.kept >= h.Limits.AllEvents:
		return nil, refuse(Limit, "the server holds as many events as it can: try again later")
	}
	h.sessions[s.ID] = s
	h.kept += s.kept
	h.count()
	h.Metrics.Started.Inc()
	go s.serve()
	return s, nil
}

// Session returns the live session with this id.
func (h *Hub) Session(id string) (*Session, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if s, found := h.sessions[id]; found {
		return s, nil
	}
	return nil, refuse(NotFound, "there is no such session: it may have ended")
}

// Close ends all sessions, lets no new one start, and returns once all are over.
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
		<-s.over
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
