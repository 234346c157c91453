package web

import (
	"strings"
	"testing"

	"github.com/gorilla/websocket"

	"raftplay/server"
)

var (
	campaign  = func(node int) map[string]any { return map[string]any{"do": "campaign", "node": node} }
	heartbeat = func(node int) map[string]any { return map[string]any{"do": "heartbeat", "node": node} }
	drain     = map[string]any{"do": "run", "policy": "drain"}
)

// An election by hand: every event arrives, in order, before the answer.
func TestActing(t *testing.T) {
	s := newSite(t, nil)
	keys := s.start(`{}`)
	p := s.open(keys.Session, keys.Key, nil)
	if p.welcome.May != server.Act || len(p.welcome.Branches) != 1 || p.welcome.Branches[0].Length != 3 {
		t.Fatalf("welcome: %+v", p.welcome)
	}
	p.reach(1, 3)
	p.must(p.act(1, campaign(1)))
	done := p.must(p.act(1, drain))
	if len(p.journal[1]) != done.Length || done.branch() != 1 {
		t.Fatalf("done says branch %d has %d events; the page has %d", done.branch(), done.Length, len(p.journal[1]))
	}
	if last := strings.Join(p.journal[1], ""); !strings.Contains(last, `"elected"`) {
		t.Fatalf("nobody was elected: %s", last)
	}
	for i, event := range p.journal[1] {
		if seq := `{"n":` + itoa(i+1) + `,`; !strings.HasPrefix(event, seq) {
			t.Fatalf("event %d is %s", i+1, event)
		}
	}
}

// What the cluster cannot do is answered with the reason, and changes nothing.
func TestImpossibleActionIsRejected(t *testing.T) {
	s := newSite(t, nil)
	keys := s.start(`{}`)
	p := s.open(keys.Session, keys.Key, nil)
	p.reach(1, 3)
	for name, action := range map[string]map[string]any{
		"is no leader":        heartbeat(2),
		"there is no node 9":  campaign(9),
		"nothing to move":     drain,
		"unknown action":      {"do": "explode"},
		"the title is missin": {"do": "section"},
	} {
		f := p.act(1, action)
		if f.Is != "rejected" || f.Code != server.Refused || !strings.Contains(f.Why, name) {
			t.Errorf("%v: %+v", action, f)
		}
	}
	if f := p.must(p.act(1, campaign(1))); f.Length != 6 {
		t.Errorf("the run has %d events", f.Length)
	}
}

// A wrong frame is answered, not punished.
func TestWrongFramesAreAnswered(t *testing.T) {
	s := newSite(t, nil)
	keys := s.start(`{}`)
	p := s.open(keys.Session, keys.Key, nil)
	p.reach(1, 3)
	for text, why := range map[string]string{
		`{`:                                 "cannot be read",
		`[]`:                                "cannot be read",
		`{"do":"fly"}`:                      `do is "fly"`,
		`{"do":"hello","v":1}`:              "said already",
		`{"do":"act","branch":1}`:           "needs an action",
		`{"do":"act","branch":1,"speed":3}`: "unknown field",
		`{"do":"act"} {"do":"act"}`:         "cannot be read",
		`{"do":"act","branch":7,"at":3,"action":{"do":"heal"}}`:               "no branch 7",
		`{"do":"act","branch":1,"at":3,"action":{"do":"campaign","node":-1}}`: "cannot be read",
		`{"do":"script","branch":1,"to":"step"}`:                              "follows no script",
		`{"do":"name","branch":1,"name":"  "}`:                                "1 to 60",
	} {
		if err := p.WriteMessage(websocket.TextMessage, []byte(text)); err != nil {
			t.Fatal(err)
		}
		if f := p.until("rejected"); !strings.Contains(f.Why, why) {
			t.Errorf("%s: %s", text, f.Why)
		}
	}
	if err := p.WriteMessage(websocket.BinaryMessage, []byte("{}")); err != nil {
		t.Fatal(err)
	}
	if f := p.until("rejected"); f.Code != server.Frame {
		t.Errorf("binary: %+v", f)
	}
	p.must(p.act(1, campaign(1)))
}

