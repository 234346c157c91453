package export

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// rst returns the run as a reStructuredText document: title, purpose, and for
// each section its prose, its features and its trace table.
func rst(d Document, parts []part) string {
	var b strings.Builder
	title := oneLine(d.Title)
	if title == "" {
		title = "A run of Raft"
	}
	title = rstLine(rstText(title))
	line := strings.Repeat("=", columns(title))
	b.WriteString(line + "\n" + title + "\n" + line + "\n")
	if about := rstBlocks(d.About); about != "" {
		b.WriteString("\n" + indent(about, "    "))
	}
	for i := range parts {
		p := &parts[i]
		if h := rstText(p.heading()); h != "" {
			b.WriteString("\n\n" + h + "\n" + strings.Repeat("=", columns(h)) + "\n")
		}
		if prose := rstBlocks(p.Prose); prose != "" {
			b.WriteString("\n" + prose)
		}
		writeFeatures(&b, "Raft features used:", p.Uses, rstItem)
		writeFeatures(&b, "Raft features tested:", p.Tests, rstItem)
		if len(p.table.Rows) == 0 { // RST has no table without a body
			b.WriteString("\nNothing is recorded in this section.\n")
			continue
		}
		b.WriteString("\n" + gridTable(gridRows(p.table, d.Journal.Nodes()), 2))
	}
	return b.String()
}

// rstItem returns an item of a list.
func rstItem(s string) string { return rstLine(rstText(s)) }

func writeFeatures(b *strings.Builder, heading string, features []string, escape func(string) string) {
	if len(features) == 0 {
		return
	}
	b.WriteString("\n" + heading + "\n\n")
	for _, f := range features {
		b.WriteString("- " + escape(oneLine(f)) + "\n")
	}
}

// rstText escapes the characters that RST reads as markup. An underscore is one
// only at the end of a word, two colons only at the end of a paragraph.
func rstText(s string) string {
	var b strings.Builder
	for i, r := range s {
		after := s[i+utf8.RuneLen(r):]
		next, _ := utf8.DecodeRuneInString(after)
		switch {
		case strings.ContainsRune("\\*`|", r),
			r == '_' && !unicode.IsLetter(next) && !unicode.IsDigit(next),
			r == ':' && after == "" && strings.HasSuffix(s, "::"):
			b.WriteByte('\\')
		}
		b.WriteRune(r)
	}
	return b.String()
}

// rstLine escapes the beginning of a line of RST that would make it something
// else than text: a list, a directive, a field, a table, a title's line. Signs of
// markup that are not escaped are meant: code, strong or emphasis begins the line.
func rstLine(s string) string {
	if s == "" || strings.ContainsRune("\\*`", rune(s[0])) {
		return s
	}
	first, _ := utf8.DecodeRuneInString(s)
	head, _, _ := strings.Cut(s, " ")
	if unicode.IsLetter(first) || unicode.IsDigit(first) {
		if !strings.ContainsAny(head[len(head)-1:], ".)") {
			return s
		}
	}
	return "\\" + s
}

// columns returns how wide a line is at most: East Asian characters take two.
func columns(s string) int {
	n := 0
	for _, r := range s {
		n++
		if r >= 0x1100 {
			n++
		}
	}
	return n
}

func indent(s, by string) string {
	lines := strings.Split(strings.TrimRight(s, "\n"), "\n")
	for i, l := range lines {
		if l != "" {
			lines[i] = by + l
		}
	}
	return strings.Join(lines, "\n") + "\n"
}
