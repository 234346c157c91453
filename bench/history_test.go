package bench

import (
	"math/rand/v2"
	"runtime"
	"testing"

	"raftplay/raft"
	"raftplay/raft/sim"
)

const longRun = 100_000 // events

// long returns a run of longRun events, about 8,000 committed commands.
func long(tb testing.TB) *sim.Run {
	r := newRun(tb, 3, nil)
	for r.run.Journal().Len() < longRun {
		r.propose(tb, command)
		r.settle(tb)
	}
	return r.run
}

// The state at any event of a long run, as a viewer who joins needs it.
func BenchmarkSeek(b *testing.B) {
	journal := long(b).Journal()
	places := rand.New(rand.NewPCG(1, 2))
	b.ReportAllocs()
	for b.Loop() {
		at := places.IntN(journal.Len() + 1)
		if s := journal.At(at); s.Seq != at {
			b.Fatalf("sought %d, found %d", at, s.Seq)
		}
	}
}

// A new branch from any event of a long run.
func BenchmarkFork(b *testing.B) {
	run := long(b)
	places := rand.New(rand.NewPCG(1, 2))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := run.Fork(places.IntN(run.Journal().Len() + 1)); err != nil {
			b.Fatal(err)
		}
	}
}

// What a long run keeps in memory: events, messages, logs, snapshots of the fold
// and checkpoints of the cluster.
func BenchmarkMemory(b *testing.B) {
	var kept uint64
	for range b.N {
		before := heap()
		run := long(b)
		kept += heap() - before
		runtime.KeepAlive(run)
	}
	b.ReportMetric(0, "ns/op")
	b.ReportMetric(float64(kept)/float64(b.N)/longRun, "B/event")
}

func heap() uint64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

// crossroads returns a cluster in the middle of an election, with messages to
// choose from, and those messages.
func crossroads(tb testing.TB) (*sim.Cluster, []sim.Action) {
	c, _, err := sim.New(config(5), false)
	must(tb, err)
	for _, a := range []sim.Action{election, drain, ask(command), drain,
		{Do: sim.Campaign, Node: 2}, {Do: sim.Campaign, Node: 3}, ask(command)} {
		_, err := c.Apply(a)
		must(tb, err)
	}
	var deliveries []sim.Action
	for _, n := range c.State().Nodes {
		for _, p := range n.Inbox {
			deliveries = append(deliveries, sim.Action{Do: sim.Deliver, Message: p.ID})
		}
	}
	return c, deliveries
}

// A search visits a state by copying the one before and taking one step.
func BenchmarkVisit(b *testing.B) {
	c, deliveries := crossroads(b)
	b.ReportAllocs()
	seen := map[uint64]bool{}
	n := 0
	for b.Loop() {
		next := c.Clone()
		if _, err := next.Apply(deliveries[n%len(deliveries)]); err != nil {
			b.Fatal(err)
		}
		seen[next.Fingerprint()] = true
		n++
	}
	if len(seen) < 2 {
		b.Fatalf("%d steps led to %d states", n, len(seen))
	}
	b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "states/s")
}

func BenchmarkFingerprint(b *testing.B) {
	c, _ := crossroads(b)
	b.ReportAllocs()
	var h uint64
	for b.Loop() {
		h = raft.Mix(h, c.Fingerprint())
	}
	runtime.KeepAlive(h)
}
