package scenarios

import (
	"strings"

	"raftplay/raft"
	"raftplay/raft/sim"
)

// Step is one line of a scenario: something to do, or something to expect.
type Step struct {
	Line, Column int    // its place in the file, 0 if it has none
	Text         string // as the file has it, on one line
	// Expect is what must hold here. A step that expects does nothing else.
	Expect []Expectation

	action  sim.Action // lacks what picks find
	message *pick      // finds the action's Message
	after   *pick      // finds the action's After
	moves   int        // at most, for a policy whose count the file leaves open
}

// form is how a step is written.
type form struct {
	name   string
	action sim.Action
	main   string   // the key for which a single value or a list stands; "" if there is none
	keys   []string // besides recorded
	needs  []string // of keys
	picks  where    // where its message is looked for; nowhere if it names none
}

// ofMessage are the keys that pick a message.
var ofMessage = []string{"message", "from", "to", "type", "term", "at", "nth", "all"}

var ofPolicy = []string{"nodes", "until", "count"}

// forms lists every step but expect.
var forms = []form{
	{name: "deliver", action: sim.Action{Do: sim.Deliver}, main: "message", keys: ofMessage, picks: anywhere},
	{name: "handle", action: sim.Action{Do: sim.Deliver}, main: "node", keys: []string{"node"}, needs: []string{"node"}, picks: headOfInbox},
	{name: "answer", action: sim.Action{Do: sim.Deliver}, main: "node", keys: []string{"node"}, picks: atClient},
	{name: "send", action: sim.Action{Do: sim.Send}, main: "node", keys: []string{"node", "count"}, needs: []string{"node"}},
	{name: "drop", action: sim.Action{Do: sim.Drop}, main: "message", keys: ofMessage, picks: anywhere},
	{name: "delay", action: sim.Action{Do: sim.Delay}, main: "message", keys: append([]string{"ms"}, ofMessage...), picks: anywhere},
	{name: "release", action: sim.Action{Do: sim.Release}, main: "message", keys: ofMessage, picks: anywhere},
	{name: "duplicate", action: sim.Action{Do: sim.Duplicate}, main: "message", keys: ofMessage, picks: anywhere},
	{name: "reorder", action: sim.Action{Do: sim.Reorder}, keys: append([]string{"after"}, ofMessage...), needs: []string{"after"}, picks: anywhere},
	{name: "timeout", action: sim.Action{Do: sim.Timeout}, main: "node", keys: []string{"node"}, needs: []string{"node"}},
	{name: "campaign", action: sim.Action{Do: sim.Campaign}, main: "node", keys: []string{"node"}, needs: []string{"node"}},
	{name: "heartbeat", action: sim.Action{Do: sim.Heartbeat}, main: "node", keys: []string{"node"}, needs: []string{"node"}},
	{name: "ask", action: sim.Action{Do: sim.Ask}, keys: []string{"node", "command", "hold"}, needs: []string{"node", "command"}},
	{name: "crash", action: sim.Action{Do: sim.Crash}, main: "node", keys: []string{"node"}, needs: []string{"node"}},
	{name: "restart", action: sim.Action{Do: sim.Restart}, main: "node", keys: []string{"node"}, needs: []string{"node"}},
	{name: "wipe", action: sim.Action{Do: sim.Wipe}, main: "node", keys: []string{"node"}, needs: []string{"node"}},
	{name: "isolate", action: sim.Action{Do: sim.Isolate}, main: "node", keys: []string{"node", "mode"}, needs: []string{"node"}},
	{name: "rejoin", action: sim.Action{Do: sim.Rejoin}, main: "node", keys: []string{"node", "mode"}, needs: []string{"node"}},
	{name: "partition", action: sim.Action{Do: sim.Partition}, main: "groups", keys: []string{"groups", "mode"}, needs: []string{"groups"}},
	{name: "heal", action: sim.Action{Do: sim.Heal}, keys: []string{"mode"}},
	{name: "cut", action: sim.Action{Do: sim.CutLink}, keys: []string{"from", "to", "mode"}, needs: []string{"from", "to"}},
	{name: "mend", action: sim.Action{Do: sim.MendLink}, keys: []string{"from", "to", "mode"}, needs: []string{"from", "to"}},
	{name: "timers", action: sim.Action{Do: sim.SetTimers}, main: "mode", keys: []string{"mode"}, needs: []string{"mode"}},
	{name: "links", action: sim.Action{Do: sim.SetLinks}, keys: []string{"latency", "loss", "duplicate", "reorder"}},
	{name: "edit", action: sim.Action{Do: sim.EditNode}, keys: []string{"node", "term", "vote", "truncate", "clear"}, needs: []string{"node"}},
	{name: "wait", action: sim.Action{Do: sim.RunPolicy, Policy: sim.Timed}, main: "ms", keys: []string{"ms"}, needs: []string{"ms"}},
	{name: "drain", action: sim.Action{Do: sim.RunPolicy, Policy: sim.Drain}, keys: ofPolicy},
	{name: "bounce", action: sim.Action{Do: sim.RunPolicy, Policy: sim.Bounce}, keys: ofPolicy},
	{name: "timed", action: sim.Action{Do: sim.RunPolicy, Policy: sim.Timed}, keys: ofPolicy},
	{name: "random", action: sim.Action{Do: sim.RunPolicy, Policy: sim.Random}, keys: ofPolicy},
}

