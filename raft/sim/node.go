package sim

import "raftplay/raft"

// Node is what the simulation knows of one server, so that another
// implementation of Raft can sit in the same chair.
type Node interface {
	Receive(now int64, m *raft.Message)
	ElectionTimeout(now int64)
	Campaign(now int64)
	HeartbeatTimeout(now int64)
	Crash()
	Boot(now int64)
	Wipe()
	Edit(raft.Edit)
	// Output returns what the last of these led to. The next one overwrites it.
	Output() *raft.Output
	// View returns what can be seen. It is shared and changes with the next input.
	View() View
	// Clone returns an independent copy.
	Clone() Node
	// Successor returns a copy that goes on in the node's place. From then on the
	// node itself is only read and cloned.
	Successor() Node
	Fingerprint() uint64
}

// View is the visible part of a node.
type View struct {
	State *raft.State
	Log   *raft.Log
	Store *raft.Store
}

// server seats a raft.Node.
type server struct{ *raft.Node }

func (s server) View() View      { return View{&s.Node.State, &s.Log, &s.Store} }
func (s server) Clone() Node     { return server{s.Node.Clone()} }
func (s server) Successor() Node { return server{s.Node.Successor()} }
