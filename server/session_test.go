package server

import (
	"encoding/json"
	"io"
	"log/slog"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"raftplay/raft/sim"
	"raftplay/scenarios"
	"raftplay/server/keep"
)

func newHub(change func(*Limits)) *Hub {
	limits := DefaultLimits()
	if change != nil {
		change(&limits)
	}
	store, err := keep.Open("", 64<<20)
	if err != nil {
		panic(err)
	}
	return hubOf(limits, store)
}

func hubOf(limits Limits, store keep.Store) *Hub {
	return NewHub(limits, NewMetrics(prometheus.NewRegistry()), slog.New(slog.NewTextHandler(io.Discard, nil)), store)
}

func start(t testing.TB, h *Hub) *Session {
	t.Helper()
	s, err := h.Start(sim.DefaultConfig())
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func attach(t testing.TB, s *Session, key string, have map[int]int) *Reader {
	t.Helper()
	r, _, err := s.Attach(key, have)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// lesson starts a session that follows a scenario, and lets its owner in.
func lesson(t testing.TB, h *Hub, story *scenarios.Scenario) (*Session, *Reader) {
	t.Helper()
	s, err := h.StartScenario(story)
	if err != nil {
		t.Fatal(err)
	}
	return s, attach(t, s, s.Key, nil)
}

func (r *Reader) all() (frames []string) {
	r.Refresh()
	for f := r.Next(); f != nil; f = r.Next() {
		frames = append(frames, string(f))
	}
	return frames
}

func campaignAt(at int) ActRequest {
	return ActRequest{Branch: 1, At: at, Action: sim.Action{Do: sim.Campaign, Node: 1}}
}

// A panic inside a session ends it, tells its readers, and harms no other. It is
// taken up again as it was before.
func TestPanicEndsOneSession(t *testing.T) {
	h := newHub(nil)
	defer h.Close()
	broken, other := start(t, h), start(t, h)
	reader := attach(t, broken, broken.ViewKey, nil)
	if err := broken.do(func() { panic("a bug") }); err == nil {
		t.Error("what panicked is said to be done")
	}
	<-broken.over
	reader.Refresh()
	if e := reader.Ending(); e == nil || e.Code != CloseRestart || !strings.Contains(e.Why, "broke") {
		t.Errorf("the reader is told %+v", e)
	}
	if again, err := h.Session(broken.ID); err != nil || again == broken {
		t.Errorf("the session is not taken up again: %v", err)
	}
	if _, _, err := broken.Attach(broken.Key, nil); CodeOf(err) != NotFound {
		t.Errorf("the session still takes readers: %v", err)
	}
	reader.Leave()
	if _, err := attach(t, other, other.Key, nil).Act(campaignAt(3)); err != nil {
		t.Error(err)
	}
}

// A session that nobody watches ends; one that is watched may rest much longer.
func TestIdleSessionsEnd(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := newHub(func(l *Limits) { l.Idle, l.Abandoned = 10*time.Minute, 3*time.Hour })
		defer h.Close()
		alone, watched := start(t, h), start(t, h)
		reader := attach(t, watched, watched.Key, nil)
		live := func(s *Session) bool {
			synctest.Wait()
			return h.live(s.ID) != nil
		}
		time.Sleep(10*time.Minute - time.Second)
		if !live(alone) || !live(watched) {
			t.Fatal("a session ended before its time")
		}
		time.Sleep(time.Second)
		if live(alone) {
			t.Error("a session that nobody watches did not end")
		}
		time.Sleep(2 * time.Hour)
		if _, err := reader.Act(campaignAt(3)); err != nil {
			t.Fatal(err)
		}
		time.Sleep(3*time.Hour - time.Second)
		if !live(watched) {
			t.Error("a session ended although it was used")
		}
		time.Sleep(time.Second)
		if live(watched) {
			t.Error("an abandoned session did not end")
		}
		reader.Refresh()
		if e := reader.Ending(); e == nil || e.Code != CloseEnded {
			t.Errorf("the reader is told %+v", e)
		}
	})
}

// When the last reader leaves, the short time begins.
func TestLeavingStartsTheIdleTime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := newHub(func(l *Limits) { l.Idle, l.Abandoned = time.Minute, time.Hour })
		defer h.Close()
		s := start(t, h)
		attach(t, s, s.Key, nil).Leave()
		time.Sleep(time.Minute)
		synctest.Wait()
		if h.live(s.ID) != nil {
			t.Error("the session did not end")
		}
	})
}