func stepNames() string {
	list := make([]string, 0, len(forms)+1)
	for _, f := range forms {
		list = append(list, f.name)
	}
	return strings.Join(append(list, "expect"), ", ")
}

func (s *scenarioReader) stepList(v value) []Step {
	var out []Step
	s.each(v, func(item value) {
		s.steps++
		if step, ok := s.step(item); ok {
			out = append(out, step)
		}
	})
	return out
}

// step reads one step: a name, or a name with a value.
func (s *scenarioReader) step(v value) (Step, bool) {
	f := field{at: v.at, key: v.text, value: value{at: v.at}}
	switch {
	case v.kind == mapping && len(v.fields) == 1:
		f = v.fields[0]
	case v.kind == mapping && len(v.fields) > 1:
		s.fail(v.fields[1].at, "a step is one key: start %q with a dash of its own, or indent it further than %q", v.fields[1].key, v.fields[0].key)
		return Step{}, false
	case v.kind != scalar:
		s.fail(v.at, "a step is one of: %s", stepNames())
		return Step{}, false
	}
	step := Step{Line: f.at.line, Column: f.at.column, Text: f.key}
	if text := f.value.String(); text != "" {
		step.Text += ": " + text
	}
	if f.key == "expect" {
		step.Expect = s.expectations(f.value)
		return step, true
	}
	for _, form := range forms {
		if form.name == f.key {
			s.action(form, f.value, &step)
			return step, true
		}
	}
	s.fail(f.at, "there is no step %q: the steps are %s", f.key, stepNames())
	return Step{}, false
}

// action reads what a step does.
func (s *scenarioReader) action(f form, v value, step *Step) {
	step.action = f.action
	if step.action.Do == sim.SetLinks {
		links := s.links
		step.action.Links = &links
	}
	if f.picks != nowhere {
		step.message = &pick{where: f.picks}
	}
	given := map[string]bool{}
	var keys []key
	for _, name := range append(f.keys[:len(f.keys):len(f.keys)], "recorded") {
		read := s.stepKey(name, step)
		keys = append(keys, key{name, func(v value) { given[name] = true; read(v) }})
	}
	switch {
	case v.kind == mapping:
		s.mapping(v, f.name, keys...)
	case v.kind == nothing && len(f.needs) == 0:
	case f.main != "" && v.kind != nothing:
		for _, k := range keys {
			if k.name == f.main {
				k.read(v)
			}
		}
	default:
		s.fail(v.at, "%s needs keys with values: the keys are %s", f.name, names(keys))
		return
	}
	for _, name := range f.needs {
		if !given[name] {
			s.fail(v.at, "%s needs the key %q", f.name, name)
		}
	}
	if f.main == "message" || f.name == "reorder" {
		s.checkPick(f.name, v.at, step.message, given)
	}
	if step.action.Do == sim.RunPolicy && step.action.Count == 0 {
		step.action.Count, step.moves = MaxMoves, MaxMoves
	}
}

