package trace

// snapshotEvery is how many events lie between two snapshots of the fold: few
// enough that seeking is instant, enough that they cost little.
const snapshotEvery = 256

// pageLength is how many events lie together in memory, so that a long journal
// grows without being copied.
const pageLength = 64

// Journal is a run's events in order, with snapshots of the fold so that any
// position is reached quickly.
type Journal struct {
	nodes     int
	pages     [][]Event // all but the last are full
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
func (j *Journal) Len() int { return j.last.Seq }

// Events returns the events after the first from ones. They must not be changed.
// Work: proportional to their number.
func (j *Journal) Events(from int) []Event {
	first, skip := from/pageLength, from%pageLength
	if from == j.Len() {
		return nil
	}
	if first == len(j.pages)-1 {
		page := j.pages[first]
		return page[skip:len(page):len(page)]
	}
	events := make([]Event, 0, j.Len()-from)
	for _, page := range j.pages[first:] {
		events = append(events, page[skip:]...)
		skip = 0
	}
	return events
}

// Event returns event seq, 1 to Len.
func (j *Journal) Event(seq int) *Event {
	return &j.pages[(seq-1)/pageLength][(seq-1)%pageLength]
}

// Message returns the message with this id, whether it still waits or not.
func (j *Journal) Message(id MessageID) Message { return j.messages[id-1] }

// Append adds the next events.
func (j *Journal) Append(events []Event) {
	for i := range events {
		j.add(&events[i])
		j.messages = append(j.messages, events[i].Created...)
		j.last.Apply(&events[i])
		if j.last.Seq%snapshotEvery == 0 {
			j.snapshots = append(j.snapshots, j.last.Clone())
		}
	}
}

func (j *Journal) add(e *Event) {
	switch {
	case j.Len() == 0:
		j.pages = append(j.pages, nil) // a short journal stays small
	case j.Len()%pageLength == 0:
		j.pages = append(j.pages, make([]Event, 0, pageLength))
	}
	last := &j.pages[len(j.pages)-1]
	*last = append(*last, *e)
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
		s.Apply(j.Event(s.Seq + 1))
	}
	return s
}

// messagesUpTo returns how many messages the first n events created: the id of
// the last one.
func (j *Journal) messagesUpTo(n int) MessageID {
	for ; n > 0; n-- {
		if created := j.Event(n).Created; len(created) > 0 {
			return created[len(created)-1].ID
		}
	}
	return 0
}

// Prefix returns a journal of the first n events, for a branch that starts there.
func (j *Journal) Prefix(n int) *Journal {
	p := &Journal{nodes: j.nodes, last: j.At(n)}
	p.pages = append(p.pages, j.pages[:(n+pageLength-1)/pageLength]...)
	if rest := n % pageLength; rest > 0 {
		last := &p.pages[len(p.pages)-1]
		*last = (*last)[:rest:rest] // what comes next is not the same
	}
	made := j.messagesUpTo(n)
	p.messages = j.messages[:made:made]
	p.snapshots = j.snapshots[: n/snapshotEvery : n/snapshotEvery]
	return p
}
