package scenarios

import (
	"fmt"
	"slices"
	"strings"

	"raftplay/raft"
	"raftplay/raft/check"
	"raftplay/raft/trace"
)

// answers reads the answers that the client has had in this section.
func (s *scenarioReader) answers(v value, add adder) {
	var want []string
	if v.kind != scalar || v.text != raft.None.String() {
		s.each(v, func(item value) {
			text := s.line(item, maxLine)
			status, rest, _ := strings.Cut(text, " ")
			_, isNode := nodeNamed(rest)
			if !(status == raft.Result.String() && rest != "" || status == raft.Redirect.String() && isNode || text == raft.Retry.String()) {
				s.fail(item.at, "an answer is written as result x = 1, as redirect N-2 or as retry, not as %q", text)
			}
			want = append(want, text)
		})
	}
	shown := listText(want)
	add(v, "the client's answers in this section: "+shown, func(m *moment) (bool, string) {
		got := listText(answersInSection(m.journal))
		return got == shown, got
	})
}

func listText(list []string) string {
	if len(list) == 0 {
		return raft.None.String()
	}
	return strings.Join(list, "; ")
}

func answersInSection(j *trace.Journal) []string {
	var out []string
	for seq := j.Len(); seq > 0 && j.Event(seq).Kind != trace.Section; seq-- {
		e := j.Event(seq)
		if e.Kind != trace.Handle || e.Node != raft.Client {
			continue
		}
		m := j.Message(e.Message)
		text := m.Status.String()
		switch m.Status {
		case raft.Result:
			text += " " + m.Text
		case raft.Redirect:
			text += " " + m.Leader.String()
		}
		out = append(out, text)
	}
	slices.Reverse(out)
	return out
}

// waiting reads how many messages wait, in all or at nodes.
func (s *scenarioReader) waiting(v value, add adder) {
	one := func(v value, at string, count func(*trace.State) int) {
		want := int(s.number(v, 0, 1_000_000))
		add(v, fmt.Sprintf("messages that wait%s: %d", at, want), func(m *moment) (bool, string) {
			got := count(m.state)
			return got == want, fmt.Sprintf("%d; %s", got, waitingText(m.state))
		})
	}
	if v.kind != mapping {
		one(v, "", func(s *trace.State) int { return len(waiting(s)) })
		return
	}
	for _, f := range v.fields {
		if f.key == raft.Client.String() {
			one(f.value, " for the client", func(s *trace.State) int { return len(s.Client) })
			continue
		}
		id := s.node(value{at: f.at, kind: scalar, text: f.key})
		one(f.value, " at "+id.String(), func(s *trace.State) int { return len(s.Nodes[id].Inbox) + len(s.Nodes[id].Outbox) })
	}
}

func (s *scenarioReader) invariants(v value) []check.Invariant {
	var out []check.Invariant
	if v.kind == scalar && v.text == raft.None.String() {
		return nil
	}
	s.each(v, func(item value) {
		if !s.single(item, "the name of an invariant") {
			return
		}
		i, err := check.InvariantNamed(item.text)
		if err != nil {
			s.fail(item.at, "%s", err)
		}
		out = append(out, i)
	})
	return out
}

// brokenIncludes holds once all of these invariants are broken. None of them
// means none at all; others are for the end of the run to report.
func brokenIncludes(want []check.Invariant) func(*moment) (bool, string) {
	return func(m *moment) (bool, string) {
		var got []check.Invariant
		for _, v := range m.broken {
			got = append(got, v.Invariant)
		}
		for _, i := range want {
			if !slices.Contains(got, i) {
				return false, invariantsText(got)
			}
		}
		return len(want) > 0 || len(got) == 0, invariantsText(got)
	}
}

func invariantsText(list []check.Invariant) string {
	texts := make([]string, len(list))
	for i := range list {
		texts[i] = list[i].String()
	}
	return listText(texts)
}
