package scenarios

import (
	"bytes"
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"raftplay/raft"
	"raftplay/raft/sim"
	"raftplay/raft/trace"
)

// Encode writes a scenario file that plays the given actions from s's
// configuration, and so gives the same journal again. The words are those of s;
// its sections belong to the actions that begin one, in order; actions before the
// first are steps before the first section. A message is named by what it is, as
// a person would, and a comment marks the steps by which somebody came to lead or
// an entry was committed. Settings that are as a file has them if it says nothing
// are left out, and so are expectations. The error tells of an action that cannot
// be carried out or that no step stands for, or of a run too long for a scenario.
func Encode(s *Scenario, actions []sim.Action) ([]byte, error) {
	if len(actions) > MaxSteps {
		return nil, fmt.Errorf("the run has %d actions: a scenario may have %d steps", len(actions), MaxSteps)
	}
	run, err := sim.NewRun(s.Config)
	if err != nil {
		return nil, err
	}
	w := &encoder{run: run}
	w.header(s)
	var prelude []sim.Action
	for len(actions) > 0 && actions[0].Do != sim.Begin {
		prelude, actions = append(prelude, actions[0]), actions[1:]
	}
	if len(prelude) > 0 || len(actions) == 0 {
		w.steps("", prelude)
	}
	if len(actions) > 0 {
		w.line("sections:")
	}
	words := s.titled()
	for len(actions) > 0 {
		n := 1
		for n < len(actions) && actions[n].Do != sim.Begin {
			n++
		}
		w.line("  - title: %s", plain(actions[0].Title))
		w.apply(actions[0])
		if len(words) > 0 {
			w.text("    ", "prose", words[0].Prose)
			w.list("    ", "uses", words[0].Uses)
			w.list("    ", "tests", words[0].Tests)
			words = words[1:]
		}
		if n > 1 {
			w.steps("    ", actions[1:n])
		}
		actions = actions[n:]
	}
	if w.err == nil && w.b.Len() > MaxSize {
		w.err = fmt.Errorf("the run makes a file of %d bytes: a scenario may have %d", w.b.Len(), MaxSize)
	}
	return w.b.Bytes(), w.err
}

func (s *Scenario) titled() []Section {
	for i := range s.Sections {
		if s.Sections[i].Title != "" {
			return s.Sections[i:]
		}
	}
	return nil
}

// encoder writes a file while it plays what the file says.
type encoder struct {
	b   bytes.Buffer
	run *sim.Run
	err error // the first
}

func (w *encoder) line(format string, args ...any) { fmt.Fprintf(&w.b, format+"\n", args...) }

func (w *encoder) header(s *Scenario) {
	title := s.Title
	if title == "" {
		title = "A Raft run"
	}
	w.line("title: %s", plain(title))
	w.text("", "about", s.About)
	w.list("", "tags", s.Tags)
	c, usual := s.Config, sim.DefaultConfig()
	w.line("nodes: %d", c.Nodes)
	p, err := raft.ProfileNamed(s.Profile)
	if err != nil {
		p = raft.Profiles[0]
	}
	if p.Name != raft.Profiles[0].Name {
		w.line("profile: %s", p.Name)
	}
	var rules []string
	for _, d := range raft.RuleList {
		if d.On(c.Rules) != d.On(p.Rules) {
			rules = append(rules, fmt.Sprintf("%s: %t", d.Name, d.On(c.Rules)))
		}
	}
	if c.Rules.MaxEntries != p.Rules.MaxEntries {
		rules = append(rules, fmt.Sprintf("maxEntries: %d", c.Rules.MaxEntries))
	}
	if len(rules) > 0 {
		w.line("rules: {%s}", strings.Join(rules, ", "))
	}
	if c.Timers != usual.Timers {
		mode := map[bool]string{true: "running", false: "manual"}[c.Timers.Running]
		w.line("timers: {mode: %s, election: %d-%d, heartbeat: %d}", mode, c.Timers.ElectionMin, c.Timers.ElectionMax, c.Timers.Heartbeat)
	}
	if c.Links != usual.Links {
		w.line("links: {%s}", linksText(c.Links))
	}
	if c.HeldSending {
		w.line("sending: held")
	}
	if c.Seed != usual.Seed {
		w.line("seed: %d", c.Seed)
	}
}

