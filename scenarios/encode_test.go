package scenarios_test

import (
	"bytes"
	"encoding/json"
	"reflect"
	"testing"

	"raftplay/raft"
	"raftplay/raft/sim"
	"raftplay/raft/trace"
	"raftplay/scenarios"
)

func journalBytes(run *sim.Run) []byte {
	var b []byte
	for _, e := range run.Journal().Events(0) {
		b = append(e.AppendJSON(b), '\n')
	}
	return b
}

// A run that is written down as a scenario gives the same journal again, byte
// for byte, and keeps its words.
func TestEncodedRunReplays(t *testing.T) {
	for _, name := range scenarios.List() {
		s := load(t, name)
		run := play(t, s).Run()
		src, err := scenarios.Encode(s, run.Actions())
		if err != nil {
			t.Fatal(err)
		}
		again, err := scenarios.Parse(name+".yaml", src)
		if err != nil {
			t.Fatalf("%s: what was written does not parse: %v\n%s", name, err, src)
		}
		if !bytes.Equal(journalBytes(run), journalBytes(play(t, again).Run())) {
			t.Errorf("%s: the journals differ; written was\n%s", name, src)
		}
		if again.Title != s.Title || again.About != s.About || !reflect.DeepEqual(again.Tags, s.Tags) ||
			!reflect.DeepEqual(again.Config, s.Config) || len(again.Sections) != len(s.Sections) {
			t.Errorf("%s: the head was not kept:\n%s", name, src)
		}
		for i := range s.Sections {
			a, b := s.Sections[i], again.Sections[i]
			if a.Title != b.Title || a.Prose != b.Prose || !reflect.DeepEqual(a.Uses, b.Uses) || !reflect.DeepEqual(a.Tests, b.Tests) {
				t.Errorf("%s: section %d was not kept:\n%s", name, i+1, src)
			}
		}
	}
}

// There is a step for every action, and reading it gives the action back.
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
		{Do: sim.RunPolicy, Policy: sim.Drain, Count: scenarios.MaxMoves}, {Do: sim.RunPolicy, Policy: sim.Bounce, Count: 5, Nodes: raft.SetOf(1, 3)},
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
	all := append([]sim.Action{{Do: sim.Begin, Title: "true"}}, actions...)
	src, err := scenarios.Encode(&scenarios.Scenario{Title: "- all: #1 \"x\"\n", About: "  indented\n\ttab", Config: sim.DefaultConfig()}, all)
	if err != nil {
		t.Fatal(err)
	}
	s, err := scenarios.Parse("all.yaml", src)
	if err != nil {
		t.Fatalf("%v\n%s", err, src)
	}
	if s.About != "  indented\n\ttab" {
		t.Errorf("about is %q", s.About)
	}
	steps, _ := s.Steps()
	for i, step := range steps {
		got, err := step.Actions(trace.NewState(3))
		if err != nil || len(got) != 1 || asJSON(t, got[0]) != asJSON(t, all[i]) {
			t.Errorf("%s: got %s, %v; want %s", step.Text, asJSON(t, got), err, asJSON(t, all[i]))
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

// Rules are written as what differs from the profile.
func TestEncodeWritesRules(t *testing.T) {
	s := &scenarios.Scenario{Title: "T", Profile: "production", Config: sim.DefaultConfig()}
	s.Config.Nodes = 5
	s.Config.HeldSending = true
	s.Config.Timers.Running = true
	src, err := scenarios.Encode(s, nil)
	if err != nil {
		t.Fatal(err)
	}
	again, err := scenarios.Parse("f.yaml", src)
	if err != nil {
		t.Fatalf("%v\n%s", err, src)
	}
	if !reflect.DeepEqual(again.Config, s.Config) || again.Profile != "production" {
		t.Errorf("written was\n%s", src)
	}
}
