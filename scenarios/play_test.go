package scenarios_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"raftplay/raft/check"
	"raftplay/raft/sim"
	"raftplay/raft/trace"
	"raftplay/scenarios"
)

// lesson parses a scenario of three nodes with these steps.
func lesson(t *testing.T, steps ...string) *scenarios.Scenario {
	t.Helper()
	s, err := scenarios.Parse("lesson.yaml", []byte("title: T\nsteps:\n  - "+strings.Join(steps, "\n  - ")+"\n"))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// A player goes step by step; a section's beginning is a step of its own, and
// expectations tick off as they are reached.
func TestPlayerGoesStepByStep(t *testing.T) {
	s, err := scenarios.Parse("lesson.yaml", []byte(`
title: T
sections:
  - title: Candidate
    steps:
      - timeout: N-1
      - expect: {roles: {N-1: candidate, N-2: leader}}
  - title: Leader
    steps:
      - drain
`))
	if err != nil {
		t.Fatal(err)
	}
	p, err := s.NewPlayer()
	if err != nil {
		t.Fatal(err)
	}
	var seen []string
	for !p.Done() {
		step, section := p.Next()
		results, err := p.Step()
		if err != nil {
			t.Fatal(err)
		}
		seen = append(seen, s.Sections[section].Title+" | "+step.Text)
		for _, r := range results {
			seen = append(seen, r.Text+" | "+map[bool]string{true: "held", false: r.Got}[r.Held])
		}
	}
	want := []string{
		"Candidate | section: Candidate",
		"Candidate | timeout: N-1",
		"Candidate | expect: {roles: {N-1: candidate, N-2: leader}}",
		"N-1 is candidate | held",
		"N-2 is leader | N-2: follower",
		"Leader | section: Leader",
		"Leader | drain",
	}
	if !slices.Equal(seen, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(seen, "\n"), strings.Join(want, "\n"))
	}
	if f := p.Failures(); len(f) != 1 || !strings.HasPrefix(f[0], "lesson.yaml:7:47: ") {
		t.Errorf("one expectation failed, at 7:47; got %q", f)
	}
}