func linksText(l sim.Links) string {
	return fmt.Sprintf("latency: %d-%d, loss: %d, duplicate: %d, reorder: %t", l.LatencyMin, l.LatencyMax, l.Loss, l.Duplicate, l.Reorder)
}

// text writes a Markdown text as a block, if there is one.
func (w *encoder) text(indent, name, text string) {
	if strings.TrimSpace(text) == "" {
		return
	}
	if !blockSafe.MatchString(text) {
		w.line("%s%s: %s", indent, name, strconv.Quote(text))
		return
	}
	w.line("%s%s: |", indent, name)
	for _, l := range strings.Split(strings.TrimRight(text, "\n"), "\n") {
		if l == "" {
			w.line("")
		} else {
			w.line("%s  %s", indent, l)
		}
	}
}

func (w *encoder) list(indent, name string, items []string) {
	if len(items) > 0 {
		w.line("%s%s: %s", indent, name, listOf(items))
	}
}

func listOf(items []string) string {
	parts := make([]string, len(items))
	for i, item := range items {
		parts[i] = plain(item)
	}
	return "[" + strings.Join(parts, ", ") + "]"
}

func (w *encoder) steps(indent string, actions []sim.Action) {
	if len(actions) == 0 {
		w.line("%ssteps: []", indent)
		return
	}
	w.line("%ssteps:", indent)
	for _, a := range actions {
		text, err := stepText(a, w.run.Journal().Last())
		if err != nil && w.err == nil {
			w.err = err
		}
		if remark := w.apply(a); remark != "" {
			text += " # " + remark
		}
		w.line("%s  - %s", indent, text)
	}
}

// apply plays an action and returns what is worth a remark of what came of it: who
// came to lead, and what was committed.
func (w *encoder) apply(a sim.Action) string {
	if w.err != nil {
		return ""
	}
	before := glanceAt(w.run.Journal().Last())
	if _, err := w.run.Apply(a); err != nil {
		w.err = fmt.Errorf("the action %q cannot be carried out: %w", a.Do, err)
		return ""
	}
	now := glanceAt(w.run.Journal().Last())
	var remarks []string
	for id, term := range now.leads {
		if term > before.leads[id] {
			remarks = append(remarks, fmt.Sprintf("%s leads in term %d", raft.NodeID(id), term))
		}
	}
	if now.committed > before.committed {
		remarks = append(remarks, fmt.Sprintf("committed up to %d", now.committed))
	}
	return strings.Join(remarks, ", ")
}

// glance is what a reader of a long list of steps wants to be told on the way.
type glance struct {
	leads     [raft.MaxNodes + 1]raft.Term // of the leaders, their terms
	committed raft.Index                   // by any node
}

func glanceAt(s *trace.State) (g glance) {
	for _, id := range leaders(s).IDs() {
		g.leads[id] = s.Nodes[id].CurrentTerm
	}
	for i := range s.Nodes {
		g.committed = max(g.committed, s.Nodes[i].CommitIndex)
	}
	return g
}

var (
	plainSafe = regexp.MustCompile(`^[A-Za-z0-9](?:[A-Za-z0-9 _./=§()-]*[A-Za-z0-9_./=§()-])?$`)
	keyword   = regexp.MustCompile(`^(?i:true|false|yes|no|on|off|null|y|n)$`)
	// blockSafe is text that a YAML block keeps as it is: printable, not indented
	// at its start, and without blanks at the ends of its lines.
	blockSafe = regexp.MustCompile(`^[^\s\pC](?:[^\pC\p{Zl}\p{Zp}]*[^\s\pC])?(?:\n+[^\pC\p{Zl}\p{Zp}]*[^\s\pC])*\n?$`)
)

// plain writes a text as a YAML value, in quotes if it needs them.
func plain(text string) string {
	if plainSafe.MatchString(text) && !keyword.MatchString(text) {
		return text
	}
	return strconv.Quote(text)
}
