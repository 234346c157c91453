package server

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"

	"raftplay/raft"
	"raftplay/raft/sim"
	"raftplay/scenarios"
	"raftplay/server/keep"
)

// failing is a scenario with a step that does much before it fails: it is never
// over.
const failing = `
title: A step that fails
timers: {mode: running}
steps:
  - timeout: N-1
  - expect: {leaders: N-1}
  - timed
  - crash: N-2
`

// open opens a store in a directory of the test.
func open(t testing.TB, dir string) keep.Store {
	t.Helper()
	store, err := keep.Open(dir, 64<<20)
	if err != nil {
		t.Fatal(err)
	}
	return store
}

// seen returns all that a new reader is shown of a session.
func seen(t testing.TB, s *Session) []string {
	t.Helper()
	r, welcome, err := s.Attach(s.ViewKey, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Leave()
	return append([]string{string(welcome)}, r.all()...)
}

// meddle does random things to a session: it acts, goes back, starts branches,
// names them and plays scripts on.
func meddle(t testing.TB, s *Session, seed uint64, requests int) {
	t.Helper()
	chance := rand.New(rand.NewPCG(seed, 0))
	r := attach(t, s, s.Key, nil)
	defer r.Leave()
	done := 0
	for range requests {
		var lengths []int
		if err := s.do(func() {
			for _, b := range s.branches {
				lengths = append(lengths, b.length())
			}
		}); err != nil {
			t.Fatal(err)
		}
		id := 1 + chance.IntN(len(lengths))
		at, fork := lengths[id-1], false
		if chance.IntN(5) == 0 {
			at, fork = chance.IntN(at+1), true
		}
		node := raft.NodeID(1 + chance.IntN(3))
		act := func(a sim.Action) error {
			_, err := r.Act(ActRequest{Branch: id, At: at, Fork: fork, Action: a})
			return err
		}
		var err error
		switch chance.IntN(9) {
		case 0, 1:
			err = act(sim.Action{Do: sim.Campaign, Node: node})
		case 2:
			err = act(sim.Action{Do: sim.RunPolicy, Policy: sim.Random})
		case 3:
			err = act(sim.Action{Do: sim.RunPolicy, Policy: sim.Timed, Count: 500})
		case 4:
			err = act(sim.Action{Do: sim.Ask, Node: node, Command: "add x 1"})
		case 5:
			err = act([]sim.Action{{Do: sim.Crash, Node: node}, {Do: sim.Restart, Node: node}}[chance.IntN(2)])
		case 6:
			_, err = r.Name(id, fmt.Sprint("name ", chance.IntN(100)))
		case 7:
			_, err = r.Play(id, OneStep)
		case 8:
			_, err = r.Play(id, OneSection)
		}
		if err == nil {
			done++
		}
	}
	if done < requests/4 {
		t.Fatalf("only %d of %d requests were carried out: the test says little", done, requests)
	}
}

// A session that is taken up again, after it was put away or in another process,
// shows the same bytes: events, branches, names, scripts, violations. It goes on,
// and is the same again.
func TestSessionsComeBackAsTheyWere(t *testing.T) {
	dir := t.TempDir()
	limits := DefaultLimits()
	limits.Moves, limits.Actions = 30, 1e6 // so that policies are cut
	h := hubOf(limits, open(t, dir))
	defer func() { h.Close() }()
	bug := sim.DefaultConfig()
	bug.Rules.VotesOncePerTerm = false
	running := sim.DefaultConfig()
	running.Timers.Running = true
	story := func(source string) func() (*Session, error) {
		return func() (*Session, error) {
			s, err := scenarios.Parse("own.yaml", []byte(source))
			if err != nil {
				return nil, err
			}
			return h.StartScenario(s)
		}
	}
	begins := []func() (*Session, error){
		func() (*Session, error) { return h.Start(sim.DefaultConfig()) },
		func() (*Session, error) { return h.Start(bug) },
		func() (*Session, error) { return h.Start(running) }, // no policy ends by itself
	}
	for _, name := range scenarios.List()[:4] {
		source, err := scenarios.Source(name)
		if err != nil {
			t.Fatal(err)
		}
		begins = append(begins, story(string(source)))
	}
	var ids []string
	for i, begin := range begins {
		s, err := begin()
		if err != nil {
			t.Fatal(err)
		}
		meddle(t, s, uint64(i), 60)
		ids = append(ids, s.ID)
	}
	for round := range 3 {
		for i, id := range ids {
			s, err := h.Session(id)
			if err != nil {
				t.Fatal(err)
			}
			was := seen(t, s)
			s.end(Ending{CloseEnded, "put away"})
			<-s.over
			again, err := h.Session(id)
			if err != nil {
				t.Fatalf("session %d: %v", i, err)
			}
			if now := seen(t, again); !slices.Equal(now, was) {
				t.Fatalf("session %d, round %d: it shows\n%s\nand showed\n%s", i, round, strings.Join(now, "\n"), strings.Join(was, "\n"))
			}
			meddle(t, again, uint64(100*round+i), 20)
		}
		h.Close()
		h = hubOf(limits, open(t, dir))
	}
}

// A step of a script that fails in its middle leaves what it did, also in a
// session that is taken up again.
func TestFailedStepsComeBack(t *testing.T) {
	h := newHub(nil)
	defer h.Close()
	story, err := scenarios.Parse("own.yaml", []byte(failing))
	if err != nil {
		t.Fatal(err)
	}
	s, r := lesson(t, h, story)
	if _, err := r.Play(1, ToTheEnd); err == nil || !strings.Contains(err.Error(), "it is not over after") {
		t.Fatalf("the script is played: %v", err)
	}
	r.Leave()
	was := seen(t, s)
	if !strings.Contains(was[0], `"step":2`) || len(was) < 10 {
		t.Fatalf("two steps and the third one's events are to be there: %d frames after %s", len(was), was[0])
	}
	s.end(Ending{CloseEnded, "put away"})
	<-s.over
	again, err := h.Session(s.ID)
	if err != nil {
		t.Fatal(err)
	}
	if now := seen(t, again); !slices.Equal(now, was) {
		t.Errorf("it shows %q and showed %q", now, was)
	}
}

// Sessions that are taken up again count like others, each once, however many
// readers come back at the same time.
func TestLimitsOfSessionsThatComeBack(t *testing.T) {
	dir := t.TempDir()
	h := hubOf(DefaultLimits(), open(t, dir))
	first, second := start(t, h), start(t, h)
	h.Close()
	limits := DefaultLimits()
	limits.Sessions = 1
	h = hubOf(limits, open(t, dir))
	defer h.Close()
	found := make([]*Session, 16)
	var wait sync.WaitGroup
	for i := range found {
		wait.Go(func() { found[i], _ = h.Session(first.ID) })
	}
	wait.Wait()
	for _, s := range found {
		if s == nil || s != found[0] {
			t.Fatalf("the readers find %p and %p", s, found[0])
		}
	}
	if h.coming != 0 || h.kept != 3 || len(h.sessions) != 1 {
		t.Errorf("%d are coming, %d are live with %d events", h.coming, len(h.sessions), h.kept)
	}
	if _, err := h.Session(second.ID); CodeOf(err) != Limit || !errorSays(err, "1 sessions, which is the limit") {
		t.Errorf("a session too many: %v", err)
	}
	found[0].end(Ending{CloseEnded, "put away"})
	<-found[0].over
	if _, err := h.Session(second.ID); err != nil {
		t.Errorf("there is room again: %v", err)
	}
	if _, err := h.Session("nothing"); CodeOf(err) != NotFound {
		t.Errorf("a session that never was: %v", err)
	}
}

// However many sessions are asked for at once, they are taken up a few at a time:
// the limit of all events holds.
func TestSessionsComeBackInTurn(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := newHub(nil)
		defer h.Close()
		var ids []string
		for range 50 {
			s := start(t, h)
			s.end(Ending{CloseRestart, "the server restarts"})
			<-s.over
			ids = append(ids, s.ID)
		}
		h.Limits.AllEvents = 10
		for range cap(h.turns) {
			h.turns <- struct{}{}
		}
		for _, id := range ids {
			go func() { _, _ = h.Session(id) }() // some are refused
		}
		synctest.Wait()
		if h.coming+len(h.sessions) > 0 {
			t.Errorf("%d come and %d are there before it is their turn", h.coming, len(h.sessions))
		}
		for range cap(h.turns) {
			<-h.turns
		}
		synctest.Wait()
		if most := 10 + 3*cap(h.turns); h.kept < 10 || h.kept > most {
			t.Errorf("%d events are there: 10 are allowed, and %d if all come at the last moment", h.kept, most)
		}
	})
}

// A session has as many changes as the server keeps of one, and no more.
func TestSessionsHaveASize(t *testing.T) {
	h := newHub(func(l *Limits) { l.SessionBytes = 100 })
	defer h.Close()
	s := start(t, h)
	r := attach(t, s, s.Key, nil)
	var err error
	named := 0
	for ; err == nil; named++ {
		_, err = r.Name(1, "a name")
	}
	if CodeOf(err) != Limit || !errorSays(err, "go on from that link") || named > 5 {
		t.Errorf("after %d names: %v", named, err)
	}
}
