package export

import (
	"fmt"
	"slices"
	"strings"

	"raftplay/raft"
	"raftplay/raft/trace"
)

// diagram is the sequence diagram of one part of a run, in the order of drawing.
// Its texts are as people typed them: whoever writes it escapes them.
type diagram struct {
	title string
	nodes int
	marks []mark
}

// mark is an arrow, or a note over the lifelines from First to Last.
type mark struct {
	arrow       bool
	text        string
	from, to    raft.NodeID // of an arrow
	reply       bool        // dashed
	end         ending
	first, last raft.NodeID // of a note
	tone        tone
}

// ending is what becomes of a message.
type ending uint8

const (
	arrives ending = iota
	isLost
	underWay // at the end of the part
)

// tone is what a note is about.
type tone uint8

const (
	ofState tone = iota
	ofMessage
	ofFault
	ofNetwork
	ofEdit
)

// diagrams draws the parts of a run. A message is one arrow, where it is handled
// or lost. One that is handled in a later part, or never, is drawn in its own
// part too, where it is sent.
func diagrams(d Document, parts []part) []diagram {
	w := drawing{journal: d.Journal, fates: fatesOf(d.Journal)}
	out := make([]diagram, len(parts))
	for i := range parts {
		p := &parts[i]
		w.begin(p)
		w.baseline()
		for k := range p.events {
			w.add(&p.events[k])
		}
		title := p.heading()
		if name := oneLine(d.Title); title == "" || name != "" {
			title = strings.Trim(name+" - "+title, " -")
		}
		out[i] = diagram{title: title, nodes: d.Journal.Nodes(), marks: w.marks}
	}
	return out
}

// fate is where a message's way begins and ends.
type fate struct {
	sent, over int // Seq; 0: not yet
}

// fatesOf returns the fate of every message, by its id.
func fatesOf(j *trace.Journal) map[trace.MessageID]fate {
	fates := map[trace.MessageID]fate{}
	for _, e := range j.Events(0) {
		switch e.Kind {
		case trace.Ask, trace.Duplicate:
			for _, m := range e.Created {
				if e.Kind == trace.Ask || fates[e.Message].sent != 0 {
					fates[m.ID] = fate{sent: e.Seq}
				}
			}
		case trace.Send:
			fates[e.Message] = fate{sent: e.Seq}
		case trace.Handle, trace.Lose, trace.Drop:
			fates[e.Message] = fate{fates[e.Message].sent, e.Seq}
		}
	}
	return fates
}

// drawing makes the marks of one part, one event after the other.
type drawing struct {
	journal     *trace.Journal
	fates       map[trace.MessageID]fate
	state       *trace.State
	first, last int // Seq of the part's events
	acted       [raft.MaxNodes + 1]int
	marks       []mark
}

func (w *drawing) begin(p *part) {
	w.first, w.last = p.table.First, p.table.First+len(p.events)-1
	w.state = w.journal.At(w.first - 1)
	w.acted = [raft.MaxNodes + 1]int{}
	w.marks = nil
}

// baseline says how every node stands when a part begins, unless none has done
// anything yet.
func (w *drawing) baseline() {
	nodes := w.state.Nodes[1:]
	if !slices.ContainsFunc(nodes, func(n trace.NodeState) bool { return n.CurrentTerm > 0 }) {
		return
	}
	for i := range nodes {
		n := &nodes[i]
		text := "down"
		if n.Up {
			text = n.Role.String()
		}
		text += fmt.Sprintf(" · term %d · log %s · commit %d", n.CurrentTerm, position(raft.Index(len(n.Log)), n.LastTerm()), n.CommitIndex)
		w.note(ofState, n.ID, text)
	}
}

func (w *drawing) note(t tone, at raft.NodeID, text string) {
	w.marks = append(w.marks, mark{tone: t, first: at, last: at, text: text})
}

// noteAll is a note about the whole cluster.
func (w *drawing) noteAll(text string) {
	w.marks = append(w.marks, mark{tone: ofNetwork, first: 1, last: raft.NodeID(w.journal.Nodes()), text: text})
}

