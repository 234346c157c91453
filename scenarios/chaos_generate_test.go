package scenarios_test

import (
	"fmt"
	"math/rand/v2"

	"raftplay/raft"
	"raftplay/raft/check"
	"raftplay/raft/sim"
	"raftplay/raft/trace"
)

// step is one action of a fault schedule. It names its messages by what they
// are, not by their ids, so that it keeps its meaning when steps before it are
// removed.
type step struct {
	sim.Action
	Message, After match
}

// match names a waiting message: the nth of its kind on its link, counted from 0.
type match struct {
	From, To raft.NodeID
	Type     raft.MessageType
	Nth      int
}

// arena is a cluster under a fault schedule, with the fold of its journal and a
// checker that sees every event.
type arena struct {
	cluster *sim.Cluster
	fold    *trace.State
	checker *check.Checker
	taken   []sim.Action // the actions that were not refused
	notes   map[raft.NoteCode]int
	events  int
}

func newArena(config sim.Config) *arena {
	cluster, events, err := sim.New(config, true)
	if err != nil {
		panic(err)
	}
	a := &arena{cluster: cluster, fold: trace.NewState(config.Nodes), checker: check.New(config.Nodes),
		notes: map[raft.NoteCode]int{}}
	a.see(events)
	return a
}

func (a *arena) see(events []trace.Event) {
	a.events += len(events)
	for i := range events {
		a.fold.Apply(&events[i])
		a.checker.Check(&events[i])
		for _, n := range events[i].Notes {
			a.notes[n.Code]++
		}
	}
}

// do carries out a step. One that cannot be done is skipped.
func (a *arena) do(s step) []trace.Event {
	action := s.Action
	if s.Message != (match{}) {
		if action.Message = a.find(s.Message); action.Message == 0 {
			return nil
		}
	}
	if s.After != (match{}) {
		if action.After = a.find(s.After); action.After == 0 {
			return nil
		}
	}
	events, err := a.cluster.Apply(action)
	if err != nil {
		return nil
	}
	a.taken = append(a.taken, action)
	a.see(events)
	return events
}

// find returns the waiting message that m names, 0 if there is none.
func (a *arena) find(m match) trace.MessageID {
	nth := m.Nth
	for _, q := range [][]trace.Packet{a.inbox(m.To), a.outbox(m.From)} {
		for i := range q {
			if q[i].From == m.From && q[i].To == m.To && q[i].Type == m.Type {
				if nth == 0 {
					return q[i].ID
				}
				nth--
			}
		}
	}
	return 0
}

// inbox returns what waits for id. Shrinking may have removed the server.
func (a *arena) inbox(id raft.NodeID) []trace.Packet {
	if id == raft.Client {
		return a.fold.Client
	}
	if int(id) >= len(a.fold.Nodes) {
		return nil
	}
	return a.fold.Nodes[id].Inbox
}

// outbox returns what id has still to send. The client sends at once.
func (a *arena) outbox(id raft.NodeID) []trace.Packet {
	if int(id) >= len(a.fold.Nodes) {
		return nil
	}
	return a.fold.Nodes[id].Outbox
}

// name returns how to name a waiting message.
func (a *arena) name(id trace.MessageID) match {
	p := a.fold.Find(id)
	m := match{From: p.From, To: p.To, Type: p.Type}
	for a.find(m) != id {
		m.Nth++
	}
	return m
}

// generator draws a fault schedule. It looks at the cluster to draw steps that
// lead somewhere: requests go mostly to leaders, restarts to what is down.
type generator struct {
	*rand.Rand
	*arena
	nodes int
}

func (g *generator) chance(percent int) bool { return g.IntN(100) < percent }

// randomConfig draws a cluster: its size, a profile with or without each of the
// rules that safety does not need, its network and its timers.
func randomConfig(r *rand.Rand) sim.Config {
	chance := func(percent int) bool { return r.IntN(100) < percent }
	c := sim.DefaultConfig()
	c.Nodes = []int{3, 3, 3, 4, 5, 5, 6, 7}[r.IntN(8)]
	profile := []string{"paper", "production"}[r.IntN(2)]
	p, err := raft.ProfileNamed(profile)
	if err != nil {
		panic(err)
	}
	c.Rules = p.Rules
	for _, rule := range raft.RuleList {
		switch {
		case rule.Name == "preVote" || rule.Name == "checkQuorum":
			rule.Set(&c.Rules, chance(50))
		case rule.Kind == raft.Comfort && chance(15):
			rule.Set(&c.Rules, !rule.On(c.Rules))
		}
	}
	if chance(30) {
		c.Rules.MaxEntries = 1 + r.IntN(4)
	}
	c.Timers.Running = chance(30)
	c.HeldSending = chance(30)
	if chance(30) {
		c.Links = sim.Links{LatencyMin: 0, LatencyMax: int64(r.IntN(60)), Loss: r.IntN(150), Duplicate: r.IntN(150), Reorder: chance(50)}
	}
	c.Seed = r.Uint64()
	return c
}

// node draws any server.
func (g *generator) node() raft.NodeID { return raft.NodeID(1 + g.IntN(g.nodes)) }

// set draws a set of servers that is neither empty nor everyone.
func (g *generator) set() raft.NodeSet {
	return raft.NodeSet(1+g.IntN(1<<g.nodes-2)) << 1
}

// leader draws a leader; if there is none, or so it falls, any server.
func (g *generator) leader() raft.NodeID {
	if id := g.first(func(n *trace.NodeState) bool { return n.Role == raft.Leader }); id != raft.None && g.chance(90) {
		return id
	}
	return g.node()
}

