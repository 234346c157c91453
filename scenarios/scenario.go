package scenarios

import (
	"cmp"
	"math"
	"slices"

	"raftplay/raft"
	"raftplay/raft/sim"
)

// The limits of a scenario, besides [MaxSize].
const (
	// MaxSteps is how many steps a scenario may have.
	MaxSteps = 10_000
	// MaxMoves is how many moves one policy may make.
	MaxMoves = 20_000
	// MaxEvents is how many events a run may have before its next step.
	MaxEvents = 200_000

	maxLine  = 200
	maxProse = 32 << 10
)

// Scenario is a run that is written down: what it starts from, what is done and
// what is expected, with words for a reader.
type Scenario struct {
	File     string   // as mistakes give it
	Text     string   // the file's content
	Name     string   // of the file, without its directory and its ending
	Title    string   // one line
	About    string   // Markdown: the purpose
	Tags     []string // one word each
	Profile  string   // the profile that the rules started from
	Config   sim.Config
	Sections []Section // one at least; only the first can be without a title
}

// Section is a part of a scenario with a heading of its own. The steps that a
// file has before its sections are a section without a title.
type Section struct {
	Title string
	Prose string   // Markdown
	Uses  []string // features of Raft that the section needs
	Tests []string // features of Raft that it is about
	Steps []Step
}

// scenarioReader reads the content of a scenario file.
type scenarioReader struct {
	*reader
	nodes int // of the cluster
	steps int // so far
	links sim.Links
}

// Parse reads a scenario. name is the file's name, as mistakes are to give it.
// What is wrong with the file is returned as [Mistakes].
func Parse(name string, src []byte) (*Scenario, error) {
	s := scenarioReader{reader: &reader{file: name}}
	parsed := s.scenario(s.read(src))
	if len(s.mistakes) > 0 {
		slices.SortStableFunc(s.mistakes, func(a, b Mistake) int {
			return cmp.Or(a.Line-b.Line, a.Column-b.Column)
		})
		return nil, s.mistakes
	}
	parsed.File, parsed.Name, parsed.Text = name, baseName(name), string(src)
	return parsed, nil
}

func (s *scenarioReader) scenario(v value) *Scenario {
	c := sim.DefaultConfig()
	out := &Scenario{Profile: raft.Profiles[0].Name}
	if len(s.mistakes) > 0 {
		return out
	}
	// The rest depends on these two, wherever they stand.
	for _, f := range v.fields {
		switch f.key {
		case "nodes":
			c.Nodes = int(s.number(f.value, 1, raft.MaxNodes))
			if len(s.mistakes) > 0 {
				c.Nodes = raft.MaxNodes // one mistake is enough: let steps name any node
			}
		case "profile":
			out.Profile = s.word(f.value, profileNames()...)
		}
	}
	s.nodes = c.Nodes
	if p, err := raft.ProfileNamed(out.Profile); err == nil {
		c.Rules = p.Rules
	}
	var steps, sections value
	done := func(value) {}
	s.mapping(v, "a scenario",
		key{"title", func(v value) { out.Title = s.line(v, maxLine) }},
		key{"about", func(v value) { out.About = s.text(v, maxProse) }},
		key{"tags", func(v value) { out.Tags = s.lines(v) }},
		key{"nodes", done},
		key{"profile", done},
		key{"rules", func(v value) { s.rules(v, &c.Rules) }},
		key{"timers", func(v value) { s.timers(v, &c.Timers) }},
		key{"links", func(v value) { s.linkSettings(v, &c.Links) }},
		key{"sending", func(v value) { c.HeldSending = s.word(v, "immediate", "held") == "held" }},
		key{"seed", func(v value) { c.Seed = s.number(v, 0, math.MaxUint64) }},
		key{"steps", func(v value) { steps = v }},
		key{"sections", func(v value) { sections = v }},
	)
	s.links = c.Links
	out.Config = c
	if v.kind == mapping && out.Title == "" {
		s.fail(v.at, "the title is missing: give the scenario a \"title\"")
	}
	if steps.kind != nothing {
		out.Sections = append(out.Sections, Section{Steps: s.stepList(steps)})
	}
	if sections.kind != nothing {
		s.each(sections, func(v value) { out.Sections = append(out.Sections, s.section(v)) })
	}
	if steps.kind == nothing && sections.kind == nothing && len(s.mistakes) == 0 {
		s.fail(v.at, "there are no steps: give the scenario \"sections\" with \"steps\", or \"steps\"")
	}
	if s.steps > MaxSteps {
		s.fail(v.at, "there are %d steps: a scenario may have %d", s.steps, MaxSteps)
	}
	if err := c.Check(); err != nil && len(s.mistakes) == 0 {
		s.fail(v.at, "%s", err)
	}
	return out
}

