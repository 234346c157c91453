package trace

import (
	"fmt"

	"raftplay/raft"
)

// Hold tells why a message that waits cannot go on.
type Hold uint8

// The reasons to wait.
const (
	Free   Hold = iota // it can be sent or handled
	ByHand             // held back by hand until it is released
	AtWall             // its link holds messages until it is mended
)

// String returns the reason as one word.
func (h Hold) String() string { return [...]string{"free", "held", "wall"}[h] }

// Packet is a message that waits in a queue.
type Packet struct {
	Message
	Due  int64 // virtual ms at which it arrives; 0 in an outbox
	Hold Hold
}

// NodeState is everything that can be seen of one node.
type NodeState struct {
	raft.State
	Up           bool
	Log          []raft.Entry
	Store        []raft.Pair
	ElectionDue  int64 // virtual ms, 0 if the timer does not run
	HeartbeatDue int64
	Outbox       []Packet // of the node, in the order of sending
	Inbox        []Packet // of the node, in the order of handling
}

// LastTerm returns the term of the last entry, 0 if there is none.
func (n *NodeState) LastTerm() raft.Term {
	if len(n.Log) == 0 {
		return 0
	}
	return n.Log[len(n.Log)-1].Term
}

// State is the complete visible state of a run after an event. [NewState] makes
// the one before the first event.
type State struct {
	Seq     int
	Time    int64
	Running bool        // the timers run
	Nodes   []NodeState // Nodes[id] is server id; Nodes[0] is empty
	Client  []Packet    // the answers on their way to the client
	Links   [raft.MaxNodes + 1][raft.MaxNodes + 1]LinkState
}

// NewState returns the state before the first event of a cluster of servers 1 to n.
func NewState(n int) *State {
	s := &State{Nodes: make([]NodeState, n+1)}
	for i := range s.Nodes {
		s.Nodes[i].ID = raft.NodeID(i)
	}
	return s
}

// Clone returns an independent copy. Logs and stores are shared until changed.
func (s *State) Clone() *State {
	c := *s
	c.Nodes = append([]NodeState(nil), s.Nodes...)
	for i := range c.Nodes {
		n := &c.Nodes[i]
		n.Log = n.Log[:len(n.Log):len(n.Log)]
		n.Outbox = append([]Packet(nil), n.Outbox...)
		n.Inbox = append([]Packet(nil), n.Inbox...)
	}
	c.Client = append([]Packet(nil), s.Client...)
	return &c
}

// Apply folds the next event into the state. It panics if the event is not the
// next one, or moves a message that does not wait: journals come from the engine.
func (s *State) Apply(e *Event) {
	if e.Seq != s.Seq+1 {
		panic(fmt.Sprintf("trace: event %d applied to the state after event %d", e.Seq, s.Seq))
	}
	s.Seq, s.Time = e.Seq, e.Time
	for _, l := range e.Links {
		s.Links[l.From][l.To] = l.State
	}
	if e.Kind == Clock || e.Kind == Start {
		if v, ok := e.Value(Timers); ok {
			s.Running = v == 1
		}
	}
	s.moveMessage(e)
	if e.Node != raft.None && int(e.Node) < len(s.Nodes) {
		s.Nodes[e.Node].apply(e)
	}
}

// moveMessage carries out what the event did to messages.
func (s *State) moveMessage(e *Event) {
	switch e.Kind {
	case Send:
		p := s.take(e.Message)
		p.Due = valueOf(e, Due)
		q := s.inbox(p.To)
		*q = append(*q, p)
	case Handle, Lose, Drop:
		s.take(e.Message)
	case Delay:
		p := s.Find(e.Message)
		if due, timed := e.Value(Due); timed {
			p.Due, p.Hold = int64(due), Free
		} else {
			p.Hold = ByHand
		}
	case Release:
		p := s.Find(e.Message)
		p.Hold, p.Due = Free, valueOf(e, Due)
	case Park:
		s.Find(e.Message).Hold = AtWall
	case Reorder:
		s.reorder(e.Message, MessageID(valueOf(e, After)))
	}
	if e.Kind == Ask {
		for _, m := range e.Created {
			q := s.inbox(m.To)
			*q = append(*q, Packet{Message: m, Due: valueOf(e, Due)})
		}
	} else if e.Kind == Duplicate {
		q, i := s.locate(e.Message)
		for _, m := range e.Created {
			*q = append(*q, Packet{Message: m, Due: valueOf(e, Due), Hold: (*q)[i].Hold})
		}
	}
}

