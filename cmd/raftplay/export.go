package main

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"raftplay/raft/export"
	"raftplay/raft/sim"
	"raftplay/scenarios"
	"raftplay/server/picture"
)

// exportFormats are those of the journal, and what else a run can be written as.
var exportFormats = append(slices.Clone(export.Formats), "scenario", "svg", "png")

// endings are what files of a format are called.
var endings = map[string]string{
	".txt": "table", ".table": "table", ".rst": "rst", ".json": "json", ".csv": "csv", ".puml": "puml", ".mmd": "mermaid", ".md": "markdown",
	".yaml": "scenario", ".yml": "scenario", ".svg": "svg", ".png": "png",
}

var exportCommand = subcommand{
	name:  "export",
	usage: "export [-format FORMAT] [-section N] [-theme light|dark] [-width PX] [-legend] [-o FILE] NAME|FILE|LINK|-",
	about: `Plays a scenario of the library, of a file or of standard input, or the run that a link carries, and
writes it as a picture, a diagram, a document, data or a scenario. Only a scenario can be played again:
JSON, the journal, is for other programs. The letters of a PNG are Latin, Greek and Cyrillic; an SVG has all.`,
	examples: []string{
		"raftplay export -legend -o two-leaders.svg test_command_2_leaders_2",
		"raftplay export -section 2 -theme dark -o lesson.png lesson.yaml",
		"raftplay export -o first-election.md first-election",
		"raftplay export -format scenario 'https://raft.example.org/#/r/1eJw…' > my-run.yaml",
	},
	run: exportRun,
}

// exporting is what is asked for.
type exporting struct {
	format, file string
	picture      picture.Options
}

func exportRun(f *flag.FlagSet, parse func() error, s streams) (int, error) {
	var e exporting
	f.StringVar(&e.format, "format", "", "what to write: "+strings.Join(exportFormats, ", ")+"; if not given, as the file's ending says")
	f.StringVar(&e.file, "o", "", "the file to write, in place of what it holds; standard output if not given, or -")
	f.IntVar(&e.picture.Section, "section", 0, "only this section, 1, 2, 3, …; 0 is all")
	f.StringVar(&e.picture.Theme, "theme", "light", "of a picture: light or dark")
	f.IntVar(&e.picture.Width, "width", 0, "of a picture, 480 to 2400 pixels; 0 is as the nodes need it. A PNG has twice as many, unless it is large")
	f.BoolVar(&e.picture.Legend, "legend", false, "explain the signs below a picture")
	if err := parse(); err != nil {
		return 0, err
	}
	if f.NArg() != 1 {
		return 0, fmt.Errorf("one run is wanted, %d are given, after all flags: \"raftplay export -h\" shows how", f.NArg())
	}
	if err := e.check(f); err != nil {
		return 0, err
	}
	p, err := playNamed(f.Arg(0), s.in)
	if err != nil {
		return 0, err
	}
	written, err := e.write(p)
	if err != nil {
		return 0, err
	}
	if e.file != "" && e.file != "-" {
		err = os.WriteFile(e.file, written, 0o644)
	} else {
		_, err = s.out.Write(written)
	}
	if err != nil {
		return 0, err
	}
	return p.report(s.err), nil
}

// check finds the format, and what does not go with it.
func (e *exporting) check(f *flag.FlagSet) error {
	if e.format == "" {
		e.format = endings[strings.ToLower(filepath.Ext(e.file))]
	}
	switch {
	case e.format == "" && (e.file == "" || e.file == "-"):
		return fmt.Errorf("say what to write: -format with one of %s, or -o with a file whose ending says it", strings.Join(exportFormats, ", "))
	case e.format == "":
		return fmt.Errorf("the ending of %s says no format: give -format with one of %s", e.file, strings.Join(exportFormats, ", "))
	case !slices.Contains(exportFormats, e.format):
		return fmt.Errorf("unknown format %q: the formats are %s", e.format, strings.Join(exportFormats, ", "))
	case e.format == "scenario" && e.picture.Section != 0:
		return errors.New("a scenario plays from the beginning: leave out -section")
	}
	var err error
	f.Visit(func(set *flag.Flag) {
		if slices.Contains([]string{"theme", "width", "legend"}, set.Name) && e.format != "svg" && e.format != "png" {
			err = fmt.Errorf("-%s is for pictures, svg and png, not for %s", set.Name, e.format)
		}
	})
	return err
}

// write returns the run in the format.
func (e *exporting) write(p played) ([]byte, error) {
	switch e.format {
	case "scenario":
		return scenarios.Encode(scenarioOf(p), p.run.Actions())
	case "svg", "png":
		svg, err := picture.SVG(p.doc, e.picture)
		if err != nil || e.format == "svg" {
			return svg, err
		}
		return picture.PNG(svg)
	}
	return export.Export(e.format, p.doc, e.picture.Section)
}

// scenarioOf returns the words and the settings of a run's scenario.
func scenarioOf(p played) *scenarios.Scenario {
	s := &scenarios.Scenario{Title: p.doc.Title, About: p.doc.About, Config: p.run.Config(), Profile: sim.SettingsOf(p.run.Config()).Profile}
	for _, part := range p.doc.Sections {
		s.Sections = append(s.Sections, scenarios.Section{Title: part.Title, Prose: part.Prose, Uses: part.Uses, Tests: part.Tests})
	}
	return s
}
