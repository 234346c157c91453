package web

import (
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/gorilla/websocket"
	"github.com/prometheus/client_golang/prometheus"

	"raftplay/server"
	"raftplay/server/keep"
)

// guardTime bounds what a test waits for. It only runs out if the test fails.
const guardTime = 20 * time.Second

// site is a server with an HTTP front, for a test.
type site struct {
	*Server
	t    testing.TB
	http *httptest.Server
}

// newSite starts a server with the default limits, after limit has changed them.
func newSite(t testing.TB, limit func(*server.Limits)) *site {
	t.Helper()
	limits := server.DefaultLimits()
	limits.Actions = 10_000
	if limit != nil {
		limit(&limits)
	}
	registry := prometheus.NewRegistry()
	front := httptest.NewUnstartedServer(nil)
	log := slog.New(slog.NewTextHandler(io.Discard, nil))
	store, err := keep.Open("", 64<<20)
	if err != nil {
		t.Fatal(err)
	}
	s, err := New(Options{
		Hub:     server.NewHub(limits, server.NewMetrics(registry), log, store),
		Hosts:   NewHosts(front.Listener.Addr(), []string{"raft.example.org"}),
		Assets:  fstest.MapFS{"embed.html": {Data: []byte("<!doctype html>embed")}, "index.html": {Data: []byte(`<!doctype html><script src="js/a.js"></script>` + strings.Repeat("<p>page</p>", 100))}, "js/a.js": {Data: []byte("a")}},
		Metrics: registry,
		Log:     log,
	})
	if err != nil {
		t.Fatal(err)
	}
	front.Config.Handler = s
	front.Start()
	t.Cleanup(func() {
		s.Hub.Close()
		front.Close()
		s.live.Wait()
	})
	return &site{s, t, front}
}

