package sim

import (
	"errors"
	"fmt"

	"raftplay/raft"
	"raftplay/raft/trace"
)

// ErrNothing is returned by an action that would change nothing because there is
// nothing to move: a policy on a quiet cluster, or one whose condition holds
// already.
var ErrNothing = errors.New("there is nothing to move")

// Apply carries out one action. Either it changes the cluster and returns the
// events (none if the cluster does not record), or it returns an error that says
// why not and changes nothing.
func (c *Cluster) Apply(a Action) ([]trace.Event, error) {
	if a.Do == RunPolicy {
		return c.runPolicy(a)
	}
	if err := c.act(a); err != nil {
		return nil, err
	}
	return c.events(), nil
}

// act carries out an action other than a policy's.
func (c *Cluster) act(a Action) error {
	if err := a.check(); err != nil {
		return err
	}
	c.beginAction(a)
	err := c.apply(a)
	if err != nil {
		c.action--
	}
	return err
}

func (c *Cluster) beginAction(a Action) {
	c.action++
	c.move = 0
	c.unrecorded = a.Unrecorded
	c.seen = happened{}
}

func (c *Cluster) apply(a Action) error {
	switch a.Do {
	case Deliver, Drop, Delay, Release, Duplicate, Reorder:
		at, found := c.find(a.Message)
		if !found {
			return c.noSuchMessage(a.Message)
		}
		return c.onMessage(a, at)
	case Send, Timeout, Campaign, Heartbeat, Ask, Crash, Restart, Wipe, EditNode:
		if err := c.knows(a.Node); err != nil {
			return err
		}
		return c.onNode(a)
	case Isolate, Rejoin, Partition, Heal, CutLink, MendLink:
		return c.onNetwork(a)
	case SetTimers:
		return c.setTimers(a.Running)
	case SetLinks:
		if a.Links == nil {
			return errors.New("links: the settings are missing")
		}
		if err := a.Links.check(); err != nil {
			return err
		}
		c.links = *a.Links
		c.event(trace.Event{Kind: trace.Clock})
		return nil
	case Begin:
		if a.Title == "" {
			return errors.New("section: the title is missing")
		}
		c.event(trace.Event{Kind: trace.Section, Text: a.Title})
		return nil
	}
	return fmt.Errorf("unknown action %q", a.Do)
}

func (c *Cluster) noSuchMessage(id trace.MessageID) error {
	if id >= 1 && id <= c.lastID {
		return fmt.Errorf("message m%d is no longer waiting: it was handled, lost or dropped", id)
	}
	return fmt.Errorf("there is no message m%d: the last one is m%d", id, c.lastID)
}

func (c *Cluster) knows(id raft.NodeID) error {
	if id < 1 || int(id) > c.config.Nodes {
		return fmt.Errorf("there is no node %d: the nodes are N-1 to N-%d", id, c.config.Nodes)
	}
	return nil
}

// onMessage carries out what a hand does to a waiting message.
func (c *Cluster) onMessage(a Action, at place) error {
	p := (*c.queue(at))[at.i]
	cause := p.cause
	switch a.Do {
	case Deliver:
		if at.outbox {
			c.send(at.at, at.i)
			return nil
		}
		if p.hold == trace.AtWall {
			return fmt.Errorf("message m%d waits at the wall: the link from %s to %s is cut; mend it first", p.id, p.msg.From, p.msg.To)
		}
		c.handle(at)
	case Drop:
		c.lose(at, trace.Drop, cause)
	case Delay:
		return c.delay(at, a.Ms)
	case Release:
		if at.outbox || p.hold != trace.ByHand && p.due <= c.now {
			return fmt.Errorf("message m%d is not held back", p.id)
		}
		if p.hold == trace.AtWall {
			return fmt.Errorf("message m%d waits at the wall: mend the link from %s to %s", p.id, p.msg.From, p.msg.To)
		}
		c.release(at)
	case Duplicate:
		if p.msg.To == raft.Client {
			return fmt.Errorf("message m%d is an answer to the client: only requests can be repeated", p.id)
		}
		c.duplicate(at, cause)
	case Reorder:
		return c.reorder(at, a.After)
	}
	return nil
}

func (c *Cluster) delay(at place, ms int64) error {
	p := &(*c.queue(at))[at.i]
	switch {
	case at.outbox:
		return fmt.Errorf("message m%d has not been sent yet: it waits in the outbox of %s anyway", p.id, at.at)
	case p.hold == trace.AtWall:
		return fmt.Errorf("message m%d waits at the wall already", p.id)
	case ms < 0 || ms > 600_000:
		return fmt.Errorf("a message can be delayed by 1 to 600000 ms, or by 0 until it is released, not by %d", ms)
	}
	e := trace.Event{Kind: trace.Delay, Node: at.at, Message: p.id, Cause: p.cause}
	if ms == 0 {
		p.hold = trace.ByHand
		c.event(e)
		return nil
	}
	p.hold, p.due = trace.Free, max(c.now, p.due)+ms
	c.event(e, trace.Change{Field: trace.Due, Value: uint64(p.due)})
	return nil
}

func (c *Cluster) release(at place) {
	p := &(*c.queue(at))[at.i]
	p.hold, p.due = trace.Free, c.now
	c.event(trace.Event{Kind: trace.Release, Node: at.at, Message: p.id, Cause: p.cause},
		trace.Change{Field: trace.Due, Value: uint64(p.due)})
}

