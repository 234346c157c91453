package scenarios

import (
	"bytes"
	"errors"
	"fmt"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/lexer"
	"github.com/goccy/go-yaml/parser"
	"github.com/goccy/go-yaml/token"
)

// MaxSize is the size of the largest scenario file, in bytes.
const MaxSize = 256 << 10

// longestLine is how many bytes a line may have: reading one takes time that grows with
// the square of its length.
const longestLine = 32 << 10

// maxDepth is how deep values may stand in each other: more than any scenario needs.
const maxDepth = 12

// maxMistakes is how many mistakes of one file are reported.
const maxMistakes = 20

// Mistake is something wrong with a scenario, and where.
type Mistake struct {
	File   string
	Line   int // 1, 2, 3, …
	Column int // 1, 2, 3, …, in characters
	Text   string
}

// Error returns the mistake as file:line:column: text.
func (m Mistake) Error() string {
	return fmt.Sprintf("%s:%d:%d: %s", m.File, m.Line, m.Column, m.Text)
}

// Mistakes are all that was found wrong with a file, in its order, at most 20.
type Mistakes []Mistake

// Error returns the mistakes, one per line.
func (m Mistakes) Error() string {
	lines := make([]string, len(m))
	for i := range m {
		lines[i] = m[i].Error()
	}
	return strings.Join(lines, "\n")
}

// place is a position in the file.
type place struct{ line, column int }

// kind is what a value is.
type kind uint8

const (
	nothing kind = iota
	scalar
	list
	mapping
)

func (k kind) String() string {
	return [...]string{"nothing", "a single value", "a list", "keys with values"}[k]
}

// value is a piece of the file and its place: the subset of YAML that scenarios
// are written in.
type value struct {
	at     place
	kind   kind
	text   string  // of a scalar, as it was written, without quotes
	items  []value // of a list
	fields []field // of a mapping, in the file's order
}

type field struct {
	at    place
	key   string
	value value
}

// String returns the value on one line, as flow YAML.
func (v value) String() string {
	switch v.kind {
	case scalar:
		return plain(v.text)
	case list:
		parts := make([]string, len(v.items))
		for i, item := range v.items {
			parts[i] = item.String()
		}
		return "[" + strings.Join(parts, ", ") + "]"
	case mapping:
		parts := make([]string, len(v.fields))
		for i, f := range v.fields {
			parts[i] = plain(f.key) + ": " + f.value.String()
		}
		return "{" + strings.Join(parts, ", ") + "}"
	}
	return ""
}

// reader collects the mistakes of one file.
type reader struct {
	file     string
	mistakes Mistakes
}

func (r *reader) fail(at place, format string, args ...any) {
	if len(r.mistakes) < maxMistakes {
		r.mistakes = append(r.mistakes, Mistake{r.file, max(at.line, 1), max(at.column, 1), fmt.Sprintf(format, args...)})
	}
}

// read returns the content of the file, or nothing and a mistake.
func (r *reader) read(src []byte) value {
	if len(src) > MaxSize {
		r.fail(place{1, 1}, "the file has %d bytes: a scenario may have %d", len(src), MaxSize)
		return value{}
	}
	n := 0
	for line := range bytes.Lines(src) {
		if n++; len(line) > longestLine {
			r.fail(place{n, 1}, "the line has %d bytes: one may have %d; break it", len(line), longestLine)
			return value{}
		}
	}
	tokens := lexer.Tokenize(string(src))
	if !r.plainEnough(tokens) {
		return value{}
	}
	file, err := parse(tokens)
	if err != nil {
		at, text := place{1, 1}, err.Error()
		var syntax *yaml.SyntaxError
		if errors.As(err, &syntax) {
			at, text = placeOf(syntax.Token), syntax.Message
		}
		r.fail(at, "this is not YAML: %s", text)
		return value{}
	}
	var bodies []ast.Node
	for _, d := range file.Docs {
		if d.Body != nil {
			bodies = append(bodies, d.Body)
		}
	}
	switch {
	case len(bodies) == 0:
		r.fail(place{1, 1}, "the file is empty: a scenario starts with \"title: …\"")
		return value{}
	case len(bodies) > 1:
		r.fail(r.convert(bodies[1], 0).at, "a file holds one scenario: remove the line \"---\" and what follows")
		return value{}
	}
	return r.convert(bodies[0], 0)
}

// plainEnough refuses, before they are parsed, the parts of YAML that scenarios
// do without, and nesting that would cost the parser more than it is worth.
func (r *reader) plainEnough(tokens token.Tokens) bool {
	depth, line, dashes := 0, 0, 0
	for _, t := range tokens {
		at := placeOf(t)
		if at.line != line {
			line, dashes = at.line, 0
		}
		switch t.Type {
		case token.SequenceStartType, token.MappingStartType:
			depth++
		case token.SequenceEndType, token.MappingEndType:
			depth--
		case token.SequenceEntryType:
			dashes++
		case token.AnchorType, token.AliasType, token.MergeKeyType:
			r.fail(at, "anchors (&), aliases (*) and merge keys (<<) are not allowed: write the value out, or put it in quotes if it is text")
			return false
		case token.TagType, token.DirectiveType, token.MappingKeyType:
			r.fail(at, "tags (!), directives (%%) and complex keys (?) are not allowed: put the value in quotes if it is text")
			return false
		}
		if depth > maxDepth || dashes > maxDepth {
			r.fail(at, "values stand more than %d deep in each other", maxDepth)
			return false
		}
	}
	return true
}

// parse turns a panic of the YAML library into an error: what it is given may be
// anything.
func parse(tokens token.Tokens) (file *ast.File, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("the parser gave up: %v", p)
		}
	}()
	return parser.Parse(tokens, 0)
}

func placeOf(t *token.Token) place {
	if t == nil || t.Position == nil {
		return place{1, 1}
	}
	return place{t.Position.Line, t.Position.Column}
}

// convert returns a node of the YAML library as a value.
func (r *reader) convert(n ast.Node, depth int) value {
	v := value{at: placeOf(n.GetToken())}
	if depth > maxDepth {
		r.fail(v.at, "values stand more than %d deep in each other", maxDepth)
		return v
	}
	switch n := n.(type) {
	case *ast.NullNode:
	case *ast.StringNode:
		v.kind, v.text = scalar, n.Value
	case *ast.LiteralNode:
		v.kind, v.text = scalar, n.Value.Value
	case *ast.BoolNode, *ast.IntegerNode, *ast.FloatNode, *ast.InfinityNode, *ast.NanNode:
		v.kind, v.text = scalar, strings.TrimSpace(n.GetToken().Value)
	case *ast.SequenceNode:
		v.kind = list
		for _, item := range n.Values {
			v.items = append(v.items, r.convert(item, depth+1))
		}
	case *ast.MappingNode:
		v.kind = mapping
		for _, f := range n.Values {
			v.fields = append(v.fields, r.field(f, depth))
		}
	case *ast.MappingValueNode:
		v.kind, v.fields = mapping, []field{r.field(n, depth)}
	default:
		r.fail(v.at, "%s is not allowed in a scenario", n.Type())
	}
	if len(v.fields) > 0 {
		v.at = v.fields[0].at
	}
	return v
}

func (r *reader) field(n *ast.MappingValueNode, depth int) field {
	key := r.convert(n.Key, depth+1)
	if key.kind != scalar {
		r.fail(key.at, "a key must be a single word")
	}
	v := r.convert(n.Value, depth+1)
	if v.kind == nothing {
		v.at = key.at // an empty value has no place of its own
	}
	return field{key.at, key.text, v}
}
