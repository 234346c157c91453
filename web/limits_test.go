package web

import (
	"context"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/gorilla/websocket"

	"raftplay/server"
)

// refused starts a session and expects that it is refused.
func (s *site) refused(body, why string, status int) {
	s.t.Helper()
	if got, text := s.request(http.MethodPost, "/api/sessions", "", body); got != status || !strings.Contains(text, why) {
		s.t.Errorf("%.60s: status %d, %s", body, got, text)
	}
}

func TestLimitOfSessions(t *testing.T) {
	s := newSite(t, func(l *server.Limits) { l.Sessions = 2 })
	s.start(`{}`)
	second := s.start(`{}`)
	s.refused(`{}`, "2 sessions, which is the limit", http.StatusServiceUnavailable)
	p := s.open(second.Session, second.ViewKey, nil)
	s.request(http.MethodDelete, "/api/sessions/"+second.Session, second.Key, nil)
	p.closed()
	s.start(`{}`)
}

func TestLimitOfNodes(t *testing.T) {
	s := newSite(t, func(l *server.Limits) { l.Nodes = 5 })
	s.start(`{"config":{"nodes":5}}`)
	s.refused(`{"config":{"nodes":6}}`, "this server allows 5", http.StatusUnprocessableEntity)
	s.refused(`{"config":{"nodes":0}}`, "from 1 to 15", http.StatusUnprocessableEntity)
}

func TestLimitOfViewers(t *testing.T) {
	s := newSite(t, func(l *server.Limits) { l.Viewers = 1 })
	keys := s.start(`{}`)
	s.open(keys.Session, keys.Key, nil)
	p := &page{Conn: s.dial(keys.Session), t: t}
	p.write(map[string]any{"do": "hello", "v": 1, "key": keys.ViewKey})
	if why, code := p.closed(); code != websocket.CloseTryAgainLater || !strings.Contains(why, "1 viewers, which is the limit") {
		t.Errorf("closed with %d, %q", code, why)
	}
}

func TestLimitOfEvents(t *testing.T) {
	s := newSite(t, func(l *server.Limits) { l.Events = 20 })
	keys := s.start(`{}`)
	p := s.open(keys.Session, keys.Key, nil)
	p.reach(1, 3)
	var f frame
	for f.Is != "rejected" {
		f = p.act(1, campaign(1))
	}
	if f.Code != server.Limit || !strings.Contains(f.Why, "which is the limit") || len(p.journal[1]) > 30 {
		t.Errorf("after %d events: %+v", len(p.journal[1]), f)
	}
	// The way out: a branch from an earlier event.
	p.must(p.ask(map[string]any{"do": "act", "branch": 1, "at": 6, "fork": true, "action": campaign(2)}))
}

func TestLimitOfAllEvents(t *testing.T) {
	s := newSite(t, func(l *server.Limits) { l.AllEvents = 9 })
	keys := s.start(`{}`)
	p := s.open(keys.Session, keys.Key, nil)
	s.start(`{}`)
	s.start(`{}`)
	s.refused(`{}`, "as many events as it can", http.StatusServiceUnavailable)
	p.reach(1, 3)
	if f := p.act(1, campaign(1)); f.Code != server.Limit {
		t.Errorf("%+v", f)
	}
}

// A policy that would go on for ever is cut, and can be run on.
func TestLimitOfMoves(t *testing.T) {
	s := newSite(t, func(l *server.Limits) { l.Moves = 50 })
	keys := s.start(`{"config":{"timers":{"running":true}}}`)
	p := s.open(keys.Session, keys.Key, nil)
	p.reach(1, 3)
	for range 2 {
		before := len(p.journal[1])
		p.must(p.act(1, map[string]any{"do": "run", "policy": "timed", "until": map[string]any{"when": "passed", "ms": 3_600_000}}))
		if made := len(p.journal[1]) - before; made < 50 || made > 500 {
			t.Errorf("50 moves made %d events", made)
		}
	}
}

