package export

import (
	"testing"

	"raftplay/raft"
	"raftplay/raft/sim"
)

// hostile is text that means something in every language exported to.
const hostile = "set k ;#1;<b>`|*_%date()~&"

// smallRun is a run of three sections in which everything happens that a diagram
// shows: an election, a client's command, lost, dropped, late, repeated and
// reordered messages, a wall, a crash, an edit.
func smallRun(t *testing.T) Document {
	t.Helper()
	config := sim.DefaultConfig()
	config.HeldSending = true
	run, err := sim.NewRun(config)
	if err != nil {
		t.Fatal(err)
	}
	term := raft.Term(3)

	for i, a := range []sim.Action{
		{Do: sim.Begin, Title: "An election"},
		{Do: sim.Timeout, Node: 1}, // m1, m2: RequestVote
		drain,

		{Do: sim.Begin, Title: "Messages <in> trouble; \"all\" kinds"},
		{Do: sim.Ask, Node: 1, Command: hostile, Hold: sim.HoldAnswer},
		{Do: sim.Ask, Node: 2, Command: "get k"},
		{Do: sim.Send, Node: 1},
		{Do: sim.Duplicate, Message: 10},
		{Do: sim.Drop, Message: 11},
		{Do: sim.Deliver, Message: 10},
		{Do: sim.Isolate, Node: 3, Keep: true},
		{Do: sim.Heartbeat, Node: 1},
		{Do: sim.Send, Node: 1},
		{Do: sim.Heartbeat, Node: 1},

		{Do: sim.Begin, Title: "A crash"},
		{Do: sim.Crash, Node: 1},
		{Do: sim.Rejoin, Node: 3, Keep: true},
		drain,
		{Do: sim.EditNode, Node: 3, Edit: &raft.Edit{Term: &term}},
		{Do: sim.Restart, Node: 1},
		{Do: sim.Timeout, Node: 3},
		{Do: sim.Partition, Groups: []raft.NodeSet{raft.SetOf(1)}},
		drain,
	} {
		if _, err := run.Apply(a); err != nil {
			t.Fatalf("action %d: %v", i+1, err)
		}
	}
	return Document{
		Title:   "A small run with_everything_; *and* `more`\n@enduml",
		About:   "What `happens` is **seen**.\n\n1. first\n2. second, with a line\nthat goes on\n\n```\ncode *as it is*\n```\nNote::",
		Engine:  "1",
		Config:  sim.SettingsOf(run.Config()),
		Actions: run.Actions(),
		Journal: run.Journal(),
		Sections: []Section{
			{Prose: "N-1 campaigns.", Uses: []string{"leader election", "pre_vote_"}},
			{Prose: "# Trouble\n- one\n- two", Tests: []string{"message loss"}},
		},
	}
}
