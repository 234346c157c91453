package link

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"raftplay/raft/sim"
	"raftplay/scenarios"
)

func journal(run *sim.Run) []byte {
	var b []byte
	for seq := range run.Journal().Len() {
		b = append(run.Journal().Event(seq+1).AppendJSON(b), '\n')
	}
	return b
}

// A link gives the same run again, byte for byte, also of a branch that begins in
// the middle of a policy's run.
func TestPlayGivesTheSameRun(t *testing.T) {
	for seed := range uint64(20) {
		run := clicked(t, 3+int(seed%3), 150, seed)
		if _, err := run.Apply(sim.Action{Do: sim.RunPolicy, Policy: sim.Random, Count: 30}); err != nil && err != sim.ErrNothing {
			t.Fatal(err)
		}
		fork, err := run.Fork(run.Journal().Len() - int(seed))
		if err != nil {
			t.Fatal(err)
		}
		for _, run := range []*sim.Run{run, fork} {
			r, err := Unpack(mustPack(t, Of(run, 7)))
			if err != nil {
				t.Fatal(err)
			}
			again, err := r.Play(DefaultLimits())
			if err != nil || r.Cursor != 7 || !bytes.Equal(journal(run), journal(again)) {
				t.Fatalf("seed %d: %v, at %d, and the journal is another", seed, err, r.Cursor)
			}
		}
	}
}

// What cannot be played says why, and nothing is half played.
func TestPlayRefuses(t *testing.T) {
	good := Of(clicked(t, 3, 40, 1), 5)
	nine, fast := 9, 500
	wrong := "the link was altered: its actions do not give the run"
	for _, c := range []struct {
		name, want string
		change     func(*Run)
	}{
		{"another hash", wrong, func(r *Run) { r.Hash = "x" }},
		{"an action less", wrong, func(r *Run) { r.Actions = r.Actions[:39] }},
		{"an action more", wrong, func(r *Run) { r.Actions = append(r.Actions[:40:40], sim.Action{Do: sim.Timeout, Node: 1}) }},
		{"another engine, the same run", "", func(r *Run) { r.Engine = "0" }},
		{"another engine, another run", "this run was made by engine 0; this is engine 1, and here it comes out otherwise: open it with the version that made it (its actions do not give the run that it was made of)",
			func(r *Run) { r.Engine, r.Hash = "0", "x" }},
		{"an engine with a long name", "engine 99999999999999999999; this is", func(r *Run) { r.Engine, r.Hash = strings.Repeat("9", 1000), "x" }},
		{"an impossible action", `action 41 of 41, "deliver", cannot be carried out: there is no message m999`,
			func(r *Run) { r.Actions = append(r.Actions[:40:40], sim.Action{Do: sim.Deliver, Message: 999}) }},
		{"an unknown action", `"fly", cannot be carried out: unknown action "fly"`, func(r *Run) { r.Actions = []sim.Action{{Do: "fly"}} }},
		{"a rule with a long name", strings.Repeat("m", 200), func(r *Run) { r.Config.Rules = map[string]bool{strings.Repeat("m", 1000): true} }},
		{"an action with a long name", "cannot be carried out: unknown action", func(r *Run) { r.Actions = []sim.Action{{Do: sim.Verb(strings.Repeat("m", 1000))}} }},
		{"no such rule", "configuration is not possible: unknown rule", func(r *Run) { r.Config.Rules = map[string]bool{"magic": true} }},
		{"too many servers", "has 9 servers: 7 are allowed", func(r *Run) { r.Config.Nodes = &nine }},
		{"too many entries", "500 entries at once: 64 are allowed", func(r *Run) { r.Config.MaxEntries = &fast }},
		{"too many actions", "a link may have 10000", func(r *Run) { r.Actions = make([]sim.Action, MaxActions+1) }},
		{"a cursor beyond the end", "it looks at event 100000", func(r *Run) { r.Cursor = 100_000 }},
		{"a policy without an end", "the run is too long: action 1 of 1 passes the limit of 1000 events", func(r *Run) {
			running := true
			r.Config.Timers = &sim.TimerSettings{Running: &running}
			r.Actions = []sim.Action{{Do: sim.RunPolicy, Policy: sim.Timed, Count: 1 << 40}}
		}},
		{"too many events", "passes the limit of 1000 events", func(r *Run) {
			r.Actions = nil
			for range 1000 {
				r.Actions = append(r.Actions, sim.Action{Do: sim.Campaign, Node: 1})
			}
			r.Actions = append(r.Actions, sim.Action{Do: sim.Ask, Node: 1, Command: "get x"})
		}},
	} {
		r := good
		c.change(&r)
		run, err := r.Play(Limits{Nodes: 7, Entries: 64, Events: 1000})
		if c.want == "" {
			if err != nil {
				t.Errorf("%s: %v", c.name, err)
			}
			continue
		}
		if err == nil || run != nil || !strings.Contains(err.Error(), c.want) || len(err.Error()) > 600 {
			t.Errorf("%s: %v; want %s", c.name, err, c.want)
		}
	}
}

