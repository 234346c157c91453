package sim

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"testing"

	"raftplay/raft"
)

// journals holds, for every version of the engine, the hash of the journals that
// [goldenRun] gives. What is here never changes: links and saved runs rest on it.
var journals = map[string]string{
	"1": "e1ccdb0db00fd9fe5eedcf4168205e7309cdca0317f8f79e919949b5072ff0ec",
}

// A version of the engine gives the same journals for ever, on every machine and
// with every compiler.
func TestEngineVersionStandsForItsJournals(t *testing.T) {
	hash := sha256.New()
	for _, profile := range raft.Profiles {
		for nodes := 2; nodes <= 6; nodes++ {
			for _, running := range []bool{false, true} {
				hash.Write(journalBytes(goldenRun(t, profile.Rules, nodes, running)))
			}
		}
	}
	if got := hex.EncodeToString(hash.Sum(nil)); got != journals[Engine] {
		t.Errorf("engine %q has the journals %q, and here they are %s: if the change is meant, give Engine "+
			"a new version and enter its hash; the old line stays", Engine, journals[Engine], got)
	}
}

// goldenRun plays a life with every kind of mishap. It is written once and never
// changed: new kinds of actions get tests of their own.
func goldenRun(t *testing.T, rules raft.Rules, nodes int, running bool) *Run {
	t.Helper()
	config := DefaultConfig()
	config.Nodes, config.Rules, config.Timers.Running = nodes, rules, running
	config.HeldSending = nodes == 4
	config.Seed = uint64(nodes)
	run, err := NewRun(config)
	if err != nil {
		t.Fatal(err)
	}
	taken := 0
	do := func(a Action) {
		if _, err := run.Apply(a); err == nil {
			taken++
		}
	}
	for round := range 40 {
		node, other := raft.NodeID(1+round%nodes), raft.NodeID(1+(round*7+3)%nodes)
		do(Action{Do: [...]Verb{Timeout, Heartbeat, Campaign, Heartbeat, Heartbeat}[round%5], Node: node})
		do(Action{Do: Ask, Node: other, Command: fmt.Sprintf("add k%d %d", round%3, round), Hold: [...]Holding{HoldNone, HoldAnswer, HoldRequest}[round%3]})
		do(Action{Do: RunPolicy, Policy: [...]Policy{Drain, Bounce, Random, Timed}[round%4], Count: 5 + round})
		switch round % 10 {
		case 1:
			do(Action{Do: Isolate, Node: other, Keep: round%4 == 1})
		case 3:
			do(Action{Do: Crash, Node: node})
		case 4:
			do(Action{Do: SetLinks, Links: &Links{LatencyMin: 1, LatencyMax: 60, Loss: 50, Duplicate: 100, Reorder: round%4 == 0}})
		case 5:
			do(Action{Do: Heal, Keep: round%4 == 1})
		case 6:
			for id := raft.NodeID(1); int(id) <= nodes; id++ {
				do(Action{Do: Restart, Node: id})
			}
		case 8:
			do(Action{Do: Partition, Groups: []raft.NodeSet{raft.SetOf(node, other)}})
		case 9:
			do(Action{Do: Heal})
		}
		do(Action{Do: RunPolicy, Policy: Timed, Until: &Until{When: Passed, Ms: 100}})
	}
	if taken < 100 || run.Journal().Len() < 250 || run.Journal().Last().Nodes[1].CurrentTerm == 0 {
		t.Fatalf("only %d actions and %d events: the run says little", taken, run.Journal().Len())
	}
	return run
}
