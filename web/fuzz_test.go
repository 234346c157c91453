package web

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"raftplay/raft/sim"
	"raftplay/server"
)

// bystander is a session that nothing may happen to.
type bystander struct {
	session *server.Session
	before  string
}

func newBystander(f *testing.F, s *site) bystander {
	var b bystander
	keys := s.start(`{"config":{"nodes":5}}`)
	var err error
	if b.session, err = s.Hub.Session(keys.Session); err != nil {
		f.Fatal(err)
	}
	b.before = b.now()
	return b
}

func (b bystander) now() string {
	info, err := b.session.Info(b.session.Key)
	if err != nil {
		return err.Error()
	}
	return string(server.Encode(info))
}

func (b bystander) unharmed(t *testing.T) {
	t.Helper()
	if now := b.now(); now != b.before {
		t.Fatalf("another session has changed:\n%s\nwas\n%s", now, b.before)
	}
}

// fuzzSite is a site whose sessions have little room, so that no input costs much.
func fuzzSite(f *testing.F) *site {
	return newSite(f, func(l *server.Limits) {
		l.Actions, l.Events, l.Moves, l.Sessions, l.Nodes = 1e6, 300, 50, 8, 5
	})
}

// Whatever a page sends is answered once, and touches its own session only.
func FuzzFrames(f *testing.F) {
	s := fuzzSite(f)
	other := newBystander(f, s)
	samples, err := filepath.Glob(filepath.Join("testdata", "frames", "page-*.json"))
	if err != nil || len(samples) == 0 {
		f.Fatal("no sample frames")
	}
	for _, name := range samples {
		text, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(text)
	}
	for _, action := range []string{`{"do":"ask","node":1,"command":"set x 1","hold":"both"}`, `{"do":"edit","node":2,"edit":{"term":9,"vote":1,"truncateFrom":1},"clear":"both"}`,
		`{"do":"links","links":{"latencyMin":1,"latencyMax":9,"loss":1000}}`, `{"do":"reorder","message":1,"after":2}`, `{"do":"duplicate","message":1}`,
		`{"do":"isolate","node":3,"keep":true}`, `{"do":"timers","running":true}`, `{"do":"crash","node":1}`, `{"do":"delay","message":1,"ms":-1}`} {
		f.Add([]byte(`{"do":"act","id":1,"branch":1,"at":3,"action":` + action + `}`))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		started, err := s.Hub.Start(sim.DefaultConfig())
		if err != nil {
			t.Fatal(err)
		}
		defer func() {
			if err := started.Delete(started.Key); err != nil {
				t.Fatalf("%q broke its session: %v", text, err)
			}
		}()
		if key, _, err := readHello(text); err == nil && key == started.Key {
			t.Fatal("the key was guessed")
		}
		reader, _, err := started.Attach(started.Key, nil)
		if err != nil {
			t.Fatal(err)
		}
		for range 2 {
			switch answer := carryOut(reader, text).(type) {
			case server.Done:
			case server.Rejected:
				if answer.Why == "" || answer.Code == "" {
					t.Fatalf("%q is rejected without a reason: %+v", text, answer)
				}
			default:
				t.Fatalf("%q is answered with %T", text, answer)
			}
		}
		if info, err := started.Info(started.Key); err != nil || len(info.Branches) < 1 {
			t.Fatalf("%q broke its session: %v", text, err)
		}
		other.unharmed(t)
	})
}