// stepKey returns what reads the value of a step's key.
func (s *scenarioReader) stepKey(name string, step *Step) func(value) {
	a := &step.action
	if read := s.pickKey(name, step); read != nil {
		return read
	}
	switch name {
	case "recorded":
		return func(v value) { a.Unrecorded = !s.truth(v) }
	case "node":
		return func(v value) {
			if step.message != nil {
				step.message.node = s.node(v)
			} else {
				a.Node = s.node(v)
			}
		}
	case "from":
		return func(v value) { a.Node = s.node(v) }
	case "to":
		return func(v value) { a.To = s.node(v) }
	case "count":
		return func(v value) { a.Count = int(s.number(v, 1, MaxMoves)) }
	case "command":
		return func(v value) {
			a.Command = s.text(v, maxLine)
			if err := raft.CheckCommand(a.Command); err != nil && v.kind == scalar {
				s.fail(v.at, "%s", err)
			}
		}
	case "hold":
		return func(v value) {
			a.Hold = sim.Holding(s.word(v, string(sim.HoldRequest), string(sim.HoldAnswer), string(sim.HoldBoth)))
		}
	case "groups":
		return func(v value) { a.Groups = s.groups(v) }
	case "mode":
		return func(v value) { s.mode(v, a) }
	case "ms":
		return func(v value) {
			if a.Do == sim.RunPolicy {
				a.Until = &sim.Until{When: sim.Passed, Ms: int64(s.number(v, 1, 3_600_000))}
			} else {
				a.Ms = int64(s.number(v, 1, 600_000))
			}
		}
	case "nodes":
		return func(v value) { a.Nodes = s.set(v) }
	case "until":
		return func(v value) { a.Until = s.until(v, a.Policy) }
	case "latency", "loss", "duplicate", "reorder":
		for _, k := range s.linkKeys(a.Links) {
			if k.name == name {
				return k.read
			}
		}
	}
	return s.editKey(name, a)
}

// editKey returns what reads a value of an edit.
func (s *scenarioReader) editKey(name string, a *sim.Action) func(value) {
	change := func(set func(*raft.Edit)) {
		if a.Edit == nil {
			a.Edit = &raft.Edit{}
		}
		set(a.Edit)
	}
	switch name {
	case "vote":
		return func(v value) {
			vote := raft.None
			if v.kind != scalar || v.text != "none" {
				vote = s.node(v)
			}
			change(func(e *raft.Edit) { e.Vote = &vote })
		}
	case "truncate":
		return func(v value) {
			from := raft.Index(s.number(v, 1, 1_000_000))
			change(func(e *raft.Edit) { e.TruncateFrom = from })
		}
	case "clear":
		return func(v value) {
			a.Clear = sim.Queues(s.word(v, string(sim.InboxOnly), string(sim.OutboxOnly), string(sim.BothQueues)))
		}
	}
	return func(v value) { // term
		term := raft.Term(s.number(v, 0, 1_000_000))
		change(func(e *raft.Edit) { e.Term = &term })
	}
}

func (s *scenarioReader) mode(v value, a *sim.Action) {
	switch a.Do {
	case sim.SetTimers:
		a.Running = s.word(v, "manual", "running") == "running"
	case sim.Isolate, sim.Partition, sim.CutLink:
		a.Keep = s.word(v, "discard", "hold") == "hold"
	default:
		a.Keep = s.word(v, "discard", "deliver") == "deliver"
	}
}

// groups reads a list of groups, or one group.
func (s *scenarioReader) groups(v value) []raft.NodeSet {
	if v.kind != list || len(v.items) == 0 || v.items[0].kind != list {
		return []raft.NodeSet{s.set(v)}
	}
	var out []raft.NodeSet
	for _, item := range v.items {
		out = append(out, s.set(item))
	}
	return out
}

// until reads the condition at which a policy stops.
func (s *scenarioReader) until(v value, p sim.Policy) *sim.Until {
	u := &sim.Until{}
	when := func(c sim.Condition) {
		if u.When != "" {
			s.fail(v.at, "until has two conditions, %s and %s: give one", u.When, c)
		}
		u.When = c
	}
	if v.kind == scalar {
		when(sim.Condition(s.word(v, string(sim.Elected), string(sim.Answered))))
		return u
	}
	index := func(c sim.Condition) key {
		return key{string(c), func(v value) { when(c); u.Index = raft.Index(s.number(v, 1, 1_000_000)) }}
	}
	kind := func(c sim.Condition) key {
		return key{string(c), func(v value) { when(c); u.Type = s.messageType(v) }}
	}
	before := len(s.mistakes)
	s.mapping(v, "until",
		index(sim.Committed), index(sim.Applied), kind(sim.Sent), kind(sim.Handled),
		key{string(sim.Elected), func(v value) { when(sim.Elected); u.Node = s.node(v) }},
		key{string(sim.Passed), func(v value) {
			when(sim.Passed)
			u.Ms = int64(s.number(v, 1, 3_600_000))
			if p != sim.Timed {
				s.fail(v.at, "only the timed policy waits until time has passed")
			}
		}},
		key{"node", func(v value) { u.Node = s.node(v) }},
		key{"every", func(v value) { u.Every = s.truth(v) }},
	)
	if u.When == "" && v.kind == mapping && len(s.mistakes) == before {
		s.fail(v.at, "until needs a condition: elected, answered, committed, applied, sent, handled or passed")
	}
	return u
}
