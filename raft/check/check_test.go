package check_test

import (
	"slices"
	"strings"
	"testing"

	"raftplay/raft"
	"raftplay/raft/check"
	"raftplay/raft/trace"
)

// story is a journal written by hand, one event at a time.
type story struct {
	*check.Checker
	seq int
}

func newStory() *story { return &story{Checker: check.New(5)} }

// tell adds an event with changes and entries at a node.
func (s *story) tell(kind trace.Kind, node raft.NodeID, changes []trace.Change, entries ...raft.Entry) int {
	s.seq++
	s.Check(&trace.Event{Seq: s.seq, Kind: kind, Node: node, Changes: changes, Entries: entries})
	return s.seq
}

func (s *story) handle(node raft.NodeID, changes []trace.Change, entries ...raft.Entry) int {
	return s.tell(trace.Handle, node, changes, entries...)
}

// set is a list of changes, field by field.
func set(pairs ...uint64) []trace.Change {
	var out []trace.Change
	for i := 0; i < len(pairs); i += 2 {
		out = append(out, trace.Change{Field: trace.Field(pairs[i]), Value: pairs[i+1]})
	}
	return out
}

const (
	role    = uint64(trace.Role)
	term    = uint64(trace.CurrentTerm)
	commit  = uint64(trace.CommitIndex)
	applied = uint64(trace.LastApplied)
	last    = uint64(trace.LastLogIndex)
	leader  = uint64(raft.Leader)
	follow  = uint64(raft.Follower)
)

func entry(t raft.Term, command string) raft.Entry { return raft.Entry{Term: t, Command: command} }

// want fails unless exactly these invariants are broken, in this order.
func (s *story) want(t *testing.T, want ...check.Invariant) {
	t.Helper()
	var got []check.Invariant
	for _, v := range s.Violations() {
		got = append(got, v.Invariant)
	}
	if !slices.Equal(got, want) {
		t.Errorf("broken: %v, want %v\n%v", got, want, s.Violations())
	}
}

func TestElectionSafetyNamesBothLeaders(t *testing.T) {
	s := newStory()
	s.handle(1, set(term, 3, role, leader))
	s.handle(1, set(role, follow))
	s.handle(2, set(term, 4, role, leader))
	s.want(t)
	s.handle(3, set(term, 3, role, leader))
	s.want(t, check.ElectionSafety)
	if v := s.Violations()[0]; !slices.Equal(v.Nodes, []raft.NodeID{3, 1}) || v.Event != 4 ||
		v.String() != "Election Safety (§5.2) is broken at event 4: N-3 leads term 3, which N-1 leads since event 1" {
		t.Errorf("%+v", v)
	}
}

// A leader that goes on in a later term counts as a leader of that term.
func TestElectionSafetySeesALeaderThatChangesItsTerm(t *testing.T) {
	s := newStory()
	s.handle(1, set(term, 1, role, leader))
	s.handle(2, set(term, 2, role, leader))
	s.handle(1, set(term, 2))
	s.want(t, check.ElectionSafety)
}

func TestLeaderAppendOnlyNamesWhatIsRemoved(t *testing.T) {
	s := newStory()
	s.handle(1, nil, entry(1, "a"), entry(1, "b"), entry(1, "c"))
	s.handle(1, set(last, 2))
	s.want(t)
	s.handle(1, set(term, 2, role, leader))
	s.handle(1, set(last, 0))
	s.want(t, check.LeaderAppendOnly)
	if text := s.Violations()[0].Text; text != "N-1, leader of term 2, removes entries 1/t1 to 2/t1 from its log" {
		t.Error(text)
	}
}

func TestLogMatchingNamesWhereTheLogsDiffer(t *testing.T) {
	s := newStory()
	s.handle(1, nil, entry(1, "a"), entry(2, "b"))
	s.handle(2, nil, entry(1, "a"), entry(1, "x"))
	s.want(t)
	s.handle(1, nil, entry(3, "c"))
	s.handle(2, nil, entry(3, "c"))
	s.want(t, check.LogMatching)
	if text := s.Violations()[0].Text; text != "N-2 and N-1 both have an entry 3/t3, but their logs differ at index 2" {
		t.Error(text)
	}
}

