package sim

import (
	"fmt"

	"raftplay/raft/trace"
)

// checkpointEvery is how many events lie at least between two checkpoints of a
// run: few enough to seek quickly, enough to cost little.
const checkpointEvery = 1024

// Run is a cluster with its history: the configuration, the actions, the journal,
// and checkpoints from which any earlier position is reached again quickly.
type Run struct {
	cluster     *Cluster
	journal     *trace.Journal
	actions     []Action
	ends        []int // ends[i] is the number of events after action i+1
	checkpoints []checkpoint
	spacing     int // events at least between two checkpoints
}

// checkpoint is the cluster at a place between two moves.
type checkpoint struct {
	cluster *Cluster
	actions int        // completed before it
	policy  *policyRun // of the next action, if it had begun
}

// NewRun returns a run that has just started.
func NewRun(config Config) (*Run, error) {
	c, events, err := New(config, true)
	if err != nil {
		return nil, err
	}
	r := &Run{cluster: c, journal: trace.NewJournal(config.Nodes), spacing: checkpointEvery}
	r.journal.Append(events)
	r.checkpoints = []checkpoint{{cluster: c.Clone()}}
	return r, nil
}

// Config returns the configuration that the run started from.
func (r *Run) Config() Config { return r.cluster.Config() }

// Cluster returns the cluster at the end of the run, to be looked at.
func (r *Run) Cluster() *Cluster { return r.cluster }

// Journal returns the run's journal. It grows with the run.
func (r *Run) Journal() *trace.Journal { return r.journal }

// Actions returns the actions so far. They must not be changed.
func (r *Run) Actions() []Action { return r.actions }

// Apply carries out one action and returns its events. If it returns an error,
// nothing has changed.
func (r *Run) Apply(a Action) ([]trace.Event, error) { return r.ApplyUpTo(a, 0) }

// ApplyUpTo is Apply, but cuts a policy's run after so many moves, 0 for never.
// An action that was cut keeps a count of its moves.
func (r *Run) ApplyUpTo(a Action, moves int) ([]trace.Event, error) {
	made := 0
	return r.ApplyWhile(a, func() bool { made++; return made != moves })
}

// ApplyWhile is Apply, but asks after each move of a policy's run that has more to
// come whether to go on, and cuts it if not. An action that was cut keeps a count
// of its moves.
func (r *Run) ApplyWhile(a Action, goOn func() bool) ([]trace.Event, error) {
	from := r.journal.Len()
	if a.Do == RunPolicy {
		p, err := r.cluster.beginPolicy(a)
		if err != nil {
			return nil, err
		}
		r.actions = append(r.actions, a)
		r.play(&p, goOn)
	} else {
		if err := r.cluster.act(a); err != nil {
			return nil, err
		}
		r.actions = append(r.actions, a)
		r.collect()
	}
	r.ends = append(r.ends, r.journal.Len())
	r.checkpoint(nil)
	return r.journal.Events(from), nil
}

// play runs a policy to its end, or cuts it when goOn says so.
func (r *Run) play(p *policyRun, goOn func() bool) {
	for more := true; more; {
		more = r.cluster.advance(p)
		r.collect()
		if more && !goOn() {
			r.actions[len(r.actions)-1].Count = p.moves
			more = false
		}
		if more {
			r.checkpoint(p)
		}
	}
}

// collect moves what the cluster has recorded into the journal.
func (r *Run) collect() {
	recorded := &r.cluster.recorder.events
	r.journal.Append(*recorded)
	*recorded = (*recorded)[:0]
}

// checkpoint makes a checkpoint here if the last one is far enough away. p is the
// policy in whose run this is, nil between actions.
func (r *Run) checkpoint(p *policyRun) {
	last := r.checkpoints[len(r.checkpoints)-1]
	if r.cluster.seq-last.cluster.seq < r.spacing {
		return
	}
	c := checkpoint{cluster: r.cluster.Clone(), actions: len(r.actions)}
	if p != nil {
		c.actions--
		q := *p
		c.policy = &q
	}
	r.checkpoints = append(r.checkpoints, c)
}

// Fork returns a new run that is the same as this one up to event seq, and to the
// end of the move or action which that event belongs to, and that may go on
// otherwise. An action that is cut in its middle keeps a count of its moves.
// However long the run is, no more is played again than lies between two
// checkpoints; what grows with it is one copy of the servers' logs.
func (r *Run) Fork(seq int) (*Run, error) {
	if seq < 0 || seq > r.journal.Len() {
		return nil, fmt.Errorf("there is no event %d: the run has %d", seq, r.journal.Len())
	}
	action, move, end := r.cut(seq)
	k := len(r.checkpoints) - 1
	for r.checkpoints[k].cluster.seq > end {
		k--
	}
	from := r.checkpoints[k]
	c := from.cluster.Clone()
	f := &Run{cluster: c, spacing: r.spacing}
	f.actions, f.ends = r.actions[:action:action], r.ends[:action:action]
	if move > 0 {
		last := r.actions[action-1]
		last.Count = move
		f.actions = append(r.actions[:action-1:action-1], last)
		f.ends = append(r.ends[:action-1:action-1], end)
	}
	if err := c.replay(f.actions, from); err != nil {
		return nil, err
	}
	f.journal = r.journal.Prefix(end)
	f.checkpoints = r.checkpoints[: k+1 : k+1]
	c.Record()
	return f, nil
}

// cut returns the last action to keep so that event seq is kept, the number of
// its moves to keep (0: all of it), and the number of events up to there.
func (r *Run) cut(seq int) (action, move, end int) {
	if seq == 0 {
		return 0, 0, r.start()
	}
	e := r.journal.Event(seq)
	if e.Action == 0 {
		return 0, 0, r.start()
	}
	end = r.ends[e.Action-1]
	if e.Move == 0 || e.Move == r.journal.Event(end).Move {
		return e.Action, 0, end
	}
	for end = seq; r.journal.Event(end+1).Move == e.Move; {
		end++
	}
	return e.Action, e.Move, end
}

// start returns the number of events before the first action.
func (r *Run) start() int { return r.cluster.config.Nodes }

// replay brings the clone of a checkpoint to the end of the given actions.
func (c *Cluster) replay(actions []Action, from checkpoint) error {
	for i := from.actions; i < len(actions); i++ {
		if i == from.actions && from.policy != nil {
			p := *from.policy
			p.action = actions[i]
			if p.action.Count == 0 || p.moves < p.action.Count {
				for c.advance(&p) {
				}
			}
			continue
		}
		if _, err := c.Apply(actions[i]); err != nil {
			return fmt.Errorf("action %d no longer applies: %w", i+1, err)
		}
	}
	return nil
}
