package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"raftplay/raft/export"
	"raftplay/scenarios"
)

// raftplay runs the program and returns what it printed and its exit status.
func raftplay(stdin string, args ...string) (out, errs string, status int) {
	var o, e bytes.Buffer
	status = command(args, strings.NewReader(stdin), &o, &e)
	return o.String(), e.String(), status
}

const lesson = `title: Lesson
sections:
  - title: An election
    steps:
      - timeout: N-1
      - drain
      - expect: {leaders: N-1}
  - title: A command
    steps:
      - ask: {node: N-1, command: set x 1}
      - drain
      - expect: {answers: result x = 1}
`

// write puts a scenario into a file of its own and returns its path.
func write(t *testing.T, text string) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "lesson.yaml")
	if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	return file
}

func TestRunPrintsEveryFormat(t *testing.T) {
	for _, format := range export.Formats {
		out, errs, status := raftplay("", "run", "-format", format, "first-election")
		if status != fine || out == "" || errs != "" {
			t.Errorf("%s: status %d, %d bytes, %q", format, status, len(out), errs)
		}
	}
}

func TestRunTakesNamesFilesAndStandardInput(t *testing.T) {
	for name, stdin := range map[string]string{"first-election": "", write(t, lesson): "", "-": lesson} {
		out, errs, status := raftplay(stdin, "run", name)
		if status != fine || !strings.Contains(out, "NEW ROLE") || errs != "" {
			t.Errorf("%s: status %d, %q", name, status, errs)
		}
	}
}

func TestRunPrintsOneSection(t *testing.T) {
	out, _, status := raftplay(lesson, "run", "-section", "2", "-")
	if status != fine || strings.Contains(out, "NEW ROLE") || !strings.Contains(out, "CMD START") {
		t.Errorf("status %d, printed\n%s", status, out)
	}
}

// A run that is not as expected is printed all the same; what is wrong goes to
// standard error.
func TestRunTellsWhatIsNotAsExpected(t *testing.T) {
	out, errs, status := raftplay(strings.Replace(lesson, "leaders: N-1", "leaders: N-2", 1), "run", "-")
	if status != differs || out == "" || !strings.Contains(errs, "standard input:7:27: expected") {
		t.Errorf("status %d, %q", status, errs)
	}
}

// Bad usage and bad input end with status 2 and say in one line what is wrong.
func TestMisuse(t *testing.T) {
	for _, c := range []struct {
		args []string
		says string
	}{
		{[]string{"rnu"}, `unknown command "rnu": the commands are `},
		{[]string{"run"}, "one scenario is wanted, 0 are given"},
		{[]string{"run", "a", "b"}, "one scenario is wanted, 2 are given"},
		{[]string{"run", "-fromat", "rst", "first-election"}, "-fromat"},
		{[]string{"run", "-format", "svg", "first-election"}, `svg is a format of "raftplay export"; run prints table`},
		{[]string{"run", "-format", "pdf", "first-election"}, `unknown format "pdf": the formats are table`},
		{[]string{"run", "-section", "9", "first-election"}, "9"},
		{[]string{"run", "frist-election"}, "neither a file nor a link, nor a scenario of the library, which has"},
		{[]string{"run", "-"}, "standard input:1:1: the file is empty"},
		{[]string{"verify", "frist-election"}, "neither a file nor a link, nor a scenario"},
		{[]string{"verify", "-update", "first-election"}, "give its path"},
	} {
		out, errs, status := raftplay("", c.args...)
		if status != misused || out != "" || !strings.Contains(errs, c.says) || strings.Count(errs, "\n") != 1 {
			t.Errorf("%v: status %d, printed %q, want %q in one line, got %q", c.args, status, out, c.says, errs)
		}
	}
}

func TestHelpShowsExamples(t *testing.T) {
	for _, args := range [][]string{{"help"}, {"-h"}, {"run", "-h"}, {"verify", "-h"}} {
		out, _, status := raftplay("", args...)
		if status != fine || !strings.Contains(out, "Examples:") || !strings.Contains(out, "  raftplay ") {
			t.Errorf("%v: status %d, %q", args, status, out)
		}
	}
}

func TestVerifyPlaysTheLibrary(t *testing.T) {
	out, _, status := raftplay("", "verify")
	if status != fine || strings.Count(out, "ok ") != len(scenarios.List()) {
		t.Errorf("status %d\n%s", status, out)
	}
}

// A table that is written is compared from then on, row by row.
func TestVerifyComparesTables(t *testing.T) {
	file := write(t, lesson)
	if out, _, status := raftplay("", "verify", "-update", file); status != fine {
		t.Fatalf("-update: status %d\n%s", status, out)
	}
	if out, _, status := raftplay("", "verify", file); status != fine {
		t.Fatalf("status %d\n%s", status, out)
	}
	table := strings.TrimSuffix(file, ".yaml") + ".table"
	text, err := os.ReadFile(table)
	if err != nil {
		t.Fatal(err)
	}
	changed := strings.Replace(string(text), "vote+N-1 yes-True", "vote+N-1 yes-False", 1)
	if err := os.WriteFile(table, []byte(changed), 0o644); err != nil {
		t.Fatal(err)
	}
	out, _, status := raftplay("", "verify", file)
	if status != differs || strings.Count(out, "want ") != 1 || !strings.Contains(out, "yes-False") || !strings.Contains(out, "FAIL") {
		t.Errorf("status %d\n%s", status, out)
	}
}

func TestVerifyTellsWhatIsNotAsExpected(t *testing.T) {
	for wrong, says := range map[string]string{
		"leaders: N-3":                  "N-3 leads, and no other; got leaders: N-1",
		"violations: [Election Safety]": "Election Safety; got none",
	} {
		out, _, status := raftplay("", "verify", write(t, strings.Replace(lesson, "leaders: N-1", wrong, 1)))
		if status != differs || !strings.Contains(out, says) {
			t.Errorf("%s: status %d\n%s", wrong, status, out)
		}
	}
	out, _, status := raftplay("", "verify", write(t, "title: T\nsteps:\n  - restart: N-1\n"))
	if status != differs || !strings.Contains(out, "lesson.yaml:3:5: restart: N-1: N-1 is running already") {
		t.Errorf("status %d\n%s", status, out)
	}
}
