// Package export writes a run's journal in forms for other programs and other
// readers: tables, documents, data and diagrams.
package export

import (
	"fmt"
	"strings"

	"raftplay/raft/trace"
)

// Document is a run and what is to be said about it.
type Document struct {
	Title    string
	About    string    // its purpose, in Markdown
	Sections []Section // in the order of the journal's Section events; may be fewer

	Engine  string // the version of the engine, for JSON
	Config  any    // what the run started from, for JSON
	Actions any    // a slice of what was done, for JSON

	Journal *trace.Journal
}

// Section is what is to be said about one section of a run.
type Section struct {
	Title string // "": the journal's
	Prose string // in Markdown
	Uses  []string
	Tests []string
}

// Formats lists the names that [Export] knows.
var Formats = []string{"table", "rst", "json", "csv", "puml", "mermaid", "markdown"}

// Export returns a run in a format:
//
//	table    the trace tables as aligned text, for a terminal
//	rst      a reStructuredText document with a grid table for each section
//	json     configuration, actions and events, for other programs
//	csv      the trace tables, for a spreadsheet
//	puml     a PlantUML sequence diagram for each section
//	mermaid  a Mermaid sequence diagram; of several sections, a Markdown
//	         document with one for each
//	markdown a Markdown document with a Mermaid diagram and a table for each section
//
// Section 0 is the whole run; 1 and up are its sections, of which a run without
// any counts as one. The error tells of an unknown format or section, or of a
// configuration that has no JSON.
func Export(format string, d Document, section int) ([]byte, error) {
	parts, err := choose(split(d), section)
	if err != nil {
		return nil, err
	}
	switch format {
	case "table":
		return []byte(tableText(parts)), nil
	case "rst":
		return []byte(rst(d, parts)), nil
	case "json":
		events := d.Journal.Events(0)
		if section != 0 {
			events = parts[0].events
		}
		return journalJSON(d, events)
	case "csv":
		return csvRows(d.Journal, parts), nil
	case "puml":
		return []byte(plantUML(d, parts)), nil
	case "mermaid":
		return []byte(mermaid(d, parts)), nil
	case "markdown":
		return []byte(markdownDocument(d, parts)), nil
	}
	return nil, fmt.Errorf("unknown format %q: the formats are %s", format, strings.Join(Formats, ", "))
}

// part is a section of the run, or what stands outside all sections.
type part struct {
	Section
	number int // of the section, 0 outside all
	table  trace.Table
	events []trace.Event
}

// heading returns the part's heading, "" outside all sections.
func (p *part) heading() string {
	if p.number == 0 {
		return ""
	}
	return fmt.Sprintf("Section %d: %s", p.number, oneLine(p.Title))
}

// split cuts the run where its trace tables begin.
func split(d Document) []part {
	parts := numbered(trace.Tables(d.Journal))
	for i := range parts {
		p := &parts[i]
		end := d.Journal.Len()
		if i+1 < len(parts) {
			end = parts[i+1].table.First - 1
		}
		p.events = d.Journal.Events(p.table.First - 1)[:end-p.table.First+1]
		if k := p.number - 1; k >= 0 && k < len(d.Sections) {
			p.Section = d.Sections[k]
		}
		if p.Title == "" {
			p.Title = p.table.Title
		}
	}
	return parts
}

// numbered gives the tables of sections their numbers.
func numbered(tables []trace.Table) []part {
	parts := make([]part, len(tables))
	number := 0
	for i, t := range tables {
		parts[i].table, parts[i].Title = t, t.Title
		if t.Title != "" {
			number++
			parts[i].number = number
		}
	}
	return parts
}

func choose(parts []part, section int) ([]part, error) {
	if section == 0 {
		return parts, nil
	}
	if section == 1 && len(parts) == 1 {
		return parts, nil
	}
	sections := 0
	for i := range parts {
		if parts[i].number == section {
			return parts[i : i+1], nil
		}
		sections = max(sections, parts[i].number)
	}
	return nil, fmt.Errorf("there is no section %d: the run has %d; 0 is all of it", section, max(sections, 1))
}

// oneLine returns text that a person typed as one line of valid characters.
func oneLine(s string) string {
	return strings.Join(strings.Fields(strings.ToValidUTF8(s, "\ufffd")), " ")
}
