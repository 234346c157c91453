package export

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"regexp"
	"strings"
	"testing"

	"raftplay/raft/sim"
	"raftplay/raft/trace"
)

func export(t *testing.T, format string, d Document, section int) string {
	t.Helper()
	out, err := Export(format, d, section)
	if err != nil {
		t.Fatal(err)
	}
	return string(out)
}

// An unknown format or section is named, with what there is.
func TestErrorsNameTheWayOut(t *testing.T) {
	d := smallRun(t)
	for _, c := range []struct {
		format  string
		section int
		want    string
	}{
		{"pdf", 0, `unknown format "pdf": the formats are table, rst, json, csv, puml, mermaid, markdown`},
		{"rst", 4, "there is no section 4: the run has 3; 0 is all of it"},
		{"rst", -1, "there is no section -1: the run has 3; 0 is all of it"},
	} {
		if _, err := Export(c.format, d, c.section); err == nil || err.Error() != c.want {
			t.Errorf("Export(%s, section %d): %v, want %s", c.format, c.section, err, c.want)
		}
	}
}

// One section of a run is what the whole has of it.
func TestOneSectionIsAPartOfTheWhole(t *testing.T) {
	d := smallRun(t)
	for _, format := range []string{"table", "rst", "puml", "mermaid", "markdown"} {
		whole := export(t, format, d, 0)
		for section := 1; section <= 3; section++ {
			one := export(t, format, d, section)
			heading := fmt.Sprintf("Section %d: ", section)
			if !strings.Contains(one, heading) {
				t.Errorf("%s of section %d has no %q", format, section, heading)
			}
			if body := one[strings.Index(one, heading):]; !strings.Contains(whole, body) {
				t.Errorf("%s of section %d is not a part of the whole:\n%s", format, section, body)
			}
		}
	}
}

// A run that a person plays by hand has no sections; it counts as one.
func TestRunWithoutSections(t *testing.T) {
	run, err := sim.NewRun(sim.DefaultConfig())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := run.Apply(sim.Action{Do: sim.Timeout, Node: 2}); err != nil {
		t.Fatal(err)
	}
	d := Document{Journal: run.Journal()}
	for _, format := range Formats {
		if format == "json" {
			continue
		}
		if whole, one := export(t, format, d, 0), export(t, format, d, 1); whole != one || strings.Contains(one, "Section") {
			t.Errorf("%s: section 1 is\n%s\nand the whole\n%s", format, one, whole)
		}
	}
	if _, err := Export("table", d, 2); err == nil {
		t.Error("there is no section 2, and no error")
	}
}

// Actions before the first section stand before it, under no number.
func TestWhatHappensBeforeTheFirstSection(t *testing.T) {
	run, err := sim.NewRun(sim.DefaultConfig())
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range []sim.Action{{Do: sim.Timeout, Node: 2}, {Do: sim.Begin, Title: "First"}, {Do: sim.Crash, Node: 2}} {
		if _, err := run.Apply(a); err != nil {
			t.Fatal(err)
		}
	}
	d := Document{Journal: run.Journal(), Sections: []Section{{Prose: "Of the first section."}}}
	if got := export(t, "table", d, 1); !strings.HasPrefix(got, "Section 1: First\n") || !strings.Contains(got, "CRASH") || strings.Contains(got, "NEW ROLE") {
		t.Errorf("section 1 is\n%s", got)
	}
	got := export(t, "rst", d, 0)
	if election, first, prose := strings.Index(got, "NEW ROLE"), strings.Index(got, "Section 1: First"), strings.Index(got, "Of the first"); election < 0 || election > first || first > prose {
		t.Errorf("the order is wrong:\n%s", got)
	}
}

// A section in which nothing is recorded says so: RST has no table without rows.
func TestSectionWithoutRows(t *testing.T) {
	d := play(t, sim.DefaultConfig(), sim.Action{Do: sim.Begin, Title: "Quiet"})
	if got := export(t, "rst", d, 1); strings.Contains(got, "+--") || !strings.Contains(got, "Nothing is recorded") {
		t.Errorf("rst:\n%s", got)
	}
	if got, want := export(t, "table", d, 1), "Section 1: Quiet\nNode | Op\n"; got != want {
		t.Errorf("table:\n%s", got)
	}
	if got := export(t, "markdown", d, 1); strings.Contains(got, "|") || !strings.Contains(got, "Nothing is recorded") {
		t.Errorf("markdown:\n%s", got)
	}
}

// A diagram that GitHub would refuse to draw is left out of Markdown, and said to be.
func TestMarkdownOfALongSection(t *testing.T) {
	actions := make([]sim.Action, 0, 2000)
	for len(actions) < cap(actions) {
		actions = append(actions, sim.Action{Do: sim.Crash, Node: 1}, sim.Action{Do: sim.Restart, Node: 1})
	}
	got := export(t, "markdown", play(t, sim.DefaultConfig(), actions...), 0)
	if strings.Contains(got, "```") || !strings.Contains(got, "too long for a Mermaid diagram") || !strings.Contains(got, "| N-1 | CRASH |") {
		t.Errorf("%.500s", got)
	}
}