func (w *drawing) add(e *trace.Event) {
	var was trace.NodeState
	server := e.Node >= 1 && int(e.Node) < len(w.state.Nodes)
	if server {
		was = w.state.Nodes[e.Node]
	}
	w.state.Apply(e)
	w.drawMessage(e)
	switch e.Kind {
	case trace.Crash:
		w.note(ofFault, e.Node, "crashes: what is not on disk is lost")
	case trace.Wipe:
		w.note(ofFault, e.Node, "its disk is emptied: term, vote and log are gone")
	case trace.Restart:
		n := &w.state.Nodes[e.Node]
		w.note(ofFault, e.Node, fmt.Sprintf("restarts from its disk · term %d · log %s", n.CurrentTerm, position(raft.Index(len(n.Log)), n.LastTerm())))
	case trace.Network:
		w.noteAll(linksText(e.Links))
	case trace.Clock:
		if v, changed := e.Value(trace.Timers); changed {
			w.noteAll(map[bool]string{true: "the timers run", false: "the timers stop"}[v == 1])
		}
	case trace.Edit:
		w.note(ofEdit, e.Node, strings.Join(append([]string{"changed by hand, outside the protocol"}, stateChanges(e, &was)...), " · "))
	case trace.Timeout, trace.Heartbeat, trace.Handle:
		if server {
			w.acted[e.Node] = e.Seq
			w.decision(e, &was)
		}
	}
}

// decision notes how a node's state changed, and why it refused or ignored what
// it did.
func (w *drawing) decision(e *trace.Event, was *trace.NodeState) {
	var lines []string
	switch e.Kind {
	case trace.Timeout:
		lines = append(lines, "election timeout")
	case trace.Heartbeat:
		lines = append(lines, "heartbeat timeout")
	}
	if changes := stateChanges(e, was); len(changes) > 0 {
		lines = append(lines, strings.Join(changes, " · "))
	}
	for _, n := range e.Notes {
		if explains[n.Code] {
			lines = append(lines, n.String())
		}
	}
	if len(lines) > 0 {
		w.note(ofState, e.Node, strings.Join(lines, "\n"))
	}
}

// drawMessage draws what the event did to a message.
func (w *drawing) drawMessage(e *trace.Event) {
	switch e.Kind {
	case trace.Handle:
		w.arrow(e.Message, arrives)
	case trace.Lose, trace.Drop:
		w.arrow(e.Message, isLost)
	case trace.Send:
		w.leaves(e.Message)
	case trace.Ask:
		w.leaves(e.Created[0].ID)
	case trace.Duplicate:
		copied := e.Created[0]
		w.note(ofMessage, copied.To, fmt.Sprintf("%s is repeated: m%d", w.name(e.Message), copied.ID))
		w.leaves(copied.ID)
	case trace.Delay:
		if due, timed := e.Value(trace.Due); timed {
			w.note(ofMessage, e.Node, fmt.Sprintf("%s is delayed until %d ms", w.name(e.Message), due))
		} else {
			w.note(ofMessage, e.Node, w.name(e.Message)+" is held back")
		}
	case trace.Park:
		w.note(ofMessage, e.Node, w.name(e.Message)+" waits at the wall")
	case trace.Release:
		w.note(ofMessage, e.Node, w.name(e.Message)+" may go on")
	case trace.Reorder:
		after, _ := e.Value(trace.After)
		w.note(ofMessage, e.Node, fmt.Sprintf("%s is put behind m%d", w.name(e.Message), after))
	}
}

// leaves draws a message that does not get to its end in this part.
func (w *drawing) leaves(id trace.MessageID) {
	if f := w.fates[id]; f.sent != 0 && (f.over == 0 || f.over > w.last) {
		w.arrow(id, underWay)
	}
}

func (w *drawing) arrow(id trace.MessageID, end ending) {
	m, f := w.journal.Message(id), w.fates[id]
	text := messageText(m)
	if m.Parent != 0 {
		text += fmt.Sprintf(" · copy of m%d", m.Parent)
	}
	switch {
	case end == underWay:
		text += fmt.Sprintf(" · m%d is still under way", id)
	case f.sent == 0:
		text += " · in the outbox"
	case f.sent < w.first:
		text += fmt.Sprintf(" · m%d, sent earlier", id)
	case m.From <= raft.MaxNodes && w.acted[m.From] > f.sent:
		text += fmt.Sprintf(" · sent at event %d", f.sent)
	}
	switch over := w.journal.Event(max(f.over, 1)); {
	case end == isLost && over.Kind == trace.Drop:
		text += " · dropped by hand"
	case end == isLost:
		text += " · lost"
	}
	if end != underWay && w.state.Time > 0 {
		text += fmt.Sprintf(" · at %d ms", w.state.Time)
	}
	w.marks = append(w.marks, mark{arrow: true, from: m.From, to: m.To, reply: isReply(m.Type), end: end, text: text})
}

func (w *drawing) name(id trace.MessageID) string {
	m := w.journal.Message(id)
	return fmt.Sprintf("m%d, %s from %s to %s,", id, m.Type, m.From, m.To)
}
