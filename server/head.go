package server

import (
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"raftplay/raft/sim"
	"raftplay/scenarios"
	"raftplay/server/link"
)

// headVersion is the version of what is kept of a session's beginning.
const headVersion = 1

// head is a session's beginning as it is kept: from a configuration, from a
// scenario's text, or from a run that was passed on, with the text of the
// scenario whose words belong to it.
type head struct {
	Version int           `json:"v"`
	Engine  string        `json:"engine"` // that the session began with
	Created time.Time     `json:"created"`
	Key     string        `json:"key"`
	ViewKey string        `json:"viewKey"`
	Config  *sim.Settings `json:"config,omitempty"`
	File    string        `json:"file,omitempty"` // the scenario's
	Source  string        `json:"source,omitempty"`
	Run     *link.Run     `json:"run,omitempty"`

	story *scenarios.Scenario // of Source, once it is read
}

// tell has the head keep a scenario's words.
func (h *head) tell(story *scenarios.Scenario) {
	if story != nil {
		h.story, h.File, h.Source = story, story.File, story.Text
	}
}

// readHead reads what was kept of a session's beginning.
func readHead(text []byte) (h head, err error) {
	if err := json.Unmarshal(text, &h); err != nil {
		return h, err
	}
	switch {
	case h.Version != headVersion:
		return h, fmt.Errorf("it has version %d, and this program knows %d", h.Version, headVersion)
	case h.Key == "" || h.ViewKey == "":
		return h, errors.New("it has no keys")
	case h.Source == "":
		return h, nil
	}
	h.story, err = scenarios.Parse(h.File, []byte(h.Source))
	return h, err
}

// begin plays the run that the session begins with. If that run is what the first
// steps of the session's scenario do, the scenario's script goes on from there.
func (h *head) begin(limits Limits) (*sim.Run, *script, error) {
	switch {
	case h.Run != nil:
		run, err := h.Run.Play(limits.Link())
		if err != nil {
			return nil, nil, refuse(Refused, "%v", err)
		}
		if h.story == nil || h.story.Config != run.Config() {
			return run, nil, nil
		}
		script, err := newScript(h.story)
		if err != nil || !script.follow(run.Actions()) {
			return run, nil, err
		}
		return script.player.Run(), script, nil
	case h.story != nil:
		if err := limits.allow(h.story.Config); err != nil {
			return nil, nil, err
		}
		script, err := newScript(h.story)
		if err != nil {
			return nil, nil, err
		}
		return script.player.Run(), script, nil
	case h.Config == nil:
		return nil, nil, refuse(Refused, "it has no configuration")
	}
	config, err := h.Config.Config()
	if err != nil {
		return nil, nil, refuse(Refused, "%v", err)
	}
	if err := limits.allow(config); err != nil {
		return nil, nil, err
	}
	run, err := sim.NewRun(config)
	if err != nil {
		return nil, nil, refuse(Refused, "%v", err)
	}
	return run, nil, nil
}
