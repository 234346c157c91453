package link

import (
	"errors"
	"fmt"

	"raftplay/raft"
	"raftplay/raft/sim"
)

// Limits bounds what it may cost to play a run that somebody passed on.
type Limits struct {
	Nodes   int // servers in the cluster
	Entries int // in one AppendEntries
	Events  int // of the run; a large one counts as several
}

// DefaultLimits returns what a run may cost that is played on one's own machine:
// about a second.
func DefaultLimits() Limits { return Limits{Nodes: raft.MaxNodes, Entries: 1000, Events: 200_000} }

// Play carries out the run's actions again. It returns an error unless every one
// can be carried out, within the limits, and the events are those that the run
// was passed on with.
func (r Run) Play(limits Limits) (*sim.Run, error) {
	run, err := r.play(limits)
	var differs difference
	switch {
	case err != nil && r.Engine != sim.Engine:
		return nil, fmt.Errorf("this run was made by engine %.20s; this is engine %s, and here it comes out otherwise: "+
			"open it with the version that made it (%w)", r.Engine, sim.Engine, err)
	case errors.As(err, &differs):
		return nil, fmt.Errorf("the link was altered: %w; copy it again, all of it", err)
	}
	return run, err
}

// difference tells what is not as the link says.
type difference string

func (d difference) Error() string { return string(d) }

func (r Run) play(limits Limits) (*sim.Run, error) {
	config, err := r.Config.Config()
	switch {
	case err != nil:
		return nil, fmt.Errorf("the link's configuration is not possible: %.300w", err)
	case config.Nodes > limits.Nodes:
		return nil, fmt.Errorf("the link's cluster has %d servers: %d are allowed here", config.Nodes, limits.Nodes)
	case config.Rules.MaxEntries > limits.Entries:
		return nil, fmt.Errorf("the link's cluster sends %d entries at once: %d are allowed here", config.Rules.MaxEntries, limits.Entries)
	case len(r.Actions) > MaxActions:
		return nil, fmt.Errorf("the run has %d actions: a link may have %d", len(r.Actions), MaxActions)
	}
	run, err := sim.NewRun(config)
	if err != nil {
		return nil, err
	}
	m := NewMeter(run.Journal(), 0, limits.Events)
	for i, a := range r.Actions {
		if _, err := run.ApplyWhile(a, m.Read); err != nil {
			return nil, fmt.Errorf("action %d of %d, %.20q, cannot be carried out: %.300w", i+1, len(r.Actions), a.Do, err)
		}
		if !m.Read() {
			return nil, fmt.Errorf("the run is too long: action %d of %d passes the limit of %d events "+
				"(a large one counts as several, and so does one while thousands of messages wait)", i+1, len(r.Actions), limits.Events)
		}
	}
	if Hash(run.Journal()) != r.Hash {
		return nil, difference("its actions do not give the run that it was made of")
	}
	if n := run.Journal().Len(); r.Cursor > n {
		return nil, difference(fmt.Sprintf("it looks at event %d, and its run has %d", r.Cursor, n))
	}
	return run, nil
}