// request sends a request with a JSON body, if there is one, and returns the
// status and the body of its answer.
func (s *site) request(method, path, key string, body any, header ...string) (int, string) {
	s.t.Helper()
	var content io.Reader
	if body != nil {
		text, is := body.(string)
		if !is {
			text = string(server.Encode(body))
		}
		content = strings.NewReader(text)
	}
	r, err := http.NewRequest(method, s.http.URL+path, content)
	if err != nil {
		s.t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/json")
	if key != "" {
		r.Header.Set("Authorization", "Bearer "+key)
	}
	for i := 0; i < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
		if header[i] == "Host" {
			r.Host = header[i+1]
		}
	}
	answer, err := s.http.Client().Do(r)
	if err != nil {
		s.t.Fatal(err)
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	if err != nil {
		s.t.Fatal(err)
	}
	return answer.StatusCode, string(text)
}

// start starts a session as the body asks.
func (s *site) start(body string) sessionKeys {
	s.t.Helper()
	status, text := s.request(http.MethodPost, "/api/sessions", "", body)
	var keys sessionKeys
	if err := json.Unmarshal([]byte(text), &keys); err != nil || status != http.StatusCreated {
		s.t.Fatalf("no session: status %d, %s", status, text)
	}
	return keys
}

// frame is any frame from the server.
type frame struct {
	Is       string              `json:"is"`
	ID       int64               `json:"id"`
	May      server.May          `json:"may"`
	Code     server.Code         `json:"code"`
	Why      string              `json:"why"`
	From     int                 `json:"from"`
	Events   []json.RawMessage   `json:"events"`
	Branches []server.BranchInfo `json:"branches"`
	Branch   json.RawMessage     `json:"branch"` // a number, or of a branch frame what it is
	Length   int                 `json:"length"`
	Count    int                 `json:"count"`
	Viewers  int                 `json:"viewers"`
	Scenario *server.Scenario    `json:"scenario"`
}

func (f frame) branch() int {
	var n int
	_ = json.Unmarshal(f.Branch, &n)
	return n
}

// page is a connection that keeps the journals as the real page does, and fails
// if an event is missed or comes twice.
type page struct {
	*websocket.Conn
	t        testing.TB
	welcome  frame
	branches map[int]server.BranchInfo
	journal  map[int][]string // events, with those of the parent
	viewers  int
	asked    int64
}

// open connects to a session and says hello, with what the page held before if
// there is one.
func (s *site) open(id, key string, before *page) *page {
	s.t.Helper()
	conn := s.dial(id)
	p := &page{Conn: conn, t: s.t, branches: map[int]server.BranchInfo{}, journal: map[int][]string{}}
	have := map[string]int{}
	if before != nil {
		for branch, events := range before.journal {
			p.journal[branch] = events
			have[fmt.Sprint(branch)] = len(events)
		}
	}
	p.write(map[string]any{"do": "hello", "v": 1, "key": key, "have": have, "id": 0})
	p.welcome = p.until("welcome")
	p.viewers = p.welcome.Viewers
	for _, b := range p.welcome.Branches {
		p.learn(b)
	}
	return p
}

func (s *site) dial(id string) *websocket.Conn {
	s.t.Helper()
	conn, _, err := websocket.DefaultDialer.Dial("ws"+strings.TrimPrefix(s.http.URL, "http")+"/api/sessions/"+id+"/live", nil)
	if err != nil {
		s.t.Fatal(err)
	}
	s.t.Cleanup(func() { conn.Close() })
	if err := conn.SetReadDeadline(time.Now().Add(guardTime)); err != nil {
		s.t.Fatal(err)
	}
	return conn
}

func (p *page) write(frame any) {
	p.t.Helper()
	if err := p.WriteJSON(frame); err != nil {
		p.t.Fatal(err)
	}
}

func (p *page) learn(b server.BranchInfo) {
	p.branches[b.ID] = b
	if _, known := p.journal[b.ID]; !known {
		p.journal[b.ID] = append([]string{}, p.journal[b.Parent][:b.At]...)
	}
}

// read reads the next frame and takes it up.
func (p *page) read() frame {
	p.t.Helper()
	var f frame
	if err := p.ReadJSON(&f); err != nil {
		p.t.Fatalf("no frame: %v", err)
	}
	switch f.Is {
	case "events":
		branch := f.branch()
		if have := len(p.journal[branch]); f.From != have || len(f.Events) == 0 {
			p.t.Fatalf("branch %d: %d events come after event %d, but the page has %d", branch, len(f.Events), f.From, have)
		}
		for _, e := range f.Events {
			p.journal[branch] = append(p.journal[branch], string(e))
		}
	case "viewers":
		p.viewers = f.Count
	case "branch":
		var b server.BranchInfo
		if err := json.Unmarshal(f.Branch, &b); err != nil {
			p.t.Fatal(err)
		}
		p.learn(b)
	}
	return f
}

// until reads up to a frame of this kind.
func (p *page) until(kind string) frame {
	p.t.Helper()
	for {
		if f := p.read(); f.Is == kind {
			return f
		}
	}
}

// ask sends a request and returns its answer.
func (p *page) ask(request map[string]any) frame {
	p.t.Helper()
	p.asked++
	request["id"] = p.asked
	p.write(request)
	for {
		if f := p.read(); (f.Is == "done" || f.Is == "rejected") && f.ID == p.asked {
			return f
		}
	}
}

// act acts at the end of a branch, as the page knows it.
func (p *page) act(branch int, action map[string]any) frame {
	p.t.Helper()
	return p.ask(map[string]any{"do": "act", "branch": branch, "at": len(p.journal[branch]), "action": action})
}

// must fails unless the request was carried out.
func (p *page) must(f frame) frame {
	p.t.Helper()
	if f.Is != "done" {
		p.t.Fatalf("rejected: %s (%s)", f.Why, f.Code)
	}
	return f
}

// reach reads until the page has so many events of a branch.
func (p *page) reach(branch, length int) {
	p.t.Helper()
	for len(p.journal[branch]) < length {
		p.read()
	}
}

// count reads until the session has so many viewers.
func (p *page) count(viewers int) {
	p.t.Helper()
	for p.viewers != viewers {
		p.read()
	}
}

// closed reads until the connection ends and returns the goodbye and the code.
func (p *page) closed() (why string, code int) {
	p.t.Helper()
	for {
		_, text, err := p.ReadMessage()
		if closed, is := err.(*websocket.CloseError); is {
			return why, closed.Code
		}
		if err != nil {
			p.t.Fatalf("the connection ends without a code: %v", err)
		}
		var f frame
		if json.Unmarshal(text, &f) == nil && f.Is == "goodbye" {
			why = f.Why
		}
	}
}

// same fails unless both pages hold the same events.
func (p *page) same(q *page, branch int) {
	p.t.Helper()
	if a, b := strings.Join(p.journal[branch], "\n"), strings.Join(q.journal[branch], "\n"); a != b {
		p.t.Fatalf("branch %d differs:\n%s\n--- and\n%s", branch, a, b)
	}
}

func itoa(n int) string { return fmt.Sprint(n) }
