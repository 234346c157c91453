package sim

import (
	"testing"

	"raftplay/raft"
)

// A cluster's logs grow in place after it was copied. None of that shows in its
// copies, in copies of copies, or the other way round.
func TestLogsOfClonesGrowApart(t *testing.T) {
	c, _, err := New(DefaultConfig(), false)
	if err != nil {
		t.Fatal(err)
	}
	do := func(c *Cluster, a Action) {
		t.Helper()
		if _, err := c.Apply(a); err != nil {
			t.Fatal(err)
		}
	}
	do(c, Action{Do: Timeout, Node: 1})
	do(c, Action{Do: RunPolicy, Policy: Drain})
	names := []string{"original", "first", "second", "grandchild"}
	for length := 1; length < 40; length++ { // with and without room behind the log
		first, second := c.Clone(), c.Clone()
		clusters := []*Cluster{c, first, second, first.Clone()}
		for i, c := range clusters {
			do(c, Action{Do: Ask, Node: 1, Command: "set x " + names[i]})
			do(c, Action{Do: RunPolicy, Policy: Drain})
		}
		for i, c := range clusters {
			for id := raft.NodeID(1); id <= 3; id++ {
				log := c.View(id).Log
				if got, want := log.Entry(log.LastIndex()).Command, "set x "+names[i]; got != want {
					t.Fatalf("length %d: the log of %s in the %s ends with %q, want %q", length, id, names[i], got, want)
				}
			}
		}
	}
}
