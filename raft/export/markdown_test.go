package export

import "testing"

// What a scenario's prose is made of keeps its meaning in RST; whatever else
// there is comes out as it was typed.
func TestMarkdownAsRST(t *testing.T) {
	for _, c := range []struct{ name, markdown, rst string }{
		{"nothing", "\n \n", ""},
		{"paragraphs are joined lines", "one\ntwo\n\n three", "one two\n\nthree\n"},
		{"code and strong", "a `b_c` and **d** e", "a ``b_c`` and **d** e\n"},
		{"code in the middle of a word", "x`y`z", "x\\ ``y``\\ z\n"},
		{"emphasis", "*a b*, and x*y*z", "*a b*\\ , and x\\ *y*\\ z\n"},
		{"a lone star is text", "2 * 3 * 4, *a and **b*", "2 \\* 3 \\* 4, \\*a and \\*\\ *b*\n"},
		{"underscores are text", "_b_", "\\_b\\_\n"},
		{"unclosed marks are text", "a `b and **c", "a \\`b and \\*\\*c\n"},
		{"names keep their underscores", "test_command_1", "test_command_1\n"},
		{"a reference is text", "see_ |x| `y`_", "see\\_ \\|x\\| ``y``\\ \\_\n"},
		{"lists", "- a\n- b\n  goes on\n\n1. c\n2. d", "- a\n\n- b goes on\n\n#. c\n\n#. d\n"},
		{"a year is no list", "in the year\n2014. Then", "in the year 2014. Then\n"},
		{"headings", "## Two\ntext", "**Two**\n\ntext\n"},
		{"fenced code", "```go\na *b*\n\tc\n```\nend", "::\n\n    a *b*\n        c\n\nend\n"},
		{"an unclosed fence", "```\na", "::\n\n    a\n"},
		{"a directive is text", ".. include:: /etc/passwd", "\\.. include:: /etc/passwd\n"},
		{"a field is text", ":a: b", "\\:a: b\n"},
		{"a title's line is text", "====", "\\====\n"},
		{"no literal block follows", "so::", "so:\\:\n"},
		{"an enumeration is text", "A. Person", "\\A. Person\n"},
	} {
		if got := rstBlocks(c.markdown); got != c.rst {
			t.Errorf("%s: %q gives %q, want %q", c.name, c.markdown, got, c.rst)
		}
	}
}

// What a scenario's prose is made of is Markdown again, with the document's own
// headings the only ones; what else means something to Markdown is text.
func TestProseInMarkdown(t *testing.T) {
	for _, c := range []struct{ name, prose, markdown string }{
		{"nothing", "\n \n", ""},
		{"paragraphs are joined lines", "one\ntwo\n\n three", "\none two\n\nthree\n"},
		{"code and strong", "a `b_c|` and **d** e", "\na `b_c|` and **d** e\n"},
		{"emphasis", "*a b*, and x*y*z; 2 * 3 * 4", "\n*a b*, and x*y*z; 2 \\* 3 \\* 4\n"},
		{"unclosed marks are text", "a `b and **c", "\na \\`b and \\*\\*c\n"},
		{"names keep their underscores", "test_command_1 _x_", "\ntest_command_1 \\_x\\_\n"},
		{"items stand together", "- a\n- b\n  goes on\n\n1. c\n2. d\n\nend", "\n- a\n- b goes on\n\n1. c\n1. d\n\nend\n"},
		{"headings are strong", "# One\ntext", "\n**One**\n\ntext\n"},
		{"fenced code", "```go\na *b*\n| <i>\n```\nend", "\n```\na *b*\n| <i>\n```\n\nend\n"},
		{"a fence in code", "```\na ``` b\n```", "\n````\na ``` b\n````\n"},
		{"HTML is text", "<script>alert(1)</script> &lt;", "\n\\<script\\>alert(1)\\</script\\> \\&lt;\n"},
		{"a link is text", "[a](http://b) ![c](d) www.e.org <http://f>", "\n\\[a\\](http\\://b) !\\[c\\](d) www\\.e.org \\<http\\://f\\>\n"},
		{"a reference is text", "[a]: b", "\n\\[a\\]: b\n"},
		{"a table is text", "|a|b|\n|---|---|", "\n\\|a\\|b\\| \\|---\\|---\\|\n"},
		{"a line is text", "---\n\n***\n\n===", "\n\\---\n\n\\*\\*\\*\n\n\\===\n"},
		{"a quotation is text", "> a", "\n\\> a\n"},
		{"a number with a bracket is text", "2) a", "\n2\\) a\n"},
		{"a formula is text", "$x$", "\n\\$x\\$\n"},
	} {
		if got := mdBlocks(c.prose); got != c.markdown {
			t.Errorf("%s: %q gives %q, want %q", c.name, c.prose, got, c.markdown)
		}
	}
}
