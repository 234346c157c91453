package sim

import (
	"raftplay/raft"
	"raftplay/raft/trace"
)

// recorder makes events, by comparing each node with what it was at its last one.
type recorder struct {
	shadows [seats]shadow
	running bool
	events  []trace.Event
	watch   func(trace.Event) // sees every event at once, if not nil

	changed []trace.Change // room for those of one event
	changes arena[trace.Change]
	notes   arena[raft.Note]
	created arena[trace.Message]
}

// shadow is a node as its events so far describe it.
type shadow struct {
	state                     raft.State
	up                        bool
	electionDue, heartbeatDue int64
	last                      raft.Index
	store                     []raft.Pair
}

// arena hands out small slices cut from large ones.
type arena[T any] struct{ room []T }

func (a *arena[T]) keep(s []T) []T {
	if len(s) == 0 {
		return nil
	}
	if cap(a.room)-len(a.room) < len(s) {
		a.room = make([]T, 0, max(128, len(s)))
	}
	n := len(a.room)
	a.room = append(a.room, s...)
	return a.room[n:len(a.room):len(a.room)]
}

// newRecorder returns a recorder that knows the cluster as it is; for one that
// has not started yet, all nodes are down.
func newRecorder(c *Cluster) *recorder {
	r := &recorder{running: c.seq > 0 && c.running}
	for id := raft.NodeID(1); int(id) <= c.config.Nodes; id++ {
		v := c.node(id).View()
		v.Log.Untouched()
		r.shadows[id] = shadow{visible(v.State), c.up.Has(id), c.electionDue[id], c.heartbeatDue[id],
			v.Log.LastIndex(), v.Store.Pairs()}
	}
	return r
}

// visible returns the part of a node's state that the journal shows.
func visible(s *raft.State) raft.State {
	v := *s
	v.Forced = false
	for i := range v.Progress {
		v.Progress[i].Sent, v.Progress[i].Probing = 0, false
	}
	return v
}

// event numbers an event, and records it with the given changes and those of its
// node, if anyone wants events. The cluster is already as it is after the event.
func (c *Cluster) event(e trace.Event, changes ...trace.Change) int {
	c.seq++
	if c.recorder == nil {
		return c.seq
	}
	e.Seq, e.Time, e.Action, e.Move, e.Unrecorded = c.seq, c.now, c.action, c.move, c.unrecorded
	r := c.recorder
	changes = append(r.changed[:0], changes...)
	if r.running != c.running {
		r.running = c.running
		changes = append(changes, trace.Change{Field: trace.Timers, Value: truth(c.running)})
	}
	if e.Node != raft.None && e.Node != raft.Client && e.Kind != trace.Send {
		changes = c.compare(&e, changes)
	}
	r.changed = changes
	e.Changes = r.changes.keep(changes)
	e.Notes = r.notes.keep(e.Notes)
	e.Created = r.created.keep(e.Created)
	r.events = append(r.events, e)
	if r.watch != nil {
		r.watch(e)
	}
	return c.seq
}

// events hands over what was recorded since the last call.
func (c *Cluster) events() []trace.Event {
	if c.recorder == nil {
		return nil
	}
	e := c.recorder.events
	c.recorder.events = nil
	return e
}

// compare adds to changes everything at the event's node that is not as its
// shadow has it, and moves the shadow on.
func (c *Cluster) compare(e *trace.Event, changes []trace.Change) []trace.Change {
	v, was := c.nodes[e.Node].View(), &c.recorder.shadows[e.Node]
	add := func(f trace.Field, changed bool, value uint64) {
		if changed {
			changes = append(changes, trace.Change{Field: f, Value: value})
		}
	}
	is, old := v.State, &was.state
	add(trace.Up, was.up != c.up.Has(e.Node), truth(c.up.Has(e.Node)))
	add(trace.Role, old.Role != is.Role, uint64(is.Role))
	add(trace.CurrentTerm, old.CurrentTerm != is.CurrentTerm, uint64(is.CurrentTerm))
	add(trace.VotedFor, old.VotedFor != is.VotedFor, uint64(is.VotedFor))
	add(trace.Leader, old.Leader != is.Leader, uint64(is.Leader))
	if touched := v.Log.Touched(); touched != 0 {
		kept := min(touched-1, was.last)
		add(trace.LastLogIndex, kept < was.last, uint64(kept))
		e.Entries = v.Log.Slice(kept+1, 0)
		was.last = v.Log.LastIndex()
		v.Log.Untouched()
	}
	add(trace.CommitIndex, old.CommitIndex != is.CommitIndex, uint64(is.CommitIndex))
	add(trace.LastApplied, old.LastApplied != is.LastApplied, uint64(is.LastApplied))
	add(trace.ContactUntil, old.ContactUntil != is.ContactUntil, uint64(is.ContactUntil))
	add(trace.Granted, old.Granted != is.Granted, uint64(is.Granted))
	add(trace.Refused, old.Refused != is.Refused, uint64(is.Refused))
	add(trace.Active, old.Active != is.Active, uint64(is.Active))
	if old.Role == raft.Leader || is.Role == raft.Leader {
		changes = compareProgress(changes, old, is)
	}
	add(trace.ElectionDue, was.electionDue != c.electionDue[e.Node], uint64(c.electionDue[e.Node]))
	add(trace.HeartbeatDue, was.heartbeatDue != c.heartbeatDue[e.Node], uint64(c.heartbeatDue[e.Node]))
	if pairs := v.Store.Pairs(); !same(pairs, was.store) {
		if len(pairs) == 0 {
			add(trace.StoreEmptied, true, 1)
		} else {
			e.Writes = writes(was.store, pairs)
		}
		was.store = pairs
	}
	was.state, was.up = *is, c.up.Has(e.Node)
	was.electionDue, was.heartbeatDue = c.electionDue[e.Node], c.heartbeatDue[e.Node]
	return changes
}

func compareProgress(changes []trace.Change, old, is *raft.State) []trace.Change {
	for id := range is.Progress {
		a, b, peer := &old.Progress[id], &is.Progress[id], raft.NodeID(id)
		if a.NextIndex != b.NextIndex {
			changes = append(changes, trace.Change{Field: trace.NextIndex, Peer: peer, Value: uint64(b.NextIndex)})
		}
		if a.MatchIndex != b.MatchIndex {
			changes = append(changes, trace.Change{Field: trace.MatchIndex, Peer: peer, Value: uint64(b.MatchIndex)})
		}
	}
	return changes
}

// same reports whether two stores are one and the same: a store is copied before
// it is changed.
func same(a, b []raft.Pair) bool {
	return len(a) == len(b) && (len(a) == 0 || &a[0] == &b[0])
}

// writes returns the difference between two stores, ascending by key.
func writes(old, now []raft.Pair) []trace.Write {
	var out []trace.Write
	for len(old) > 0 || len(now) > 0 {
		switch {
		case len(now) == 0 || len(old) > 0 && old[0].Key < now[0].Key:
			out, old = append(out, trace.Write{Key: old[0].Key, Deleted: true}), old[1:]
		case len(old) == 0 || now[0].Key < old[0].Key:
			out, now = append(out, trace.Write{Key: now[0].Key, Value: now[0].Value}), now[1:]
		default:
			if old[0] != now[0] {
				out = append(out, trace.Write{Key: now[0].Key, Value: now[0].Value})
			}
			old, now = old[1:], now[1:]
		}
	}
	return out
}

func truth(b bool) uint64 {
	if b {
		return 1
	}
	return 0
}