// Whatever asks for a session gets one or is told why not.
func FuzzBodies(f *testing.F) {
	s := fuzzSite(f)
	other := newBystander(f, s)
	for _, body := range []string{`{}`, `{"scenario":"first-election"}`, `{"link":""}`, `{"run":"k7fzqdsbsm5onhrc"}`, `{"run":null,"link":"1eJw"}`, `{"source":"title: T\nsteps:\n  - campaign: N-1\n"}`,
		`{"config":{"nodes":5,"profile":"production","rules":{"preVote":false},"maxEntries":3,"timers":{"running":true,"election":[100,200],"heartbeat":20},"links":{"latency":[1,2],"loss":10,"duplicate":20,"reorder":true},"sending":"held","seed":7}}`} {
		f.Add([]byte(body))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		r := httptest.NewRequest(http.MethodPost, s.http.URL+"/api/sessions", strings.NewReader(string(body)))
		r.RemoteAddr = "127.0.0.1:1" // who sits here is not limited
		r.Header.Set("Content-Type", "application/json")
		answer := httptest.NewRecorder()
		s.ServeHTTP(answer, r)
		switch answer.Code {
		case http.StatusCreated:
			var keys sessionKeys
			if err := json.Unmarshal(answer.Body.Bytes(), &keys); err != nil {
				t.Fatal(err)
			}
			started, err := s.Hub.Session(keys.Session)
			if err == nil {
				err = started.Delete(keys.Key)
			}
			if err != nil {
				t.Fatalf("%q broke its session: %v", body, err)
			}
		case http.StatusBadRequest, http.StatusNotFound, http.StatusUnprocessableEntity, http.StatusServiceUnavailable:
			if !strings.Contains(answer.Body.String(), `"message":"`) {
				t.Fatalf("%q: status %d without a reason: %s", body, answer.Code, answer.Body)
			}
		default:
			t.Fatalf("%q: status %d, %s", body, answer.Code, answer.Body)
		}
		other.unharmed(t)
	})
}

// No path, key or query opens a session that it should not.
func FuzzIDs(f *testing.F) {
	s := fuzzSite(f)
	other := newBystander(f, s)
	f.Add("GET", "x", "key", "branch=1&format=json")
	f.Add("DELETE", other.session.ID, "key", "")
	f.Add("GET", other.session.ID+"/export", "", "format=rst&section=-1&branch=99999999999999999999")
	f.Add("GET", "../scenarios/first-election", "key", "")
	f.Fuzz(func(t *testing.T, method, id, key, query string) {
		if key == other.session.Key || key == other.session.ViewKey {
			t.Skip("a right key")
		}
		r := httptest.NewRequest(http.MethodGet, s.http.URL+"/api/sessions/x", nil)
		r.RemoteAddr = "127.0.0.1:1"
		r.Method, r.URL.Path, r.URL.RawQuery = method, "/api/sessions/"+id, query
		r.Header.Set("Authorization", "Bearer "+key)
		answer := httptest.NewRecorder()
		s.ServeHTTP(answer, r)
		if answer.Code < 400 || answer.Code >= 500 {
			t.Fatalf("%s %q with key %q: status %d, %s", method, id, key, answer.Code, answer.Body)
		}
		other.unharmed(t)
	})
}

// Whatever is asked to be drawn as a code, or stands in a short link, leads to this
// server or nowhere.
func FuzzAddresses(f *testing.F) {
	s := fuzzSite(f)
	for _, text := range []string{s.http.URL + "/s/k7fzqdsbsm5onhrc", s.http.URL + "/#/r/1abc", "//" + s.http.Listener.Addr().String(), "https://example.org/", "javascript:alert(1)",
		"http://user@127.0.0.1/", "http://127.0.0.1@example.org", "http://[::1]:80/%00", s.http.URL + "/" + strings.Repeat("é", 200), "k7fzqdsbsm5onhrc", "../x", "A", "\r\nX: y"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		ask := func(path string, query url.Values) *httptest.ResponseRecorder {
			r := httptest.NewRequest(http.MethodGet, s.http.URL, nil)
			r.RemoteAddr = "127.0.0.1:1"
			r.URL.Path, r.URL.RawQuery = path, query.Encode()
			answer := httptest.NewRecorder()
			s.ServeHTTP(answer, r)
			return answer
		}
		switch code := ask("/api/qr.svg", url.Values{"text": {text}}); {
		case code.Code == http.StatusOK:
			if at, err := url.Parse(text); err != nil || !s.Hosts.allow(at.Host) || len(text) > longestQR || strings.Contains(code.Body.String(), text) {
				t.Fatalf("%q is drawn: %s", text, code.Body)
			}
		case code.Code != http.StatusBadRequest:
			t.Fatalf("%q: status %d, %s", text, code.Code, code.Body)
		}
		answer := ask("/s/"+text, nil)
		if to := answer.Header().Get("Location"); answer.Code == http.StatusFound && !regexp.MustCompile(`^/#/k/[a-z0-9]{1,64}$`).MatchString(to) {
			t.Fatalf("%q leads to %q", text, to)
		} else if answer.Code != http.StatusFound && answer.Code != http.StatusNotFound && !strings.Contains(text, "/") {
			t.Fatalf("%q: status %d, %s", text, answer.Code, answer.Body)
		}
	})
}
