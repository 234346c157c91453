package sim

import (
	"bytes"
	"fmt"
	"testing"

	"raftplay/raft"
	"raftplay/raft/trace"
)

// randomAction draws something to do; much of it is refused, which is fine.
func randomAction(c *Cluster, r *rng) Action {
	node := raft.NodeID(1 + r.below(c.config.Nodes))
	message := trace.MessageID(1 + r.below(int(c.lastID)+1))
	if waiting := c.State(); r.chance(900) {
		for _, n := range waiting.Nodes {
			for _, p := range append(n.Inbox, n.Outbox...) {
				if r.chance(400) {
					message = p.ID
				}
			}
		}
	}
	switch r.below(26) {
	case 0:
		return Action{Do: Timeout, Node: node}
	case 1:
		return Action{Do: Campaign, Node: node}
	case 2, 3:
		return Action{Do: Heartbeat, Node: node}
	case 4, 5:
		return Action{Do: Ask, Node: node, Command: fmt.Sprintf("add k%d 1", r.below(4)), Hold: []Holding{HoldNone, HoldAnswer, HoldRequest, HoldBoth}[r.below(4)]}
	case 6:
		return Action{Do: Crash, Node: node}
	case 7:
		return Action{Do: Restart, Node: node}
	case 8:
		return Action{Do: Isolate, Node: node, Keep: r.chance(500)}
	case 9:
		return Action{Do: Rejoin, Node: node, Keep: r.chance(500)}
	case 10:
		return Action{Do: Heal, Keep: r.chance(500)}
	case 11:
		return Action{Do: Drop, Message: message}
	case 12:
		return Action{Do: Duplicate, Message: message}
	case 13:
		return Action{Do: Delay, Message: message, Ms: int64(r.below(3)) * 10}
	case 14:
		return Action{Do: Release, Message: message}
	case 15:
		return Action{Do: RunPolicy, Policy: []Policy{Drain, Bounce, Timed, Random}[r.below(4)], Count: 1 + r.below(20)}
	case 16:
		return Action{Do: SetTimers, Running: r.chance(500)}
	case 17:
		return Action{Do: Partition, Groups: []raft.NodeSet{raft.SetOf(node)}, Keep: r.chance(500)}
	case 18:
		term := raft.Term(r.below(9))
		return Action{Do: EditNode, Node: node, Edit: &raft.Edit{Term: &term, TruncateFrom: raft.Index(r.below(5))}, Clear: []Queues{NoQueue, InboxOnly, OutboxOnly, BothQueues}[r.below(4)]}
	case 19:
		return Action{Do: Wipe, Node: node}
	case 20:
		return Action{Do: Reorder, Message: message, After: trace.MessageID(1 + r.below(int(c.lastID)+1))}
	case 21:
		return Action{Do: Send, Node: node, Count: r.below(3)}
	case 22:
		return Action{Do: SetLinks, Links: &Links{LatencyMin: 0, LatencyMax: int64(r.below(40)), Loss: r.below(200), Duplicate: r.below(200), Reorder: r.chance(500)}}
	}
	return Action{Do: Deliver, Message: message}
}

func randomConfig(seed uint64) Config {
	r := seedOf(seed * 7919)
	c := DefaultConfig()
	c.Nodes = 1 + r.below(7)
	c.Rules = raft.Profiles[r.below(len(raft.Profiles))].Rules
	c.Timers.Running = r.chance(300)
	c.HeldSending = r.chance(300)
	c.Seed = seed
	return c
}

func randomRun(t *testing.T, seed uint64, actions int) *Run {
	t.Helper()
	run, err := NewRun(randomConfig(seed))
	if err != nil {
		t.Fatal(err)
	}
	run.spacing = 1 + int(seed%40) // many checkpoints, also within policies
	r := seedOf(seed)
	for range actions {
		before := run.Journal().Len()
		if _, err := run.Apply(randomAction(run.Cluster(), &r)); err != nil && run.Journal().Len() != before {
			t.Fatalf("seed %d: a refused action left events", seed)
		}
	}
	return run
}

func journalBytes(run *Run) []byte {
	var b []byte
	for _, e := range run.Journal().Events(0) {
		b = append(e.AppendJSON(b), '\n')
	}
	return b
}

// The journal tells everything: folding it gives the cluster's own state after
// every single event.
func TestFoldEqualsClusterAfterEveryEvent(t *testing.T) {
	for seed := range uint64(300) {
		c, events, err := New(randomConfig(seed), true)
		if err != nil {
			t.Fatal(err)
		}
		fold := trace.NewState(c.config.Nodes)
		for i := range events {
			fold.Apply(&events[i])
		}
		c.recorder.watch = func(e trace.Event) {
			fold.Apply(&e)
			if want, got := c.State().AppendJSON(nil), fold.AppendJSON(nil); !bytes.Equal(want, got) {
				t.Fatalf("seed %d after event %d (%s):\ncluster %s\nfold    %s", seed, e.Seq, e.Kind, want, got)
			}
		}
		r := seedOf(seed)
		for range 150 {
			c.Apply(randomAction(c, &r))
		}
	}
}

