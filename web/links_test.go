package web

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"raftplay/raft/sim"
	"raftplay/server"
	"raftplay/server/link"
)

// ask sends a request and reads its answer into to.
func (s *site) ask(status int, method, path, key string, body, to any) {
	s.t.Helper()
	got, text := s.request(method, path, key, body)
	if got != status {
		s.t.Fatalf("%s %s: status %d, %.300s", method, path, got, text)
	}
	if err := json.Unmarshal([]byte(text), to); err != nil {
		s.t.Fatalf("%s: %v", path, err)
	}
}

// share returns the link of a branch.
func (s *site) share(keys sessionKeys, key string, branch, cursor int, short bool) linked {
	s.t.Helper()
	var l linked
	s.ask(http.StatusOK, http.MethodPost, "/api/sessions/"+keys.Session+"/link", key, newLink{branch, cursor, short}, &l)
	return l
}

// lively is a session with two branches.
func (s *site) lively() (sessionKeys, *page) {
	s.t.Helper()
	keys := s.start(`{"config":{"nodes":5,"seed":9}}`)
	p := s.open(keys.Session, keys.Key, nil)
	p.reach(1, 5)
	p.must(p.act(1, campaign(1)))
	p.must(p.act(1, map[string]any{"do": "run", "policy": "drain"}))
	p.must(p.ask(map[string]any{"do": "act", "branch": 1, "at": 9, "fork": true, "action": map[string]any{"do": "crash", "node": 2}}))
	p.must(p.act(2, map[string]any{"do": "run", "policy": "drain"}))
	return keys, p
}

// A link that is opened on another server gives the same events, byte for byte,
// at the same cursor, and the run goes on there.
func TestLinksGiveTheSameRunElsewhere(t *testing.T) {
	here, there := newSite(t, nil), newSite(t, nil)
	keys, p := here.lively()
	for branch := 1; branch <= 2; branch++ {
		for _, key := range []string{keys.Key, keys.ViewKey} {
			l := here.share(keys, key, branch, 7, false)
			if l.Run != "" {
				t.Errorf("a link is kept as %q, and nobody asked for it", l.Run)
			}
			opened := there.start(`{"link":"` + l.Link + `"}`)
			if opened.Cursor == nil || *opened.Cursor != 7 {
				t.Errorf("branch %d is opened at %v", branch, opened.Cursor)
			}
			q := there.open(opened.Session, opened.Key, nil)
			q.reach(1, len(p.journal[branch]))
			if a, b := strings.Join(p.journal[branch], "\n"), strings.Join(q.journal[1], "\n"); a != b {
				t.Fatalf("branch %d differs:\n%s\n--- and\n%s", branch, a, b)
			}
			q.must(q.act(1, campaign(3)))
		}
	}
}

// A short link is the same however often it is asked for, and opens the same run.
func TestShortLinks(t *testing.T) {
	s := newSite(t, nil)
	keys, p := s.lively()
	first := s.share(keys, keys.ViewKey, 2, 11, true)
	if again := s.share(keys, keys.Key, 2, 11, true); again != first || first.Run != link.ID(first.Link) || len(first.Run) != 16 {
		t.Errorf("%+v, and then %+v", first, again)
	}
	opened := s.start(`{"run":"` + first.Run + `"}`)
	if opened.Cursor == nil || *opened.Cursor != 11 {
		t.Errorf("it is opened at %v", opened.Cursor)
	}
	q := s.open(opened.Session, opened.ViewKey, nil)
	q.reach(1, len(p.journal[2]))

	s.http.Client().CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	for path, want := range map[string]string{"/s/" + first.Run: "/#/k/" + first.Run, "/s/ABC": "/#/k/abc"} {
		answer, err := s.http.Client().Get(s.http.URL + path)
		if err != nil {
			t.Fatal(err)
		}
		answer.Body.Close()
		if got := answer.Header.Get("Location"); answer.StatusCode != http.StatusFound || got != want {
			t.Errorf("%s: status %d, leads to %q", path, answer.StatusCode, got)
		}
	}
	for _, path := range []string{"/s/a%2Fb", "/s/%0d%0aX", "/s/" + strings.Repeat("a", 65)} {
		if status, text := s.request(http.MethodGet, path, "", nil); status != http.StatusNotFound {
			t.Errorf("%s: status %d, %s", path, status, text)
		}
	}
}

