package server

import (
	"context"
	"encoding/json"
	"errors"

	"raftplay/raft/check"
	"raftplay/raft/export"
	"raftplay/raft/sim"
	"raftplay/raft/trace"
	"raftplay/scenarios"
	"raftplay/server/link"
)

// Played is a run that was played for somebody who only looks at it: no session
// begins.
type Played struct {
	Engine     string            `json:"engine"`
	Config     *sim.Settings     `json:"config"`
	Scenario   *Scenario         `json:"scenario"`
	Events     []json.RawMessage `json:"events"`
	Cursor     int               `json:"cursor"`     // the event to look at
	Results    []Result          `json:"results"`    // of the scenario, if the run follows it
	Failures   []string          `json:"failures"`   // what did not come as the scenario says
	Violations []Violation       `json:"violations"` // of invariants
	Steps      []PlayedStep      `json:"steps"`      // of a scenario that was played
	Table      string            `json:"table"`      // its trace tables
	Mistakes   []PlayedMistake   `json:"mistakes"`   // in the scenario's text
}

// PlayedStep is a step that was played. A section's own beginning is its step 0.
type PlayedStep struct {
	Section int `json:"section"`
	Step    int `json:"step"`
	Line    int `json:"line"` // where it is written, 0 if nowhere
	Column  int `json:"column"`
	Events  int `json:"seq"` // the run has so many after it
}

// PlayedMistake is a mistake in a scenario's text, at its place.
type PlayedMistake struct {
	Line   int    `json:"line"`
	Column int    `json:"column"`
	Text   string `json:"text"`
}

// Link returns what playing a run that was passed on may cost here.
func (l Limits) Link() link.Limits {
	return link.Limits{Nodes: l.Nodes, Entries: l.Entries, Events: l.Events}
}

// PlayRun plays a run that was passed on.
func PlayRun(r link.Run, limits Limits) (Played, error) {
	story, err := r.Story()
	if err != nil {
		return Played{}, refuse(Refused, "the link's scenario has mistakes: %v", err)
	}
	run, err := r.Play(limits.Link())
	if err != nil {
		return Played{}, refuse(Refused, "%v", err)
	}
	p := playedOf(run)
	p.Cursor = r.Cursor
	if story == nil {
		return p, nil
	}
	p.Scenario = ScenarioOf(story)
	script, err := newScript(story)
	if err != nil {
		return Played{}, err
	}
	if run.Config() == story.Config && script.follow(run.Actions()) {
		p.Results, p.Failures = script.at.Results, list(script.player.Failures())
	}
	return p, nil
}

// PlaySource plays a scenario from its text. Mistakes in it are no error; if they
// are found while it is played, what was played before them is kept. It gives up
// when ctx is done.
func PlaySource(ctx context.Context, source string, limits Limits) (Played, error) {
	story, err := scenarios.Parse("scenario.yaml", []byte(source))
	if err != nil {
		return Played{}.mistaken(err)
	}
	if err := limits.allow(story.Config); err != nil {
		return Played{}, err
	}
	script, err := newScript(story)
	if err != nil {
		return Played{}, err
	}
	run := script.player.Run()
	steps := []PlayedStep{}
	meter := link.NewMeter(run.Journal(), 0, limits.Events)
	script.player.GoOn = func() bool { return meter.Read() && ctx.Err() == nil }
	for err == nil && !script.at.Done {
		step, _ := script.player.Next()
		if err = script.step(); err == nil {
			steps = append(steps, PlayedStep{script.at.Section, script.at.Step, step.Line, step.Column, run.Journal().Len()})
		}
		switch {
		case ctx.Err() != nil:
			return Played{}, refuse(Limit, "playing the scenario took too long: make it shorter")
		case err == nil && !meter.Read() && !script.at.Done:
			err = scenarios.Mistakes{{Line: step.Line, Column: step.Column,
				Text: "the run gets too long to be played here"}}
		}
	}
	p := playedOf(run)
	p.Scenario, p.Cursor, p.Steps = ScenarioOf(story), run.Journal().Len(), steps
	p.Results, p.Failures = script.at.Results, list(script.player.Failures())
	if err != nil {
		return p.mistaken(err)
	}
	return p, nil
}

// playedOf returns what can be told of any run.
func playedOf(run *sim.Run) Played {
	config := sim.SettingsOf(run.Config())
	journal := run.Journal()
	checker := check.New(journal.Nodes())
	events := make([]json.RawMessage, journal.Len())
	for i := range events {
		e := journal.Event(i + 1)
		checker.Check(e)
		events[i] = e.AppendJSON(nil)
	}
	p := Played{Config: &config, Events: events, Violations: violationsOf(checker.Violations()),
		Table: export.TablesText(trace.Tables(journal))}
	return p.whole()
}

// mistaken adds the mistakes that an error consists of.
func (p Played) mistaken(err error) (Played, error) {
	var found scenarios.Mistakes
	if !errors.As(err, &found) {
		return Played{}, err
	}
	p = p.whole()
	for _, m := range found {
		p.Mistakes = append(p.Mistakes, PlayedMistake{m.Line, m.Column, m.Text})
	}
	return p, nil
}

// whole makes empty lists of those that are missing.
func (p Played) whole() Played {
	p.Engine = sim.Engine
	fill(&p.Failures)
	fill(&p.Events)
	fill(&p.Results)
	fill(&p.Violations)
	fill(&p.Steps)
	fill(&p.Mistakes)
	return p
}

// fill makes JSON write [] for an empty list.
func fill[T any](l *[]T) {
	if *l == nil {
		*l = []T{}
	}
}
