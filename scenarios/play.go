package scenarios

import (
	"errors"
	"fmt"
	"slices"

	"raftplay/raft/check"
	"raftplay/raft/export"
	"raftplay/raft/sim"
	"raftplay/raft/trace"
)

// Player plays a scenario step by step. Whoever holds it may stop at any point
// and go on with the run by hand. It is not safe for concurrent use.
type Player struct {
	scenario *Scenario
	run      *sim.Run
	checker  *check.Checker
	checked  int // events that the checker has seen
	steps    []Step
	sections []int
	next     int
	results  []Result

	// GoOn, if it is set, is asked after each move of a policy whether to go on. A
	// step that is stopped by it cannot be carried out.
	GoOn func() bool
}

// NewPlayer returns a player before the first step. The error tells of a
// configuration that is out of range.
func (s *Scenario) NewPlayer() (*Player, error) {
	run, err := sim.NewRun(s.Config)
	if err != nil {
		return nil, err
	}
	p := &Player{scenario: s, run: run, checker: check.New(s.Config.Nodes)}
	p.steps, p.sections = s.Steps()
	p.check()
	return p, nil
}

// Play plays the scenario to its end. The error tells of a step that could not
// be carried out; expectations that do not hold are no error.
func (s *Scenario) Play() (*Player, error) {
	p, err := s.NewPlayer()
	for err == nil && !p.Done() {
		_, err = p.Step()
	}
	return p, err
}

// Run returns the run so far.
func (p *Player) Run() *sim.Run { return p.run }

// Results returns the expectations looked at so far, in order.
func (p *Player) Results() []Result { return p.results }

// Violations returns the invariants that the run has broken so far.
func (p *Player) Violations() []check.Violation { return p.checker.Violations() }

// Done reports whether all steps were played.
func (p *Player) Done() bool { return p.next == len(p.steps) }

// Next returns the step that [Player.Step] will play and its section, as an
// index. It must not be called when the player is done.
func (p *Player) Next() (step Step, section int) { return p.steps[p.next], p.sections[p.next] }

// Step plays the next step and returns the results of its expectations. The
// error tells, with the step's place, why it cannot be carried out; the player
// then stays where it is. A policy that finds nothing to move is no error.
func (p *Player) Step() ([]Result, error) {
	step := p.steps[p.next]
	fail := func(err error) error {
		return Mistakes{{p.scenario.File, step.Line, step.Column, fmt.Sprintf("%s: %s", step.Text, err)}}
	}
	if step.Expect != nil {
		p.next++
		return p.look(step.Expect), nil
	}
	if n := p.run.Journal().Len(); n > MaxEvents {
		return nil, fail(fmt.Errorf("the run has %d events: a scenario may have %d", n, MaxEvents))
	}
	actions, err := step.Actions(p.run.Journal().Last())
	if err != nil {
		return nil, fail(err)
	}
	for _, a := range actions {
		stopped := false
		events, err := p.run.ApplyWhile(a, func() bool {
			stopped = p.GoOn != nil && !p.GoOn()
			return !stopped
		})
		p.check()
		switch {
		case errors.Is(err, sim.ErrNothing):
		case err != nil:
			return nil, fail(err)
		case stopped:
			return nil, fail(errors.New("the run gets too long to be played here"))
		case step.moves > 0 && events[len(events)-1].Move >= step.moves:
			return nil, fail(fmt.Errorf("it is not over after %d moves: give it a count, an until or less time", step.moves))
		}
	}
	p.next++
	return nil, nil
}

// Actions returns what the step does in a run that stands in the given state.
// The error tells of a message that it names and that does not wait.
func (s Step) Actions(state *trace.State) ([]sim.Action, error) {
	if s.Expect != nil {
		return nil, nil
	}
	a := s.action
	if s.after != nil {
		ids, err := s.after.find(state)
		if err != nil {
			return nil, fmt.Errorf("after: %w", err)
		}
		a.After = ids[0]
	}
	if s.message == nil {
		return []sim.Action{a}, nil
	}
	ids, err := s.message.find(state)
	if err != nil {
		return nil, err
	}
	var out []sim.Action
	for _, id := range ids {
		a.Message = id
		out = append(out, a)
	}
	return out, nil
}

func (p *Player) check() {
	events := p.run.Journal().Events(p.checked)
	for i := range events {
		p.checker.Check(&events[i])
	}
	p.checked += len(events)
}

func (p *Player) look(expected []Expectation) []Result {
	from := len(p.results)
	j := p.run.Journal()
	m := &moment{j.Last(), j, p.checker.Violations()}
	for _, e := range expected {
		held, got := e.holds(m)
		if held {
			got = ""
		}
		p.results = append(p.results, Result{e, j.Len(), held, got})
	}
	return p.results[from:]
}

// Failures returns what did not come as the scenario says: expectations that did
// not hold, and violations that no expectation names. It is complete once the
// player is done.
func (p *Player) Failures() []string {
	var out []string
	var expected []check.Invariant
	for _, r := range p.results {
		expected = append(expected, r.invariants...)
		if !r.Held {
			out = append(out, fmt.Sprintf("%s:%d:%d: expected after event %d: %s; got %s",
				p.scenario.File, r.Line, r.Column, r.Event, r.Text, r.Got))
		}
	}
	for _, v := range p.checker.Violations() {
		if !slices.Contains(expected, v.Invariant) {
			out = append(out, fmt.Sprintf("%s: an invariant was broken that no step expects: %s", p.scenario.File, v))
		}
	}
	return out
}

// Document returns a run of the scenario with the scenario's words, for export.
func (s *Scenario) Document(run *sim.Run) export.Document {
	d := export.Document{Title: s.Title, About: s.About, Engine: sim.Engine,
		Config: sim.SettingsOf(run.Config()), Actions: run.Actions(), Journal: run.Journal()}
	for _, part := range s.Sections {
		if part.Title != "" {
			d.Sections = append(d.Sections, export.Section{Title: part.Title, Prose: part.Prose, Uses: part.Uses, Tests: part.Tests})
		}
	}
	return d
}
