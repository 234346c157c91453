package export

import (
	"fmt"
	"strings"

	"raftplay/raft"
)

// plantUML returns one PlantUML diagram for each part.
func plantUML(d Document, parts []part) string {
	var b strings.Builder
	for i, g := range diagrams(d, parts) {
		if i > 0 {
			b.WriteByte('\n')
		}
		b.WriteString("@startuml\n")
		if g.title != "" {
			b.WriteString("title " + pumlText(g.title) + "\n")
		}
		b.WriteString("hide footbox\nactor client\n")
		for id := raft.NodeID(1); int(id) <= g.nodes; id++ {
			fmt.Fprintf(&b, "participant %q as %s\n", id.String(), lifeline(id))
		}
		for _, m := range g.marks {
			b.WriteString(pumlMark(m) + "\n")
		}
		b.WriteString("@enduml\n")
	}
	return b.String()
}

func pumlMark(m mark) string {
	text := strings.ReplaceAll(pumlText(m.text), "\n", "\\n")
	if m.arrow {
		line := "-"
		if m.reply {
			line = "--"
		}
		head := [...]string{arrives: ">", isLost: ">x", underWay: ">o"}[m.end]
		return fmt.Sprintf("%s %s%s %s : %s", lifeline(m.from), line, head, lifeline(m.to), text)
	}
	over := lifeline(m.first)
	if m.last != m.first {
		over += ", " + lifeline(m.last)
	}
	colour := [...]string{ofState: "#FFFFEE", ofMessage: "#E8F0FF", ofFault: "#FFDDDD", ofNetwork: "#E8E8E8", ofEdit: "#F0E0FF"}[m.tone]
	return fmt.Sprintf("note over %s %s : %s", over, colour, text)
}

// lifeline returns the name that a diagram's source has for a node.
func lifeline(id raft.NodeID) string { return strings.ReplaceAll(id.String(), "-", "") }

// pumlText escapes text for PlantUML, which looks for markup, variables and
// functions in every line: whatever could be any of them becomes a character
// reference. (Its other form, &#36;, fails for some characters.)
func pumlText(s string) string {
	return escaped(s, func(r rune) string { return fmt.Sprintf("<U+%04X>", r) })
}

// escaped replaces every ASCII character that a diagram's language could give a
// meaning to: all but letters, digits, blanks, line ends and the signs that mean
// nothing alone, as in "N-1 3/t2".
func escaped(s string, reference func(rune) string) string {
	var b strings.Builder
	var before rune
	for _, r := range s {
		switch {
		case r > '~' || r == ' ' || r == '\n' || 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9',
			strings.ContainsRune(".,:()", r),
			strings.ContainsRune("-/=", r) && r != before && before != 0:
			b.WriteRune(r)
		default:
			b.WriteString(reference(r))
		}
		before = r
	}
	return b.String()
}
