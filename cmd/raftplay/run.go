package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"raftplay/raft/export"
	"raftplay/scenarios"
)

var runCommand = subcommand{
	name:  "run",
	usage: "run [-format FORMAT] [-section N] NAME|FILE|-",
	about: "Plays a scenario of the library, of a file or of standard input, and prints its run.",
	examples: []string{
		"raftplay run first-election",
		"raftplay run -format rst test_command_1",
		"raftplay run -format mermaid -section 2 lesson.yaml",
		"raftplay run -format json - < lesson.yaml",
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
	if !slices.Contains(export.Formats, *format) {
		return 0, fmt.Errorf("unknown format %q: the formats are %s", *format, strings.Join(export.Formats, ", "))
	}
	source, err := find(f.Arg(0), s.in)
	if err != nil {
		return 0, err
	}
	scenario, err := scenarios.Parse(source.file, source.text)
	if err != nil {
		return 0, err
	}
	player, err := scenario.Play()
	if err != nil {
		return 0, err
	}
	printed, err := export.Export(*format, scenario.Document(player.Run()), *section)
	if err != nil {
		return 0, err
	}
	if _, err := s.out.Write(printed); err != nil {
		return 0, err
	}
	failures := player.Failures()
	for _, failure := range failures {
		fmt.Fprintln(s.err, failure)
	}
	if len(failures) > 0 {
		return differs, nil
	}
	return fine, nil
}

// source is a scenario's file and the trace table that is expected of it.
type source struct {
	file     string
	text     []byte
	table    []byte
	hasTable bool
	inside   bool // the library's
}

// find reads a scenario: "-" is standard input, a name is the library's, all
// else is a file.
func find(name string, in io.Reader) (source, error) {
	if name == "-" {
		text, err := io.ReadAll(io.LimitReader(in, scenarios.MaxSize+1))
		return source{file: "standard input", text: text}, err
	}
	if slices.Contains(scenarios.List(), name) {
		text, err := scenarios.Source(name)
		table, missing := scenarios.Table(name)
		return source{name + ".yaml", text, table, missing == nil, true}, err
	}
	text, err := readFile(name)
	if errors.Is(err, os.ErrNotExist) {
		return source{}, fmt.Errorf("%q is neither a file nor a scenario of the library, which has %s", name, strings.Join(scenarios.List(), ", "))
	}
	if err != nil {
		return source{}, err
	}
	table, err := os.ReadFile(tableFile(name))
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		return source{}, err
	}
	return source{name, text, table, err == nil, false}, nil
}

// readFile reads a file, but no more of it than it takes to see that it is too large.
func readFile(name string) ([]byte, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(io.LimitReader(f, scenarios.MaxSize+1))
}

// tableFile returns where the trace table of a scenario file is kept.
func tableFile(file string) string { return strings.TrimSuffix(file, ".yaml") + ".table" }
