package scenarios

import (
	"encoding/json"
	"testing"

	"raftplay/raft"
	"raftplay/raft/sim"
	"raftplay/raft/trace"
)

// There is a step for every action, and reading it gives the action back. No
// message waits here, so they keep their ids.
func TestEveryActionHasAStep(t *testing.T) {
	term, nobody, two := raft.Term(3), raft.None, raft.NodeID(2)
	actions := []sim.Action{
		{Do: sim.Deliver, Message: 17}, {Do: sim.Drop, Message: 1}, {Do: sim.Delay, Message: 2}, {Do: sim.Delay, Message: 2, Ms: 40},
		{Do: sim.Release, Message: 2}, {Do: sim.Duplicate, Message: 3}, {Do: sim.Reorder, Message: 4, After: 5},
		{Do: sim.Send, Node: 1}, {Do: sim.Send, Node: 1, Count: 2}, {Do: sim.Timeout, Node: 1}, {Do: sim.Campaign, Node: 2},
		{Do: sim.Heartbeat, Node: 3}, {Do: sim.Crash, Node: 1}, {Do: sim.Restart, Node: 1}, {Do: sim.Wipe, Node: 1},
		{Do: sim.Ask, Node: 1, Command: "get x"}, {Do: sim.Ask, Node: 1, Command: `set a: "#b,{c}"`, Hold: sim.HoldBoth},
		{Do: sim.Isolate, Node: 1}, {Do: sim.Isolate, Node: 1, Keep: true}, {Do: sim.Rejoin, Node: 1}, {Do: sim.Rejoin, Node: 1, Keep: true},
		{Do: sim.Partition, Groups: []raft.NodeSet{raft.SetOf(1)}}, {Do: sim.Partition, Groups: []raft.NodeSet{raft.SetOf(1, 2), raft.SetOf(3)}, Keep: true},
		{Do: sim.Heal}, {Do: sim.Heal, Keep: true}, {Do: sim.CutLink, Node: 1, To: 2, Keep: true}, {Do: sim.MendLink, Node: 2, To: 1, Keep: true},
		{Do: sim.SetTimers, Running: true}, {Do: sim.SetTimers},
		{Do: sim.SetLinks, Links: &sim.Links{LatencyMin: 1, LatencyMax: 9, Loss: 20, Duplicate: 30, Reorder: true}},
		{Do: sim.EditNode, Node: 1, Edit: &raft.Edit{Term: &term, Vote: &nobody, TruncateFrom: 2}, Clear: sim.InboxOnly},
		{Do: sim.EditNode, Node: 1, Edit: &raft.Edit{Vote: &two}}, {Do: sim.EditNode, Node: 1, Clear: sim.BothQueues},
		{Do: sim.RunPolicy, Policy: sim.Drain, Count: MaxMoves}, {Do: sim.RunPolicy, Policy: sim.Bounce, Count: 5, Nodes: raft.SetOf(1, 3)},
		{Do: sim.RunPolicy, Policy: sim.Random, Count: 1}, {Do: sim.RunPolicy, Policy: sim.Timed, Count: 7, Until: &sim.Until{When: sim.Passed, Ms: 250}},
		{Do: sim.RunPolicy, Policy: sim.Drain, Count: 9, Until: &sim.Until{When: sim.Elected}},
		{Do: sim.RunPolicy, Policy: sim.Drain, Count: 9, Until: &sim.Until{When: sim.Elected, Node: 2}},
		{Do: sim.RunPolicy, Policy: sim.Drain, Count: 9, Until: &sim.Until{When: sim.Answered}},
		{Do: sim.RunPolicy, Policy: sim.Drain, Count: 9, Until: &sim.Until{When: sim.Committed, Index: 4, Every: true}},
		{Do: sim.RunPolicy, Policy: sim.Drain, Count: 9, Until: &sim.Until{When: sim.Applied, Index: 4, Node: 3}},
		{Do: sim.RunPolicy, Policy: sim.Drain, Count: 9, Until: &sim.Until{When: sim.Sent, Type: raft.AppendEntries, Node: 1}},
		{Do: sim.RunPolicy, Policy: sim.Drain, Count: 9, Until: &sim.Until{When: sim.Handled, Type: raft.ClientReply}, Unrecorded: true},
		{Do: sim.Crash, Node: 2, Unrecorded: true}, {Do: sim.Heal, Unrecorded: true},
	}
	state := trace.NewState(3)
	for _, a := range actions {
		text, err := stepText(a, state)
		if err != nil {
			t.Fatal(err)
		}
		s, err := Parse("one.yaml", []byte("title: T\nsteps:\n  - "+text+"\n"))
		if err != nil {
			t.Fatal(err)
		}
		got, err := s.Sections[0].Steps[0].Actions(state)
		if err != nil || len(got) != 1 || asJSON(t, got[0]) != asJSON(t, a) {
			t.Errorf("%s: got %s, %v; want %s", text, asJSON(t, got), err, asJSON(t, a))
		}
	}
}

func asJSON(t *testing.T, v any) string {
	t.Helper()
	b, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}
