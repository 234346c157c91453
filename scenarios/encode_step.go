package scenarios

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"raftplay/raft"
	"raftplay/raft/sim"
	"raftplay/raft/trace"
)

// stepText returns the step that stands for an action in a run that stands in the
// given state.
func stepText(a sim.Action, s *trace.State) (string, error) {
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
		if a.Do == sim.Deliver {
			if of, does := answerKeys(a.Message, s); does {
				name, keys = "answer", of
				break
			}
		}
		keys = messageKeys(a.Message, s)
		if a.Do == sim.Reorder {
			add("after", "{"+strings.Join(messageKeys(a.After, s), ", ")+"}")
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

// messageKeys names a message as a person would: by what it is, and by how many
// such messages waited before it; or by its id, if it does not wait.
func messageKeys(id trace.MessageID, s *trace.State) []string {
	all := waiting(s)
	i := slices.IndexFunc(all, func(m spot) bool { return m.ID == id })
	if i < 0 {
		return []string{fmt.Sprintf("message: m%d", id)}
	}
	m := all[i]
	p := pick{where: anywhere, kind: m.Type, from: m.From, to: m.To}
	nth := 0
	for _, older := range all[:i+1] {
		if p.matches(older) {
			nth++
		}
	}
	keys := []string{"type: " + m.Type.String(), "from: " + m.From.String(), "to: " + m.To.String()}
	if nth > 1 {
		keys = append(keys, fmt.Sprintf("nth: %d", nth))
	}
	return keys
}

// answerKeys returns the keys with which the step answer delivers the message, and
// whether it does.
func answerKeys(id trace.MessageID, s *trace.State) (keys []string, does bool) {
	is := func(p pick) bool {
		found, err := p.find(s)
		return err == nil && found[0] == id
	}
	if is(pick{where: atClient}) {
		return nil, true
	}
	for i := range s.Nodes {
		if node := s.Nodes[i].ID; is(pick{where: atClient, node: node}) {
			return []string{"node: " + node.String()}, true
		}
	}
	return nil, false
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