// The same configuration, seed and actions give the same bytes.
func TestSameActionsGiveSameBytes(t *testing.T) {
	for seed := range uint64(300) {
		first := randomRun(t, seed, 120)
		again, err := NewRun(first.Config())
		if err != nil {
			t.Fatal(err)
		}
		for i, a := range first.Actions() {
			if _, err := again.Apply(a); err != nil {
				t.Fatalf("seed %d: action %d was taken the first time, and now: %v", seed, i+1, err)
			}
		}
		if !bytes.Equal(journalBytes(first), journalBytes(again)) {
			t.Fatalf("seed %d: the journals differ", seed)
		}
	}
}

// A refused action changes nothing, not even what comes later.
func TestRefusedActionChangesNothing(t *testing.T) {
	refused := 0
	for seed := range uint64(100) {
		run := randomRun(t, seed, 60)
		r := seedOf(seed + 1)
		for range 100 {
			a := randomAction(run.Cluster(), &r)
			before, chance, fingerprint := run.Cluster().State().AppendJSON(nil), run.cluster.chance, run.Cluster().Fingerprint()
			if _, err := run.Apply(a); err == nil {
				continue
			}
			refused++
			if after := run.Cluster().State().AppendJSON(nil); !bytes.Equal(before, after) || chance != run.cluster.chance || fingerprint != run.Cluster().Fingerprint() {
				t.Fatalf("seed %d: %+v was refused and changed the cluster:\nbefore %s\nafter  %s", seed, a, before, after)
			}
		}
	}
	if refused < 1000 {
		t.Fatalf("only %d actions were refused: the test says little", refused)
	}
}

// A fork has the same past as its run, and its own future.
func TestForkReachesAnyPositionAgain(t *testing.T) {
	for seed := range uint64(60) {
		run := randomRun(t, seed, 200)
		r := seedOf(seed + 9)
		for range 10 {
			at := r.below(run.Journal().Len() + 1)
			fork, err := run.Fork(at)
			if err != nil {
				t.Fatalf("seed %d at %d: %v", seed, at, err)
			}
			end := fork.Journal().Len()
			if end < at {
				t.Fatalf("seed %d: fork at %d has %d events", seed, at, end)
			}
			want := run.Journal().At(end).AppendJSON(nil)
			if got := fork.Cluster().State().AppendJSON(nil); !bytes.Equal(want, got) {
				t.Fatalf("seed %d, fork at %d:\nrun  %s\nfork %s", seed, at, want, got)
			}
			again, err := NewRun(run.Config())
			if err != nil {
				t.Fatal(err)
			}
			for _, a := range fork.Actions() {
				if _, err := again.Apply(a); err != nil {
					t.Fatalf("seed %d: the fork's actions do not replay: %v", seed, err)
				}
			}
			before := journalBytes(run)
			for range 30 {
				a := randomAction(fork.Cluster(), &r)
				_, err1 := fork.Apply(a)
				_, err2 := again.Apply(a)
				if (err1 == nil) != (err2 == nil) {
					t.Fatalf("seed %d, fork at %d: %+v gives %v in the fork, %v in a replay", seed, at, a, err1, err2)
				}
			}
			if !bytes.Equal(journalBytes(fork), journalBytes(again)) {
				t.Fatalf("seed %d, fork at %d: the fork and the replay of its actions differ", seed, at)
			}
			if !bytes.Equal(before, journalBytes(run)) {
				t.Fatalf("seed %d: a fork changed its run", seed)
			}
			at = r.below(fork.Journal().Len() + 1)
			second, err := fork.Fork(at)
			if err != nil {
				t.Fatalf("seed %d: a fork of a fork at %d: %v", seed, at, err)
			}
			want = fork.Journal().At(second.Journal().Len()).AppendJSON(nil)
			if got := second.Cluster().State().AppendJSON(nil); !bytes.Equal(want, got) {
				t.Fatalf("seed %d, fork of a fork at %d:\nfork %s\nits own %s", seed, at, want, got)
			}
		}
	}
}

// A clone and its original go their own ways.
func TestCloneIsIndependent(t *testing.T) {
	for seed := range uint64(100) {
		c := randomRun(t, seed, 100).Cluster()
		r := seedOf(seed)
		a, b := c.Clone(), c.Clone()
		before, fingerprint := c.State().AppendJSON(nil), c.Fingerprint()
		for range 40 {
			a.Apply(randomAction(a, &r))
		}
		if !bytes.Equal(before, c.State().AppendJSON(nil)) || !bytes.Equal(before, b.State().AppendJSON(nil)) {
			t.Fatalf("seed %d: a clone changed its original or its sibling", seed)
		}
		if b.Fingerprint() != fingerprint {
			t.Fatalf("seed %d: the same state has two fingerprints", seed)
		}
	}
}