func (n *NodeState) apply(e *Event) {
	for _, c := range e.Changes {
		switch c.Field {
		case Role:
			n.Role = raft.Role(c.Value)
		case CurrentTerm:
			n.CurrentTerm = raft.Term(c.Value)
		case VotedFor:
			n.VotedFor = raft.NodeID(c.Value)
		case Leader:
			n.Leader = raft.NodeID(c.Value)
		case CommitIndex:
			n.CommitIndex = raft.Index(c.Value)
		case LastApplied:
			n.LastApplied = raft.Index(c.Value)
		case ContactUntil:
			n.ContactUntil = int64(c.Value)
		case Granted:
			n.Granted = raft.NodeSet(c.Value)
		case Refused:
			n.Refused = raft.NodeSet(c.Value)
		case Active:
			n.Active = raft.NodeSet(c.Value)
		case NextIndex:
			n.Progress[c.Peer].NextIndex = raft.Index(c.Value)
		case MatchIndex:
			n.Progress[c.Peer].MatchIndex = raft.Index(c.Value)
		case LastLogIndex:
			n.Log = n.Log[:c.Value:c.Value] // clones still see what is cut off
		case StoreEmptied:
			n.Store = nil
		case Up:
			n.Up = c.Value == 1
		case ElectionDue:
			n.ElectionDue = int64(c.Value)
		case HeartbeatDue:
			n.HeartbeatDue = int64(c.Value)
		}
	}
	n.Log = append(n.Log, e.Entries...)
	if len(e.Writes) > 0 {
		n.Store = written(n.Store, e.Writes)
	}
	if e.Kind != Ask && e.Kind != Duplicate {
		for _, m := range e.Created {
			n.Outbox = append(n.Outbox, Packet{Message: m})
		}
	}
}

// written returns the store with the writes made, in ascending order of keys.
func written(store []raft.Pair, writes []Write) []raft.Pair {
	out := make([]raft.Pair, 0, len(store)+len(writes))
	for _, p := range store {
		for len(writes) > 0 && writes[0].Key < p.Key {
			out, writes = append(out, raft.Pair{Key: writes[0].Key, Value: writes[0].Value}), writes[1:]
		}
		if len(writes) > 0 && writes[0].Key == p.Key {
			if !writes[0].Deleted {
				out = append(out, raft.Pair{Key: p.Key, Value: writes[0].Value})
			}
			writes = writes[1:]
			continue
		}
		out = append(out, p)
	}
	for _, w := range writes {
		out = append(out, raft.Pair{Key: w.Key, Value: w.Value})
	}
	return out
}

func valueOf(e *Event, f Field) int64 {
	v, _ := e.Value(f)
	return int64(v)
}

// Find returns the waiting message with this id, or nil.
func (s *State) Find(id MessageID) *Packet {
	if q, i := s.locate(id); q != nil {
		return &(*q)[i]
	}
	return nil
}

func (s *State) inbox(to raft.NodeID) *[]Packet {
	if to == raft.Client {
		return &s.Client
	}
	return &s.Nodes[to].Inbox
}

func (s *State) locate(id MessageID) (*[]Packet, int) {
	in := func(q *[]Packet) int {
		for i := range *q {
			if (*q)[i].ID == id {
				return i
			}
		}
		return -1
	}
	for k := range s.Nodes {
		n := &s.Nodes[k]
		if i := in(&n.Inbox); i >= 0 {
			return &n.Inbox, i
		}
		if i := in(&n.Outbox); i >= 0 {
			return &n.Outbox, i
		}
	}
	if i := in(&s.Client); i >= 0 {
		return &s.Client, i
	}
	return nil, -1
}

func (s *State) take(id MessageID) Packet {
	q, i := s.locate(id)
	if q == nil {
		panic(fmt.Sprintf("trace: event %d moves message m%d, which is not waiting", s.Seq, id))
	}
	p := (*q)[i]
	*q = append((*q)[:i], (*q)[i+1:]...)
	return p
}

func (s *State) reorder(id, after MessageID) {
	p := s.take(id)
	q, i := s.locate(after)
	*q = append(*q, Packet{})
	copy((*q)[i+2:], (*q)[i+1:])
	(*q)[i+1] = p
}