func TestLimitOfBranches(t *testing.T) {
	s := newSite(t, func(l *server.Limits) { l.Branches = 2 })
	keys := s.start(`{}`)
	p := s.open(keys.Session, keys.Key, nil)
	p.reach(1, 3)
	p.must(p.act(1, campaign(1)))
	fork := map[string]any{"do": "act", "branch": 1, "at": 3, "fork": true, "action": campaign(2)}
	p.must(p.ask(fork))
	if f := p.ask(fork); f.Code != server.Limit || !strings.Contains(f.Why, "2 branches, which is the limit") {
		t.Errorf("%+v", f)
	}
}

func TestLimitOfActionsPerSecond(t *testing.T) {
	s := newSite(t, func(l *server.Limits) { l.Actions = 0.001 }) // one in a burst
	keys := s.start(`{}`)
	p := s.open(keys.Session, keys.Key, nil)
	p.reach(1, 3)
	p.must(p.act(1, campaign(1)))
	if f := p.act(1, campaign(1)); f.Code != server.Rate || len(p.journal[1]) != 6 {
		t.Errorf("after %d events: %+v", len(p.journal[1]), f)
	}
}

func TestLimitOfSizes(t *testing.T) {
	s := newSite(t, func(l *server.Limits) { l.FrameBytes, l.BodyBytes = 200, 200 })
	keys := s.start(`{}`)
	s.refused(`{"source":"`+strings.Repeat("x", 300)+`"}`, "200 bytes are allowed", http.StatusBadRequest)
	p := s.open(keys.Session, keys.Key, nil)
	p.write(map[string]any{"do": strings.Repeat("x", 300)})
	if _, code := p.closed(); code != websocket.CloseMessageTooBig {
		t.Errorf("closed with %d", code)
	}
	s.open(keys.Session, keys.Key, p).reach(1, 3)
}

// A connection that does not say hello is not kept.
func TestLimitOfHelloWait(t *testing.T) {
	s := newSite(t, func(l *server.Limits) { l.HelloWait = time.Millisecond })
	conn := s.dial(s.start(`{}`).Session)
	if _, _, err := conn.ReadMessage(); err == nil {
		t.Error("a frame came without hello")
	}
}

func TestWrongHellosAreAnsweredThreeTimes(t *testing.T) {
	s := newSite(t, nil)
	keys := s.start(`{}`)
	p := &page{Conn: s.dial(keys.Session), t: t}
	for _, wrong := range []any{
		map[string]any{"do": "act"},
		map[string]any{"do": "hello", "v": 2, "key": keys.Key},
		map[string]any{"do": "hello", "v": 1, "key": keys.Key, "have": map[string]int{"main": 1}},
	} {
		p.write(wrong)
		if f := p.read(); f.Is != "rejected" || f.Code != server.Frame {
			t.Errorf("%v: %+v", wrong, f)
		}
	}
	if _, code := p.closed(); code != server.CloseNotAllowed {
		t.Errorf("closed with %d", code)
	}
}

// A reader that takes nothing is let go; another one of the same session misses
// nothing and does not wait for it.
func TestSlowReaderIsLetGo(t *testing.T) {
	s := newSite(t, func(l *server.Limits) { l.WriteWait, l.Events = time.Second, 1_000_000 })
	keys := s.start(`{"config":{"timers":{"running":true}}}`)
	small := &websocket.Dialer{NetDialContext: func(ctx context.Context, network, addr string) (net.Conn, error) {
		conn, err := (&net.Dialer{}).DialContext(ctx, network, addr)
		if tcp, is := conn.(*net.TCPConn); is {
			err = tcp.SetReadBuffer(4 << 10)
		}
		return conn, err
	}}
	conn, _, err := small.Dial("ws"+strings.TrimPrefix(s.http.URL, "http")+"/api/sessions/"+keys.Session+"/live", nil)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	slow := &page{Conn: conn, t: t}
	slow.write(map[string]any{"do": "hello", "v": 1, "key": keys.ViewKey})
	p := s.open(keys.Session, keys.Key, nil)
	p.count(2)
	p.reach(1, 3)
	// The slow one reads nothing. Its buffers fill up, and then its time runs out.
	gone := false
	for round := 0; !gone && round < 9000; round++ {
		p.must(p.act(1, map[string]any{"do": "run", "policy": "timed", "count": 60}))
		_, metrics := s.request(http.MethodGet, "/metrics", "", nil)
		gone = strings.Contains(metrics, "raftplay_slow_readers_total 1")
	}
	if !gone {
		t.Fatalf("the slow reader is still there after %d events", len(p.journal[1]))
	}
	p.count(1)
	again := s.open(keys.Session, keys.ViewKey, nil)
	again.reach(1, len(p.journal[1]))
	again.same(p, 1)
}

