package export

import "strings"

// rstBlocks returns Markdown as RST. It knows what a scenario's prose is made
// of: paragraphs, flat lists, headings, fenced code, `code` and **strong**. The
// rest comes out as the text that it is, so that the document is always valid.
func rstBlocks(markdown string) string {
	markdown = strings.ReplaceAll(strings.ToValidUTF8(markdown, "\ufffd"), "\r\n", "\n")
	var blocks []string
	var block []string
	var marker string // of the list item that the block is, "" for a paragraph
	flush := func() {
		if len(block) == 0 {
			return
		}
		blocks = append(blocks, marker+rstLine(rstInline(strings.Join(block, " ")))+"\n")
		block, marker = nil, ""
	}
	lines := strings.Split(markdown, "\n")
	for i := 0; i < len(lines); i++ {
		line := oneLine(lines[i])
		item, rest := listMarker(line)
		switch {
		case line == "":
			flush()
		case strings.HasPrefix(line, "```"):
			flush()
			var code []string
			for i++; i < len(lines) && !strings.HasPrefix(strings.TrimSpace(lines[i]), "```"); i++ {
				code = append(code, printable(lines[i]))
			}
			blocks = append(blocks, literalBlock(code))
		case strings.HasPrefix(line, "#"):
			flush()
			if text := strings.TrimSpace(strings.Trim(line, "#")); text != "" {
				blocks = append(blocks, "**"+rstText(text)+"**\n")
			}
		case item != "" && (len(block) == 0 || marker != "" || item == "- "):
			flush()
			marker, block = item, append(block, rest)
		default:
			block = append(block, line)
		}
	}
	flush()
	return strings.Join(blocks, "\n")
}

// listMarker returns the RST marker of a list item and its text; "" for a line
// that is none. Numbers are RST's own, so that no list has a gap.
func listMarker(line string) (marker, rest string) {
	head, rest, found := strings.Cut(line, " ")
	switch {
	case !found || rest == "":
	case head == "-" || head == "*" || head == "+":
		return "- ", rest
	case strings.HasSuffix(head, ".") && strings.Trim(head[:len(head)-1], "0123456789") == "" && head != ".":
		return "#. ", rest
	}
	return "", line
}

// rstInline keeps `code` and **strong** where RST can recognize them, and escapes
// everything else.
func rstInline(s string) string {
	var b strings.Builder
	for s != "" {
		at := strings.IndexAny(s, "`*")
		if at < 0 {
			break
		}
		mark, out := "`", "``"
		if strings.HasPrefix(s[at:], "**") {
			mark, out = "**", "**"
		}
		inner, after, closed := strings.Cut(s[at+len(mark):], mark)
		if mark == "`" && s[at] == '*' || !closed || inner == "" || inner != strings.TrimSpace(inner) || strings.ContainsAny(inner, "`*\\") {
			b.WriteString(rstText(s[:at+1]))
			s = s[at+1:]
			continue
		}
		// An escaped space ends the text before and after without being seen.
		b.WriteString(rstText(s[:at]))
		if before := b.String(); before != "" && !strings.HasSuffix(before, " ") {
			b.WriteString("\\ ")
		}
		if mark == "**" {
			inner = rstText(inner)
		}
		b.WriteString(out + inner + out)
		if after != "" && after[0] != ' ' {
			b.WriteString("\\ ")
		}
		s = after
	}
	return b.String() + rstText(s)
}

func literalBlock(code []string) string {
	text := strings.Join(code, "\n")
	if strings.TrimSpace(text) == "" {
		return ""
	}
	return "::\n\n" + indent(strings.Trim(text, "\n"), "    ")
}

// printable returns a line of code with its tabs as spaces, without control
// characters.
func printable(line string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f {
			return -1
		}
		return r
	}, strings.ReplaceAll(line, "\t", "    "))
}
