package scenarios

import (
	"fmt"
	"strconv"
	"strings"

	"raftplay/raft"
)

// key is what a mapping may hold: a name, and what is done with the value.
type key struct {
	name string
	read func(value)
}

// mapping reads the keys of v, which is called what in mistakes.
func (r *reader) mapping(v value, what string, keys ...key) {
	if v.kind != mapping {
		r.fail(v.at, "%s must be keys with values, not %s: the keys are %s", what, v.kind, names(keys))
		return
	}
	seen := map[string]bool{}
fields:
	for _, f := range v.fields {
		if seen[f.key] {
			r.fail(f.at, "%q is given twice", f.key)
			continue
		}
		seen[f.key] = true
		for _, k := range keys {
			if k.name == f.key {
				k.read(f.value)
				continue fields
			}
		}
		r.fail(f.at, "%s has no key %q: the keys are %s", what, f.key, names(keys))
	}
}

func names(keys []key) string {
	list := make([]string, len(keys))
	for i, k := range keys {
		list[i] = k.name
	}
	return strings.Join(list, ", ")
}

// single reports whether v is a single value, and says so if it is not.
func (r *reader) single(v value, wanted string) bool {
	if v.kind == scalar {
		return true
	}
	if v.kind == nothing {
		r.fail(v.at, "the value is missing: %s is wanted", wanted)
	} else {
		r.fail(v.at, "%s is wanted, not %s", wanted, v.kind)
	}
	return false
}

// line reads a text of one line.
func (r *reader) line(v value, longest int) string {
	text := strings.TrimSpace(r.text(v, longest))
	if strings.ContainsFunc(text, func(c rune) bool { return c < ' ' || c == 0x7f }) {
		r.fail(v.at, "the text must be on one line")
	}
	return text
}

// text reads a text of any number of lines, at most longest bytes.
func (r *reader) text(v value, longest int) string {
	if !r.single(v, "text") {
		return ""
	}
	if len(v.text) > longest {
		r.fail(v.at, "the text has %d bytes: %d are allowed", len(v.text), longest)
	}
	return v.text
}

// number reads a whole number from low to high.
func (r *reader) number(v value, low, high uint64) uint64 {
	wanted := fmt.Sprintf("a whole number from %d to %d", low, high)
	if !r.single(v, wanted) {
		return low
	}
	n, err := strconv.ParseUint(v.text, 10, 64)
	if err != nil || n < low || n > high {
		r.fail(v.at, "%s is wanted, not %q", wanted, v.text)
		return low
	}
	return n
}

// span reads two numbers such as 150-300, or one that stands for both.
func (r *reader) span(v value, low, high uint64) (from, to int64) {
	wanted := fmt.Sprintf("one number or two such as 10-20, from %d to %d, in rising order,", low, high)
	if !r.single(v, wanted) {
		return int64(low), int64(low)
	}
	first, second, two := strings.Cut(v.text, "-")
	a, err1 := strconv.ParseUint(strings.TrimSpace(first), 10, 64)
	b, err2 := a, err1
	if two {
		b, err2 = strconv.ParseUint(strings.TrimSpace(second), 10, 64)
	}
	if err1 != nil || err2 != nil || a < low || b < a || b > high {
		r.fail(v.at, "%s is wanted, not %q", wanted, v.text)
		return int64(low), int64(low)
	}
	return int64(a), int64(b)
}

// truth reads true or false.
func (r *reader) truth(v value) bool { return r.word(v, "true", "false") == "true" }

// word reads one of the given words.
func (r *reader) word(v value, words ...string) string {
	wanted := strings.Join(words, ", ")
	if len(words) > 1 {
		wanted = "one of " + wanted
	}
	if !r.single(v, wanted) {
		return ""
	}
	for _, w := range words {
		if v.text == w {
			return w
		}
	}
	r.fail(v.at, "%s is wanted, not %q", wanted, v.text)
	return ""
}

// each calls read for every item of a list, or for the single value in its place.
func (r *reader) each(v value, read func(value)) {
	switch v.kind {
	case list:
		for _, item := range v.items {
			read(item)
		}
	case nothing:
		r.fail(v.at, "the value is missing: a list is wanted")
	default:
		read(v)
	}
}

// lines reads a list of one-line texts.
func (r *reader) lines(v value) []string {
	var out []string
	r.each(v, func(item value) { out = append(out, r.line(item, maxLine)) })
	return out
}

// node reads a server of the cluster, N-2 or 2.
func (s *scenarioReader) node(v value) raft.NodeID {
	wanted := fmt.Sprintf("a node, N-1 to N-%d,", s.nodes)
	if !s.single(v, wanted) {
		return raft.None
	}
	id, ok := nodeNamed(v.text)
	if !ok || int(id) > s.nodes {
		s.fail(v.at, "%s is wanted, not %q", wanted, v.text)
		return raft.None
	}
	return id
}

// set reads one node or a list of them.
func (s *scenarioReader) set(v value) raft.NodeSet {
	var set raft.NodeSet
	s.each(v, func(item value) {
		if id := s.node(item); id != raft.None {
			set = set.With(id)
		}
	})
	if set == 0 && v.kind == list && len(v.items) == 0 {
		s.fail(v.at, "the list is empty: name at least one node")
	}
	return set
}

func nodeNamed(name string) (raft.NodeID, bool) {
	n, err := strconv.ParseUint(strings.TrimPrefix(name, "N-"), 10, 8)
	return raft.NodeID(n), err == nil && n >= 1 && n <= raft.MaxNodes
}

// messageType reads the name of a type of message.
func (r *reader) messageType(v value) raft.MessageType {
	words := make([]string, len(raft.MessageTypes))
	for i, t := range raft.MessageTypes {
		words[i] = t.String()
	}
	name := r.word(v, words...)
	for _, t := range raft.MessageTypes {
		if t.String() == name {
			return t
		}
	}
	return 0
}
