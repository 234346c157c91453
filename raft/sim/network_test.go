package sim

import (
	"testing"

	"raftplay/raft"
	"raftplay/raft/trace"
)

// cluster returns three servers that have just started, after some actions.
func cluster(t *testing.T, change func(*Config), actions ...Action) *Cluster {
	t.Helper()
	config := DefaultConfig()
	if change != nil {
		change(&config)
	}
	c, _, err := New(config, true)
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range actions {
		apply(t, c, a)
	}
	return c
}

func apply(t *testing.T, c *Cluster, a Action) []trace.Event {
	t.Helper()
	events, err := c.Apply(a)
	if err != nil {
		t.Fatalf("%+v: %v", a, err)
	}
	return events
}

// waits returns the ids of the messages in a server's inbox.
func waits(c *Cluster, id raft.NodeID) (ids []trace.MessageID) {
	for _, p := range c.State().Nodes[id].Inbox {
		ids = append(ids, p.ID)
	}
	return ids
}

func count(events []trace.Event, k trace.Kind) (n int) {
	for _, e := range events {
		if e.Kind == k {
			n++
		}
	}
	return n
}

var campaign = Action{Do: Timeout, Node: 1} // N-1 asks N-2 and N-3 for their votes: m1, m2

// A cut link loses what is on it and what is sent over it, in its direction only.
func TestACutLinkLosesMessages(t *testing.T) {
	c := cluster(t, nil, campaign, Action{Do: CutLink, Node: 1, To: 2})
	if len(waits(c, 2)) != 0 || len(waits(c, 3)) != 1 {
		t.Errorf("after the cut %v wait at N-2, %v at N-3", waits(c, 2), waits(c, 3))
	}
	if lost := count(apply(t, c, campaign), trace.Lose); lost != 1 {
		t.Errorf("%d messages of the next round are lost", lost)
	}
	apply(t, c, Action{Do: Timeout, Node: 2})
	if len(waits(c, 1)) != 1 {
		t.Errorf("%v wait at N-1: the other direction is cut, too", waits(c, 1))
	}
}

// A link that holds keeps messages at the wall; nothing moves them until it is
// mended, and then they go on or are discarded, as the action says.
func TestAHoldingLinkKeepsMessages(t *testing.T) {
	for _, keep := range []bool{false, true} {
		c := cluster(t, nil, campaign, Action{Do: Isolate, Node: 2, Keep: true})
		apply(t, c, campaign) // m3 meets the wall
		if _, err := c.Apply(Action{Do: Deliver, Message: 1}); err == nil {
			t.Error("a message goes through the wall by hand")
		}
		apply(t, c, Action{Do: RunPolicy, Policy: Drain, Nodes: raft.SetOf(1, 3)})
		if _, err := c.Apply(Action{Do: RunPolicy, Policy: Drain, Nodes: raft.SetOf(2)}); err != ErrNothing {
			t.Errorf("a policy moves what waits at the wall: %v", err)
		}
		held := len(waits(c, 2))
		lost := count(apply(t, c, Action{Do: Rejoin, Node: 2, Keep: keep}), trace.Lose)
		if held < 2 || keep && (lost != 0 || len(waits(c, 2)) != held) || !keep && (lost != held || len(waits(c, 2)) != 0) {
			t.Errorf("keep is %t: of %d held, %d are lost and %v wait", keep, held, lost, waits(c, 2))
		}
	}
}

// A crash takes what waits in the outbox with it; what is under way to the server
// stays, and is lost only if it arrives while the server is down.
func TestACrashLosesTheOutboxAndNotTheInbox(t *testing.T) {
	c := cluster(t, func(c *Config) { c.HeldSending = true }, campaign, Action{Do: Send, Node: 1, Count: 1})
	if lost := count(apply(t, c, Action{Do: Crash, Node: 1}), trace.Lose); lost != 1 || len(c.State().Nodes[1].Outbox) != 0 {
		t.Errorf("%d messages are lost with N-1, and %v stay", lost, c.State().Nodes[1].Outbox)
	}
	apply(t, c, Action{Do: Crash, Node: 2})
	if len(waits(c, 2)) != 1 {
		t.Errorf("%v wait at N-2, which is down", waits(c, 2))
	}
	if lost := count(apply(t, c, Action{Do: Deliver, Message: 1}), trace.Lose); lost != 1 {
		t.Error("a server that is down handles a message")
	}
}

// Loss and duplication happen to as many messages as the links say.
func TestLinksLoseAndDuplicate(t *testing.T) {
	for _, c := range []struct {
		links              Links
		lost, created, two int
	}{
		{Links{}, 0, 2, 2},
		{Links{Loss: 1000}, 2, 2, 0},
		{Links{Duplicate: 1000}, 0, 4, 4},
	} {
		cl := cluster(t, func(config *Config) { config.Links = c.links })
		events := apply(t, cl, campaign)
		created := 0
		for _, e := range events {
			created += len(e.Created)
		}
		if got := len(waits(cl, 2)) + len(waits(cl, 3)); count(events, trace.Lose) != c.lost || created != c.created || got != c.two {
			t.Errorf("%+v: %d lost, %d created, %d wait", c.links, count(events, trace.Lose), created, got)
		}
	}
}

// On one link messages arrive in the order of sending, unless it reorders.
func TestMessagesOvertakeOnlyIfTheLinkReorders(t *testing.T) {
	for _, reorder := range []bool{false, true} {
		c := cluster(t, func(c *Config) { c.Links = Links{LatencyMin: 0, LatencyMax: 1000, Reorder: reorder} })
		for range 50 {
			apply(t, c, campaign)
		}
		overtaken := 0
		for _, n := range c.State().Nodes[2:] {
			for i := 1; i < len(n.Inbox); i++ {
				if n.Inbox[i].Due < n.Inbox[i-1].Due {
					overtaken++
				}
			}
		}
		if reorder == (overtaken == 0) {
			t.Errorf("reorder is %t, and %d messages arrive before an earlier one", reorder, overtaken)
		}
	}
}

// A message that is held back by hand does not get past a wall that was built
// meanwhile.
func TestAWallHoldsWhatAHandHeld(t *testing.T) {
	c := cluster(t, nil, campaign, Action{Do: Delay, Message: 1}, Action{Do: Isolate, Node: 2, Keep: true})
	if _, err := c.Apply(Action{Do: Release, Message: 1}); err == nil {
		t.Error("a hand releases a message at the wall")
	}
	apply(t, c, Action{Do: Rejoin, Node: 2, Keep: true})
	apply(t, c, Action{Do: Deliver, Message: 1})
}