// A link to the middle of a lesson goes on with the lesson; one beside it has its
// words only.
func TestLinksOfScenarios(t *testing.T) {
	s := newSite(t, nil)
	for _, body := range []string{`{"scenario":"first-election"}`, `{"source":"title: Mine\nsteps:\n  - campaign: N-1\n  - drain\n  - expect: {leaders: N-1}\n  - ask: {node: N-1, command: set x 1}\n"}`} {
		keys := s.start(body)
		p := s.open(keys.Session, keys.Key, nil)
		p.reach(1, 3)
		for range 3 {
			p.must(p.ask(map[string]any{"do": "script", "branch": 1, "to": "step"}))
		}
		opened := s.start(`{"link":"` + s.share(keys, keys.Key, 1, 0, false).Link + `"}`)
		q := s.open(opened.Session, opened.Key, nil)
		script := q.welcome.Branches[0].Script
		if q.welcome.Scenario == nil || q.welcome.Scenario.Title != p.welcome.Scenario.Title || script == nil || script.Step == 0 && script.Section == 0 {
			t.Fatalf("%s: %+v, %+v", body, q.welcome.Scenario, script)
		}
		q.reach(1, len(p.journal[1]))
		p.must(p.ask(map[string]any{"do": "script", "branch": 1, "to": "end"}))
		q.must(q.ask(map[string]any{"do": "script", "branch": 1, "to": "end"}))
		p.same(q, 1)

		p.must(p.ask(map[string]any{"do": "act", "branch": 1, "at": 3, "fork": true, "action": map[string]any{"do": "crash", "node": 2}}))
		beside := s.start(`{"link":"` + s.share(keys, keys.Key, 2, 0, false).Link + `"}`)
		b := s.open(beside.Session, beside.Key, nil)
		if b.welcome.Scenario == nil || b.welcome.Branches[0].Script != nil {
			t.Errorf("%s: beside the script: %+v, %+v", body, b.welcome.Scenario, b.welcome.Branches[0].Script)
		}
	}
}

// What is wrong with a link is said, and nothing is opened or played.
func TestWrongLinks(t *testing.T) {
	s := newSite(t, func(l *server.Limits) { l.Nodes = 5 })
	keys, _ := s.lively()
	good := s.share(keys, keys.Key, 1, 7, false).Link
	opened, err := link.Unpack(good)
	if err != nil {
		t.Fatal(err)
	}
	seven := 7
	with := func(change func(*link.Run)) string {
		changed := opened
		change(&changed)
		packed, err := changed.Pack()
		if err != nil {
			t.Fatal(err)
		}
		return packed
	}
	const bad, impossible, none = http.StatusBadRequest, http.StatusUnprocessableEntity, http.StatusNotFound
	for _, c := range []struct {
		body, why string
		status    int
	}{
		{`{"link":""}`, "the link is empty", impossible},
		{`{"link":"` + good[:30] + `"}`, "the link is cut", impossible},
		{`{"link":"` + good + `AAAA"}`, "the link was altered", impossible},
		{`{"link":"not a link"}`, "this is no link", impossible},
		{`{"link":"2abc"}`, "open it with a newer raftplay", impossible},
		{`{"link":"` + with(func(r *link.Run) { r.Hash = "x" }) + `"}`, "the link was altered", impossible},
		{`{"link":"` + with(func(r *link.Run) { r.Engine, r.Hash = "0", "x" }) + `"}`, "made by engine 0; this is engine " + sim.Engine, impossible},
		{`{"link":"` + with(func(r *link.Run) { r.Config.Nodes = &seven }) + `"}`, "has 7 servers: 5 are allowed", impossible},
		{`{"link":"` + with(func(r *link.Run) { r.Cursor = 1000 }) + `"}`, "it looks at event 1000", impossible},
		{`{"link":"` + with(func(r *link.Run) { r.Actions = append(r.Actions[:1:1], sim.Action{Do: "fly"}) }) + `"}`, `action 2 of 2, \"fly\", cannot be carried out`, impossible},
		{`{"link":"` + with(func(r *link.Run) { r.Source = "title: [" }) + `"}`, "", impossible},
		{`{"run":"k7fzqdsbsm5onhrc"}`, "no run is kept here under this short link", none},
		{`{"run":""}`, "no run is kept here under this short link", none},
		{`{"run":"x","link":"y"}`, "one of them", bad},
		{`{"link":1}`, "cannot be read", bad},
		{`{"link":"` + strings.Repeat("1", 600<<10) + `"}`, "too large", bad},
	} {
		s.refused(c.body, c.why, c.status)
		if status, text := s.request(http.MethodPost, "/api/play", "", c.body); status != c.status || !strings.Contains(text, c.why) {
			t.Errorf("played: %.60s: status %d, %s", c.body, status, text)
		}
	}
	for body, why := range map[string]string{
		`{"branch":9,"cursor":1}`:    "there is no branch 9",
		`{"branch":1,"cursor":1000}`: "there is no event 1000",
		`{"branch":1,"cursor":-1}`:   "there is no event -1",
		`{"branch":1,"at":1}`:        "unknown field",
		``:                           "cannot be read",
	} {
		if status, text := s.request(http.MethodPost, "/api/sessions/"+keys.Session+"/link", keys.Key, body); status < 400 || status > 499 || !strings.Contains(text, why) {
			t.Errorf("%s: status %d, %s", body, status, text)
		}
	}
	if status, _ := s.request(http.MethodPost, "/api/sessions/"+keys.Session+"/link", "wrong", `{"branch":1,"cursor":1}`); status != http.StatusForbidden {
		t.Errorf("with a wrong key: status %d", status)
	}
	if _, metrics := s.request(http.MethodGet, "/metrics", "", nil); !strings.Contains(metrics, "raftplay_sessions 1\n") {
		t.Error("a wrong link started a session")
	}
}

