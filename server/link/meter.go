package link

import "raftplay/raft/trace"

// Meter measures what it costs to play a run.
type Meter struct {
	journal *trace.Journal
	seen    int // events
	room    int // what may still be spent
}

// NewMeter returns a meter of a run that may have so many events behind the first
// from.
func NewMeter(run *trace.Journal, from, events int) *Meter { return &Meter{run, from, events} }

// crowd is how many waiting messages make the next event as dear as one more: it
// is looked for among them.
const crowd = 1024

// Read charges the events that have come since it was read last, and reports
// whether room is left for more. Work: proportional to their number, and to that
// of the servers.
func (m *Meter) Read() bool {
	waiting := 0
	for i := range m.journal.Last().Nodes {
		n := &m.journal.Last().Nodes[i]
		waiting += len(n.Inbox) + len(n.Outbox)
	}
	for ; m.seen < m.journal.Len(); m.seen++ {
		m.room -= m.journal.Event(m.seen+1).Weight() + waiting/crowd
	}
	return m.room >= 0
}
