package sim

import (
	"errors"
	"fmt"

	"raftplay/raft"
	"raftplay/raft/trace"
)

// policyRun is how far a policy's run has got. It is a value, so that a
// checkpoint can hold one.
type policyRun struct {
	action Action
	nodes  raft.NodeSet
	at     raft.NodeID // drain, bounce: whose turn it is
	sends  bool        // bounce: it has handled and may now send
	moved  bool        // drain, bounce: something moved in this round
	moves  int
	begun  int64 // virtual time
}

// runPolicy moves messages by rule until nothing moves, the condition holds or
// the count is reached.
func (c *Cluster) runPolicy(a Action) ([]trace.Event, error) {
	p, err := c.beginPolicy(a)
	if err != nil {
		return nil, err
	}
	for c.advance(&p) {
	}
	return c.events(), nil
}

// beginPolicy checks a policy's action and starts its run. It returns an error,
// and changes nothing, if no move would follow.
func (c *Cluster) beginPolicy(a Action) (policyRun, error) {
	p := policyRun{action: a, nodes: a.Nodes, begun: c.now}
	if err := a.check(); err != nil {
		return p, err
	}
	all := raft.FirstNodes(c.config.Nodes)
	if p.nodes == 0 {
		p.nodes = all
	}
	if p.nodes&^all != 0 {
		return p, fmt.Errorf("run: the nodes are N-1 to N-%d", c.config.Nodes)
	}
	if a.Count < 0 {
		return p, fmt.Errorf("run: count is %d: it must not be negative", a.Count)
	}
	switch a.Policy {
	case Drain, Bounce, Timed, Random:
	default:
		return p, fmt.Errorf("run: unknown policy %q: use drain, bounce, timed or random", a.Policy)
	}
	if err := c.checkUntil(a); err != nil {
		return p, err
	}
	p.at = p.nodes.Next(raft.None)
	if c.lookAhead(p) {
		c.beginAction(a)
		return p, nil
	}
	return p, ErrNothing
}

func (c *Cluster) checkUntil(a Action) error {
	u := a.Until
	switch {
	case u == nil:
		if a.Policy == Timed && a.Count == 0 && c.running {
			return errors.New("run: with running timers something is always due: give a condition or a count")
		}
		return nil
	case u.Node != raft.None && c.knows(u.Node) != nil:
		return fmt.Errorf("run: until: %w", c.knows(u.Node))
	}
	switch u.When {
	case Committed, Applied:
		if u.Index == 0 {
			return fmt.Errorf("run: until %s needs an index", u.When)
		}
	case Sent, Handled:
		if u.Type < raft.PreVote || u.Type > raft.ClientReply {
			return fmt.Errorf("run: until %s needs the type of a message", u.When)
		}
	case Passed:
		if a.Policy != Timed || u.Ms < 1 || u.Ms > 3_600_000 {
			return errors.New("run: until passed needs the timed policy and 1 to 3600000 ms")
		}
	case Elected, Answered:
	default:
		return fmt.Errorf("run: unknown condition %q: use elected, committed, applied, sent, handled, answered or passed", u.When)
	}
	if a.Policy == Timed && a.Count == 0 && c.running && u.When != Passed {
		return fmt.Errorf("run: with running timers the condition %q may never hold: give a count too", u.When)
	}
	return nil
}

// lookAhead reports whether the policy has a first move to make.
func (c *Cluster) lookAhead(p policyRun) bool {
	if c.holds(&p, &happened{}) {
		return false
	}
	if p.action.Policy == Timed {
		_, found := c.nextDue(p.nodes)
		return found || p.action.Until != nil && p.action.Until.When == Passed
	}
	for id := p.nodes.Next(raft.None); id != raft.None; id = p.nodes.Next(id) {
		if len(c.outbox[id]) > 0 || c.head(id) >= 0 {
			return true
		}
	}
	return false
}

// head returns the place of the first message in a server's inbox that can be
// handled, -1 if there is none.
func (c *Cluster) head(id raft.NodeID) int {
	for i := range c.inbox[id] {
		if c.inbox[id][i].hold == trace.Free {
			return i
		}
	}
	return -1
}

