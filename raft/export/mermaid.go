package export

import (
	"fmt"
	"strings"

	"raftplay/raft"
)

// mermaid returns the part's Mermaid diagram, or a Markdown document with one
// diagram for each part if there are several: Mermaid's own language holds only one.
func mermaid(d Document, parts []part) string {
	all := diagrams(d, parts)
	if len(all) == 1 {
		return mermaidDiagram(all[0])
	}
	var b strings.Builder
	for i, g := range all {
		if i > 0 {
			b.WriteByte('\n')
		}
		b.WriteString("```mermaid\n" + mermaidDiagram(g) + "```\n")
	}
	return b.String()
}

func mermaidDiagram(g diagram) string {
	var b strings.Builder
	b.WriteString("sequenceDiagram\n")
	if g.title != "" {
		b.WriteString("    title: " + mermaidText(g.title) + "\n")
	}
	b.WriteString("    actor client\n")
	for id := raft.NodeID(1); int(id) <= g.nodes; id++ {
		fmt.Fprintf(&b, "    participant %s as %s\n", lifeline(id), id)
	}
	for _, m := range g.marks {
		b.WriteString("    " + mermaidMark(m) + "\n")
	}
	return b.String()
}

func mermaidMark(m mark) string {
	text := strings.ReplaceAll(mermaidText(m.text), "\n", "<br/>")
	if m.arrow {
		line := "-"
		if m.reply {
			line = "--"
		}
		head := [...]string{arrives: ">>", isLost: "x", underWay: ")"}[m.end]
		return fmt.Sprintf("%s%s%s%s: %s", lifeline(m.from), line, head, lifeline(m.to), text)
	}
	over := lifeline(m.first)
	if m.last != m.first {
		over += "," + lifeline(m.last)
	}
	return fmt.Sprintf("Note over %s: %s", over, text)
}

// mermaidText escapes text for Mermaid, where a semicolon ends a statement, a
// number sign begins a character reference and markup is HTML.
func mermaidText(s string) string {
	return escaped(s, func(r rune) string { return fmt.Sprintf("#%d;", r) })
}