// Acting at an earlier event starts a branch there; the old one stays.
func TestActingInThePastForks(t *testing.T) {
	s := newSite(t, nil)
	keys := s.start(`{}`)
	p := s.open(keys.Session, keys.Key, nil)
	watcher := s.open(keys.Session, keys.ViewKey, nil)
	p.reach(1, 3)
	p.must(p.act(1, campaign(1)))
	whole := p.must(p.act(1, drain)).Length
	at := func(n int, fork bool) frame {
		return p.ask(map[string]any{"do": "act", "branch": 1, "at": n, "fork": fork, "action": campaign(2)})
	}
	if f := at(8, false); f.Code != server.Stale || !strings.Contains(f.Why, "moved on to event") {
		t.Fatalf("acting in the past without fork: %+v", f)
	}
	if f := at(whole+1, true); f.Code != server.Stale {
		t.Fatalf("acting in the future: %+v", f)
	}
	if f := at(3, true); f.branch() != 2 || f.Is != "done" {
		t.Fatalf("fork: %+v", f)
	}
	if b := p.branches[2]; b.Parent != 1 || b.At != 3 || !b.Last || p.branches[1].Last {
		t.Fatalf("the branches are %+v", p.branches)
	}
	if len(p.journal[1]) != whole || p.journal[1][3] == p.journal[2][3] {
		t.Fatal("the branches are not apart")
	}
	// A fork of a fork, before the place where it began, belongs to the parent.
	if f := p.ask(map[string]any{"do": "act", "branch": 2, "at": 2, "fork": true, "action": campaign(3)}); f.Is != "done" || p.branches[3].Parent != 1 {
		t.Fatalf("%+v, branch %+v", f, p.branches[3])
	}
	p.must(p.ask(map[string]any{"do": "name", "branch": 2, "name": " what if N-2 hears? "}))
	for watcher.branches[2].Name != "what if N-2 hears?" {
		watcher.read()
	}
	for branch := 1; branch <= 3; branch++ {
		watcher.reach(branch, len(p.journal[branch]))
		watcher.same(p, branch)
	}
}

// A view key lets watch and nothing else; other keys open nothing.
func TestRights(t *testing.T) {
	s := newSite(t, nil)
	keys, other := s.start(`{}`), s.start(`{}`)
	watcher := s.open(keys.Session, keys.ViewKey, nil)
	if watcher.welcome.May != server.Watch {
		t.Fatalf("welcome: %+v", watcher.welcome)
	}
	watcher.reach(1, 3)
	for _, request := range []map[string]any{
		{"do": "act", "branch": 1, "at": 3, "action": campaign(1)},
		{"do": "name", "branch": 1, "name": "mine"},
		{"do": "script", "branch": 1, "to": "end"},
	} {
		if f := watcher.ask(request); f.Is != "rejected" || f.Code != server.Rights {
			t.Errorf("%v: %+v", request, f)
		}
	}
	for _, key := range []string{"", "x", other.Key, other.ViewKey, keys.Session, keys.Key[:25]} {
		p := &page{Conn: s.dial(keys.Session), t: t}
		p.write(map[string]any{"do": "hello", "v": 1, "key": key})
		if why, code := p.closed(); code != server.CloseNotAllowed || why == "" {
			t.Errorf("key %q: closed with %d, %q", key, code, why)
		}
	}
	p := &page{Conn: s.dial("no-such-session"), t: t}
	if why, code := p.closed(); code != server.CloseNotFound || !strings.Contains(why, "no such session") {
		t.Errorf("closed with %d, %q", code, why)
	}
}

// A connection that was lost goes on where it was: nothing missed, nothing twice.
func TestResume(t *testing.T) {
	s := newSite(t, nil)
	keys := s.start(`{}`)
	p := s.open(keys.Session, keys.Key, nil)
	p.reach(1, 3)
	p.must(p.act(1, campaign(1)))
	p.must(p.act(1, drain))
	lost := s.open(keys.Session, keys.ViewKey, nil)
	lost.reach(1, 6) // somewhere in the middle, or further
	lost.Close()
	p.must(p.ask(map[string]any{"do": "act", "branch": 1, "at": 5, "fork": true, "action": campaign(2)}))
	p.must(p.act(2, drain))
	p.must(p.act(1, heartbeat(1)))
	again := s.open(keys.Session, keys.ViewKey, lost)
	again.reach(1, len(p.journal[1]))
	again.reach(2, len(p.journal[2]))
	again.same(p, 1)
	again.same(p, 2)
}