// first returns a server of which is is true, beginning anywhere, or none.
func (g *generator) first(is func(*trace.NodeState) bool) raft.NodeID {
	from := g.IntN(g.nodes)
	for i := range g.nodes {
		if n := &g.fold.Nodes[1+(from+i)%g.nodes]; is(n) {
			return n.ID
		}
	}
	return raft.None
}

// waiting draws a waiting message of the servers, or nothing if none waits.
func (g *generator) waiting() (match, bool) {
	id := g.first(func(n *trace.NodeState) bool { return len(n.Inbox)+len(n.Outbox) > 0 })
	if id == raft.None {
		return match{}, false
	}
	n := &g.fold.Nodes[id]
	at := g.IntN(len(n.Inbox) + len(n.Outbox))
	if at < len(n.Inbox) {
		return g.name(n.Inbox[at].ID), true
	}
	return g.name(n.Outbox[at-len(n.Inbox)].ID), true
}

// hands are what a hand can do to a message, as often as they stand here.
var hands = []sim.Verb{sim.Deliver, sim.Deliver, sim.Deliver, sim.Deliver, sim.Deliver, sim.Drop,
	sim.Delay, sim.Release, sim.Duplicate, sim.Duplicate, sim.Reorder}

// next draws the next step.
func (g *generator) next() step {
	switch k := g.IntN(100); {
	case k < 30:
		if m, found := g.waiting(); found {
			s := step{Action: sim.Action{Do: hands[g.IntN(len(hands))], Ms: int64(g.IntN(4)) * 50}, Message: m}
			if s.Do == sim.Reorder {
				s.After, _ = g.waiting()
			}
			return s
		}
		return step{Action: g.ask()}
	case k < 43:
		return step{Action: g.ask()}
	case k < 52:
		return step{Action: g.campaign()}
	case k < 61:
		return step{Action: sim.Action{Do: sim.Heartbeat, Node: g.leader()}}
	case k < 66:
		return step{Action: g.upOrDown()}
	case k < 74:
		return step{Action: g.network()}
	case k < 75:
		return step{Action: sim.Action{Do: sim.SetTimers, Running: !g.fold.Running}}
	case k < 76:
		return step{Action: sim.Action{Do: sim.SetLinks, Links: &sim.Links{LatencyMax: int64(g.IntN(60)),
			Loss: g.IntN(100), Duplicate: g.IntN(100), Reorder: g.chance(50)}}}
	}
	return step{Action: g.policy()}
}

// ask draws a client's request, or a campaign if there is no leader to ask.
func (g *generator) ask() sim.Action {
	id := g.leader()
	if g.fold.Nodes[id].Role != raft.Leader && g.chance(70) {
		return g.campaign()
	}
	return sim.Action{Do: sim.Ask, Node: id, Command: fmt.Sprintf("add k%d 1", g.IntN(3)),
		Hold: []sim.Holding{sim.HoldNone, sim.HoldNone, sim.HoldAnswer, sim.HoldRequest}[g.IntN(4)]}
}

// campaign draws an election, one in three by force.
func (g *generator) campaign() sim.Action {
	id := g.first(func(n *trace.NodeState) bool { return n.Up && n.Role != raft.Leader })
	switch {
	case id == raft.None:
		return g.upOrDown()
	case g.chance(33):
		return sim.Action{Do: sim.Campaign, Node: id}
	}
	return sim.Action{Do: sim.Timeout, Node: id}
}

// upOrDown draws a restart of a server that is down, or a crash.
func (g *generator) upOrDown() sim.Action {
	if id := g.first(func(n *trace.NodeState) bool { return !n.Up }); id != raft.None && g.chance(75) {
		return sim.Action{Do: sim.Restart, Node: id}
	}
	return sim.Action{Do: sim.Crash, Node: g.leader()}
}

func (g *generator) network() sim.Action {
	keep := g.chance(50)
	switch g.IntN(8) {
	case 0:
		return sim.Action{Do: sim.Isolate, Node: g.leader(), Keep: keep}
	case 1:
		return sim.Action{Do: sim.Rejoin, Node: g.node(), Keep: keep}
	case 2, 3:
		return sim.Action{Do: sim.Partition, Groups: []raft.NodeSet{g.set()}, Keep: keep}
	case 4:
		return sim.Action{Do: sim.CutLink, Node: g.node(), To: g.node(), Keep: keep}
	case 5:
		return sim.Action{Do: sim.MendLink, Node: g.node(), To: g.node(), Keep: keep}
	}
	return sim.Action{Do: sim.Heal, Keep: keep}
}

func (g *generator) policy() sim.Action {
	a := sim.Action{Do: sim.RunPolicy, Count: 1 + g.IntN(25)}
	switch k := g.IntN(20); {
	case k < 8:
		a.Policy = sim.Random
	case k < 13:
		a.Policy = sim.Drain
	case k < 14:
		a.Policy = sim.Bounce
	default:
		a.Policy = sim.Timed
		if g.chance(50) {
			a.Until = &sim.Until{When: sim.Passed, Ms: int64(1 + g.IntN(400))}
		}
	}
	if g.chance(25) {
		a.Nodes = g.set()
	}
	return a
}

// schedule is a configuration and what happens to the cluster.
type schedule struct {
	config sim.Config
	steps  []step
}

// draw draws a schedule and plays it, up to the first violation. change adjusts
// the configuration, if not nil.
func draw(seed uint64, change func(*sim.Config)) (schedule, *arena) {
	r := rand.New(rand.NewPCG(seed, 0))
	s := schedule{config: randomConfig(r)}
	if change != nil {
		change(&s.config)
	}
	g := generator{r, newArena(s.config), s.config.Nodes}
	for range 60 + r.IntN(90) {
		next := g.next()
		s.steps = append(s.steps, next)
		g.do(next)
		if len(g.checker.Violations()) > 0 {
			break
		}
	}
	return s, g.arena
}