func (s *scenarioReader) section(v value) Section {
	var out Section
	s.mapping(v, "a section",
		key{"title", func(v value) { out.Title = s.line(v, sim.MaxTitle) }},
		key{"prose", func(v value) { out.Prose = s.text(v, maxProse) }},
		key{"uses", func(v value) { out.Uses = s.lines(v) }},
		key{"tests", func(v value) { out.Tests = s.lines(v) }},
		key{"steps", func(v value) { out.Steps = s.stepList(v) }},
	)
	if v.kind == mapping && out.Title == "" {
		s.fail(v.at, "the section has no title: give it a \"title\"")
	}
	return out
}

// rules reads overrides of the profile's rules.
func (s *scenarioReader) rules(v value, rules *raft.Rules) {
	var keys []key
	for _, d := range raft.RuleList {
		keys = append(keys, key{d.Name, func(v value) { d.Set(rules, s.truth(v)) }})
	}
	keys = append(keys, key{"maxEntries", func(v value) { rules.MaxEntries = int(s.number(v, 1, 1000)) }})
	s.mapping(v, "rules", keys...)
}

const longestMs = 60_000

func (s *scenarioReader) timers(v value, t *sim.Timers) {
	s.mapping(v, "timers",
		key{"mode", func(v value) { t.Running = s.word(v, "manual", "running") == "running" }},
		key{"election", func(v value) { t.ElectionMin, t.ElectionMax = s.span(v, 1, longestMs) }},
		key{"heartbeat", func(v value) { t.Heartbeat = int64(s.number(v, 1, longestMs)) }},
	)
}

// linkKeys are the settings of the network's links.
func (s *scenarioReader) linkKeys(l *sim.Links) []key {
	return []key{
		{"latency", func(v value) { l.LatencyMin, l.LatencyMax = s.span(v, 0, longestMs) }},
		{"loss", func(v value) { l.Loss = int(s.number(v, 0, 1000)) }},
		{"duplicate", func(v value) { l.Duplicate = int(s.number(v, 0, 1000)) }},
		{"reorder", func(v value) { l.Reorder = s.truth(v) }},
	}
}

func (s *scenarioReader) linkSettings(v value, l *sim.Links) {
	s.mapping(v, "links", s.linkKeys(l)...)
}

func profileNames() []string {
	out := make([]string, len(raft.Profiles))
	for i, p := range raft.Profiles {
		out[i] = p.Name
	}
	return out
}

// Steps returns all steps in the order in which they are played, a section's
// beginning as a step of its own, and the section of each as an index.
func (s *Scenario) Steps() (steps []Step, section []int) {
	for i, part := range s.Sections {
		if part.Title != "" {
			steps = append(steps, Step{Text: "section: " + plain(part.Title),
				action: sim.Action{Do: sim.Begin, Title: part.Title}})
			section = append(section, i)
		}
		for _, step := range part.Steps {
			steps = append(steps, step)
			section = append(section, i)
		}
	}
	return steps, section
}
