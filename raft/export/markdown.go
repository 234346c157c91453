package export

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxMermaid is how long the source of a diagram may be for what shows Markdown to
// draw it: Mermaid's own default, in bytes.
const maxMermaid = 50_000

// markdownDocument returns the run as a Markdown document: title, purpose, and for
// each section its prose, its features, its diagram in Mermaid and its trace table.
func markdownDocument(d Document, parts []part) string {
	var b strings.Builder
	title := oneLine(d.Title)
	if title == "" {
		title = "A run of Raft"
	}
	b.WriteString("# " + mdText(title) + "\n" + mdBlocks(d.About))
	for i, g := range diagrams(d, parts) {
		p := &parts[i]
		if h := p.heading(); h != "" {
			b.WriteString("\n## " + mdText(h) + "\n")
		}
		b.WriteString(mdBlocks(p.Prose))
		writeFeatures(&b, "Raft features used:", p.Uses, mdText)
		writeFeatures(&b, "Raft features tested:", p.Tests, mdText)
		if len(p.table.Rows) == 0 {
			b.WriteString("\nNothing is recorded in this section.\n")
			continue
		}
		g.title = ""
		if drawn := mermaidDiagram(g); len(drawn) <= maxMermaid {
			b.WriteString("\n```mermaid\n" + drawn + "```\n")
		} else {
			b.WriteString("\nThe section is too long for a Mermaid diagram.\n")
		}
		b.WriteString("\n" + mdTable(alignedRows(p.table)))
	}
	return b.String()
}

// mdTable returns rows as a Markdown table, the first as its header.
func mdTable(rows [][]string) string {
	var b strings.Builder
	for i, row := range rows {
		for _, cell := range row {
			b.WriteString("| " + mdText(cell) + " ")
		}
		b.WriteString("|\n")
		if i == 0 {
			b.WriteString(strings.Repeat("|---", len(row)) + "|\n")
		}
	}
	return b.String()
}

// mdBlocks returns prose with every block after a blank line. What a scenario's
// prose is made of keeps its meaning; headings become strong, so that the
// document's own stand out; everything else is text.
func mdBlocks(markdown string) string {
	var b strings.Builder
	list := aParagraph
	for _, p := range blocksOf(markdown) {
		if p.kind != list || list == aParagraph { // the items of a list stand together
			b.WriteByte('\n')
		}
		if list = p.kind; list != aBullet && list != aNumber {
			list = aParagraph
		}
		switch p.kind {
		case aCode:
			text := strings.Trim(strings.Join(p.code, "\n"), "\n")
			fence := "```"
			for strings.Contains(text, fence) {
				fence += "`"
			}
			b.WriteString(fence + "\n" + text + "\n" + fence + "\n")
		case aHeading:
			b.WriteString("**" + mdText(p.text) + "**\n")
		case aBullet:
			b.WriteString("- " + mdInline(p.text) + "\n")
		case aNumber:
			b.WriteString("1. " + mdInline(p.text) + "\n")
		default:
			b.WriteString(mdInline(p.text) + "\n")
		}
	}
	return b.String()
}

// mdInline keeps `code`, **strong** and *emphasis*, and escapes everything else.
func mdInline(s string) string {
	var b strings.Builder
	for _, sp := range spansOf(s) {
		text := sp.text
		if sp.mark != "`" {
			text = mdText(text)
		}
		b.WriteString(sp.mark + text + sp.mark)
	}
	return b.String()
}

// mdText escapes text where Markdown, as GitHub reads it, would find markup, HTML, a
// reference, a formula or a link.
func mdText(s string) string {
	var b strings.Builder
	before := ' '
	for i, r := range s {
		next, _ := utf8.DecodeRuneInString(s[i+utf8.RuneLen(r):])
		switch {
		case strings.ContainsRune("\\`*[]<>|~&$#", r),
			r == '_' && !(isWord(before) && isWord(next)),
			r == ':' && next == '/',
			r == '.' && before == 'w' && unicode.IsLetter(next), // www.
			i == 0 && strings.ContainsRune("-+=", r),
			i > 0 && (r == '.' || r == ')') && strings.Trim(s[:i], "0123456789") == "":
			b.WriteByte('\\')
		}
		b.WriteRune(r)
		before = r
	}
	return b.String()
}

func isWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }
