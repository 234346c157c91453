package export

import "strings"

// blockKind is what a block of prose is.
type blockKind uint8

const (
	aParagraph blockKind = iota
	aBullet
	aNumber
	aHeading
	aCode
)

// block is a part of prose: one line of text, or lines of code.
type block struct {
	kind blockKind
	text string
	code []string
}

// blocksOf reads Markdown. It knows what a scenario's prose is made of: paragraphs,
// flat lists, headings and fenced code. All else is the text that it is.
func blocksOf(markdown string) []block {
	markdown = strings.ReplaceAll(strings.ToValidUTF8(markdown, "\ufffd"), "\r\n", "\n")
	var blocks []block
	var open []string
	kind := aParagraph
	flush := func() {
		if len(open) > 0 {
			blocks = append(blocks, block{kind: kind, text: strings.Join(open, " ")})
		}
		open, kind = nil, aParagraph
	}
	lines := strings.Split(markdown, "\n")
	for i := 0; i < len(lines); i++ {
		line := oneLine(lines[i])
		item, rest := listItem(line)
		switch {
		case line == "":
			flush()
		case strings.HasPrefix(line, "```"):
			flush()
			var inside []string
			for i++; i < len(lines) && !strings.HasPrefix(strings.TrimSpace(lines[i]), "```"); i++ {
				inside = append(inside, printable(lines[i]))
			}
			if strings.TrimSpace(strings.Join(inside, "")) != "" {
				blocks = append(blocks, block{kind: aCode, code: inside})
			}
		case strings.HasPrefix(line, "#"):
			flush()
			if text := strings.TrimSpace(strings.Trim(line, "#")); text != "" {
				blocks = append(blocks, block{kind: aHeading, text: text})
			}
		case item != aParagraph && (len(open) == 0 || kind != aParagraph || item == aBullet):
			flush()
			kind, open = item, append(open, rest)
		default:
			open = append(open, line)
		}
	}
	flush()
	return blocks
}

// listItem returns what kind of item a line begins, and its text.
func listItem(line string) (kind blockKind, rest string) {
	head, rest, found := strings.Cut(line, " ")
	switch {
	case !found || rest == "":
	case head == "-" || head == "*" || head == "+":
		return aBullet, rest
	case strings.HasSuffix(head, ".") && strings.Trim(head[:len(head)-1], "0123456789") == "" && head != ".":
		return aNumber, rest
	}
	return aParagraph, line
}

// span is a part of a line: text, `code`, **strong** or *emphasis*.
type span struct {
	mark string // "", "`", "**" or "*"
	text string
}

// spansOf reads a line of Markdown. Marks that do not close are text.
func spansOf(s string) []span {
	var spans []span
	plain := ""
	for s != "" {
		at := strings.IndexAny(s, "`*")
		if at < 0 {
			break
		}
		mark := s[at : at+1]
		if strings.HasPrefix(s[at:], "**") {
			mark = "**"
		}
		inner, after, closed := strings.Cut(s[at+len(mark):], mark)
		if !closed || inner == "" || inner != strings.TrimSpace(inner) || strings.ContainsAny(inner, "`*\\") {
			plain += s[:at+1]
			s = s[at+1:]
			continue
		}
		if plain += s[:at]; plain != "" {
			spans = append(spans, span{text: plain})
		}
		spans = append(spans, span{mark, inner})
		plain, s = "", after
	}
	if plain += s; plain != "" {
		spans = append(spans, span{text: plain})
	}
	return spans
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
