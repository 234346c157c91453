package sim

import (
	"raftplay/raft"
	"raftplay/raft/trace"
)

// packet is a message that waits in a queue.
type packet struct {
	id, parent trace.MessageID
	hold       trace.Hold
	due        int64
	cause      int // Seq of the event that put it where it is
	msg        *raft.Message
}

const seats = raft.MaxNodes + 2 // servers by id, seat 0 empty, the client last

// Cluster is one simulated cluster at one moment. It is not safe for concurrent
// use. A copy made with [Cluster.Clone] shares nodes and queues until one of the
// two changes them.
type Cluster struct {
	config  *Config
	links   Links // as set last
	now     int64
	running bool
	chance  rng
	lastID  trace.MessageID
	serial  uint32   // of the client's last request
	held    []uint32 // serials of the requests whose answers are held

	up           raft.NodeSet
	nodes        [seats]Node
	electionDue  [seats]int64
	heartbeatDue [seats]int64
	outbox       [seats][]packet
	inbox        [seats][]packet
	wires        [seats][seats]trace.LinkState

	sharedNodes, sharedOut, sharedIn uint32 // bit id: a clone may read it too
	heir                             uint32 // bit id: the node's successor is this cluster's, no clone's

	seq        int // of the last event
	action     int
	move       int
	unrecorded bool
	seen       happened
	slab       []raft.Message  // room for messages to come
	created    []trace.Message // room for those of one input
	recorder   *recorder       // nil: no events are made
}

// happened is what a policy's condition can have seen during one move.
type happened struct {
	elected       raft.NodeID
	sent, handled [raft.ClientReply + 1]raft.NodeSet // by type: who sent, who handled one
	answered      bool
}

// New returns a cluster that has just started, and the events of its start.
// With record false it makes no events, now or later, which is faster.
func New(config Config, record bool) (*Cluster, []trace.Event, error) {
	if err := config.Check(); err != nil {
		return nil, nil, err
	}
	c := &Cluster{config: &config, links: config.Links, running: config.Timers.Running, chance: seedOf(config.Seed), heir: ^uint32(0)}
	voters := raft.FirstNodes(config.Nodes)
	for id := voters.Next(raft.None); id != raft.None; id = voters.Next(id) {
		c.nodes[id] = server{raft.New(raft.Options{ID: id, Rules: config.Rules,
			Configuration:      raft.Configuration{Voters: voters},
			MinElectionTimeout: config.Timers.ElectionMin})}
	}
	if record {
		c.recorder = newRecorder(c)
	}
	for id := voters.Next(raft.None); id != raft.None; id = voters.Next(id) {
		c.up = c.up.With(id)
		c.timer(id, raft.Restart, raft.Keep)
		c.event(trace.Event{Kind: trace.Start, Node: id})
	}
	return c, c.events(), nil
}

// Config returns the configuration that the cluster started from.
func (c *Cluster) Config() Config { return *c.config }

// Now returns the virtual time in milliseconds.
func (c *Cluster) Now() int64 { return c.now }

// Seq returns the number of events so far, whether they were recorded or not.
func (c *Cluster) Seq() int { return c.seq }

// Up returns the servers that are running.
func (c *Cluster) Up() raft.NodeSet { return c.up }

// View returns what can be seen of a server. It is shared and changes with the
// next action.
func (c *Cluster) View(id raft.NodeID) View { return c.nodes[id].View() }

// Clone returns an independent copy, which makes no events.
func (c *Cluster) Clone() *Cluster {
	d := *c
	d.recorder, d.slab, d.created = nil, nil, nil
	c.sharedNodes, c.sharedOut, c.sharedIn = ^uint32(0), ^uint32(0), ^uint32(0)
	d.sharedNodes, d.sharedOut, d.sharedIn, d.heir = ^uint32(0), ^uint32(0), ^uint32(0), 0
	d.held = c.held[:len(c.held):len(c.held)]
	return &d
}

// Record makes the cluster return events from now on.
func (c *Cluster) Record() { c.recorder = newRecorder(c) }

// Fingerprint returns a hash of everything that can make a difference to what
// happens next, other than chance, time and the numbers of messages and requests:
// two clusters of one configuration with the same fingerprint answer the same
// actions alike. Work: proportional to the number of servers, of waiting messages
// and of requests whose answers are held.
func (c *Cluster) Fingerprint() uint64 {
	h := raft.Mix(uint64(c.up)<<1|truth(c.running), uint64(c.config.Nodes))
	h = raft.Mix(raft.Mix(h, uint64(c.links.LatencyMin)), uint64(c.links.LatencyMax))
	h = raft.Mix(h, uint64(c.links.Loss)<<32|uint64(c.links.Duplicate)<<1|truth(c.links.Reorder))
	for _, serial := range c.held {
		h = raft.Mix(h, uint64(serial))
	}
	for id := 1; id <= c.config.Nodes; id++ {
		h = raft.Mix(h, c.nodes[id].Fingerprint())
		for to := 1; to <= c.config.Nodes; to++ {
			h = h*3 + uint64(c.wires[id][to])
		}
		h = queueDigest(queueDigest(h, c.outbox[id]), c.inbox[id])
	}
	return queueDigest(h, c.inbox[raft.Client])
}

