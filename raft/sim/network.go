package sim

import (
	"errors"
	"fmt"

	"raftplay/raft"
	"raftplay/raft/trace"
)

// onNetwork cuts or mends links, and does to the messages on them what follows
// from it.
func (c *Cluster) onNetwork(a Action) error {
	closed := trace.Cut
	if a.Keep {
		closed = trace.Holds
	}
	wires := c.wires
	all := raft.FirstNodes(c.config.Nodes)
	set := func(from, to raft.NodeID, s trace.LinkState) {
		if from != to {
			wires[from][to] = s
		}
	}
	each := func(do func(a, b raft.NodeID)) {
		for a := all.Next(raft.None); a != raft.None; a = all.Next(a) {
			for b := all.Next(raft.None); b != raft.None; b = all.Next(b) {
				do(a, b)
			}
		}
	}
	switch a.Do {
	case Isolate, Rejoin:
		if err := c.knows(a.Node); err != nil {
			return err
		}
		state := closed
		if a.Do == Rejoin {
			state = trace.Open
		}
		each(func(x, y raft.NodeID) {
			if x == a.Node || y == a.Node {
				set(x, y, state)
			}
		})
	case Partition:
		group, err := c.groups(a.Groups)
		if err != nil {
			return err
		}
		each(func(x, y raft.NodeID) {
			if group[x] != group[y] {
				set(x, y, closed)
			} else {
				set(x, y, trace.Open)
			}
		})
	case Heal:
		each(func(x, y raft.NodeID) { set(x, y, trace.Open) })
	case CutLink, MendLink:
		if err := errors.Join(c.knows(a.Node), c.knows(a.To)); err != nil {
			return err
		}
		if a.Node == a.To {
			return fmt.Errorf("%s has no link to itself", a.Node)
		}
		state := closed
		if a.Do == MendLink {
			state = trace.Open
		}
		set(a.Node, a.To, state)
	}
	var changed []trace.Link
	each(func(x, y raft.NodeID) {
		if wires[x][y] != c.wires[x][y] {
			changed = append(changed, trace.Link{From: x, To: y, State: wires[x][y]})
		}
	})
	if len(changed) == 0 {
		return fmt.Errorf("%s: every link is as you want it already", a.Do)
	}
	c.wires = wires
	seq := c.event(trace.Event{Kind: trace.Network, Node: a.Node, Links: changed})
	c.rewire(seq, a.Keep)
	return nil
}

// groups returns the number of each server's group; servers that are named in
// none form one more.
func (c *Cluster) groups(sets []raft.NodeSet) ([seats]int, error) {
	var group [seats]int
	all := raft.FirstNodes(c.config.Nodes)
	var named raft.NodeSet
	for i, s := range sets {
		switch {
		case s == 0 || s&^all != 0:
			return group, fmt.Errorf("partition: group %d must name nodes from N-1 to N-%d", i+1, c.config.Nodes)
		case s&named != 0:
			return group, fmt.Errorf("partition: %s is in two groups", (s & named).Next(raft.None))
		}
		named |= s
		for id := s.Next(raft.None); id != raft.None; id = s.Next(id) {
			group[id] = i + 1
		}
	}
	if len(sets) == 0 {
		return group, errors.New("partition: at least one group of nodes is needed")
	}
	return group, nil
}

// rewire does to the messages under way what their links now do: those on a cut
// link are lost, those on a holding one wait at the wall, and those that waited
// at a wall which is gone go on if keep is true, else they are discarded.
func (c *Cluster) rewire(seq int, keep bool) {
	for to := raft.NodeID(1); int(to) <= c.config.Nodes; to++ {
		for i := 0; i < len(c.inbox[to]); {
			p, at := c.inbox[to][i], place{to, false, i}
			if p.msg.From == raft.Client {
				i++
				continue
			}
			switch state := c.wires[p.msg.From][to]; {
			case state == trace.Cut, state == trace.Open && p.hold == trace.AtWall && !keep:
				c.lose(at, trace.Lose, seq)
				continue
			case state == trace.Holds && p.hold != trace.AtWall:
				c.park(at, p.cause)
			case state == trace.Open && p.hold == trace.AtWall:
				c.release(at)
			}
			i++
		}
	}
}
