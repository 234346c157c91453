package server

import (
	"fmt"
	"reflect"
	"testing"

	"raftplay/raft"
	"raftplay/raft/check"
	"raftplay/raft/sim"
	"raftplay/raft/trace"
)

// A fork's checker has learnt what a reading of its whole journal says, wherever
// it starts, and so has a fork of the fork.
func TestForkKnowsWhatWasBroken(t *testing.T) {
	violations := 0
	for seed := range uint64(6) {
		main := long(t, seed)
		violations += len(main.checker.Violations())
		for _, at := range []int{0, 100, checkedEvery - 1, checkedEvery, checkedEvery + 1, 3*checkedEvery + 500, main.length()} {
			fork, err := main.fork(2, at)
			if err != nil {
				t.Fatal(err)
			}
			again, err := fork.fork(3, at/2)
			if err != nil {
				t.Fatal(err)
			}
			for _, b := range []*branch{fork, again} {
				read := check.New(main.run.Config().Nodes)
				for i := range b.from {
					read.Check(b.run.Journal().Event(i + 1))
				}
				if !reflect.DeepEqual(b.checker, read) {
					t.Errorf("seed %d: a fork at %d knows other things than its journal says: %v, want %v",
						seed, b.from, b.checker.Violations(), read.Violations())
				}
			}
		}
	}
	if violations == 0 {
		t.Error("nothing breaks: the test says little")
	}
}

// long returns a branch with events enough for several copies of its checker, in
// which invariants can break.
func long(t *testing.T, seed uint64) *branch {
	t.Helper()
	config := sim.DefaultConfig()
	config.Rules.VotesOncePerTerm, config.Rules.CommitNeedsMajority = false, false
	config.Timers.Running = true
	config.Links.Loss, config.Links.LatencyMax, config.Links.Reorder = 150, 150, true
	config.Seed = seed
	run, err := sim.NewRun(config)
	if err != nil {
		t.Fatal(err)
	}
	b := newBranch(1, run, nil)
	for round := 0; b.length() < 4*checkedEvery; round++ {
		for _, a := range []sim.Action{
			{Do: sim.Ask, Node: 1, Command: fmt.Sprintf("add x %d", round)},
			{Do: sim.RunPolicy, Policy: sim.Timed, Count: 100},
		} {
			if _, err := run.Apply(a); err != nil {
				t.Fatal(err)
			}
		}
		b.record()
	}
	return b
}

// An event that carries many entries counts as several, so that what a session
// keeps is bounded, and a server bounds how many one message carries.
func TestLargeEventsCountAsSeveral(t *testing.T) {
	large := trace.Event{Entries: make([]raft.Entry, 16), Writes: make([]trace.Write, 8),
		Created: []trace.Message{{Message: &raft.Message{Entries: make([]raft.Entry, 64)}}}}
	if got := large.Weight(); got != 12 {
		t.Errorf("an event with 88 entries and writes counts as %d", got)
	}
	if got := new(trace.Event).Weight(); got != 1 {
		t.Errorf("an empty event counts as %d", got)
	}
	config := sim.DefaultConfig()
	config.Rules.MaxEntries = 65
	if _, err := newHub(nil).Start(config); CodeOf(err) != Refused || err.Error() != "maxEntries is 65: this server allows 64" {
		t.Errorf("%v", err)
	}
}

// The size of a branch is what its own events weigh and how many it shares.
func TestSizeOfBranch(t *testing.T) {
	run, err := sim.NewRun(sim.DefaultConfig())
	if err != nil {
		t.Fatal(err)
	}
	b := newBranch(1, run, nil)
	for i := range 20 {
		if _, err := run.Apply(sim.Action{Do: sim.Timeout, Node: raft.NodeID(1 + i%3)}); err != nil {
			t.Fatal(err)
		}
		b.record()
	}
	f, err := b.fork(2, b.length()-5)
	if err != nil {
		t.Fatal(err)
	}
	if b.size() != b.length() || f.size() != f.length() {
		t.Errorf("%d small events count for %d, %d of a fork for %d", b.length(), b.size(), f.length(), f.size())
	}
}
