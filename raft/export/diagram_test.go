package export

import (
	"strings"
	"testing"

	"raftplay/raft"
	"raftplay/raft/sim"
)

// play returns a document of a run of three servers under the paper's rules.
func play(t *testing.T, config sim.Config, actions ...sim.Action) Document {
	t.Helper()
	run, err := sim.NewRun(config)
	if err != nil {
		t.Fatal(err)
	}
	for i, a := range actions {
		if _, err := run.Apply(a); err != nil {
			t.Fatalf("action %d: %v", i+1, err)
		}
	}
	return Document{Journal: run.Journal()}
}

var drain = sim.Action{Do: sim.RunPolicy, Policy: sim.Drain}

// contains checks that each text stands in the diagram, in this order.
func contains(t *testing.T, diagram string, texts ...string) {
	t.Helper()
	rest := diagram
	for _, text := range texts {
		_, after, found := strings.Cut(rest, text)
		if !found {
			t.Fatalf("%q is missing, or not in its place, in\n%s", text, diagram)
		}
		rest = after
	}
}

// A message that is sent in one section and handled in a later one is seen in
// both.
func TestAMessageBetweenSectionsIsInBoth(t *testing.T) {
	d := play(t, sim.DefaultConfig(),
		sim.Action{Do: sim.Begin, Title: "Sent"},
		sim.Action{Do: sim.Timeout, Node: 1},
		sim.Action{Do: sim.Begin, Title: "Nothing"},
		sim.Action{Do: sim.Begin, Title: "Handled"},
		sim.Action{Do: sim.Deliver, Message: 1})
	contains(t, export(t, "puml", d, 1), "N1 ->o N2 : RequestVote t1 last 0/t0 · m1 is still under way", "N1 ->o N3")
	contains(t, export(t, "mermaid", d, 1), "N1-)N2: RequestVote t1 last 0/t0 · m1 is still under way", "N1-)N3")
	if two := export(t, "puml", d, 2); strings.Contains(two, "RequestVote") {
		t.Errorf("section 2 has a message:\n%s", two)
	}
	contains(t, export(t, "puml", d, 3), "N1 -> N2 : RequestVote t1 last 0/t0 · m1, sent earlier")
	contains(t, export(t, "mermaid", d, 3), "N1->>N2: RequestVote t1 last 0/t0 · m1, sent earlier")
}

// A client's request that is held is under way like any other message.
func TestARequestThatIsHeldIsSeen(t *testing.T) {
	d := play(t, sim.DefaultConfig(), sim.Action{Do: sim.Ask, Node: 1, Command: "set x 1", Hold: sim.HoldRequest})
	contains(t, export(t, "puml", d, 0), "client ->o N1 : set x 1 · m1 is still under way", "is held back")
}

// What becomes of a message is told at its arrow: dropped, lost, late, repeated.
func TestWhatBecomesOfMessages(t *testing.T) {
	d := play(t, sim.DefaultConfig(),
		sim.Action{Do: sim.Timeout, Node: 1}, // m1 to N-2, m2 to N-3
		sim.Action{Do: sim.Duplicate, Message: 1},
		sim.Action{Do: sim.Reorder, Message: 1, After: 3},
		sim.Action{Do: sim.Delay, Message: 2},
		sim.Action{Do: sim.Release, Message: 2},
		sim.Action{Do: sim.Delay, Message: 2, Ms: 40},
		sim.Action{Do: sim.Drop, Message: 2},
		sim.Action{Do: sim.Crash, Node: 2},
		sim.Action{Do: sim.Deliver, Message: 3})
	contains(t, export(t, "puml", d, 0),
		"m1, RequestVote from N-1 to N-2, is repeated: m3",
		"m1, RequestVote from N-1 to N-2, is put behind m3",
		"m2, RequestVote from N-1 to N-3, is held back",
		"m2, RequestVote from N-1 to N-3, may go on",
		"m2, RequestVote from N-1 to N-3, is delayed until",
		"N1 ->x N3 : RequestVote t1 last 0/t0 · dropped by hand",
		"note over N2 #FFDDDD : crashes",
		"N1 ->x N2 : RequestVote t1 last 0/t0 · copy of m1 · lost")
	contains(t, export(t, "mermaid", d, 0), "N1-xN3: RequestVote", "Note over N2: crashes", "N1-xN2: RequestVote")
}

// A section that begins in the middle of a run tells how everyone stands.
func TestASectionTellsHowEveryoneStands(t *testing.T) {
	d := play(t, sim.DefaultConfig(),
		sim.Action{Do: sim.Begin, Title: "One"},
		sim.Action{Do: sim.Timeout, Node: 1}, drain,
		sim.Action{Do: sim.Crash, Node: 3},
		sim.Action{Do: sim.Begin, Title: "Two"})
	if one := export(t, "puml", d, 1); strings.Contains(one, "follower ·") {
		t.Errorf("section 1 begins with what everyone knows:\n%s", one)
	}
	contains(t, export(t, "puml", d, 2),
		"note over N1 #FFFFEE : leader · term 1 · log 1/t1 · commit 1",
		"note over N2 #FFFFEE : follower · term 1 · log 1/t1 · commit 0",
		"note over N3 #FFFFEE : down · term 1 · log 1/t1 · commit 0")
}

// A refusal carries its reason; so does what a node ignores.
func TestRefusalsCarryTheirReasons(t *testing.T) {
	d := play(t, sim.DefaultConfig(),
		sim.Action{Do: sim.Timeout, Node: 1}, drain,
		sim.Action{Do: sim.Ask, Node: 1, Command: "set x 1"}, drain,
		sim.Action{Do: sim.EditNode, Node: 3, Edit: &raft.Edit{TruncateFrom: 1}},
		sim.Action{Do: sim.Timeout, Node: 3}, drain)
	contains(t, export(t, "puml", d, 0),
		"result: x = 1",
		"note over N3 #F0E0FF : changed by hand, outside the protocol · log cut back to 0",
		"vote refused: its log ends at 0/t0, mine at 2/t1, §5.4.1",
		"RequestVoteReply t2 no")
}

// Links that are cut and mended, and timers, are notes over all lifelines.
func TestTheNetworkAndTheClockAreNotes(t *testing.T) {
	d := play(t, sim.DefaultConfig(),
		sim.Action{Do: sim.CutLink, Node: 1, To: 2},
		sim.Action{Do: sim.Isolate, Node: 3, Keep: true},
		sim.Action{Do: sim.Heal},
		sim.Action{Do: sim.SetTimers, Running: true},
		sim.Action{Do: sim.RunPolicy, Policy: sim.Timed, Until: &sim.Until{When: sim.Elected}, Count: 100},
		sim.Action{Do: sim.SetTimers})
	got := export(t, "puml", d, 0)
	contains(t, got, "note over N1, N3 #E8E8E8 : cut: N-1 → N-2",
		"cut, with messages kept: N-1 ⇄ N-3, N-2 ⇄ N-3",
		"mended: N-1 → N-2, N-1 ⇄ N-3, N-2 ⇄ N-3",
		"the timers run", " ms\n", "the timers stop")
}
