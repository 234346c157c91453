package scenarios_test

import (
	"flag"
	"fmt"
	"maps"
	"sync"
	"testing"

	"raftplay/raft"
	"raftplay/raft/check"
	"raftplay/raft/sim"
	"raftplay/scenarios"
)

var (
	schedules = flag.Int("schedules", 12_000, "random fault schedules to play")
	firstSeed = flag.Uint64("seed", 1, "seed of the first of them; the next ones follow")
)

// No random fault schedule breaks an invariant, in the profiles paper and
// production, with and without each of the rules that safety does not need.
// Let it go for longer with
//
//	go test ./scenarios -run TestNoFaultScheduleBreaksAnInvariant -timeout 0 -schedules 1000000
func TestNoFaultScheduleBreaksAnInvariant(t *testing.T) {
	const parts = 4
	var mutex sync.Mutex
	seen := map[raft.NoteCode]int{}
	t.Run("schedules", func(t *testing.T) {
		for part := range parts {
			t.Run(fmt.Sprint(part), func(t *testing.T) {
				t.Parallel()
				notes := map[raft.NoteCode]int{}
				for i := part; i < *schedules && !t.Failed(); i += parts {
					seed := *firstSeed + uint64(i)
					s, a := draw(seed, nil)
					for code, n := range a.notes {
						notes[code] += n
					}
					if v := a.checker.Violations(); len(v) > 0 {
						t.Errorf("%s\nreplay it with: go test ./scenarios -run %s -seed %d -schedules 1\nshortened:\n%s",
							v[0], "TestNoFaultScheduleBreaksAnInvariant", seed, written(t, shrink(s, v[0].Invariant), v[0].Invariant))
					}
				}
				mutex.Lock()
				defer mutex.Unlock()
				for code, n := range notes {
					seen[code] += n
				}
			})
		}
	})
	wantEffect(t, seen)
}

// wantEffect fails unless the schedules led to what can go wrong in Raft, so
// that the test says something.
func wantEffect(t *testing.T, seen map[raft.NoteCode]int) {
	t.Helper()
	perThousand := map[raft.NoteCode]int{
		raft.NoteElected:       1000,
		raft.NoteCommitted:     1000,
		raft.NoteCommitLearned: 1000,
		raft.NoteHigherTerm:    1000,
		raft.NoteVoteTaken:     1000,
		raft.NoteVoteLog:       500,
		raft.NoteVoteOldTerm:   500,
		raft.NoteAppendStale:   500,
		raft.NotePrevMissing:   500,
		raft.NotePrevConflict:  20,
		raft.NoteConflict:      50,
		raft.NoteAlreadyStored: 500,
		raft.NoteBackedUp:      500,
		raft.NoteRefusalStale:  50,
		raft.NoteCommitOldTerm: 100,
		raft.NoteAnswerOldTerm: 3,
		raft.NoteQuorumLost:    3,
		raft.NoteVoteSticky:    100,
		raft.NoteAnswered:      500,
		raft.NoteRestarted:     500,
	}
	for code, want := range perThousand {
		if got := seen[code]; *schedules >= 1000 && got < want**schedules/1000 {
			t.Errorf("%q happened %d times in %d schedules: too seldom to say much", code.Info().Name, got, *schedules)
		}
	}
}

// written returns a schedule as a scenario file, and checks that the file breaks
// the invariant.
func written(t *testing.T, s schedule, i check.Invariant) []byte {
	t.Helper()
	frame := &scenarios.Scenario{Title: "A schedule that breaks " + i.String(), Profile: raft.Profiles[0].Name, Config: s.config}
	src, err := scenarios.Encode(frame, s.play().taken)
	if err != nil {
		t.Fatal(err)
	}
	parsed, err := scenarios.Parse("shortened.yaml", src)
	if err != nil {
		t.Fatalf("%v in\n%s", err, src)
	}
	p, err := parsed.Play()
	if err != nil {
		t.Fatalf("%v in\n%s", err, src)
	}
	if v := p.Violations(); len(v) == 0 || v[0].Invariant != i {
		t.Fatalf("%s is not broken by\n%s", i, src)
	}
	return src
}

// The schedules find what a missing rule lets happen, and the shortest of the
// first few is shrunk to a scenario that a person can follow.
func TestFaultSchedulesFindMissingRules(t *testing.T) {
	for name, broken := range map[string]check.Invariant{
		"votesOncePerTerm":      check.ElectionSafety,
		"voteComparesLogs":      check.LeaderCompleteness,
		"electionNeedsMajority": check.ElectionSafety,
		"stepsDown":             check.ElectionSafety,
		"refusesStaleLeaders":   check.LeaderCompleteness,
		"truncatesConflicts":    check.StateMachineSafety,
		"keepsMatchingEntries":  check.LeaderCompleteness,
		"commitNeedsMajority":   check.LeaderCompleteness,
		"leaderKeepsLog":        check.LeaderAppendOnly,
		"persistsTerm":          check.TermsNeverGoBack,
		"persistsLog":           check.LeaderCompleteness,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			rule, err := raft.RuleNamed(name)
			if err != nil {
				t.Fatal(err)
			}
			const schedules, few, readable = 3000, 4, 20
			var short schedule
			found := 0
			for seed := uint64(1); seed <= schedules && found < few; seed++ {
				s, a := draw(seed, func(c *sim.Config) { rule.Set(&c.Rules, false) })
				if v := a.checker.Violations(); len(v) == 0 || v[0].Invariant != broken {
					continue
				}
				if s = shrink(s, broken); found == 0 || len(s.steps) < len(short.steps) {
					short = s
				}
				found++
			}
			if found == 0 {
				t.Fatalf("%d schedules without %s, and %s was never broken", schedules, name, broken)
			}
			if src := written(t, short, broken); len(short.steps) > readable {
				t.Errorf("%d steps are left, more than %d:\n%s", len(short.steps), readable, src)
			}
			t.Logf("%d steps", len(short.steps))
		})
	}
}

// The same seed gives the same schedule and the same run.
func TestScheduleIsAFunctionOfItsSeed(t *testing.T) {
	for seed := range uint64(20) {
		first, a := draw(seed, nil)
		_, b := draw(seed, nil)
		if a.events != b.events || !maps.Equal(a.notes, b.notes) || a.cluster.Fingerprint() != b.cluster.Fingerprint() {
			t.Errorf("seed %d gives two runs", seed)
		}
		if again := first.play(); again.cluster.Fingerprint() != a.cluster.Fingerprint() {
			t.Errorf("seed %d: its steps give another run when they are played again", seed)
		}
	}
}
