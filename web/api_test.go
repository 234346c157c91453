package web

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/go-chi/chi/v5"
	"github.com/goccy/go-yaml"

	"raftplay/raft"
	"raftplay/raft/export"
	"raftplay/raft/sim"
	"raftplay/scenarios"
	"raftplay/server"
)

// The OpenAPI document has exactly the routes that the server has.
func TestOpenAPIHasEveryRoute(t *testing.T) {
	s := newSite(t, nil)
	status, text := s.request(http.MethodGet, "/api/openapi.yaml", "", nil)
	var document struct {
		Paths map[string]map[string]any
	}
	if err := yaml.Unmarshal([]byte(text), &document); err != nil || status != http.StatusOK {
		t.Fatalf("status %d: %v", status, err)
	}
	var documented, served []string
	for path, methods := range document.Paths {
		for method := range methods {
			if method == "parameters" {
				continue
			}
			documented = append(documented, strings.ToUpper(method)+" "+path)
		}
	}
	err := chi.Walk(s.router, func(method, route string, _ http.Handler, _ ...func(http.Handler) http.Handler) error {
		served = append(served, method+" "+strings.Replace(route, "/*", "/{file}", 1))
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	slices.Sort(documented)
	slices.Sort(served)
	if !slices.Equal(documented, served) {
		t.Errorf("documented:\n%s\nserved:\n%s", strings.Join(documented, "\n"), strings.Join(served, "\n"))
	}
}

func TestVocabularyIsComplete(t *testing.T) {
	s := newSite(t, nil)
	_, text := s.request(http.MethodGet, "/api/vocabulary", "", nil)
	var v vocabulary
	if err := json.Unmarshal([]byte(text), &v); err != nil {
		t.Fatal(err)
	}
	if len(v.Notes) != len(raft.NoteTexts) || len(v.Rules) != len(raft.RuleList) || len(v.Profiles) != len(raft.Profiles) ||
		len(v.Messages) != len(raft.MessageTypes) || v.Engine != sim.Engine || v.Limits.Nodes != s.Hub.Limits.Nodes {
		t.Errorf("%d notes, %d rules, %d profiles, %d messages", len(v.Notes), len(v.Rules), len(v.Profiles), len(v.Messages))
	}
	for _, p := range v.Profiles {
		if len(p.Rules) != len(raft.RuleList) || p.MaxEntries < 1 {
			t.Errorf("profile %s: %+v", p.Name, p)
		}
	}
}

// Every scenario of the library is listed, can be read, and starts a session.
func TestScenarios(t *testing.T) {
	s := newSite(t, nil)
	var cards []scenarioCard
	_, text := s.request(http.MethodGet, "/api/scenarios", "", nil)
	if err := json.Unmarshal([]byte(text), &cards); err != nil {
		t.Fatal(err)
	}
	if len(cards) != len(scenarios.List()) {
		t.Fatalf("%d scenarios are listed of %d", len(cards), len(scenarios.List()))
	}
	for _, card := range cards {
		_, text := s.request(http.MethodGet, "/api/scenarios/"+card.Name, "", nil)
		var story server.Scenario
		if err := json.Unmarshal([]byte(text), &story); err != nil || story.Title != card.Title || len(story.Sections) != len(card.Sections) {
			t.Errorf("%s: %v, %+v", card.Name, err, story)
		}
		if _, err := scenarios.Parse(card.Name, []byte(story.Source)); err != nil {
			t.Errorf("%s: its source: %v", card.Name, err)
		}
		s.start(`{"scenario":"` + card.Name + `"}`)
	}
	if status, text := s.request(http.MethodGet, "/api/scenarios/nothing", "", nil); status != http.StatusNotFound || !strings.Contains(text, "the library has") {
		t.Errorf("status %d, %s", status, text)
	}
	s.refused(`{"scenario":"../secret"}`, "there is no scenario", http.StatusNotFound)
}

// The settings of a session are those that were asked for, complete.
func TestSettings(t *testing.T) {
	s := newSite(t, nil)
	keys := s.start(`{"config":{"nodes":5,"profile":"production","rules":{"preVote":false},"maxEntries":3,"timers":{"running":true,"election":[100,200],"heartbeat":20},
		"links":{"latency":[1,2],"loss":10,"duplicate":20,"reorder":true},"sending":"held","seed":7}}`)
	_, text := s.request(http.MethodGet, "/api/sessions/"+keys.Session, keys.ViewKey, nil)
	var info server.Info
	if err := json.Unmarshal([]byte(text), &info); err != nil {
		t.Fatal(err)
	}
	rules, _ := raft.ProfileNamed("production")
	rules.Rules.PreVote, rules.Rules.MaxEntries = false, 3
	want := sim.Config{Nodes: 5, Rules: rules.Rules, Timers: sim.Timers{Running: true, ElectionMin: 100, ElectionMax: 200, Heartbeat: 20},
		Links: sim.Links{LatencyMin: 1, LatencyMax: 2, Loss: 10, Duplicate: 20, Reorder: true}, HeldSending: true, Seed: 7}
	if got, err := info.Config.Config(); err != nil || got != want {
		t.Errorf("%v\n got %+v\nwant %+v", err, got, want)
	}
	if info.May != server.Watch || len(info.Branches) != 1 || len(info.Config.Rules) != len(raft.RuleList) {
		t.Errorf("%+v", info)
	}
}

// A body that is wrong is answered with what is wrong, and starts nothing.
func TestWrongBodies(t *testing.T) {
	s := newSite(t, nil)
	const bad, impossible = http.StatusBadRequest, http.StatusUnprocessableEntity
	for _, c := range []struct {
		body, why string
		status    int
	}{
		{``, "cannot be read", bad},
		{`[]`, "cannot be read", bad},
		{`{} {}`, "behind its end", bad},
		{`{"colour":"red"}`, "unknown field", bad},
		{`{"config":{"node":3}}`, "unknown field", bad},
		{strings.Repeat(`{"config":`, 20_000), "cannot be read", bad},
		{`{"scenario":"x","config":{}}`, "one of them", bad},
		{`{"scenario":"x","source":"y"}`, "one of them", bad},
		{`{"config":{"nodes":-1}}`, "nodes is -1", impossible},
		{`{"config":{"profile":"fast"}}`, "the profiles are paper", impossible},
		{`{"config":{"rules":{"magic":true}}}`, "the rules are", impossible},
		{`{"config":{"sending":"slowly"}}`, "immediate or held", impossible},
		{`{"config":{"timers":{"election":[300,150]}}}`, "timers.election maximum", impossible},
		{`{"config":{"links":{"loss":2000}}}`, "links.loss", impossible},
		{`{"source":"title: x\nsteps:\n  - fly: N-1\n"}`, `"at":{"file":"scenario.yaml","line":3,"column":`, impossible},
	} {
		s.refused(c.body, c.why, c.status)
	}
	if status, text := s.request(http.MethodPost, "/api/sessions", "", `{}`, "Content-Type", "text/plain"); status != bad || !strings.Contains(text, "application/json") {
		t.Errorf("a form: status %d, %s", status, text)
	}
	_, metrics := s.request(http.MethodGet, "/metrics", "", nil)
	if !strings.Contains(metrics, "raftplay_sessions 0") {
		t.Error("a wrong body started a session")
	}
}

// A run can be had in every format of package export, from either key.
func TestExport(t *testing.T) {
	s := newSite(t, nil)
	keys := s.start(`{"scenario":"first-election"}`)
	p := s.open(keys.Session, keys.Key, nil)
	p.must(p.ask(map[string]any{"do": "script", "branch": 1, "to": "end"}))
	path := "/api/sessions/" + keys.Session + "/export?format="
	for _, format := range export.Formats {
		status, text := s.request(http.MethodGet, path+format+"&branch=1&section=0", keys.ViewKey, nil)
		if status != http.StatusOK || len(text) < 100 || endings[format][0] == "" {
			t.Errorf("%s: status %d, %.100s", format, status, text)
		}
	}
	for query, status := range map[string]int{
		"pdf": http.StatusUnprocessableEntity, "rst&section=99": http.StatusUnprocessableEntity,
		"rst&branch=2": http.StatusNotFound, "rst&branch=x": http.StatusBadRequest, "rst&section=-1": http.StatusBadRequest,
	} {
		if got, text := s.request(http.MethodGet, path+query, keys.Key, nil); got != status {
			t.Errorf("%s: status %d, %s", query, got, text)
		}
	}
	if status, _ := s.request(http.MethodGet, path+"rst", "x", nil); status != http.StatusForbidden {
		t.Errorf("a wrong key: status %d", status)
	}
	if status, _ := s.request(http.MethodGet, path+"rst", "", nil); status != http.StatusForbidden {
		t.Errorf("no key: status %d", status)
	}
}

// The page's files are sent once: after that the browser is told that what it
// has is still true.
func TestAssets(t *testing.T) {
	s := newSite(t, nil)
	get := func(path string, header ...string) *http.Response {
		t.Helper()
		r, _ := http.NewRequest(http.MethodGet, s.http.URL+path, nil)
		for i := 0; i < len(header); i += 2 {
			r.Header.Set(header[i], header[i+1])
		}
		answer, err := http.DefaultTransport.RoundTrip(r)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { answer.Body.Close() })
		return answer
	}
	page := get("/", "Accept-Encoding", "identity")
	text, _ := io.ReadAll(page.Body)
	if page.StatusCode != http.StatusOK || !strings.HasPrefix(string(text), "<!doctype html>") || page.Header.Get("Content-Type") != "text/html; charset=utf-8" {
		t.Fatalf("status %d, %v", page.StatusCode, page.Header)
	}
	tag := page.Header.Get("ETag")
	if again := get("/", "Accept-Encoding", "identity", "If-None-Match", tag); tag == "" || again.StatusCode != http.StatusNotModified {
		t.Errorf("with ETag %s: status %d", tag, again.StatusCode)
	}
	packed := get("/index.html", "Accept-Encoding", "gzip")
	small, _ := io.ReadAll(packed.Body)
	if packed.Header.Get("Content-Encoding") != "gzip" || len(small) >= len(text) || packed.Header.Get("ETag") == tag {
		t.Errorf("packed: %d bytes of %d, %v", len(small), len(text), packed.Header)
	}
	if script := get("/js/a.js"); script.Header.Get("Content-Type") != "text/javascript; charset=utf-8" {
		t.Errorf("a script is %v", script.Header)
	}
	_, edition, _ := strings.Cut(string(text), `src="/v/`)
	edition, _, _ = strings.Cut(edition, "/")
	script := get("/v/"+edition+"/js/a.js", "Accept-Encoding", "identity")
	if content, _ := io.ReadAll(script.Body); string(content) != "a" || !strings.Contains(script.Header.Get("Cache-Control"), "immutable") {
		t.Errorf("a script of edition %q: status %d, %v", edition, script.StatusCode, script.Header)
	}
	for _, path := range []string{"/", "/js/a.js"} {
		if kept := get(path).Header.Get("Cache-Control"); kept != "no-cache" {
			t.Errorf("%s may change: Cache-Control is %q", path, kept)
		}
	}
	for _, path := range []string{"/v/" + edition + "/index.html/", "/v/another/js/a.js", "/v/" + edition + "/js/b.js", "/v/" + edition,
		"/nothing", "/js", "/js/", "/../guard.go", "/%2e%2e/guard.go", "/js/..%2f..%2fguard.go"} {
		if answer := get(path); answer.StatusCode != http.StatusNotFound {
			t.Errorf("%s: status %d", path, answer.StatusCode)
		}
	}
}

// While one works on the page, each request reads the file anew.
func TestFreshAssets(t *testing.T) {
	files := fstest.MapFS{"index.html": {Data: []byte("one")}}
	a, err := newAssets(files, true)
	if err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{"one", "two"} {
		files["index.html"] = &fstest.MapFile{Data: []byte(text)}
		answer := httptest.NewRecorder()
		a.ServeHTTP(answer, httptest.NewRequest(http.MethodGet, "/", nil))
		if answer.Body.String() != text {
			t.Errorf("the page is %q, not %q", answer.Body, text)
		}
	}
}
