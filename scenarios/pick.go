package scenarios

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"raftplay/raft"
	"raftplay/raft/trace"
)

// where is where a message is looked for.
type where uint8

const (
	nowhere where = iota
	anywhere
	inOutbox
	inInbox
	headOfInbox
	atClient
)

// pick finds waiting messages: one by its id, or by what they are. Zero fields
// allow anything.
type pick struct {
	id       trace.MessageID
	where    where
	node     raft.NodeID // whose inbox; of an answer: who gave it
	from, to raft.NodeID
	kind     raft.MessageType
	term     raft.Term
	nth      int // of those that match, the oldest first; 0 is the first
	all      bool
}

// find returns the ids of the messages that are picked.
func (p *pick) find(s *trace.State) ([]trace.MessageID, error) {
	if p.id != 0 {
		return []trace.MessageID{p.id}, nil
	}
	if p.where == headOfInbox {
		for _, m := range s.Nodes[p.node].Inbox {
			if m.Hold == trace.Free {
				return []trace.MessageID{m.ID}, nil
			}
		}
		return nil, fmt.Errorf("nothing that can be handled waits in the inbox of %s: %s", p.node, waitingText(s))
	}
	var found []trace.MessageID
	for _, m := range waiting(s) {
		if p.matches(m) {
			found = append(found, m.ID)
		}
	}
	if p.all {
		return found, nil
	}
	if at := max(p.nth, 1) - 1; at < len(found) {
		return found[at : at+1], nil
	}
	return nil, fmt.Errorf("no message that waits is the one wanted: %s", waitingText(s))
}

func (p *pick) matches(m spot) bool {
	switch p.where {
	case inOutbox:
		if !m.outbox {
			return false
		}
	case inInbox:
		if m.outbox {
			return false
		}
	case atClient:
		return m.To == raft.Client && (p.node == raft.None || m.From == p.node)
	}
	return (p.from == raft.None || m.From == p.from) && (p.to == raft.None || m.To == p.to) &&
		(p.kind == 0 || m.Type == p.kind) && (p.term == 0 || m.Term == p.term)
}

// spot is a waiting message.
type spot struct {
	trace.Packet
	outbox bool
}

// waiting returns all messages that wait, the oldest first.
func waiting(s *trace.State) []spot {
	var out []spot
	add := func(q []trace.Packet, outbox bool) {
		for _, p := range q {
			out = append(out, spot{p, outbox})
		}
	}
	for i := range s.Nodes {
		add(s.Nodes[i].Outbox, true)
		add(s.Nodes[i].Inbox, false)
	}
	add(s.Client, false)
	slices.SortFunc(out, func(a, b spot) int { return int(a.ID) - int(b.ID) })
	return out
}

// waitingText tells what waits, for an error.
func waitingText(s *trace.State) string {
	all := waiting(s)
	if len(all) == 0 {
		return "no message waits"
	}
	const most = 8
	var parts []string
	for _, m := range all[:min(len(all), most)] {
		parts = append(parts, fmt.Sprintf("m%d %s %s to %s", m.ID, m.Type, m.From, m.To))
	}
	if len(all) > most {
		parts = append(parts, fmt.Sprintf("and %d more", len(all)-most))
	}
	return "these wait: " + strings.Join(parts, ", ")
}

// pickKey returns what reads a key that picks a message, nil if name is none of
// the step's.
func (s *scenarioReader) pickKey(name string, step *Step) func(value) {
	p := step.message
	if name == "after" {
		step.after = &pick{where: anywhere}
		return func(v value) { s.pick(v, step.after) }
	}
	if p == nil || p.where != anywhere {
		return nil
	}
	return s.pickField(name, p)
}

// pickField returns what reads a field of a pick, nil if name is none.
func (s *scenarioReader) pickField(name string, p *pick) func(value) {
	switch name {
	case "message":
		return func(v value) {
			if !s.single(v, "a message such as m17") {
				return
			}
			n, err := strconv.ParseUint(strings.TrimPrefix(v.text, "m"), 10, 32)
			if err != nil || n == 0 || !strings.HasPrefix(v.text, "m") {
				s.fail(v.at, "a message such as m17 is wanted, not %q", v.text)
			}
			p.id = trace.MessageID(n)
		}
	case "from":
		return func(v value) { p.from = s.endpoint(v) }
	case "to":
		return func(v value) { p.to = s.endpoint(v) }
	case "type":
		return func(v value) { p.kind = s.messageType(v) }
	case "term":
		return func(v value) { p.term = raft.Term(s.number(v, 1, 1_000_000)) }
	case "at":
		return func(v value) {
			if p.where = inInbox; s.word(v, "inbox", "outbox") == "outbox" {
				p.where = inOutbox
			}
		}
	case "nth":
		return func(v value) { p.nth = int(s.number(v, 1, 10_000)) }
	case "all":
		return func(v value) { p.all = s.truth(v) }
	}
	return nil
}

// pick reads the message behind which another one is put.
func (s *scenarioReader) pick(v value, p *pick) {
	if v.kind == scalar {
		s.pickField("message", p)(v)
		return
	}
	var keys []key
	given := map[string]bool{}
	for _, name := range ofMessage {
		if name == "all" {
			continue
		}
		read := s.pickField(name, p)
		keys = append(keys, key{name, func(v value) { given[name] = true; read(v) }})
	}
	s.mapping(v, "after", keys...)
	s.checkPick("after", v.at, p, given)
}

// checkPick reports a pick that says nothing, or two things at once.
func (s *scenarioReader) checkPick(what string, at place, p *pick, given map[string]bool) {
	said := 0
	for _, name := range ofMessage {
		if given[name] {
			said++
		}
	}
	switch {
	case said == 0:
		s.fail(at, "%s needs a message: its id, or the keys from, to, type, term, at, nth or all", what)
	case given["message"] && said > 1:
		s.fail(at, "%s names a message by its id: leave out the other keys that pick one", what)
	case p.all && p.nth != 0:
		s.fail(at, "%s: give nth or all, not both", what)
	}
}

// endpoint reads a node, or the client.
func (s *scenarioReader) endpoint(v value) raft.NodeID {
	if v.kind == scalar && v.text == raft.Client.String() {
		return raft.Client
	}
	return s.node(v)
}
