package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/gorilla/websocket"
)

// session is a live session with its connections.
type session struct {
	ID      string `json:"session"`
	Key     string `json:"key"`
	ViewKey string `json:"viewKey"`

	actor  *websocket.Conn
	length int
	done   chan int // the run's length after an action
	failed atomic.Pointer[error]

	mu      sync.Mutex
	sent    []time.Time // by the action's number, from 1
	arrived []time.Duration
}

// start starts a session whose timers run.
func (p plan) start() (*session, error) {
	answer, err := http.Post(p.base.JoinPath("/api/sessions").String(), "application/json",
		strings.NewReader(`{"config":{"timers":{"running":true}}}`))
	if err != nil {
		return nil, err
	}
	defer answer.Body.Close()
	s := &session{done: make(chan int, 1)}
	if err := json.NewDecoder(answer.Body).Decode(s); err != nil || answer.StatusCode != http.StatusCreated {
		return nil, fmt.Errorf("no session: %s", answer.Status)
	}
	return s, nil
}

// connect connects to a session and reads from then on.
func (p plan) connect(s *session, acts bool) error {
	at := *p.base
	at.Scheme = "ws"
	dialer := websocket.Dialer{ReadBufferSize: 1024, WriteBufferSize: 512}
	conn, _, err := dialer.Dial(at.JoinPath("/api/sessions/", s.ID, "/live").String(), nil)
	if err != nil {
		return err
	}
	key := s.ViewKey
	if acts {
		key = s.Key
	}
	if err := conn.WriteJSON(map[string]any{"do": "hello", "v": 1, "key": key}); err != nil {
		return err
	}
	var welcome struct {
		Is       string `json:"is"`
		Why      string `json:"why"`
		Branches []struct {
			Length int `json:"length"`
		} `json:"branches"`
	}
	if err := conn.ReadJSON(&welcome); err != nil {
		return err
	}
	if welcome.Is != "welcome" {
		return fmt.Errorf("not welcome: %s", welcome.Why)
	}
	if acts {
		s.actor, s.length = conn, welcome.Branches[0].Length
	}
	go s.read(conn)
	return nil
}

// read notes when events arrive.
func (s *session) read(conn *websocket.Conn) {
	for {
		_, text, err := conn.ReadMessage()
		if err != nil {
			s.failed.Store(&err)
			return
		}
		now := time.Now()
		switch {
		case bytes.HasPrefix(text, []byte(`{"is":"events"`)):
			if action := lastAction(text); action > 0 {
				s.mu.Lock()
				s.arrived = append(s.arrived, now.Sub(s.sent[action]))
				s.mu.Unlock()
			}
		case bytes.HasPrefix(text, []byte(`{"is":"done"`)):
			var done struct{ Length int }
			if err := json.Unmarshal(text, &done); err != nil {
				s.failed.Store(&err)
				return
			}
			s.done <- done.Length
		case bytes.HasPrefix(text, []byte(`{"is":"rejected"`)):
			err := fmt.Errorf("rejected: %s", text)
			s.failed.Store(&err)
			return
		}
	}
}

// lastAction returns the number of the action that a frame's last event belongs
// to. Only events have the key "a".
func lastAction(frame []byte) int {
	_, after, found := bytes.Cut(frame[max(0, bytes.LastIndex(frame, []byte(`"a":`))):], []byte(`"a":`))
	if !found {
		return 0
	}
	end := bytes.IndexAny(after, ",}")
	n, _ := strconv.Atoi(string(after[:max(0, end)])) // 0 if there is none
	return n
}

// act has every session act in turn, at the plan's rate, until the time is over.
func (p plan) act(sessions []*session) error {
	tick := time.NewTicker(time.Duration(float64(time.Second) / p.rate))
	defer tick.Stop()
	over := time.After(p.time)
	for turn := 0; ; turn++ {
		s := sessions[turn%len(sessions)]
		select {
		case <-over:
			return wait(sessions)
		case <-tick.C:
		}
		if failed := s.failed.Load(); failed != nil {
			return *failed
		}
		if len(s.sent) > 1 { // an action is answered before the next is sent
			select {
			case s.length = <-s.done:
			case <-over:
				return nil
			}
		}
		s.mu.Lock()
		for len(s.sent) < 1 {
			s.sent = append(s.sent, time.Time{})
		}
		s.sent = append(s.sent, time.Now())
		s.mu.Unlock()
		if err := s.actor.WriteJSON(map[string]any{"do": "act", "id": turn, "branch": 1, "at": s.length,
			"action": map[string]any{"do": "run", "policy": "timed", "count": 3}}); err != nil {
			return err
		}
	}
}

// wait waits for the last answers.
func wait(sessions []*session) error {
	patience := time.After(10 * time.Second)
	for _, s := range sessions {
		if len(s.sent) < 2 {
			continue
		}
		select {
		case s.length = <-s.done:
		case <-patience:
			return fmt.Errorf("no answer came")
		}
	}
	return nil
}

// collect returns what all sessions have seen.
func collect(sessions []*session) (actions, events int, times []time.Duration) {
	for _, s := range sessions {
		s.mu.Lock()
		actions += max(0, len(s.sent)-1)
		events += s.length
		times = append(times, s.arrived...)
		s.mu.Unlock()
	}
	slices.Sort(times)
	return actions, events, times
}

// quantile returns a quantile of sorted times.
func quantile(times []time.Duration, q float64) time.Duration {
	if len(times) == 0 {
		return 0
	}
	return times[min(len(times)-1, int(q*float64(len(times))))].Round(10 * time.Microsecond)
}

// memory returns the memory of the server, in bytes.
func (p plan) memory() (float64, error) { return p.metric("process_resident_memory_bytes") }

// appends returns how many changes the server has kept, and how long that took, in
// seconds.
func (p plan) appends() (n, seconds float64, err error) {
	if n, err = p.metric("raftplay_append_seconds_count"); err == nil {
		seconds, err = p.metric("raftplay_append_seconds_sum")
	}
	return n, seconds, err
}

// metric returns one of the server's own numbers.
func (p plan) metric(name string) (float64, error) {
	answer, err := http.Get(p.base.JoinPath("/metrics").String())
	if err != nil {
		return 0, err
	}
	defer answer.Body.Close()
	lines := bufio.NewScanner(answer.Body)
	for lines.Scan() {
		if value, is := strings.CutPrefix(lines.Text(), name+" "); is {
			return strconv.ParseFloat(value, 64)
		}
	}
	return 0, fmt.Errorf("the server does not tell its %s", name)
}
