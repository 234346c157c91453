package scenarios_test

import (
	"slices"
	"testing"

	"raftplay/raft/check"
	"raftplay/raft/export"
	"raftplay/raft/trace"
	"raftplay/scenarios"
)

func load(t *testing.T, name string) *scenarios.Scenario {
	t.Helper()
	s, err := scenarios.Load(name)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func play(t *testing.T, s *scenarios.Scenario) *scenarios.Player {
	t.Helper()
	p, err := s.Play()
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// Every scenario of the library plays to its end, everything comes as it says,
// and its trace table is the one beside it, row for row.
func TestLibrary(t *testing.T) {
	for _, name := range scenarios.List() {
		t.Run(name, func(t *testing.T) {
			p := play(t, load(t, name))
			for _, failure := range p.Failures() {
				t.Error(failure)
			}
			want, err := scenarios.Table(name)
			if err != nil {
				t.Fatal(err)
			}
			got := export.TablesText(trace.Tables(p.Run().Journal()))
			for _, line := range scenarios.CompareTables(string(want), got) {
				t.Error(line)
			}
		})
	}
}

// What a reader sees of a scenario is there: words for the whole and for every
// section, tags, and something that ticks off in every section.
func TestLibraryIsWrittenForReaders(t *testing.T) {
	for _, name := range scenarios.List() {
		s := load(t, name)
		if s.Name != name || s.About == "" || len(s.Tags) == 0 {
			t.Errorf("%s: name %q, about %q, tags %v", name, s.Name, s.About, s.Tags)
		}
		for _, part := range s.Sections {
			expects := slices.ContainsFunc(part.Steps, func(step scenarios.Step) bool { return step.Expect != nil })
			if part.Title == "" || part.Prose == "" || !expects {
				t.Errorf("%s, section %q: it needs a title, prose and an expectation", name, part.Title)
			}
		}
	}
}

// Figure 8 is about one rule: without it the very same steps lose an entry that
// was committed.
func TestFigure8NeedsTheCommitRule(t *testing.T) {
	s := load(t, "commit-rule")
	if broken := play(t, s).Violations(); len(broken) > 0 {
		t.Fatalf("with the rule: %v", broken)
	}
	s.Config.Rules.CommitsOwnTermOnly = false
	broken := play(t, s).Violations()
	if len(broken) == 0 || broken[0].Invariant != check.LeaderCompleteness {
		t.Fatalf("without the rule Leader Completeness must break, got %v", broken)
	}
}

// The two endings of the scenario with two leaders are the same.
func TestDiscardedAndDeliveredMessagesEndAlike(t *testing.T) {
	lost := play(t, load(t, "test_command_2_leaders_1")).Run().Journal().Last()
	late := play(t, load(t, "test_command_2_leaders_2")).Run().Journal().Last()
	for id := 1; id <= 3; id++ {
		a, b := lost.Nodes[id], late.Nodes[id]
		if a.Role != b.Role || a.CurrentTerm != b.CurrentTerm || a.CommitIndex != b.CommitIndex ||
			!slices.Equal(a.Store, b.Store) || len(a.Log) != len(b.Log) {
			t.Errorf("N-%d ends as\n%+v\nand as\n%+v", id, a.State, b.State)
		}
	}
}

func TestLoadNamesTheLibrary(t *testing.T) {
	_, err := scenarios.Load("frist-election")
	if err == nil || !containsAll(err.Error(), `"frist-election"`, "first-election", "test_command_1") {
		t.Errorf("the error must say what there is, got: %v", err)
	}
}

func TestCompareTablesShowsTheRowsThatDiffer(t *testing.T) {
	want := "Section 1: A\nNode | Op\nN-1  | CRASH\n\nSection 2: B\nNode | Op\nN-2  | RESTART\n"
	if diff := scenarios.CompareTables(want, "Section 1: A\nNode | Op\nN-1 | CRASH\n\nSection 2: B\nNode | Op\nN-2 | RESTART\n"); diff != nil {
		t.Errorf("padding is no difference: %q", diff)
	}
	got := scenarios.CompareTables(want, "Section 1: A\nNode | Op\nN-1 | CRASH\nN-1 | RESTART\n\nSection 2: B\nNode | Op\nN-3 | RESTART\n")
	wanted := []string{
		"table 1, line 4 of 3 (4 came):", "  want (nothing)", "  got  N-1 | RESTART",
		"table 2, line 3 of 3 (3 came):", "  want N-2 | RESTART", "  got  N-3 | RESTART",
	}
	if !slices.Equal(got, wanted) {
		t.Errorf("got %q, want %q", got, wanted)
	}
}
