package main

import (
	"flag"
	"fmt"
	"slices"
	"strings"

	"raftplay/raft/export"
)

var runCommand = subcommand{
	name:  "run",
	usage: "run [-format FORMAT] [-section N] NAME|FILE|LINK|-",
	about: "Plays a scenario of the library, of a file or of standard input, or the run that a link\ncarries, and prints it.",
	examples: []string{
		"raftplay run first-election",
		"raftplay run -format rst test_command_1",
		"raftplay run -format mermaid -section 2 lesson.yaml",
		"raftplay run -format json - < lesson.yaml",
		"raftplay run 'https://raft.example.org/#/r/1…'",
	},
	run: run,
}

func run(f *flag.FlagSet, parse func() error, s streams) (int, error) {
	format := f.String("format", "table", "what to print: "+strings.Join(export.Formats, ", "))
	section := f.Int("section", 0, "print only this section, 1, 2, 3, …; 0 prints all")
	if err := parse(); err != nil {
		return 0, err
	}
	if f.NArg() != 1 {
		return 0, fmt.Errorf("one scenario is wanted, %d are given: \"raftplay run -h\" shows how", f.NArg())
	}
	if slices.Contains(exportFormats, *format) && !slices.Contains(export.Formats, *format) {
		return 0, fmt.Errorf("%s is a format of \"raftplay export\"; run prints %s", *format, strings.Join(export.Formats, ", "))
	}
	if !slices.Contains(export.Formats, *format) {
		return 0, fmt.Errorf("unknown format %q: the formats are %s", *format, strings.Join(export.Formats, ", "))
	}
	p, err := playNamed(f.Arg(0), s.in)
	if err != nil {
		return 0, err
	}
	printed, err := export.Export(*format, p.doc, *section)
	if err != nil {
		return 0, err
	}
	if _, err := s.out.Write(printed); err != nil {
		return 0, err
	}
	return p.report(s.err), nil
}
