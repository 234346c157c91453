package link

import (
	"crypto/sha256"
	"encoding/base32"
	"encoding/base64"
	"slices"
	"strings"

	"raftplay/raft/sim"
	"raftplay/raft/trace"
	"raftplay/scenarios"
)

// Run is a run as it is passed on. Everything else about it follows from the
// configuration and the actions.
type Run struct {
	Engine   string       `json:"engine"`             // that played it
	Config   sim.Settings `json:"config"`             // what differs from a profile and the defaults
	Scenario string       `json:"scenario,omitempty"` // the library's scenario whose words belong to it
	Source   string       `json:"source,omitempty"`   // or the text of another scenario
	Actions  []sim.Action `json:"actions"`
	Cursor   int          `json:"at"`   // the event looked at, 0 before the first
	Hash     string       `json:"hash"` // of its events, see [Hash]
}

// Of returns a run with the event looked at. The words of a scenario are for the
// caller to add.
func Of(run *sim.Run, cursor int) Run {
	return Run{
		Engine:  sim.Engine,
		Config:  sim.BriefSettings(run.Config()),
		Actions: slices.Clone(run.Actions()),
		Cursor:  cursor,
		Hash:    Hash(run.Journal()),
	}
}

// Hash returns the first 96 bits of the SHA-256 of a journal, one event's JSON on
// each line, in base64url.
func Hash(j *trace.Journal) string {
	h := sha256.New()
	var line []byte
	for seq := 1; seq <= j.Len(); seq++ {
		line = append(j.Event(seq).AppendJSON(line[:0]), '\n')
		h.Write(line)
	}
	return base64.RawURLEncoding.EncodeToString(h.Sum(nil)[:12])
}

// ID returns the name under which a payload is kept: 80 bits of its SHA-256, as 16
// lower-case letters and digits.
func ID(payload string) string {
	sum := sha256.Sum256([]byte(payload))
	return strings.ToLower(base32.StdEncoding.EncodeToString(sum[:10]))
}

// Story returns the scenario whose words belong to the run, nil if there is none,
// or if the library no longer has it. The error tells of mistakes in the run's own.
func (r Run) Story() (*scenarios.Scenario, error) {
	switch {
	case r.Source != "":
		return scenarios.Parse("scenario.yaml", []byte(r.Source))
	case slices.Contains(scenarios.List(), r.Scenario):
		return scenarios.Load(r.Scenario)
	}
	return nil, nil
}
