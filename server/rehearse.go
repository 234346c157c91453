package server

import (
	"errors"
	"reflect"
	"slices"

	"raftplay/raft/sim"
	"raftplay/scenarios"
	"raftplay/server/link"
)

// newScript returns a script before its first step. A step that costs too much is
// stopped, always at the same place, so that a session comes back as it was.
func newScript(story *scenarios.Scenario) (*script, error) {
	player, err := story.NewPlayer()
	if err != nil {
		return nil, refuse(Refused, "%v", err)
	}
	player.GoOn = link.NewMeter(player.Run().Journal(), 0, scenarios.MaxEvents).Read
	return &script{story, player, Script{Results: []Result{}, Done: player.Done()}}, nil
}

// follow plays the script on for as long as it does what the given actions do,
// and reports whether that is all of them. Expectations behind the last one are
// looked at too.
func (s *script) follow(actions []sim.Action) bool {
	for !s.at.Done {
		switch does, known := s.does(); {
		case !known, len(does) > len(actions):
			return len(actions) == 0
		case !slices.EqualFunc(does, actions[:len(does)], func(a, b sim.Action) bool { return reflect.DeepEqual(a, b) }):
			return false
		default:
			if s.step() != nil {
				return false
			}
			actions = actions[len(does):]
		}
	}
	return len(actions) == 0
}

// does returns what the next step will do, if that is known before it.
func (s *script) does() (actions []sim.Action, known bool) {
	step, _ := s.player.Next()
	run := s.player.Run()
	actions, err := step.Actions(run.Journal().Last())
	if err != nil {
		return nil, false
	}
	if len(actions) == 1 && actions[0].Do == sim.RunPolicy {
		first := actions[0]
		first.Count = 1
		if _, err := run.Cluster().Clone().Apply(first); errors.Is(err, sim.ErrNothing) {
			return nil, true
		}
	}
	return actions, true
}