// Resuming while events flow: connections come and go at any moment.
func TestResumeWhileEventsFlow(t *testing.T) {
	s := newSite(t, nil)
	keys := s.start(`{"config":{"timers":{"running":true}}}`)
	p := s.open(keys.Session, keys.Key, nil)
	p.reach(1, 3)
	var watcher *page
	const rounds, actions = 30, 8
	acted := make(chan struct{})
	go func() {
		defer close(acted)
		for range rounds * actions {
			if f := p.act(1, map[string]any{"do": "run", "policy": "timed", "count": 7}); f.Is != "done" {
				t.Errorf("rejected: %s", f.Why)
				return
			}
		}
	}()
	for range rounds {
		watcher = s.open(keys.Session, keys.ViewKey, watcher)
		watcher.reach(1, len(watcher.journal[1])+1)
		watcher.Close()
	}
	<-acted
	watcher = s.open(keys.Session, keys.ViewKey, watcher)
	watcher.reach(1, len(p.journal[1]))
	watcher.same(p, 1)
}

// A page that claims more events than there are gets the branch from its start.
func TestResumeWithTooMuch(t *testing.T) {
	s := newSite(t, nil)
	keys := s.start(`{}`)
	p := &page{Conn: s.dial(keys.Session), t: t, branches: map[int]server.BranchInfo{}, journal: map[int][]string{}}
	p.write(map[string]any{"do": "hello", "v": 1, "key": keys.Key, "have": map[string]int{"1": 99, "5": 3, "0": -7}})
	p.until("welcome")
	p.reach(1, 3)
}

// Readers hear how many they are.
func TestViewersAreCounted(t *testing.T) {
	s := newSite(t, nil)
	keys := s.start(`{}`)
	p := s.open(keys.Session, keys.Key, nil)
	other := s.open(keys.Session, keys.ViewKey, nil)
	p.count(2)
	other.Close()
	p.count(1)
}

// A scenario plays step by step, and expectations tick off.
func TestScript(t *testing.T) {
	s := newSite(t, nil)
	keys := s.start(`{"source":"title: T\nsections:\n  - title: One\n    steps:\n      - campaign: N-1\n      - drain\n      - expect: {roles: {N-1: leader}}\n  - title: Two\n    steps:\n      - heartbeat: N-1\n      - drain\n"}`)
	p := s.open(keys.Session, keys.Key, nil)
	if p.welcome.Scenario == nil || p.welcome.Scenario.Title != "T" || len(p.welcome.Scenario.Sections) != 2 {
		t.Fatalf("welcome: %+v", p.welcome.Scenario)
	}
	at := func(section, step int, done bool) {
		t.Helper()
		if got := p.branches[1].Script; got == nil || got.Section != section || got.Step != step || got.Done != done {
			t.Fatalf("the script stands at %+v, not at section %d, step %d", got, section, step)
		}
	}
	play := func(to string) {
		t.Helper()
		p.must(p.ask(map[string]any{"do": "script", "branch": 1, "to": to}))
	}
	at(0, 0, false)
	play("step")
	at(1, 0, false)
	play("step")
	at(1, 1, false)
	play("section")
	at(1, 3, false)
	if r := p.branches[1].Script.Results; len(r) != 1 || !r[0].Held || r[0].Section != 1 || r[0].Step != 3 || r[0].Event != len(p.journal[1]) {
		t.Fatalf("results: %+v", r)
	}
	// Something else: the script's branch is kept, and stays playable.
	p.must(p.act(1, map[string]any{"do": "crash", "node": 3}))
	if b := p.branches[2]; b.Script != nil || b.At != len(p.journal[1]) {
		t.Fatalf("the branch is %+v", b)
	}
	play("end")
	at(2, 2, true)
	if f := p.ask(map[string]any{"do": "script", "branch": 1, "to": "step"}); f.Is != "rejected" || !strings.Contains(f.Why, "played to its end") {
		t.Fatalf("%+v", f)
	}
	p.must(p.act(1, heartbeat(1)))
	if len(p.branches) != 2 {
		t.Fatal("acting behind a script's end starts no branch")
	}
}

// A step that cannot be carried out is rejected with its place, and what was
// played before it is kept.
func TestScriptThatFails(t *testing.T) {
	s := newSite(t, nil)
	keys := s.start(`{"source":"title: T\nsteps:\n  - campaign: N-1\n  - restart: N-2\n"}`)
	p := s.open(keys.Session, keys.Key, nil)
	p.reach(1, 3)
	f := p.ask(map[string]any{"do": "script", "branch": 1, "to": "end"})
	if f.Is != "rejected" || !strings.Contains(f.Why, "scenario.yaml:4:") || !strings.Contains(f.Why, "running already") {
		t.Fatalf("%+v", f)
	}
	if script := p.branches[1].Script; script.Step != 1 || script.Done || len(p.journal[1]) != 6 {
		t.Fatalf("the script stands at %+v after %d events", script, len(p.journal[1]))
	}
}
