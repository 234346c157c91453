// Package bugs_test plays the deliberate bugs: for each safety rule one scenario
// that is named after it, switches it off and so breaks an invariant.
package bugs_test

import (
	"os"
	"slices"
	"strings"
	"testing"

	"raftplay/raft"
	"raftplay/scenarios"
)

// Without its rule the scenario breaks just what it says it does, and that is
// what the rule's description says. With the rule the same steps break nothing.
func TestEverySafetyRuleProtectsItsInvariant(t *testing.T) {
	for _, rule := range raft.RuleList {
		if rule.Kind != raft.Safety {
			continue
		}
		t.Run(rule.Name, func(t *testing.T) {
			s := load(t, rule.Name)
			without, err := s.Play()
			if err != nil {
				t.Fatalf("without the rule: %v", err)
			}
			for _, failure := range without.Failures() {
				t.Error(failure)
			}
			if len(without.Violations()) == 0 {
				t.Fatal("nothing breaks without the rule")
			}
			for _, v := range without.Violations() {
				t.Log(v)
				if !strings.Contains(rule.Without, v.Invariant.String()) {
					t.Errorf("%s breaks, but the rule says: %q", v.Invariant, rule.Without)
				}
			}
			rule.Set(&s.Config.Rules, true)
			with, err := s.Play()
			if err != nil {
				t.Fatalf("with the rule: %v", err)
			}
			for _, v := range with.Violations() {
				t.Errorf("with the rule: %s", v)
			}
		})
	}
}

// A server that does what only a missing rule allows says so, and does not claim
// the rule's own reason.
func TestWhatAMissingRuleAllowsIsSaid(t *testing.T) {
	for rule, want := range map[string]raft.NoteCode{
		"stepsDown":             raft.NoteStaysLeader,
		"electionNeedsMajority": raft.NoteElectedAlone,
		"leaderKeepsLog":        raft.NoteLogCut,
		"keepsMatchingEntries":  raft.NoteLogCut,
		"truncatesConflicts":    raft.NoteConflictKept,
		"commitNeedsMajority":   raft.NoteCommittedAlone,
		"commitsOwnTermOnly":    raft.NoteCommittedOldTerm,
	} {
		d, err := raft.RuleNamed(rule)
		if err != nil {
			t.Fatal(err)
		}
		for _, on := range []bool{false, true} {
			s := load(t, rule)
			d.Set(&s.Config.Rules, on)
			p, err := s.Play()
			if err != nil {
				t.Fatal(err)
			}
			said := false
			for _, e := range p.Run().Journal().Events(0) {
				said = said || slices.ContainsFunc(e.Notes, func(n raft.Note) bool { return n.Code == want })
			}
			if said == on {
				t.Errorf("%s is %t, and %q is said: %t", rule, on, want.Info().Text, said)
			}
		}
	}
}

// A scenario is about one bug: no other safety rule is off.
func TestOnlyTheRuleItselfIsOff(t *testing.T) {
	for _, rule := range raft.RuleList {
		if rule.Kind != raft.Safety {
			continue
		}
		s := load(t, rule.Name)
		for _, other := range raft.RuleList {
			if other.Kind == raft.Safety && other.On(s.Config.Rules) == (other.Name == rule.Name) {
				t.Errorf("%s: %s is %t", rule.Name, other.Name, other.On(s.Config.Rules))
			}
		}
	}
}

func load(t *testing.T, rule string) *scenarios.Scenario {
	t.Helper()
	src, err := os.ReadFile(rule + ".yaml")
	if err != nil {
		t.Fatal(err)
	}
	s, err := scenarios.Parse(rule+".yaml", src)
	if err != nil {
		t.Fatal(err)
	}
	return s
}
