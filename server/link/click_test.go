package link

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"raftplay/raft"
	"raftplay/raft/sim"
	"raftplay/raft/trace"
)

// clicked returns a run of so many clicks as a person makes them: mostly one of
// the messages that wait is delivered, sometimes dropped or delayed, and when it
// is quiet the client asks, a server times out, one crashes or comes back.
func clicked(t testing.TB, nodes, clicks int, seed uint64) *sim.Run {
	t.Helper()
	config := sim.DefaultConfig()
	config.Nodes, config.Seed = nodes, seed
	run, err := sim.NewRun(config)
	if err != nil {
		t.Fatal(err)
	}
	r := rand.New(rand.NewPCG(seed, uint64(nodes)))
	for tries := 0; len(run.Actions()) < clicks; tries++ {
		if tries > 100*clicks {
			t.Fatalf("only %d clicks of %d had an effect", len(run.Actions()), clicks)
		}
		_, _ = run.Apply(click(r, run.Journal().Last(), nodes)) // some clicks are refused
	}
	return run
}

func click(r *rand.Rand, s *trace.State, nodes int) sim.Action {
	var waiting []trace.MessageID
	leader := raft.None
	for id := 1; id <= nodes; id++ {
		for _, p := range s.Nodes[id].Inbox {
			waiting = append(waiting, p.ID)
		}
		if s.Nodes[id].Role == raft.Leader && s.Nodes[id].Up {
			leader = raft.NodeID(id)
		}
	}
	any := raft.NodeID(1 + r.IntN(nodes))
	if len(waiting) > 0 && r.IntN(20) > 0 {
		a := sim.Action{Do: sim.Deliver, Message: waiting[r.IntN(len(waiting))]}
		switch r.IntN(25) {
		case 0:
			a.Do = sim.Drop
		case 1:
			a.Do = sim.Duplicate
		case 2:
			a.Do, a.Ms = sim.Delay, 100
		}
		return a
	}
	switch r.IntN(12) {
	case 0:
		return sim.Action{Do: sim.Crash, Node: any}
	case 1, 2:
		return sim.Action{Do: sim.Restart, Node: any}
	case 3:
		return sim.Action{Do: sim.Isolate, Node: any}
	case 4:
		return sim.Action{Do: sim.Heal}
	case 5, 6:
		return sim.Action{Do: sim.Timeout, Node: any}
	case 7:
		return sim.Action{Do: sim.Heartbeat, Node: leader}
	}
	return sim.Action{Do: sim.Ask, Node: leader, Command: fmt.Sprintf("set %c %d", 'x'+rune(r.IntN(3)), r.IntN(100))}
}