// Whoever follows a scenario may stop and go on by hand.
func TestRunGoesOnByHand(t *testing.T) {
	p, err := load(t, "first-election").NewPlayer()
	if err != nil {
		t.Fatal(err)
	}
	for range 4 {
		if _, err := p.Step(); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := p.Run().Apply(sim.Action{Do: sim.Crash, Node: 1}); err != nil {
		t.Error(err)
	}
}

// A step that the cluster refuses ends the play with the step's place.
func TestRefusedStepNamesItsPlace(t *testing.T) {
	for step, says := range map[string]string{
		"restart: N-1":   "running already",
		"deliver: m9":    "no message m9",
		"handle: N-2":    "inbox of N-2",
		"answer":         "no message waits",
		"heartbeat: N-1": "no leader",
		"reorder: {message: m1, after: {from: N-2}}": "after: no message",
		"wipe: N-3":                  "crash it before",
		"timers: manual":             "already",
		"partition: [N-1, N-2, N-3]": "already",
		"drop: {from: N-1, type: RequestVote, nth: 2}": "no message waits",
	} {
		p, err := lesson(t, "drain", step).Play()
		var at scenarios.Mistakes
		if !errors.As(err, &at) || at[0].Line != 4 || !containsAll(err.Error(), "lesson.yaml:4:5: ", says) {
			t.Errorf("%s: got %v", step, err)
		}
		if p.Done() {
			t.Errorf("%s: the player must stay before the step", step)
		}
	}
}

// A policy that finds nothing to move is fine: a scenario need not know whether
// something is left.
func TestQuietClusterIsNoError(t *testing.T) {
	play(t, lesson(t, "drain", "bounce", "random", "timed", "timeout: N-1", "drain", "drain"))
}

// A policy that would go on for ever is stopped, and the step is named.
func TestEndlessPolicyIsStopped(t *testing.T) {
	_, err := lesson(t, "timers: running", "timed: {until: {committed: 9}}").Play()
	if err == nil || !containsAll(err.Error(), "lesson.yaml:4:5", "not over after 20000 moves", "count") {
		t.Errorf("got %v", err)
	}
	play(t, lesson(t, "timers: running", "timed: {count: 100}", "wait: 1000"))
}

// A scenario that breaks an invariant fails unless it says so, and one that says
// so fails unless it happens.
func TestViolationsMustBeExpected(t *testing.T) {
	const bug = `
title: Two votes in one term
rules: {votesOncePerTerm: false}
steps:
  - timeout: N-1
  - timeout: N-3
  - drain: {nodes: [N-2]}
  - deliver: {from: N-2, to: N-1}
  - deliver: {from: N-2, to: N-3}
`
	for _, c := range []struct{ expect, failure string }{
		{"", "that no step expects: Election Safety"},
		{"  - expect: {violations: none}\n", "got Election Safety"},
		{"  - expect: {violations: Election Safety}\n", ""},
		{"  - expect: {violations: [Election Safety, Log Matching]}\n", "expected after event"},
	} {
		s, err := scenarios.Parse("bug.yaml", []byte(bug+c.expect))
		if err != nil {
			t.Fatal(err)
		}
		p := play(t, s)
		failures := strings.Join(p.Failures(), "\n")
		if c.failure == "" && failures != "" || !strings.Contains(failures, c.failure) {
			t.Errorf("%q: want %q, got %q", c.expect, c.failure, failures)
		}
		if v := p.Violations(); len(v) == 0 || v[0].Invariant != check.ElectionSafety {
			t.Errorf("%q: want Election Safety broken, got %v", c.expect, v)
		}
	}
}

// Everything that can be expected is found true when it is, and false, with what
// is so instead, when it is not.
func TestExpectations(t *testing.T) {
	before := []string{"timeout: N-1", "drain", "ask: {node: N-1, command: set x 1, hold: answer}", "drain",
		"heartbeat: N-1", "drain", "answer", "crash: N-3", "timeout: N-2"}
	for _, c := range []struct{ expect, got string }{
		{"leaders: N-1", ""},
		{"leaders: none", "leaders: N-1"},
		{"roles: {N-1: leader, N-2: candidate, N-3: down}", ""},
		{"roles: {N-3: follower}", "N-3: down"},
		{"term: {N-1: 1, N-2: 2}", ""},
		{"term: 1", "N-2: 2"},
		{"vote: {N-1: N-1, N-2: N-2, N-3: N-1}", ""},
		{"vote: N-1", "N-2: N-2"},
		{"follows: {N-1: N-1, N-2: none}", ""},
		{"follows: {N-2: N-1}", "N-2: none"},
		{"commit: {all: 2}", "N-3: 0"},
		{"commit: {N-1: 2, N-2: 2, N-3: 0}", ""},
		{"applied: {N-2: 2}", ""},
		{"applied: {N-2: 3}", "N-2: 2"},
		{"log: [1 start, 1 set x 1]", ""},
		{"log: {N-2: [1, 1]}", ""},
		{"log: {N-2: [1, 1 set x 2]}", "N-2: [1 start, 1 set x 1]"},
		{"log: {N-2: [1]}", "N-2: [1 start, 1 set x 1]"},
		{"next: {N-1: {N-2: 3}}", ""},
		{"match: {N-1: {N-2: 3}}", "2"},
		{"store: {N-1: {x: 1}, N-3: {}}", ""},
		{"store: {all: {x: 1}}", "N-3: {}"},
		{"answers: result x = 1", ""},
		{"answers: [retry, result x = 1]", "result x = 1"},
		{"answers: none", "result x = 1"},
		{"waiting: 2", ""},
		{"waiting: {N-1: 1, N-2: 0, client: 0}", ""},
		{"waiting: 0", "2; these wait: m"},
		{"violations: none", ""},
		{"violations: Log Matching", "none"},
	} {
		p := play(t, lesson(t, append(slices.Clone(before), "expect: {"+c.expect+"}")...))
		var got []string
		for _, r := range p.Results() {
			if !r.Held {
				got = append(got, r.Got)
			}
		}
		if wrong := strings.Join(got, "; "); c.got == "" && wrong != "" || !strings.HasPrefix(wrong, c.got) {
			t.Errorf("%s: want %q, got %q", c.expect, c.got, wrong)
		}
	}
}

// A message can be picked by what it is; the oldest that matches is taken.
func TestPickingMessages(t *testing.T) {
	ids := func(events []trace.Event, kind trace.Kind) (out []trace.MessageID) {
		for _, e := range events {
			if e.Kind == kind {
				out = append(out, e.Message)
			}
		}
		return out
	}
	for _, c := range []struct {
		step string
		want []trace.MessageID
	}{
		{"drop: m2", []trace.MessageID{2}},
		{"drop: {to: N-3}", []trace.MessageID{2}},
		{"drop: {type: RequestVote}", []trace.MessageID{1}},
		{"drop: {type: RequestVote, nth: 3}", []trace.MessageID{3}},
		{"drop: {term: 1, from: N-2, all: true}", []trace.MessageID{3, 4}},
		{"drop: {at: inbox, all: true}", []trace.MessageID{1, 2, 3, 4}},
		{"drop: {at: outbox, all: true}", nil},
	} {
		p := play(t, lesson(t, "timeout: N-1", "timeout: N-2", c.step))
		if got := ids(p.Run().Journal().Events(0), trace.Drop); !slices.Equal(got, c.want) {
			t.Errorf("%s: dropped %v, want %v", c.step, got, c.want)
		}
	}
}