// Whatever is to be played or linked is answered, or told why not.
func FuzzPlay(f *testing.F) {
	s := fuzzSite(f)
	other := newBystander(f, s)
	run, err := sim.NewRun(sim.DefaultConfig())
	if err != nil {
		f.Fatal(err)
	}
	packed, err := link.Of(run, 1).Pack()
	if err != nil {
		f.Fatal(err)
	}
	for _, body := range []string{`{"link":"` + packed + `"}`, `{"link":"1"}`, `{"run":"abc"}`, `{"link":null}`, `{}`,
		`{"source":"title: T\nsteps:\n  - campaign: N-1\n  - drain\n  - expect: {leaders: N-2}\n"}`, `{"source":"title: ["}`, `{"source":"` + "\\u0000" + `"}`} {
		f.Add(uint(0), []byte(body))
	}
	f.Add(uint(1), []byte(`{"link":"`+packed+`"}`))
	f.Add(uint(2), []byte(`{"branch":1,"cursor":-1,"short":true}`))
	f.Add(uint(2), []byte(`{"branch":1,"cursor":3}`))
	f.Fuzz(func(t *testing.T, which uint, body []byte) {
		path := []string{"/api/play", "/api/sessions", "/api/sessions/" + other.session.ID + "/link"}[which%3]
		r := httptest.NewRequest(http.MethodPost, s.http.URL+path, strings.NewReader(string(body)))
		r.Header.Set("Authorization", "Bearer "+other.session.ViewKey)
		r.Header.Set("Content-Type", "application/json")
		r.RemoteAddr = "127.0.0.1:1"
		answer := httptest.NewRecorder()
		s.ServeHTTP(answer, r)
		text := answer.Body.String()
		switch {
		case answer.Code == http.StatusCreated:
			var keys sessionKeys
			if err := json.Unmarshal([]byte(text), &keys); err != nil {
				t.Fatal(err)
			}
			if started, err := s.Hub.Session(keys.Session); err != nil || started.Delete(keys.Key) != nil {
				t.Fatalf("%q broke its session: %v", body, err)
			}
		case answer.Code >= 500 && answer.Code != http.StatusServiceUnavailable:
			t.Fatalf("%s %q: status %d, %s", path, body, answer.Code, text)
		case answer.Code >= 400 && !strings.Contains(text, `"message":"`):
			t.Fatalf("%s %q: status %d without a reason: %s", path, body, answer.Code, text)
		}
		other.unharmed(t)
	})
}
