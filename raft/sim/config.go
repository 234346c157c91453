package sim

import (
	"fmt"

	"raftplay/raft"
)

// Config is what a run starts from. It never changes afterwards.
type Config struct {
	Nodes  int // servers, 1 to raft.MaxNodes
	Rules  raft.Rules
	Timers Timers
	Links  Links
	// HeldSending makes messages wait in their sender's outbox until an action or
	// a policy sends them. Otherwise they are sent at once.
	HeldSending bool
	Seed        uint64
}

// Timers are the virtual clocks of the nodes, in milliseconds.
type Timers struct {
	Running     bool  // time flows and fires timers; otherwise only an action fires one
	ElectionMin int64 // an election timeout is drawn between these two, 1 to 60000
	ElectionMax int64
	Heartbeat   int64 // between two heartbeats of a leader, 1 to 60000
}

// Links is what happens to messages on every link, drawn from the seed.
type Links struct {
	LatencyMin int64 `json:"latencyMin,omitempty"` // milliseconds from sending to arrival, 0 to 60000
	LatencyMax int64 `json:"latencyMax,omitempty"`
	Loss       int   `json:"loss,omitempty"`      // of a thousand messages, how many are lost
	Duplicate  int   `json:"duplicate,omitempty"` // of a thousand messages, how many arrive twice
	Reorder    bool  `json:"reorder,omitempty"`   // a message may overtake an earlier one of the same link
}

// DefaultConfig returns three servers under the paper's rules, with timers in
// manual mode and the paper's times for when they run (§5.6, §9.3).
func DefaultConfig() Config {
	return Config{
		Nodes:  3,
		Rules:  raft.Profiles[0].Rules,
		Timers: Timers{ElectionMin: 150, ElectionMax: 300, Heartbeat: 50},
		Links:  Links{LatencyMin: 5, LatencyMax: 15},
		Seed:   1,
	}
}

// Check returns an error that names the first setting that is out of range, and
// the range.
func (c Config) Check() error {
	within := func(name string, value, low, high int64) error {
		if value < low || value > high {
			return fmt.Errorf("%s is %d: it must be from %d to %d", name, value, low, high)
		}
		return nil
	}
	const longest = 60_000
	for _, err := range []error{
		within("nodes", int64(c.Nodes), 1, raft.MaxNodes),
		within("maxEntries", int64(c.Rules.MaxEntries), 1, 1000),
		within("timers.election minimum", c.Timers.ElectionMin, 1, longest),
		within("timers.election maximum", c.Timers.ElectionMax, c.Timers.ElectionMin, longest),
		within("timers.heartbeat", c.Timers.Heartbeat, 1, longest),
		c.Links.check(),
	} {
		if err != nil {
			return err
		}
	}
	return nil
}

func (l Links) check() error {
	switch {
	case l.LatencyMin < 0 || l.LatencyMax < l.LatencyMin || l.LatencyMax > 60_000:
		return fmt.Errorf("links.latency is %d to %d: it must rise, from 0 to 60000", l.LatencyMin, l.LatencyMax)
	case l.Loss < 0 || l.Loss > 1000:
		return fmt.Errorf("links.loss is %d: it must be from 0 to 1000, of a thousand messages", l.Loss)
	case l.Duplicate < 0 || l.Duplicate > 1000:
		return fmt.Errorf("links.duplicate is %d: it must be from 0 to 1000, of a thousand messages", l.Duplicate)
	}
	return nil
}