// The server says goodbye to everyone when it stops, and starts nothing more.
func TestShutdown(t *testing.T) {
	s := newSite(t, nil)
	var pages []*page
	for range 3 {
		keys := s.start(`{}`)
		pages = append(pages, s.open(keys.Session, keys.Key, nil), s.open(keys.Session, keys.ViewKey, nil))
	}
	closed := make(chan struct{})
	go func() { s.Close(context.Background()); close(closed) }()
	for i, p := range pages {
		if why, code := p.closed(); code != server.CloseRestart || why != "the server restarts" {
			t.Errorf("page %d: closed with %d, %q", i, code, why)
		}
	}
	<-closed
	s.refused(`{}`, "the server restarts", http.StatusServiceUnavailable)
}

// Deleting a session is its owner's right; its readers hear of it.
func TestDelete(t *testing.T) {
	s := newSite(t, nil)
	keys, other := s.start(`{}`), s.start(`{}`)
	p, q := s.open(keys.Session, keys.ViewKey, nil), s.open(other.Session, other.Key, nil)
	path := "/api/sessions/" + keys.Session
	for _, no := range []struct {
		key    string
		status int
	}{{"", http.StatusForbidden}, {other.Key, http.StatusForbidden}, {keys.ViewKey, http.StatusForbidden}} {
		if status, text := s.request(http.MethodDelete, path, no.key, nil); status != no.status {
			t.Errorf("key %q: status %d, %s", no.key, status, text)
		}
	}
	if status, text := s.request(http.MethodDelete, path, keys.Key, nil); status != http.StatusNoContent {
		t.Fatalf("status %d, %s", status, text)
	}
	if why, code := p.closed(); code != server.CloseEnded || !strings.Contains(why, "owner") {
		t.Errorf("closed with %d, %q", code, why)
	}
	if status, _ := s.request(http.MethodGet, path, keys.Key, nil); status != http.StatusNotFound {
		t.Errorf("the session is still there: status %d", status)
	}
	q.reach(1, 3)
	q.must(q.act(1, campaign(1)))
}

// A run that is too long to be written for people can still be taken away, and
// whoever sits at the machine itself gets it in any form.
func TestLimitOfWrittenEvents(t *testing.T) {
	s := newSite(t, func(l *server.Limits) { l.Written = 8 })
	keys, _ := s.lively()
	for format, want := range map[string]int{"rst": 422, "table": 422, "markdown": 422, "mermaid": 422, "puml": 422, "json": 200, "csv": 200, "scenario": 200} {
		for addr, want := range map[string]int{"192.0.2.1:1": want, "127.0.0.1:1": http.StatusOK} {
			r := httptest.NewRequest(http.MethodGet, s.http.URL+"/api/sessions/"+keys.Session+"/export?format="+format, nil)
			r.RemoteAddr = addr
			r.Header.Set("Authorization", "Bearer "+keys.Key)
			answer := httptest.NewRecorder()
			s.ServeHTTP(answer, r)
			if text := answer.Body.String(); answer.Code != want || want != 200 && !strings.Contains(text, "at most 8 in this format; export it as JSON") {
				t.Errorf("%s for %s: status %d, %.200s", format, addr, answer.Code, text)
			}
		}
	}
}