// The JSON form holds everything that a replay needs, and every event on a line.
func TestJSONHoldsTheRun(t *testing.T) {
	d := smallRun(t)
	out := export(t, "json", d, 0)
	var got struct {
		Raftplay, Engine string
		Config           sim.Settings
		Actions          []sim.Action
		Events           []struct{ N int }
	}
	if err := json.Unmarshal([]byte(out), &got); err != nil {
		t.Fatal(err)
	}
	config, err := got.Config.Config()
	if err != nil {
		t.Fatal(err)
	}
	want, _ := d.Config.(sim.Settings).Config()
	if got.Raftplay != "journal" || got.Engine != "1" || config != want {
		t.Errorf("the head is %q %q %+v", got.Raftplay, got.Engine, config)
	}
	if len(got.Events) != d.Journal.Len() {
		t.Errorf("%d events of %d", len(got.Events), d.Journal.Len())
	}
	again, err := sim.NewRun(config)
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range got.Actions {
		if _, err := again.Apply(a); err != nil {
			t.Fatal(err)
		}
	}
	replayed := d
	replayed.Journal = again.Journal()
	if export(t, "json", replayed, 0) != out {
		t.Error("a replay of the exported actions exports another run")
	}
	if lines := strings.Count(out, "\n{\"n\":"); lines != d.Journal.Len() {
		t.Errorf("%d lines hold an event, of %d events", lines, d.Journal.Len())
	}
}

// What cannot be written as JSON is an error, not a panic.
func TestJSONOfTheImpossible(t *testing.T) {
	for _, change := range []func(*Document){
		func(d *Document) { d.Config = func() {} },
		func(d *Document) { d.Actions = make(chan int) },
		func(d *Document) { d.Actions = "no list" },
	} {
		d := smallRun(t)
		change(&d)
		if out, err := Export("json", d, 0); err == nil {
			t.Errorf("no error, and %d bytes", len(out))
		}
	}
}

// Every row of every table is one record of the CSV form, as wide as its header.
func TestCSVHoldsEveryRow(t *testing.T) {
	d := smallRun(t)
	records, err := csv.NewReader(strings.NewReader(export(t, "csv", d, 0))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	rows := 0
	for _, table := range trace.Tables(d.Journal) {
		rows += len(table.Rows)
	}
	if len(records) != rows+1 {
		t.Errorf("%d records for %d rows and a header", len(records), rows)
	}
}

// A row that grows moves no other row: the columns have room.
func TestTablesTextIsStable(t *testing.T) {
	table := func(op string) []trace.Table {
		row := trace.Row{Event: 1, Node: 1, Roles: []string{"LEAD"}, Deltas: []string{""}}
		first, second := row, row
		first.Op, second.Op = "CRASH", op
		return []trace.Table{{Rows: []trace.Row{first, second}}}
	}
	short := strings.Split(TablesText(table("RESTART")), "\n")
	long := strings.Split(TablesText(table("N-1+ae t-1 i-1 lt-1 e-1 c-1")), "\n")
	if short[0] != long[0] || short[1] != long[1] || short[2] == long[2] {
		t.Errorf("not only the second row differs:\n%s\n%s", strings.Join(short, "\n"), strings.Join(long, "\n"))
	}
}

// The grid's lines fit its cells, and its two rows of header are set off.
func TestGridTable(t *testing.T) {
	table := trace.Table{Rows: []trace.Row{{Node: 2, Op: "CMD START", Roles: []string{"LEAD", "FLWR"}, Deltas: []string{"li-2", ""}}}}
	want := strings.TrimPrefix(`
+------+-----+-------+------+-----------+-------+
| N-1  | N-1 | N-1   | N-2  | N-2       | N-2   |
+------+-----+-------+------+-----------+-------+
| Role | Op  | Delta | Role | Op        | Delta |
+======+=====+=======+======+===========+=======+
| LEAD |     | li-2  | FLWR | CMD START |       |
+------+-----+-------+------+-----------+-------+
`, "\n")
	if got := gridTable(gridRows(table, 2), 2); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// Whatever is typed, a diagram has the lines that it would have had, and no
// character in it that its language could take for its own.
func TestDiagramsEscapeWhatPeopleType(t *testing.T) {
	typed := []string{"a; b", "#quot;", "@enduml", "!include /etc/passwd", "%getenv(\"HOME\")", "$x = {1}",
		"<img:http://x>", "[[http://x]]", "<script>alert(1)</script>", "%%{init: {}}%%", "**b** __u__ --s-- //i// ~~w~~",
		"a\nend\n@startuml", "\\n\\t", "title", "'", "`", "\xff", "== x ==", "...", "& <&people>", "ünïcödé 漢字 🙂"}
	reference := regexp.MustCompile(`#[0-9]+;|<U\+[0-9A-F]{4}>`)
	for _, s := range typed {
		d := smallRun(t)
		d.Title = s
		for format, escape := range map[string]func(string) string{"puml": pumlText, "mermaid": mermaidText} {
			got := export(t, format, d, 1)
			d.Title = "plain"
			if plain := export(t, format, d, 1); strings.Count(got, "\n") != strings.Count(plain, "\n") {
				t.Errorf("%s: a title of %q changes the number of lines", format, s)
			}
			d.Title = s
			rest := reference.ReplaceAllString(escape(oneLine(s)), "")
			if i := strings.IndexAny(rest, "\\;#<>[]{}@!%$&*_~\"'`|^?+"); i >= 0 {
				t.Errorf("%s leaves %q of %q", format, rest[i:i+1], s)
			}
			for _, twice := range []string{"--", "//", "=="} {
				if strings.Contains(rest, twice) {
					t.Errorf("%s leaves %q of %q", format, twice, s)
				}
			}
		}
	}
}
