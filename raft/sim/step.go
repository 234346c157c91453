package sim

import (
	"raftplay/raft"
	"raftplay/raft/trace"
)

// after records what an input to a node led to, and passes on what the node
// wants done. e says what the input was.
func (c *Cluster) after(e trace.Event, was raft.Role) {
	id, n := e.Node, c.nodes[e.Node]
	out := n.Output()
	c.timer(id, out.Election, out.Heartbeat)
	if is := n.View().State.Role; is == raft.Leader && was != is {
		c.seen.elected = id
	}
	created := c.created[:0]
	for i := range out.Messages {
		c.lastID++
		created = append(created, trace.Message{ID: c.lastID, Message: c.message(&out.Messages[i])})
	}
	if len(created) > 0 {
		box := c.out(id)
		for _, m := range created {
			*box = append(*box, packet{id: m.ID, cause: c.seq + 1, msg: m.Message})
		}
	}
	c.created = created
	e.Notes, e.Created = out.Notes, created
	c.event(e)
	for _, m := range created {
		if m.Type == raft.ClientReply {
			c.sendAnswer(m)
		} else if !c.config.HeldSending {
			c.sendByID(id, m.ID)
		}
	}
}

// sendByID sends a message of a server's outbox.
func (c *Cluster) sendByID(from raft.NodeID, id trace.MessageID) {
	for i := range c.outbox[from] {
		if c.outbox[from][i].id == id {
			c.send(from, i)
			return
		}
	}
}

// send moves the i-th message of a server's outbox to its receiver's inbox, or
// to whatever the link does with it.
func (c *Cluster) send(from raft.NodeID, i int) {
	p := c.take(place{from, true, i})
	to := p.msg.To
	c.seen.sent[p.msg.Type] |= raft.SetOf(from)
	cause := p.cause
	p.hold, p.due, p.cause = trace.Free, c.arrival(from, to), c.seq+1
	q := c.in(to)
	*q = append(*q, p)
	c.event(trace.Event{Kind: trace.Send, Node: from, Message: p.id, Cause: cause},
		trace.Change{Field: trace.Due, Value: uint64(p.due)})
	at := place{to, false, len(*q) - 1}
	if to == raft.Client {
		return
	}
	switch {
	case c.wires[from][to] == trace.Cut, c.chance.chance(c.links.Loss):
		c.lose(at, trace.Lose, p.cause)
	case c.wires[from][to] == trace.Holds:
		c.park(at, p.cause)
	case c.chance.chance(c.links.Duplicate):
		c.duplicate(at, p.cause)
	}
}

// arrival draws when a message sent now arrives. Without reordering it does not
// overtake those before it on the same link.
func (c *Cluster) arrival(from, to raft.NodeID) int64 {
	due := c.now + c.chance.between(c.links.LatencyMin, c.links.LatencyMax)
	if !c.links.Reorder {
		for i := range c.inbox[to] {
			if p := &c.inbox[to][i]; p.msg.From == from && p.due > due && p.hold == trace.Free {
				due = p.due
			}
		}
	}
	return due
}

// sendAnswer sends an answer to the client; unless it is held or takes its time,
// it arrives at once.
func (c *Cluster) sendAnswer(m trace.Message) {
	c.sendByID(m.From, m.ID)
	at := place{raft.Client, false, len(c.inbox[raft.Client]) - 1}
	for _, serial := range c.held {
		if serial == m.Serial {
			(*c.in(raft.Client))[at.i].hold = trace.ByHand
			c.event(trace.Event{Kind: trace.Delay, Node: raft.Client, Message: m.ID, Cause: c.inbox[raft.Client][at.i].cause})
			return
		}
	}
	if !c.running {
		c.handle(at)
	}
}

// handle makes the receiver handle a message of its inbox. A server that is down
// loses it.
func (c *Cluster) handle(at place) {
	if at.at != raft.Client && !c.up.Has(at.at) {
		c.lose(at, trace.Lose, c.inbox[at.at][at.i].cause)
		return
	}
	p := c.take(at)
	c.seen.handled[p.msg.Type] |= raft.SetOf(at.at)
	e := trace.Event{Kind: trace.Handle, Node: at.at, Message: p.id, Cause: p.cause}
	if at.at == raft.Client {
		c.seen.answered = true
		c.event(e)
		return
	}
	n := c.node(at.at)
	was := n.View().State.Role
	n.Receive(c.now, p.msg)
	c.after(e, was)
}

// lose removes a message that nobody will ever get.
func (c *Cluster) lose(at place, kind trace.Kind, cause int) {
	p := c.take(at)
	c.event(trace.Event{Kind: kind, Node: at.at, Message: p.id, Cause: cause})
}

func (c *Cluster) park(at place, cause int) {
	p := &(*c.queue(at))[at.i]
	p.hold = trace.AtWall
	c.event(trace.Event{Kind: trace.Park, Node: at.at, Message: p.id, Cause: cause})
}

// duplicate puts a copy of a message at the end of its queue.
func (c *Cluster) duplicate(at place, cause int) {
	q := c.queue(at)
	c.lastID++
	p := (*q)[at.i]
	copied := packet{id: c.lastID, parent: p.id, hold: p.hold, cause: c.seq + 1, msg: p.msg}
	e := trace.Event{Kind: trace.Duplicate, Node: at.at, Message: p.id, Cause: cause,
		Created: []trace.Message{{ID: copied.id, Parent: p.id, Message: p.msg}}}
	var changes []trace.Change
	if !at.outbox {
		copied.due = c.arrival(p.msg.From, p.msg.To)
		changes = append(changes, trace.Change{Field: trace.Due, Value: uint64(copied.due)})
	}
	*q = append(*q, copied)
	c.event(e, changes...)
}

// input is a node's input other than a message, recorded as kind.
func (c *Cluster) input(id raft.NodeID, kind trace.Kind, do func(Node)) {
	n := c.node(id)
	was := n.View().State.Role
	do(n)
	c.after(trace.Event{Kind: kind, Node: id}, was)
}

// timer carries out what a node wants done with its timers. In manual mode none
// runs.
func (c *Cluster) timer(id raft.NodeID, election, heartbeat raft.TimerOp) {
	if !c.running {
		return
	}
	switch election {
	case raft.Restart:
		c.electionDue[id] = c.now + c.chance.between(c.config.Timers.ElectionMin, c.config.Timers.ElectionMax)
	case raft.Stop:
		c.electionDue[id] = 0
	}
	switch heartbeat {
	case raft.Restart:
		c.heartbeatDue[id] = c.now + c.config.Timers.Heartbeat
	case raft.Stop:
		c.heartbeatDue[id] = 0
	}
}
