package scenarios_test

import (
	"slices"

	"raftplay/raft"
	"raftplay/raft/check"
	"raftplay/raft/sim"
	"raftplay/raft/trace"
)

// play plays a schedule up to the first violation. Steps that cannot be done are
// skipped.
func (s schedule) play() *arena {
	a := newArena(s.config)
	for _, next := range s.steps {
		a.do(next)
		if len(a.checker.Violations()) > 0 {
			break
		}
	}
	return a
}

// breaks reports whether the schedule still breaks the invariant, before any
// other.
func (s schedule) breaks(i check.Invariant) bool {
	v := s.play().checker.Violations()
	return len(v) > 0 && v[0].Invariant == i
}

// shrink returns a schedule that breaks the same invariant with as few steps as
// it finds: it plays everything by hand, simplifies the cluster and leaves out ever
// smaller chunks of steps (delta debugging), until nothing more can go.
func shrink(s schedule, i check.Invariant) schedule {
	hands := false
	for before := -1; before != len(s.steps); {
		if by := s.byHand(); !hands && by.breaks(i) {
			s, hands = by, true
		}
		before = len(s.steps)
		s = withoutChunks(s, i)
		s = simpler(s, i)
		s = withFewerMoves(s, i)
	}
	return s
}

// withoutChunks leaves out chunks of steps.
func withoutChunks(s schedule, i check.Invariant) schedule {
	for size := len(s.steps) / 2; size > 0; size /= 2 {
		for at := len(s.steps) - size; at >= 0; at -= size {
			t := schedule{s.config, slices.Delete(slices.Clone(s.steps), at, at+size)}
			if t.breaks(i) {
				s = t
			}
		}
	}
	return s
}

// simpler takes what is not needed from the configuration.
func simpler(s schedule, i check.Invariant) schedule {
	try := func(change func(*sim.Config)) {
		t := s
		change(&t.config)
		if t.config != s.config && t.breaks(i) {
			s = t
		}
	}
	standard := sim.DefaultConfig()
	try(func(c *sim.Config) { c.Timers.Running = false })
	try(func(c *sim.Config) { c.HeldSending = false })
	try(func(c *sim.Config) { c.Links = standard.Links })
	try(func(c *sim.Config) { c.Rules.MaxEntries = 1 })
	for n := 3; n < s.config.Nodes; n++ {
		try(func(c *sim.Config) { c.Nodes = n })
	}
	for _, rule := range raft.RuleList {
		if rule.Kind != raft.Safety && rule.On(s.config.Rules) != rule.On(standard.Rules) {
			try(func(c *sim.Config) { rule.Set(&c.Rules, rule.On(standard.Rules)) })
		}
	}
	return s
}

// withFewerMoves lowers the counts of the policies that are left.
func withFewerMoves(s schedule, i check.Invariant) schedule {
	for at := range s.steps {
		for s.steps[at].Count > 1 {
			t := schedule{s.config, slices.Clone(s.steps)}
			t.steps[at].Count /= 2
			if !t.breaks(i) {
				break
			}
			s = t
		}
	}
	return s
}

// byHand returns a schedule that does the same without policies, running timers
// and chance: every delivery, loss, copy and timeout is a step of its own.
func (s schedule) byHand() schedule {
	a := newArena(s.config)
	out := schedule{config: s.config}
	out.config.Links, out.config.Timers.Running = sim.DefaultConfig().Links, false
	b := &byHand{arena: newArena(out.config)}
	for _, next := range s.steps {
		running := a.fold.Running
		events := a.do(next)
		switch {
		case events == nil, next.Do == sim.RunPolicy, next.Do == sim.SetTimers, next.Do == sim.SetLinks:
		case next.Do == sim.Ask && running && next.Hold == sim.HoldNone:
			next.Hold = sim.HoldRequest
			b.take(next)
		default:
			b.takeAsIs(a.taken[len(a.taken)-1])
		}
		for i := range events {
			b.mirror(&events[i])
		}
		if len(a.checker.Violations()) > 0 {
			break
		}
	}
	out.steps = b.steps
	return out
}

// byHand is an arena that is made to do what happened in another one.
type byHand struct {
	*arena
	steps []step
}

func (b *byHand) take(s step) {
	b.do(s)
	b.steps = append(b.steps, s)
}

// takeAsIs takes an action on the very messages that it names.
func (b *byHand) takeAsIs(a sim.Action) {
	s := step{Action: a}
	for _, m := range []struct {
		id   trace.MessageID
		name *match
	}{{a.Message, &s.Message}, {a.After, &s.After}} {
		if m.id != 0 {
			if b.fold.Find(m.id) == nil {
				return
			}
			*m.name = b.name(m.id)
		}
	}
	b.take(s)
}

// wait lets time pass and nothing else: only for a server with empty queues.
func (b *byHand) wait(ms int64) {
	for id := 1; id < len(b.fold.Nodes) && ms > 0; id++ {
		if n := &b.fold.Nodes[id]; len(n.Inbox)+len(n.Outbox) == 0 {
			b.take(step{Action: sim.Action{Do: sim.RunPolicy, Policy: sim.Timed, Nodes: raft.SetOf(n.ID),
				Until: &sim.Until{When: sim.Passed, Ms: ms}}})
			return
		}
	}
}

// mirror does what the event says, unless it has come about by itself.
func (b *byHand) mirror(e *trace.Event) {
	b.wait(e.Time - b.fold.Time)
	p := b.fold.Find(e.Message)
	on := func(do sim.Verb) { b.takeAsIs(sim.Action{Do: do, Message: e.Message}) }
	switch {
	case e.Kind == trace.Timeout && e.Move > 0:
		b.take(step{Action: sim.Action{Do: sim.Timeout, Node: e.Node}})
	case e.Kind == trace.Heartbeat && e.Move > 0:
		b.take(step{Action: sim.Action{Do: sim.Heartbeat, Node: e.Node}})
	case p == nil:
	case e.Kind == trace.Handle, e.Kind == trace.Send && b.unsent(p):
		on(sim.Deliver)
	case e.Kind == trace.Lose:
		on(sim.Drop)
	case e.Kind == trace.Duplicate && b.fold.Find(e.Created[0].ID) == nil:
		on(sim.Duplicate)
	}
}

// unsent reports whether a message still waits in its sender's outbox.
func (b *byHand) unsent(p *trace.Packet) bool {
	return slices.ContainsFunc(b.outbox(p.From), func(q trace.Packet) bool { return q.ID == p.ID })
}
