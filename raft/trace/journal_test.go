package trace

import (
	"testing"

	"raftplay/raft"
)

func ticks(from, to int) []Event {
	var events []Event
	for seq := from; seq <= to; seq++ {
		events = append(events, Event{Seq: seq, Kind: Clock, Time: int64(seq)})
	}
	return events
}

// places returns positions in a journal of n events, those at which pages end
// among them.
func places(n int) []int {
	var found []int
	for _, at := range []int{0, 1, 70, pageLength - 1, pageLength, pageLength + 1, 2 * pageLength, n - 1, n} {
		if at >= 0 && at <= n {
			found = append(found, at)
		}
	}
	return found
}

// Events gives the rest of the journal from any place on, wherever its pages end.
func TestEventsFromAnyPlace(t *testing.T) {
	j := NewJournal(3)
	for _, n := range []int{0, 1, pageLength - 1, pageLength, pageLength + 1, 2 * pageLength, 2*pageLength + 1} {
		j.Append(ticks(j.Len()+1, n))
		for _, from := range places(n) {
			events := j.Events(from)
			if len(events) != n-from {
				t.Fatalf("%d events after %d of %d", len(events), from, n)
			}
			for i := range events {
				if events[i].Seq != from+i+1 || j.Event(from+i+1).Seq != from+i+1 {
					t.Fatalf("event %d of %d is %d in the rest from %d", from+i+1, n, events[i].Seq, from)
				}
			}
		}
	}
}

// A branch goes on from its prefix without writing over the journal, wherever in
// a page it starts.
func TestPrefixGoesItsOwnWay(t *testing.T) {
	const long = 2*pageLength + 5
	j := NewJournal(3)
	j.Append(ticks(1, long))
	for _, n := range places(long) {
		branch := j.Prefix(n)
		other := ticks(n+1, n+3)
		for i := range other {
			other[i].Text = "branch"
		}
		branch.Append(other)
		if branch.Len() != n+3 || branch.Last().Seq != n+3 || j.Len() != long {
			t.Fatalf("at %d: the branch has %d events, the journal %d", n, branch.Len(), j.Len())
		}
		for seq := 1; seq <= long; seq++ {
			if j.Event(seq).Text != "" {
				t.Fatalf("at %d: the branch changed event %d of the journal", n, seq)
			}
		}
		for seq := 1; seq <= n+3; seq++ {
			if e := branch.Event(seq); e.Seq != seq || (e.Text == "branch") != (seq > n) {
				t.Fatalf("at %d: event %d of the branch is %+v", n, seq, e)
			}
		}
	}
}

// Messages of a branch have ids that other messages have in the journal, and
// neither takes the other's place.
func TestPrefixHasMessagesOfItsOwn(t *testing.T) {
	send := func(seq int, id MessageID, text string) []Event {
		return []Event{{Seq: seq, Kind: Ask, Node: 1, Created: []Message{{ID: id, Message: &raft.Message{To: 1, Text: text}}}}}
	}
	j := NewJournal(3)
	j.Append(send(1, 1, "shared"))
	j.Append(send(2, 2, "journal"))
	branch := j.Prefix(1)
	branch.Append(send(2, 2, "branch"))
	for id, texts := range map[MessageID][2]string{1: {"shared", "shared"}, 2: {"journal", "branch"}} {
		if got := [2]string{j.Message(id).Text, branch.Message(id).Text}; got != texts {
			t.Errorf("m%d is %q, want %q", id, got, texts)
		}
	}
}

// A state that was cloned keeps its log when the original's is cut off and grows
// again.
func TestCloneKeepsWhatIsCutOff(t *testing.T) {
	s := NewState(3)
	s.Apply(&Event{Seq: 1, Kind: Edit, Node: 1, Entries: []raft.Entry{{Term: 1}, {Term: 1}}})
	clone := s.Clone()
	s.Apply(&Event{Seq: 2, Kind: Edit, Node: 1, Changes: []Change{{Field: LastLogIndex, Value: 1}}, Entries: []raft.Entry{{Term: 7}}})
	if got, kept := s.Nodes[1].Log[1].Term, clone.Nodes[1].Log[1].Term; got != 7 || kept != 1 {
		t.Errorf("the entry has term %d in the original and %d in the clone, want 7 and 1", got, kept)
	}
}
