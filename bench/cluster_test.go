package bench

import (
	"testing"

	"raftplay/raft"
	"raftplay/raft/check"
	"raftplay/raft/sim"
	"raftplay/raft/trace"
)

// cluster is a cluster whose leader is server 1. All engines run the same store,
// with pre-vote and check-quorum on.
type cluster interface {
	propose(tb testing.TB, command string) // to the leader, delivering nothing
	settle(tb testing.TB)                  // delivers until all is quiet
	committed() int                        // commands that the leader has applied
	messages() int                         // delivered between servers so far
	value(key string) string               // in the leader's store
}

// engine makes clusters that have just elected their leader.
type engine struct {
	name string
	make func(tb testing.TB, nodes int) cluster
}

var engines = []engine{
	{"etcd", newEtcd},
	{"nodes", newNodes},
	{"cluster", newCluster},
	{"journal", func(tb testing.TB, nodes int) cluster { return newRun(tb, nodes, nil) }},
	{"invariants", func(tb testing.TB, nodes int) cluster { return newRun(tb, nodes, check.New(nodes).Check) }},
}

// nodeCluster is the protocol alone: servers and a queue for each.
type nodeCluster struct {
	servers   []*raft.Node
	inboxes   [][]raft.Message
	delivered int
	serial    uint32
}

func newNodes(tb testing.TB, nodes int) cluster {
	c := &nodeCluster{servers: make([]*raft.Node, nodes+1), inboxes: make([][]raft.Message, nodes+1)}
	for id := 1; id <= nodes; id++ {
		c.servers[id] = raft.New(raft.Options{ID: raft.NodeID(id), Rules: config(nodes).Rules,
			Configuration: raft.Configuration{Voters: raft.FirstNodes(nodes)}, MinElectionTimeout: 150})
	}
	c.servers[1].ElectionTimeout(0)
	c.post(1)
	c.settle(tb)
	return c
}

func (c *nodeCluster) propose(tb testing.TB, command string) {
	c.serial++
	c.servers[1].Receive(0, &raft.Message{Type: raft.ClientRequest, From: raft.Client, To: 1, Serial: c.serial, Text: command})
	c.post(1)
}

func (c *nodeCluster) settle(tb testing.TB) {
	for moved := true; moved; {
		moved = false
		for id := 1; id < len(c.servers); id++ {
			for i := range c.inboxes[id] {
				c.servers[id].Receive(0, &c.inboxes[id][i])
				c.post(id)
				moved = true
			}
			c.delivered += len(c.inboxes[id])
			c.inboxes[id] = c.inboxes[id][:0]
		}
	}
}

// post puts what a server sends into the others' inboxes.
func (c *nodeCluster) post(id int) {
	for _, m := range c.servers[id].Output().Messages {
		if m.To != raft.Client {
			c.inboxes[m.To] = append(c.inboxes[m.To], m)
		}
	}
}

func (c *nodeCluster) committed() int { return int(c.servers[1].LastApplied) - 1 } // less the TermStart entry
func (c *nodeCluster) messages() int  { return c.delivered }
func (c *nodeCluster) value(key string) string {
	v, _ := c.servers[1].Store.Get(key)
	return v
}

func config(nodes int) sim.Config {
	c := sim.DefaultConfig()
	production, err := raft.ProfileNamed("production")
	if err != nil {
		panic(err)
	}
	c.Nodes, c.Rules = nodes, production.Rules
	return c
}

var (
	election = sim.Action{Do: sim.Timeout, Node: 1}
	drain    = sim.Action{Do: sim.RunPolicy, Policy: sim.Drain}
)

func ask(command string) sim.Action {
	return sim.Action{Do: sim.Ask, Node: 1, Command: command}
}

// simulated is what clusters with and without a journal have in common.
type simulated struct {
	*sim.Cluster
	requests int
}

func (c *simulated) committed() int { return int(c.View(1).State.LastApplied) - 1 }
func (c *simulated) value(key string) string {
	v, _ := c.View(1).Store.Get(key)
	return v
}

// messages is told by the number of events: one for the start of each server and
// for the election timeout; four for each request: asked, handled, answered, and
// the answer handled; two for each message: sent and handled.
func (c *simulated) messages() int {
	return (c.Seq() - c.Config().Nodes - 1 - 4*c.requests) / 2
}

// unrecorded is a simulated cluster without a journal.
type unrecorded struct{ simulated }

func newCluster(tb testing.TB, nodes int) cluster {
	c, _, err := sim.New(config(nodes), false)
	must(tb, err)
	u := &unrecorded{simulated{Cluster: c}}
	u.act(tb, election)
	u.settle(tb)
	return u
}

func (c *unrecorded) act(tb testing.TB, a sim.Action) {
	_, err := c.Apply(a)
	must(tb, err)
}

func (c *unrecorded) propose(tb testing.TB, command string) {
	c.requests++
	c.act(tb, ask(command))
}

func (c *unrecorded) settle(tb testing.TB) { c.act(tb, drain) }

// recorded is a run: a simulated cluster with its journal, and with someone who
// looks at every event if watch is not nil.
type recorded struct {
	simulated
	run   *sim.Run
	watch func(*trace.Event)
}

func newRun(tb testing.TB, nodes int, watch func(*trace.Event)) *recorded {
	run, err := sim.NewRun(config(nodes))
	must(tb, err)
	r := &recorded{simulated{Cluster: run.Cluster()}, run, watch}
	r.look(run.Journal().Events(0))
	r.act(tb, election)
	r.settle(tb)
	return r
}

func (r *recorded) act(tb testing.TB, a sim.Action) {
	events, err := r.run.Apply(a)
	must(tb, err)
	r.look(events)
}

func (r *recorded) look(events []trace.Event) {
	if r.watch == nil {
		return
	}
	for i := range events {
		r.watch(&events[i])
	}
}

func (r *recorded) propose(tb testing.TB, command string) {
	r.requests++
	r.act(tb, ask(command))
}

func (r *recorded) settle(tb testing.TB) { r.act(tb, drain) }

func must(tb testing.TB, err error) {
	if err != nil {
		tb.Helper()
		tb.Fatal(err)
	}
}