// A reader that was away gets everything in frames of bounded size; one that is
// up to date shares the frame of the latest events.
func TestReaderCatchesUpInChunks(t *testing.T) {
	h := newHub(nil)
	defer h.Close()
	config := sim.DefaultConfig()
	config.Timers.Running = true
	s, err := h.Start(config)
	if err != nil {
		t.Fatal(err)
	}
	actor, watcher := attach(t, s, s.Key, nil), attach(t, s, s.ViewKey, nil)
	actor.all()
	watcher.all()
	run := func(moves int) Done {
		t.Helper()
		done, err := actor.Act(ActRequest{Branch: 1, At: s.branches[0].length(), Action: sim.Action{Do: sim.RunPolicy, Policy: sim.Timed, Count: moves}})
		if err != nil {
			t.Fatal(err)
		}
		return done
	}
	run(1)
	actor.Refresh()
	watcher.Refresh()
	if a, b := actor.Next(), watcher.Next(); &a[0] != &b[0] {
		t.Error("two readers that lack the same events do not share a frame")
	}
	length := run(5000).Length
	for _, have := range []int{0, 3, 100, length - 1} {
		late := attach(t, s, s.ViewKey, map[int]int{1: have})
		at, frames := have, 0
		for _, text := range late.all() {
			var f struct {
				Is     string
				From   int
				Events []json.RawMessage
			}
			if err := json.Unmarshal([]byte(text), &f); err != nil {
				t.Fatal(err)
			}
			if f.Is != "events" {
				continue
			}
			if f.From != at || len(f.Events) == 0 || len(text) > chunkBytes {
				t.Fatalf("have %d: a frame of %d bytes with %d events after event %d, at %d", have, len(text), len(f.Events), f.From, at)
			}
			at += len(f.Events)
			frames++
		}
		if at != length || have == 0 && frames < 2 {
			t.Errorf("have %d: caught up to %d of %d in %d frames", have, at, length, frames)
		}
	}
}

// A reader cannot be told more than what was published when it looked.
func TestAnswerComesAfterItsEvents(t *testing.T) {
	h := newHub(nil)
	defer h.Close()
	s := start(t, h)
	r := attach(t, s, s.Key, nil)
	r.all()
	if _, err := r.Act(campaignAt(3)); err != nil {
		t.Fatal(err)
	}
	frames := r.all()
	if len(frames) != 2 || !strings.HasPrefix(frames[0], `{"is":"events","branch":1,"from":3,`) || !strings.HasPrefix(frames[1], `{"is":"branch"`) {
		t.Errorf("after the answer the reader lacks %q", frames)
	}
}

// Ids and keys are long, and never the same.
func TestKeysAreUnguessable(t *testing.T) {
	h := newHub(nil)
	defer h.Close()
	seen := map[string]bool{}
	for range 50 {
		s := start(t, h)
		for _, secret := range []string{s.ID, s.Key, s.ViewKey} {
			if len(secret) < 26 || seen[secret] { // 26 characters of base 32: 130 bits
				t.Fatalf("secret %q", secret)
			}
			seen[secret] = true
		}
	}
}

// The settings of a configuration make the same configuration again.
func TestSettingsOfConfig(t *testing.T) {
	c := sim.DefaultConfig()
	c.Rules.PreVote, c.HeldSending, c.Seed = true, true, 99
	text, err := json.Marshal(sim.SettingsOf(c))
	if err != nil {
		t.Fatal(err)
	}
	var s sim.Settings
	if err := json.Unmarshal(text, &s); err != nil {
		t.Fatal(err)
	}
	if again, err := s.Config(); err != nil || again != c {
		t.Errorf("%v\n got %+v\nwant %+v", err, again, c)
	}
}

func TestLimitsMustLeaveRoom(t *testing.T) {
	if err := DefaultLimits().Check(); err != nil {
		t.Error(err)
	}
	l := DefaultLimits()
	l.Branches = 0
	if err := l.Check(); err == nil || !strings.Contains(err.Error(), "branches") {
		t.Errorf("%v", err)
	}
}

// A policy that moves among thousands of waiting messages is cut sooner than one
// among a few: its session stays quick, and so do the others.
func TestCrowdedPoliciesAreCutSooner(t *testing.T) {
	h := newHub(nil)
	defer h.Close()
	config := sim.DefaultConfig()
	config.Nodes, config.Timers.Running, config.Timers.Heartbeat = 9, true, 1
	s, err := h.Start(config)
	if err != nil {
		t.Fatal(err)
	}
	r := attach(t, s, s.Key, nil)
	at := config.Nodes
	act := func(a sim.Action) int {
		t.Helper()
		done, err := r.Act(ActRequest{Branch: 1, At: at, Action: a})
		if err != nil {
			t.Fatal(err)
		}
		at = done.Length
		actions := s.branches[0].run.Actions()
		return actions[len(actions)-1].Count
	}
	act(sim.Action{Do: sim.Campaign, Node: 1})
	act(sim.Action{Do: sim.RunPolicy, Policy: sim.Drain, Count: 40})
	long := &sim.Until{When: sim.Passed, Ms: 60_000}
	few := act(sim.Action{Do: sim.RunPolicy, Policy: sim.Timed, Until: long})
	act(sim.Action{Do: sim.SetLinks, Links: &sim.Links{LatencyMin: 60_000, LatencyMax: 60_000}})
	act(sim.Action{Do: sim.RunPolicy, Policy: sim.Timed, Until: long})
	crowded := act(sim.Action{Do: sim.RunPolicy, Policy: sim.Random})
	if few != h.Limits.Moves || crowded == 0 || crowded >= few {
		t.Errorf("among few messages there were %d moves, among thousands %d", few, crowded)
	}
}
