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

// BriefSettings returns the settings of a configuration that say only what
// differs from a profile, the one that leaves least to say, and from the defaults.
func BriefSettings(c Config) Settings {
	var s Settings
	d := DefaultConfig()
	profile, rules := raft.Profiles[0], differences(c.Rules, raft.Profiles[0].Rules)
	for _, p := range raft.Profiles[1:] {
		if other := differences(c.Rules, p.Rules); len(other) < len(rules) {
			profile, rules = p, other
			s.Profile = p.Name
		}
	}
	s.Rules = rules
	s.Nodes = unless(d.Nodes, c.Nodes)
	s.MaxEntries = unless(profile.Rules.MaxEntries, c.Rules.MaxEntries)
	s.Seed = unless(d.Seed, c.Seed)
	if c.HeldSending {
		s.Sending = "held"
	}
	if t := (TimerSettings{
		unless(d.Timers.Running, c.Timers.Running),
		unless([2]int64{d.Timers.ElectionMin, d.Timers.ElectionMax}, [2]int64{c.Timers.ElectionMin, c.Timers.ElectionMax}),
		unless(d.Timers.Heartbeat, c.Timers.Heartbeat),
	}); t != (TimerSettings{}) {
		s.Timers = &t
	}
	if l := (LinkSettings{
		unless([2]int64{d.Links.LatencyMin, d.Links.LatencyMax}, [2]int64{c.Links.LatencyMin, c.Links.LatencyMax}),
		unless(d.Links.Loss, c.Links.Loss),
		unless(d.Links.Duplicate, c.Links.Duplicate),
		unless(d.Links.Reorder, c.Links.Reorder),
	}); l != (LinkSettings{}) {
		s.Links = &l
	}
	return s
}

// unless returns value, or nothing if it is the usual one.
func unless[T comparable](usual, value T) *T {
	if value == usual {
		return nil
	}
	return &value
}

// differences returns the rules of r that are not as in other, nil if there are none.
func differences(r, other raft.Rules) map[string]bool {
	var rules map[string]bool
	for _, rule := range raft.RuleList {
		if on := rule.On(r); on != rule.On(other) {
			if rules == nil {
				rules = map[string]bool{}
			}
			rules[rule.Name] = on
		}
	}
	return rules
}
