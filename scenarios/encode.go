package scenarios

import (
	"bytes"
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"raftplay/raft"
	"raftplay/raft/sim"
)

// Encode writes a scenario file that plays the given actions from s's
// configuration, and so gives the same journal again. The words are those of s;
// its sections belong to the actions that begin one, in order. Expectations are
// not written. The error tells of an action that no step stands for.
func Encode(s *Scenario, actions []sim.Action) ([]byte, error) {
	w := &encoder{}
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
		title := actions[0].Title
		n := 1
		for n < len(actions) && actions[n].Do != sim.Begin {
			n++
		}
		w.line("  - title: %s", plain(title))
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

type encoder struct {
	b   bytes.Buffer
	err error
}

func (w *encoder) line(format string, args ...any) { fmt.Fprintf(&w.b, format+"\n", args...) }

func (w *encoder) header(s *Scenario) {
	title := s.Title
	if title == "" {
		title = "Untitled"
	}
	w.line("title: %s", plain(title))
	w.text("", "about", s.About)
	w.list("", "tags", s.Tags)
	c := s.Config
	w.line("nodes: %d", c.Nodes)
	p, err := raft.ProfileNamed(s.Profile)
	if err != nil {
		p = raft.Profiles[0]
	}
	w.line("profile: %s", p.Name)
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
	mode := "manual"
	if c.Timers.Running {
		mode = "running"
	}
	w.line("timers: {mode: %s, election: %d-%d, heartbeat: %d}", mode, c.Timers.ElectionMin, c.Timers.ElectionMax, c.Timers.Heartbeat)
	w.line("links: {%s}", linksText(c.Links))
	if c.HeldSending {
		w.line("sending: held")
	}
	w.line("seed: %d", c.Seed)
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
		text, err := stepText(a)
		if err != nil && w.err == nil {
			w.err = err
		}
		w.line("%s  - %s", indent, text)
	}
}

// stepText returns the step that stands for an action.
func stepText(a sim.Action) (string, error) {
	name := string(a.Do)
	var keys []string
	add := func(key, value string) { keys = append(keys, key+": "+value) }
	node := func() { add("node", a.Node.String()) }
	count := func() {
		if a.Count > 0 && (a.Do != sim.RunPolicy || a.Count < MaxMoves) {
			add("count", strconv.Itoa(a.Count))
		}
	}
	mode := func(keeps string) {
		if a.Keep {
			add("mode", keeps)
		}
	}
	switch a.Do {
	case sim.Deliver, sim.Drop, sim.Delay, sim.Release, sim.Duplicate, sim.Reorder:
		add("message", fmt.Sprintf("m%d", a.Message))
		if a.Do == sim.Reorder {
			add("after", fmt.Sprintf("m%d", a.After))
		}
		if a.Do == sim.Delay && a.Ms > 0 {
			add("ms", strconv.FormatInt(a.Ms, 10))
		}
	case sim.Send:
		node()
		count()
	case sim.Timeout, sim.Campaign, sim.Heartbeat, sim.Crash, sim.Restart, sim.Wipe:
		node()
	case sim.Ask:
		node()
		add("command", plain(a.Command))
		if a.Hold != sim.HoldNone {
			add("hold", string(a.Hold))
		}
	case sim.Isolate:
		node()
		mode("hold")
	case sim.Rejoin:
		node()
		mode("deliver")
	case sim.Partition:
		var groups []string
		for _, g := range a.Groups {
			groups = append(groups, "["+setText(g)+"]")
		}
		add("groups", "["+strings.Join(groups, ", ")+"]")
		mode("hold")
	case sim.Heal:
		mode("deliver")
	case sim.CutLink, sim.MendLink:
		add("from", a.Node.String())
		add("to", a.To.String())
		mode(map[sim.Verb]string{sim.CutLink: "hold", sim.MendLink: "deliver"}[a.Do])
	case sim.SetTimers:
		add("mode", map[bool]string{true: "running", false: "manual"}[a.Running])
	case sim.SetLinks:
		keys = append(keys, linksText(*a.Links))
	case sim.EditNode:
		node()
		keys = append(keys, editKeys(a)...)
	case sim.RunPolicy:
		name = string(a.Policy)
		if a.Nodes != 0 {
			add("nodes", "["+setText(a.Nodes)+"]")
		}
		if a.Until != nil {
			add("until", untilText(*a.Until))
		}
		count()
	default:
		return "", fmt.Errorf("no step stands for the action %q", a.Do)
	}
	if a.Unrecorded {
		add("recorded", "false")
	}
	return stepLine(name, keys), nil
}

// stepLine writes a step in its shortest form.
func stepLine(name string, keys []string) string {
	if len(keys) == 0 {
		return name
	}
	if len(keys) == 1 {
		for _, f := range forms {
			if rest, only := strings.CutPrefix(keys[0], f.main+": "); f.name == name && f.main != "" && only {
				return name + ": " + rest
			}
		}
	}
	return name + ": {" + strings.Join(keys, ", ") + "}"
}

func editKeys(a sim.Action) []string {
	var keys []string
	if e := a.Edit; e != nil {
		if e.Term != nil {
			keys = append(keys, fmt.Sprintf("term: %d", *e.Term))
		}
		if e.Vote != nil {
			keys = append(keys, "vote: "+e.Vote.String())
		}
		if e.TruncateFrom > 0 {
			keys = append(keys, fmt.Sprintf("truncate: %d", e.TruncateFrom))
		}
	}
	if a.Clear != sim.NoQueue {
		keys = append(keys, "clear: "+string(a.Clear))
	}
	return keys
}

func untilText(u sim.Until) string {
	var keys []string
	switch u.When {
	case sim.Committed, sim.Applied:
		keys = append(keys, fmt.Sprintf("%s: %d", u.When, u.Index))
	case sim.Sent, sim.Handled:
		keys = append(keys, fmt.Sprintf("%s: %s", u.When, u.Type))
	case sim.Passed:
		keys = append(keys, fmt.Sprintf("%s: %d", u.When, u.Ms))
	case sim.Elected:
		if u.Node != raft.None {
			return fmt.Sprintf("{%s: %s}", u.When, u.Node)
		}
		return string(u.When)
	default:
		return string(u.When)
	}
	if u.Node != raft.None {
		keys = append(keys, "node: "+u.Node.String())
	}
	if u.Every {
		keys = append(keys, "every: true")
	}
	return "{" + strings.Join(keys, ", ") + "}"
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