func TestLeaderCompletenessOfANewLeader(t *testing.T) {
	s := newStory()
	s.handle(1, set(term, 2, role, leader), entry(1, "a"), entry(2, "b"))
	s.handle(1, set(commit, 2))
	s.handle(2, set(term, 3, role, leader), entry(1, "a"), entry(2, "b"), entry(3, "c"))
	s.want(t)
	s.handle(3, set(term, 4, role, leader), entry(1, "a"))
	s.want(t, check.LeaderCompleteness)
	v := s.Violations()[0]
	if !slices.Equal(v.Nodes, []raft.NodeID{3, 1}) || v.Entries[0] != (check.EntryID{Index: 2, Term: 2}) ||
		v.Text != "N-3, leader of term 4, lacks entry 2/t2 which N-1 committed in term 2 at event 2" {
		t.Errorf("%+v", v)
	}
}

// The entry of term 1 is committed in term 4. A leader of term 3 that knows
// nothing of it, and of nothing else, breaks nothing.
func TestLeaderCompletenessCountsTheTermOfTheCommitNotOfTheEntry(t *testing.T) {
	s := newStory()
	s.handle(1, set(term, 4, role, leader), entry(1, "a"), entry(4, "b"))
	s.handle(1, set(commit, 2))
	s.handle(2, set(term, 3, role, leader))
	s.want(t)
	s.handle(2, set(term, 5))
	s.want(t, check.LeaderCompleteness)
}

// A deposed leader hears late that its entry is stored. The leader of the next
// term must have it.
func TestLeaderCompletenessOfALeaderWhoCameBeforeTheCommit(t *testing.T) {
	for name, lacks := range map[string]bool{"has the entry": false, "lacks the entry": true} {
		t.Run(name, func(t *testing.T) {
			s := newStory()
			s.handle(1, set(term, 1, role, leader), entry(1, "a"))
			if lacks {
				s.handle(2, set(term, 2, role, leader))
			} else {
				s.handle(2, set(term, 2, role, leader), entry(1, "a"))
			}
			s.handle(1, set(commit, 1))
			if lacks {
				s.want(t, check.LeaderCompleteness)
			} else {
				s.want(t)
			}
		})
	}
}

func TestStateMachineSafetyNamesBothEntries(t *testing.T) {
	s := newStory()
	s.handle(1, set(applied, 2), entry(1, "a"), entry(1, "b"))
	s.handle(2, set(applied, 1), entry(1, "a"), entry(2, "c"))
	s.want(t)
	s.handle(2, set(applied, 2))
	s.want(t, check.StateMachineSafety)
	if text := s.Violations()[0].Text; text != "N-2 applies entry 2/t2, where N-1 applied 2/t1 at event 1" {
		t.Error(text)
	}
}

func TestTermsNeverGoBackAcrossACrash(t *testing.T) {
	s := newStory()
	s.handle(1, set(term, 3))
	s.tell(trace.Crash, 1, set(term, 2))
	s.want(t, check.TermsNeverGoBack)
}

func TestCommitNeverGoesBackExceptInACrash(t *testing.T) {
	s := newStory()
	s.handle(1, set(commit, 1), entry(1, "a"))
	s.tell(trace.Crash, 1, set(commit, 0))
	s.want(t)
	s.handle(1, set(commit, 1))
	s.handle(1, set(commit, 0))
	s.want(t, check.CommitNeverGoesBack)
}

