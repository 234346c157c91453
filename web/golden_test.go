package web

import (
	"flag"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/gorilla/websocket"
)

var update = flag.Bool("update", false, "write the server's sample frames anew")

// samples are the sample frames in testdata/frames: those of the page, which the
// tests send, and those that the server answers with. PROTOCOL.md refers to them,
// and the page's tests read them.
type samples struct {
	t    *testing.T
	conn *websocket.Conn
	hide *strings.Replacer // of what is random
}

func (s samples) file(name string) string { return filepath.Join("testdata", "frames", name+".json") }

// send sends a frame of the page.
func (s samples) send(name, key string) {
	s.t.Helper()
	text, err := os.ReadFile(s.file(name))
	if err != nil {
		s.t.Fatal(err)
	}
	if err := s.conn.WriteMessage(websocket.TextMessage, []byte(strings.Replace(string(text), "KEY", key, 1))); err != nil {
		s.t.Fatal(err)
	}
}

// expect expects these frames, in this order.
func (s samples) expect(names ...string) {
	s.t.Helper()
	for _, name := range names {
		_, text, err := s.conn.ReadMessage()
		if err != nil {
			s.t.Fatalf("%s: %v", name, err)
		}
		got := s.hide.Replace(string(text)) + "\n"
		if *update {
			if err := os.WriteFile(s.file(name), []byte(got), 0o644); err != nil {
				s.t.Fatal(err)
			}
		}
		want, err := os.ReadFile(s.file(name))
		if err != nil {
			s.t.Fatal(err)
		}
		if got != string(want) {
			s.t.Errorf("%s:\n got %s\nwant %s(go test ./web -run Sample -update writes it anew)", name, got, want)
		}
	}
}

func TestSampleFrames(t *testing.T) {
	s := newSite(t, nil)
	keys := s.start(`{}`)
	f := samples{t, s.dial(keys.Session), strings.NewReplacer(keys.Session, "SESSION", keys.ViewKey, "VIEW-KEY")}
	f.send("page-hello", keys.Key)
	f.expect("welcome", "events-start")
	f.send("page-act", "")
	f.expect("events", "branch", "done")
	f.send("page-act-stale", "")
	f.expect("rejected")
	f.send("page-act-fork", "")
	f.expect("branch-parent", "branch-new", "events-branch", "done-fork")
	f.send("page-act-policy", "")
	f.expect("events-policy", "branch-last-again", "branch-not-last", "done-policy")
	f.send("page-name", "")
	f.expect("branch-named", "done-name")
	other := samples{t, s.dial(keys.Session), f.hide}
	other.send("page-hello-again", keys.ViewKey)
	other.expect("welcome-watch", "events-resumed")
	f.expect("viewers")
	s.request(http.MethodDelete, "/api/sessions/"+keys.Session, keys.Key, nil)
	f.expect("goodbye")
	other.expect("goodbye")
}

func TestSampleFramesOfScript(t *testing.T) {
	s := newSite(t, nil)
	keys := s.start(`{"source":"title: A first election\nabout: N-1 is elected.\ntags: [election]\nsections:\n  - title: The election\n    prose: It needs a *majority*.\n    uses: [leader election]\n    tests: [majority]\n    steps:\n      - campaign: N-1\n      - drain\n      - expect: {roles: {N-1: leader}}\n      - expect: {roles: {N-2: leader}}\n"}`)
	f := samples{t, s.dial(keys.Session), strings.NewReplacer(keys.Session, "SESSION", keys.ViewKey, "VIEW-KEY")}
	f.send("page-hello", keys.Key)
	f.expect("welcome-scenario", "events-start")
	f.send("page-script", "")
	f.expect("events-script", "branch-script", "done-script")
}
