package export

import "strings"

// rstBlocks returns Markdown as RST. What the prose of a scenario is made of keeps
// its meaning; the rest comes out as the text that it is, so that the document is
// always valid.
func rstBlocks(markdown string) string {
	var out []string
	for _, b := range blocksOf(markdown) {
		switch b.kind {
		case aCode:
			out = append(out, literalBlock(b.code))
		case aHeading:
			out = append(out, "**"+rstText(b.text)+"**\n")
		case aBullet:
			out = append(out, "- "+rstLine(rstInline(b.text))+"\n")
		case aNumber: // the numbers are RST's own, so that no list has a gap
			out = append(out, "#. "+rstLine(rstInline(b.text))+"\n")
		default:
			out = append(out, rstLine(rstInline(b.text))+"\n")
		}
	}
	return strings.Join(out, "\n")
}

// rstInline keeps `code`, **strong** and *emphasis*, and escapes everything else.
func rstInline(s string) string {
	var b strings.Builder
	spans := spansOf(s)
	for i, sp := range spans {
		if sp.mark == "" {
			b.WriteString(rstText(sp.text))
			continue
		}
		// An escaped space ends the text before and after without being seen.
		if before := b.String(); before != "" && !strings.HasSuffix(before, " ") {
			b.WriteString("\\ ")
		}
		if sp.mark == "`" {
			b.WriteString("``" + sp.text + "``")
		} else {
			b.WriteString(sp.mark + rstText(sp.text) + sp.mark)
		}
		if i+1 < len(spans) && spans[i+1].mark == "" && spans[i+1].text[0] != ' ' {
			b.WriteString("\\ ")
		}
	}
	return b.String()
}

func literalBlock(code []string) string {
	return "::\n\n" + indent(strings.Trim(strings.Join(code, "\n"), "\n"), "    ")
}