func queueDigest(h uint64, q []packet) uint64 {
	h = raft.Mix(h, uint64(len(q)))
	for i := range q {
		h = raft.Mix(h, q[i].msg.Digest()+uint64(q[i].hold))
	}
	return h
}

// State returns the whole visible state, read from the cluster itself. It equals
// the fold of the cluster's events.
func (c *Cluster) State() *trace.State {
	s := trace.NewState(c.config.Nodes)
	s.Seq, s.Time, s.Running = c.seq, c.now, c.running
	for id := raft.NodeID(1); int(id) <= c.config.Nodes; id++ {
		v, n := c.nodes[id].View(), &s.Nodes[id]
		n.State = visible(v.State)
		n.Up = c.up.Has(id)
		n.Log = append(n.Log, v.Log.Slice(v.Log.FirstIndex(), 0)...)
		n.Store = append(n.Store, v.Store.Pairs()...)
		n.ElectionDue, n.HeartbeatDue = c.electionDue[id], c.heartbeatDue[id]
		n.Outbox, n.Inbox = packets(c.outbox[id]), packets(c.inbox[id])
		for to := 1; to <= c.config.Nodes; to++ {
			s.Links[id][to] = c.wires[id][to]
		}
	}
	s.Client = packets(c.inbox[raft.Client])
	return s
}

func packets(q []packet) []trace.Packet {
	var out []trace.Packet
	for _, p := range q {
		out = append(out, trace.Packet{Message: trace.Message{ID: p.id, Parent: p.parent, Message: p.msg}, Due: p.due, Hold: p.hold})
	}
	return out
}

// node returns a server that may be changed.
func (c *Cluster) node(id raft.NodeID) Node {
	if c.sharedNodes&(1<<id) != 0 {
		if c.heir&(1<<id) != 0 {
			c.nodes[id] = c.nodes[id].Successor()
		} else {
			c.nodes[id] = c.nodes[id].Clone()
		}
		c.sharedNodes &^= 1 << id
		c.heir |= 1 << id
	}
	return c.nodes[id]
}

// out returns a server's outbox, which may be changed.
func (c *Cluster) out(id raft.NodeID) *[]packet {
	if c.sharedOut&(1<<id) != 0 {
		c.outbox[id] = append([]packet(nil), c.outbox[id]...)
		c.sharedOut &^= 1 << id
	}
	return &c.outbox[id]
}

// in returns a server's or the client's inbox, which may be changed.
func (c *Cluster) in(id raft.NodeID) *[]packet {
	if c.sharedIn&(1<<id) != 0 {
		c.inbox[id] = append([]packet(nil), c.inbox[id]...)
		c.sharedIn &^= 1 << id
	}
	return &c.inbox[id]
}

// place is where a message waits.
type place struct {
	at     raft.NodeID
	outbox bool
	i      int
}

func (c *Cluster) find(id trace.MessageID) (place, bool) {
	for at := raft.NodeID(1); at <= raft.Client; at++ {
		for i := range c.outbox[at] {
			if c.outbox[at][i].id == id {
				return place{at, true, i}, true
			}
		}
		for i := range c.inbox[at] {
			if c.inbox[at][i].id == id {
				return place{at, false, i}, true
			}
		}
	}
	return place{}, false
}

// queue returns the queue of a place, which may be changed.
func (c *Cluster) queue(p place) *[]packet {
	if p.outbox {
		return c.out(p.at)
	}
	return c.in(p.at)
}

// take removes a message from where it waits.
func (c *Cluster) take(p place) packet {
	q := c.queue(p)
	taken := (*q)[p.i]
	*q = append((*q)[:p.i], (*q)[p.i+1:]...)
	return taken
}

// message keeps a copy of m for as long as anyone refers to it.
func (c *Cluster) message(m *raft.Message) *raft.Message {
	if len(c.slab) == cap(c.slab) {
		c.slab = make([]raft.Message, 0, min(64, 4+2*cap(c.slab)))
	}
	c.slab = append(c.slab, *m)
	return &c.slab[len(c.slab)-1]
}