// An edit breaks nothing by itself; what follows from it names it.
func TestAnEditIsExceptedAndNamedAsTheCause(t *testing.T) {
	s := newStory()
	s.handle(1, set(term, 2, role, leader), entry(1, "a"), entry(2, "b"))
	s.handle(1, set(commit, 2, applied, 2))
	edited := s.tell(trace.Edit, 1, set(term, 1, commit, 0, last, 1))
	s.tell(trace.Wipe, 2, nil)
	s.want(t)
	s.handle(1, set(applied, 1), entry(1, "c"))
	s.handle(1, set(applied, 2))
	s.want(t, check.StateMachineSafety)
	v := s.Violations()[0]
	if v.Cause != edited || !strings.HasSuffix(v.String(), ", after the edit at event 3") {
		t.Errorf("%s", v)
	}
}

// What happens again is counted, not kept.
func TestOnlyTheFirstViolationOfAnInvariantIsKept(t *testing.T) {
	s := newStory()
	for i := range 5 {
		s.handle(1, set(term, uint64(10-i)))
	}
	s.want(t, check.TermsNeverGoBack)
	if v := s.Violations()[0]; v.Event != 2 || v.Count != 4 {
		t.Errorf("event %d, count %d", v.Event, v.Count)
	}
}

// A clone and its original go their own ways.
func TestCloneIsIndependent(t *testing.T) {
	s := newStory()
	s.handle(1, set(term, 2, role, leader), entry(1, "a"), entry(2, "b"))
	s.handle(1, set(commit, 2, applied, 2))
	twin := &story{s.Clone(), s.seq}

	twin.handle(2, set(last, 0, applied, 1), entry(2, "x"))
	twin.handle(3, set(term, 3, role, leader))
	twin.want(t, check.StateMachineSafety, check.LeaderCompleteness)

	s.want(t)
	s.handle(2, set(applied, 1), entry(1, "a"))
	s.handle(3, set(term, 3, role, leader), entry(1, "a"), entry(2, "b"))
	s.handle(1, nil, entry(2, "c"))
	s.want(t)

	twin.handle(1, nil, entry(2, "d"))
	twin.handle(4, nil, entry(1, "a"), entry(2, "b"), entry(2, "d"))
	twin.want(t, check.StateMachineSafety, check.LeaderCompleteness)
}

func TestInvariantNamed(t *testing.T) {
	for _, i := range check.Invariants {
		if got, err := check.InvariantNamed(i.String()); err != nil || got != i || i.Section() == "" || i.Statement() == "" {
			t.Errorf("%s: %v, %v", i, got, err)
		}
	}
	if _, err := check.InvariantNamed("Safety"); err == nil || !strings.Contains(err.Error(), "Log Matching") {
		t.Errorf("the error does not say what is allowed: %v", err)
	}
}

// Leader Completeness speaks of the leaders of higher-numbered terms: a second one
// of the same term breaks Election Safety, and that alone.
func TestLeaderCompletenessIsAboutLaterTerms(t *testing.T) {
	s := newStory()
	s.handle(1, set(term, 2, role, leader), entry(2, "a"))
	s.handle(1, set(commit, 1))
	s.handle(2, set(term, 2, role, leader))
	s.want(t, check.ElectionSafety)
	s.handle(1, nil, entry(2, "b"))
	s.handle(1, set(commit, 2))
	s.want(t, check.ElectionSafety)
}

// What a checker sees later, its clone does not know, and the other way round.
func TestCloneKnowsNothingOfWhatComesLater(t *testing.T) {
	s := newStory()
	s.handle(1, set(term, 3, role, leader), entry(3, "a"))
	s.handle(1, set(commit, 1))
	clone := &story{Checker: s.Clone(), seq: s.seq}
	s.handle(1, nil, entry(3, "b"))
	s.handle(1, set(commit, 2))
	clone.handle(2, nil, entry(3, "a"))
	clone.handle(2, set(term, 4, role, leader))
	clone.want(t)
	s.handle(2, nil, entry(3, "a"))
	s.handle(2, set(term, 4, role, leader))
	s.want(t, check.LeaderCompleteness)
	clone.want(t)
}
