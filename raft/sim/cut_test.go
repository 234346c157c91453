package sim

import (
	"bytes"
	"testing"
)

// A policy that is cut keeps a count of its moves, so that its actions replay.
func TestApplyUpToCutsPolicies(t *testing.T) {
	config := DefaultConfig()
	config.Timers.Running = true
	run, err := NewRun(config)
	if err != nil {
		t.Fatal(err)
	}
	for range 40 { // over several checkpoints
		if _, err := run.ApplyUpTo(Action{Do: RunPolicy, Policy: Timed, Until: &Until{When: Passed, Ms: 600_000}}, 60); err != nil {
			t.Fatal(err)
		}
	}
	again, err := NewRun(config)
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range run.Actions() {
		if a.Count != 60 {
			t.Fatalf("an action that was cut has count %d", a.Count)
		}
		if _, err := again.Apply(a); err != nil {
			t.Fatal(err)
		}
	}
	if !bytes.Equal(journalBytes(run), journalBytes(again)) {
		t.Error("the cut actions do not give the same journal again")
	}
	if _, err := run.Fork(run.Journal().Len() - 7); err != nil {
		t.Error(err)
	}
	short, err := run.ApplyUpTo(Action{Do: RunPolicy, Policy: Timed, Count: 3}, 60)
	if err != nil || short[len(short)-1].Move != 3 || run.Actions()[40].Count != 3 {
		t.Errorf("%v: a policy that stops by itself is cut: %+v", err, run.Actions()[40])
	}
}
