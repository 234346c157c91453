package sim

import (
	"fmt"
	"maps"
	"slices"

	"raftplay/raft"
)

// Settings is a configuration as people write it: every part can be left out.
type Settings struct {
	Nodes      *int            `json:"nodes,omitempty"`
	Profile    string          `json:"profile,omitempty"`
	Rules      map[string]bool `json:"rules,omitempty"` // by the names of raft.RuleList
	MaxEntries *int            `json:"maxEntries,omitempty"`
	Timers     *TimerSettings  `json:"timers,omitempty"`
	Links      *LinkSettings   `json:"links,omitempty"`
	Sending    string          `json:"sending,omitempty"` // "immediate" or "held"
	Seed       *uint64         `json:"seed,omitempty"`
}

// TimerSettings are the timers of a configuration, in virtual milliseconds.
type TimerSettings struct {
	Running   *bool     `json:"running,omitempty"`
	Election  *[2]int64 `json:"election,omitempty"`
	Heartbeat *int64    `json:"heartbeat,omitempty"`
}

// LinkSettings are the links of a configuration.
type LinkSettings struct {
	Latency   *[2]int64 `json:"latency,omitempty"`   // milliseconds
	Loss      *int      `json:"loss,omitempty"`      // of a thousand messages
	Duplicate *int      `json:"duplicate,omitempty"` // of a thousand messages
	Reorder   *bool     `json:"reorder,omitempty"`
}

func set[T any](to *T, from *T) {
	if from != nil {
		*to = *from
	}
}

// Config returns the configuration that the settings describe, with the defaults
// of [DefaultConfig], or an error that names what is wrong.
func (s Settings) Config() (Config, error) {
	c := DefaultConfig()
	set(&c.Nodes, s.Nodes)
	if s.Profile != "" {
		p, err := raft.ProfileNamed(s.Profile)
		if err != nil {
			return c, err
		}
		c.Rules = p.Rules
	}
	for _, name := range slices.Sorted(maps.Keys(s.Rules)) {
		if _, err := raft.RuleNamed(name); err != nil {
			return c, err
		}
	}
	for _, rule := range raft.RuleList {
		if on, given := s.Rules[rule.Name]; given {
			rule.Set(&c.Rules, on)
		}
	}
	set(&c.Rules.MaxEntries, s.MaxEntries)
	if t := s.Timers; t != nil {
		set(&c.Timers.Running, t.Running)
		set(&c.Timers.Heartbeat, t.Heartbeat)
		if t.Election != nil {
			c.Timers.ElectionMin, c.Timers.ElectionMax = t.Election[0], t.Election[1]
		}
	}
	if l := s.Links; l != nil {
		set(&c.Links.Loss, l.Loss)
		set(&c.Links.Duplicate, l.Duplicate)
		set(&c.Links.Reorder, l.Reorder)
		if l.Latency != nil {
			c.Links.LatencyMin, c.Links.LatencyMax = l.Latency[0], l.Latency[1]
		}
	}
	switch s.Sending {
	case "", "immediate":
	case "held":
		c.HeldSending = true
	default:
		return c, fmt.Errorf("sending is %q: it must be immediate or held", s.Sending)
	}
	set(&c.Seed, s.Seed)
	if err := c.Check(); err != nil {
		return c, err
	}
	return c, nil
}

// SettingsOf returns the complete settings of a configuration: every rule by
// name, and the profile if the rules are exactly one's.
func SettingsOf(c Config) Settings {
	s := Settings{
		Nodes: &c.Nodes, Rules: RulesByName(c.Rules), MaxEntries: &c.Rules.MaxEntries,
		Timers: &TimerSettings{&c.Timers.Running, &[2]int64{c.Timers.ElectionMin, c.Timers.ElectionMax}, &c.Timers.Heartbeat},
		Links:  &LinkSettings{&[2]int64{c.Links.LatencyMin, c.Links.LatencyMax}, &c.Links.Loss, &c.Links.Duplicate, &c.Links.Reorder},
		Seed:   &c.Seed, Sending: "immediate",
	}
	if c.HeldSending {
		s.Sending = "held"
	}
	for _, p := range raft.Profiles {
		if p.Rules == c.Rules {
			s.Profile = p.Name
		}
	}
	return s
}

// RulesByName returns every switch of r under its name.
func RulesByName(r raft.Rules) map[string]bool {
	rules := map[string]bool{}
	for _, rule := range raft.RuleList {
		rules[rule.Name] = rule.On(r)
	}
	return rules
}
