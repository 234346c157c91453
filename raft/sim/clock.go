package sim

import (
	"fmt"

	"raftplay/raft"
	"raftplay/raft/trace"
)

// setTimers switches all timers on or off. A timer that is switched on starts
// anew.
func (c *Cluster) setTimers(running bool) error {
	if c.running == running {
		return fmt.Errorf("timers: they are %s already", map[bool]string{true: "running", false: "manual"}[running])
	}
	c.running = running
	c.event(trace.Event{Kind: trace.Clock})
	for id := c.up.Next(raft.None); id != raft.None; id = c.up.Next(id) {
		if s := c.nodes[id].View().State; running && s.Role == raft.Leader {
			election := raft.Stop
			if c.config.Rules.CheckQuorum {
				election = raft.Restart
			}
			c.timer(id, election, raft.Restart)
		} else if running {
			c.timer(id, raft.Restart, raft.Stop)
		} else {
			c.electionDue[id], c.heartbeatDue[id] = 0, 0
		}
		c.event(trace.Event{Kind: trace.Clock, Node: id})
	}
	return nil
}

// due is something that the clock will bring about.
type due struct {
	at      int64
	node    raft.NodeID
	message place // of a message that arrives
	timer   trace.Kind
}

// nextDue returns what the clock brings about next among the given nodes: a
// message's arrival before a timer of the same moment, the smaller node first.
func (c *Cluster) nextDue(nodes raft.NodeSet) (due, bool) {
	var next due
	found := false
	consider := func(d due) {
		d.at = max(d.at, c.now)
		if !found || d.at < next.at {
			next, found = d, true
		}
	}
	arrivals := func(id raft.NodeID) {
		for i := range c.inbox[id] {
			if p := &c.inbox[id][i]; p.hold == trace.Free {
				consider(due{at: p.due, node: id, message: place{id, false, i}})
			}
		}
	}
	for id := nodes.Next(raft.None); id != raft.None; id = nodes.Next(id) {
		if len(c.outbox[id]) > 0 {
			consider(due{at: c.now, node: id, message: place{id, true, 0}})
		}
		arrivals(id)
	}
	arrivals(raft.Client)
	if !c.running {
		return next, found
	}
	for id := nodes.Next(raft.None); id != raft.None; id = nodes.Next(id) {
		if at := c.heartbeatDue[id]; at > 0 {
			consider(due{at: at, node: id, timer: trace.Heartbeat})
		}
		if at := c.electionDue[id]; at > 0 {
			consider(due{at: at, node: id, timer: trace.Timeout})
		}
	}
	return next, found
}

// bring makes what is due happen, at its time.
func (c *Cluster) bring(d due) {
	c.now = d.at
	switch {
	case d.timer == trace.Heartbeat:
		c.heartbeatDue[d.node] = 0
		c.input(d.node, trace.Heartbeat, func(n Node) { n.HeartbeatTimeout(c.now) })
	case d.timer == trace.Timeout:
		c.electionDue[d.node] = 0
		c.input(d.node, trace.Timeout, func(n Node) { n.ElectionTimeout(c.now) })
	case d.message.outbox:
		c.send(d.node, d.message.i)
	default:
		c.handle(d.message)
	}
}