// A run in which messages pile up is dear, however few its events are: what is
// spent on a hostile link is bounded.
func TestPilesOfMessagesAreDear(t *testing.T) {
	nodes, heartbeat, slow, running := 9, int64(1), [2]int64{60_000, 60_000}, true
	for name, r := range map[string]Run{
		"by timers": {Config: sim.Settings{Nodes: &nodes, Timers: &sim.TimerSettings{Running: &running, Heartbeat: &heartbeat, Election: &[2]int64{1, 1}}, Links: &sim.LinkSettings{Latency: &slow}},
			Actions: []sim.Action{{Do: sim.RunPolicy, Policy: sim.Timed, Count: 1 << 40}}},
		"by hand": {Config: sim.Settings{Nodes: &nodes}, Actions: append(slices.Repeat([]sim.Action{{Do: sim.Campaign, Node: 1}}, MaxActions-1),
			sim.Action{Do: sim.RunPolicy, Policy: sim.Random})},
	} {
		run, err := r.Play(Limits{Nodes: 9, Entries: 64, Events: 20_000})
		if err == nil || run != nil || !strings.Contains(err.Error(), "passes the limit of 20000 events") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// Every scenario of the library can be passed on, with its words.
func TestScenariosArePassedOn(t *testing.T) {
	for _, name := range scenarios.List() {
		s, err := scenarios.Load(name)
		if err != nil {
			t.Fatal(err)
		}
		player, err := s.Play()
		if err != nil {
			t.Fatal(err)
		}
		r := Of(player.Run(), 3)
		r.Scenario = name
		opened, err := Unpack(mustPack(t, r))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := opened.Play(DefaultLimits()); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if story, err := opened.Story(); err != nil || story == nil || story.Title != s.Title {
			t.Errorf("%s: %v, %+v", name, err, story)
		}
	}
}

// A run may have no words, words of the library, or words of its own.
func TestStory(t *testing.T) {
	for _, r := range []Run{{}, {Scenario: "withdrawn"}} {
		if story, err := r.Story(); story != nil || err != nil {
			t.Errorf("%+v has the words %+v, %v", r, story, err)
		}
	}
	if story, err := (Run{Source: "title: T\nsteps:\n  - campaign: N-1\n"}).Story(); err != nil || story.Title != "T" {
		t.Errorf("%v, %+v", err, story)
	}
	if _, err := (Run{Source: "title: ["}).Story(); err == nil {
		t.Error("words with mistakes are words")
	}
}

// A payload is always kept under the same name, which is fit for an address.
func TestID(t *testing.T) {
	if got := ID("1abc"); got != "k7fzqdsbsm5onhrc" {
		t.Errorf("it is %q", got)
	}
}
