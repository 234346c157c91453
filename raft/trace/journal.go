package trace

// snapshotEvery is how many events lie between two snapshots of the fold: few
// enough that seeking is instant, enough that they cost little.
const snapshotEvery = 256

// Journal is a run's events in order, with snapshots of the fold so that any
// position is reached quickly.
type Journal struct {
	nodes     int
	events    []Event
	messages  []Message // messages[id-1]
	last      *State
	snapshots []*State // snapshots[k] is the state after event (k+1)*snapshotEvery
}

// NewJournal returns an empty journal of a cluster of servers 1 to nodes.
func NewJournal(nodes int) *Journal {
	return &Journal{nodes: nodes, last: NewState(nodes)}
}

// Nodes returns the number of servers.
func (j *Journal) Nodes() int { return j.nodes }

// Len returns the number of events.
func (j *Journal) Len() int { return len(j.events) }

// Events returns the events after the first from ones. They must not be changed.
func (j *Journal) Events(from int) []Event { return j.events[from:] }

// Event returns event seq, 1 to Len.
func (j *Journal) Event(seq int) *Event { return &j.events[seq-1] }

// Message returns the message with this id, whether it still waits or not.
func (j *Journal) Message(id MessageID) Message { return j.messages[id-1] }

// Append adds the next events.
func (j *Journal) Append(events []Event) {
	j.events = append(j.events, events...)
	for i := range events {
		j.messages = append(j.messages, events[i].Created...)
		j.last.Apply(&events[i])
		if j.last.Seq%snapshotEvery == 0 {
			j.snapshots = append(j.snapshots, j.last.Clone())
		}
	}
}

// Last returns the state after the last event. It must not be changed, and
// changes with the next Append.
func (j *Journal) Last() *State { return j.last }

// At returns the state after event seq, 0 to Len. The caller owns it.
func (j *Journal) At(seq int) *State {
	s := NewState(j.nodes)
	if k := seq / snapshotEvery; k > 0 {
		s = j.snapshots[k-1].Clone()
	}
	for s.Seq < seq {
		s.Apply(&j.events[s.Seq])
	}
	return s
}

// Prefix returns a journal of the first n events, for a branch that starts there.
func (j *Journal) Prefix(n int) *Journal {
	p := &Journal{nodes: j.nodes, events: j.events[:n:n], last: j.At(n)}
	made := 0
	for i := range p.events {
		made += len(p.events[i].Created)
	}
	p.messages = j.messages[:made:made]
	p.snapshots = j.snapshots[: n/snapshotEvery : n/snapshotEvery]
	return p
}
