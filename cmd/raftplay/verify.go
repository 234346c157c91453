package main

import (
	"errors"
	"flag"
	"fmt"
	"os"

	"raftplay/raft/export"
	"raftplay/raft/trace"
	"raftplay/scenarios"
)

var verifyCommand = subcommand{
	name:  "verify",
	usage: "verify [-update] [NAME|FILE…]",
	about: "Plays scenarios, by default the whole library, and compares what comes with what they\nexpect and with the trace table beside them, NAME.table.",
	examples: []string{
		"raftplay verify",
		"raftplay verify first-election lesson.yaml",
		"raftplay verify -update lesson.yaml",
	},
	run: verify,
}

func verify(f *flag.FlagSet, parse func() error, s streams) (int, error) {
	update := f.Bool("update", false, "write the trace tables of the given files instead of comparing them")
	if err := parse(); err != nil {
		return 0, err
	}
	names := f.Args()
	if len(names) == 0 {
		names = scenarios.List()
	}
	status := fine
	for _, name := range names {
		src, err := find(name, s.in)
		if err != nil {
			return 0, err
		}
		if src.isLink {
			return 0, errors.New("a link has no expectations to verify: \"raftplay run LINK\" plays it")
		}
		if *update && (src.inside || name == "-") {
			return 0, fmt.Errorf("-update writes beside files: %s is none; give its path", name)
		}
		wrong, err := verifyOne(src, *update)
		if err != nil {
			return 0, err
		}
		if len(wrong) == 0 {
			fmt.Fprintf(s.out, "ok    %s\n", name)
			continue
		}
		status = differs
		fmt.Fprintf(s.out, "FAIL  %s\n", name)
		for _, line := range wrong {
			fmt.Fprintf(s.out, "      %s\n", line)
		}
	}
	return status, nil
}

// verifyOne plays one scenario and returns what is wrong with its run. The error
// tells of a file that is no scenario.
func verifyOne(src source, update bool) ([]string, error) {
	scenario, err := scenarios.Parse(src.file, src.text)
	if err != nil {
		return nil, err
	}
	player, err := scenario.Play()
	var refused scenarios.Mistakes
	if errors.As(err, &refused) {
		return []string{refused.Error()}, nil
	}
	if err != nil {
		return nil, err
	}
	wrong := player.Failures()
	got := export.TablesText(trace.Tables(player.Run().Journal()))
	switch {
	case update && len(wrong) > 0:
		wrong = append(wrong, "the trace table is not written: the run is not as expected")
	case update:
		return nil, os.WriteFile(tableFile(src.file), []byte(got), 0o644)
	case src.hasTable:
		wrong = append(wrong, scenarios.CompareTables(string(src.table), got)...)
	case src.inside:
		wrong = append(wrong, "the trace table is missing: write it with raftplay verify -update")
	}
	return wrong, nil
}