func (c *Cluster) reorder(at place, after trace.MessageID) error {
	other, found := c.find(after)
	if !found {
		return c.noSuchMessage(after)
	}
	if other.at != at.at || other.outbox != at.outbox || other.i == at.i {
		return fmt.Errorf("message m%d cannot be put behind m%d: they do not wait in the same queue", (*c.queue(at))[at.i].id, after)
	}
	p := c.take(at)
	if other.i > at.i {
		other.i--
	}
	q := c.queue(other)
	*q = append(*q, packet{})
	copy((*q)[other.i+2:], (*q)[other.i+1:])
	(*q)[other.i+1] = p
	c.event(trace.Event{Kind: trace.Reorder, Node: at.at, Message: p.id, Cause: p.cause},
		trace.Change{Field: trace.After, Value: uint64(after)})
	return nil
}

// onNode carries out what can be done to one server.
func (c *Cluster) onNode(a Action) error {
	id, up := a.Node, c.up.Has(a.Node)
	if !up && a.Do != Restart && a.Do != Wipe && a.Do != EditNode && a.Do != Ask {
		return fmt.Errorf("%s is down: restart it first", id)
	}
	switch a.Do {
	case Send:
		if len(c.outbox[id]) == 0 {
			return fmt.Errorf("the outbox of %s is empty", id)
		}
		for n := 0; len(c.outbox[id]) > 0 && (a.Count == 0 || n < a.Count); n++ {
			c.send(id, 0)
		}
	case Timeout:
		c.input(id, trace.Timeout, func(n Node) { n.ElectionTimeout(c.now) })
	case Campaign:
		c.input(id, trace.Timeout, func(n Node) { n.Campaign(c.now) })
	case Heartbeat:
		if c.nodes[id].View().State.Role != raft.Leader {
			return fmt.Errorf("%s is no leader: only a leader sends heartbeats", id)
		}
		c.input(id, trace.Heartbeat, func(n Node) { n.HeartbeatTimeout(c.now) })
	case Ask:
		return c.ask(a)
	case Crash:
		c.crash(id)
	case Restart:
		if up {
			return fmt.Errorf("%s is running already", id)
		}
		c.up = c.up.With(id)
		c.input(id, trace.Restart, func(n Node) { n.Boot(c.now) })
	case Wipe:
		if up {
			return fmt.Errorf("%s is running: crash it before its disk is wiped", id)
		}
		c.input(id, trace.Wipe, Node.Wipe)
	case EditNode:
		return c.edit(a)
	}
	return nil
}

// ask sends a client's request. It arrives at once unless it is held, or takes
// the links' time while the clock runs. At a server that is down it is lost.
func (c *Cluster) ask(a Action) error {
	if err := raft.CheckCommand(a.Command); err != nil {
		return err
	}
	c.serial++
	c.lastID++
	if a.Hold == HoldAnswer || a.Hold == HoldBoth {
		c.held = append(c.held, c.serial)
	}
	p := packet{id: c.lastID, due: c.now, cause: c.seq + 1,
		msg: c.message(&raft.Message{Type: raft.ClientRequest, From: raft.Client, To: a.Node, Serial: c.serial, Text: a.Command})}
	if c.running {
		p.due = c.arrival(raft.Client, a.Node)
	}
	q := c.in(a.Node)
	*q = append(*q, p)
	c.event(trace.Event{Kind: trace.Ask, Node: a.Node, Message: p.id,
		Created: []trace.Message{{ID: p.id, Message: p.msg}}},
		trace.Change{Field: trace.Due, Value: uint64(p.due)})
	at := place{a.Node, false, len(*q) - 1}
	switch {
	case a.Hold == HoldRequest || a.Hold == HoldBoth:
		(*q)[at.i].hold = trace.ByHand
		c.event(trace.Event{Kind: trace.Delay, Node: a.Node, Message: p.id, Cause: p.cause})
	case !c.running:
		c.handle(at)
	}
	return nil
}

// crash stops a server. What waits in its outbox dies with it; what is under way
// to it stays on the network.
func (c *Cluster) crash(id raft.NodeID) {
	c.up = c.up.Without(id)
	c.electionDue[id], c.heartbeatDue[id] = 0, 0
	n := c.node(id)
	n.Crash()
	seq := c.event(trace.Event{Kind: trace.Crash, Node: id, Notes: n.Output().Notes})
	for len(c.outbox[id]) > 0 {
		c.lose(place{id, true, 0}, trace.Lose, seq)
	}
}

// edit changes a server's state and queues by hand.
func (c *Cluster) edit(a Action) error {
	if a.Edit == nil && a.Clear == NoQueue {
		return errors.New("edit: nothing to change is given")
	}
	var e raft.Edit
	if a.Edit != nil {
		e = *a.Edit
	}
	if e.Vote != nil && *e.Vote != raft.None {
		if err := c.knows(*e.Vote); err != nil {
			return fmt.Errorf("edit of votedFor: %w", err)
		}
	}
	if e.Term != nil && *e.Term > 1_000_000 {
		return fmt.Errorf("edit of currentTerm: %d is more than 1000000", *e.Term)
	}
	c.input(a.Node, trace.Edit, func(n Node) { n.Edit(e) })
	seq := c.seq
	if a.Clear == OutboxOnly || a.Clear == BothQueues {
		for len(c.outbox[a.Node]) > 0 {
			c.lose(place{a.Node, true, 0}, trace.Drop, seq)
		}
	}
	if a.Clear == InboxOnly || a.Clear == BothQueues {
		for len(c.inbox[a.Node]) > 0 {
			c.lose(place{a.Node, false, 0}, trace.Drop, seq)
		}
	}
	return nil
}