// advance makes the next move. It reports false when the run is over; the last
// move may have been made by the same call.
func (c *Cluster) advance(p *policyRun) bool {
	c.move, c.seen = p.moves+1, happened{}
	var moved bool
	switch p.action.Policy {
	case Drain:
		moved = c.drainMove(p)
	case Bounce:
		moved = c.bounceMove(p)
	case Timed:
		moved = c.timedMove(p)
	case Random:
		moved = c.randomMove(p)
	}
	if !moved {
		return false
	}
	p.moves++
	return (p.action.Count == 0 || p.moves < p.action.Count) && !c.holds(p, &c.seen)
}

// drainMove: the node whose turn it is sends, else handles; when it has neither
// the turn passes on, until a whole round has brought nothing.
func (c *Cluster) drainMove(p *policyRun) bool {
	for {
		if len(c.outbox[p.at]) > 0 {
			c.send(p.at, 0)
			p.moved = true
			return true
		}
		if i := c.head(p.at); i >= 0 {
			c.handle(place{p.at, false, i})
			p.moved = true
			return true
		}
		if !p.pass() {
			return false
		}
	}
}

// bounceMove: the node whose turn it is handles at most one message, then sends
// at most one.
func (c *Cluster) bounceMove(p *policyRun) bool {
	for {
		if !p.sends {
			p.sends = true
			if i := c.head(p.at); i >= 0 {
				c.handle(place{p.at, false, i})
				p.moved = true
				return true
			}
		}
		p.sends = false
		at := p.at
		sends := len(c.outbox[at]) > 0
		p.moved = p.moved || sends
		over := !p.pass()
		if sends {
			c.send(at, 0)
			return true
		}
		if over {
			return false
		}
	}
}

// pass gives the turn to the next node. It reports false after a round in which
// nothing moved.
func (p *policyRun) pass() bool {
	p.at = p.nodes.Next(p.at)
	if p.at != raft.None {
		return true
	}
	p.at = p.nodes.Next(raft.None)
	moved := p.moved
	p.moved = false
	return moved
}

// timedMove: the clock goes on to what is due next.
func (c *Cluster) timedMove(p *policyRun) bool {
	d, found := c.nextDue(p.nodes)
	if u := p.action.Until; u != nil && u.When == Passed && (!found || d.at > p.begun+u.Ms) {
		if c.now == p.begun+u.Ms {
			return false
		}
		c.now = p.begun + u.Ms
		c.event(trace.Event{Kind: trace.Clock})
		return true
	}
	if found {
		c.bring(d)
	}
	return found
}

// randomMove: one of the messages that can move does.
func (c *Cluster) randomMove(p *policyRun) bool {
	choices := 0
	pick := -1
	for {
		for id := p.nodes.Next(raft.None); id != raft.None; id = p.nodes.Next(id) {
			if len(c.outbox[id]) > 0 {
				if choices == pick {
					c.send(id, 0)
					return true
				}
				choices++
			}
			for i := range c.inbox[id] {
				if c.inbox[id][i].hold == trace.Free {
					if choices == pick {
						c.handle(place{id, false, i})
						return true
					}
					choices++
				}
			}
		}
		if choices == 0 {
			return false
		}
		pick, choices = c.chance.below(choices), 0
	}
}

// holds reports whether the run's condition is met, given what the last move
// brought.
func (c *Cluster) holds(p *policyRun, seen *happened) bool {
	u := p.action.Until
	if u == nil {
		return false
	}
	matches := func(id raft.NodeID) bool { return id != raft.None && (u.Node == raft.None || u.Node == id) }
	among := func(s raft.NodeSet) bool { return s.Has(u.Node) || u.Node == raft.None && s != 0 }
	switch u.When {
	case Elected:
		return matches(seen.elected)
	case Sent:
		return among(seen.sent[u.Type])
	case Handled:
		return among(seen.handled[u.Type])
	case Answered:
		return seen.answered
	case Passed:
		return c.now >= p.begun+u.Ms
	}
	any := false
	for id := c.up.Next(raft.None); id != raft.None; id = c.up.Next(id) {
		s := c.nodes[id].View().State
		reached := s.CommitIndex
		if u.When == Applied {
			reached = s.LastApplied
		}
		if u.Every && reached < u.Index {
			return false
		}
		any = any || reached >= u.Index && matches(id)
	}
	return any
}
