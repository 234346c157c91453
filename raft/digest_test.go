package raft

import (
	"reflect"
	"testing"
)

// Servers in the same state have the same fingerprint, by whatever way they came
// there.
func TestEqualStatesHaveEqualFingerprints(t *testing.T) {
	one, other := follower(1), follower(1)
	feed(one, Message{Type: AppendEntries, From: 2, Term: 2, Entries: entries(1, 2, 2)})
	feed(other, Message{Type: AppendEntries, From: 2, Term: 2, Entries: entries(1)})
	feed(other, Message{Type: AppendEntries, From: 2, Term: 2, PrevLogIndex: 1, PrevLogTerm: 1, Entries: entries(1, 2, 2)[1:]})
	expect(t, "the fingerprints are equal", one.Fingerprint() == other.Fingerprint(), true)
	expect(t, "a clone's fingerprint is equal", one.Clone().Fingerprint() == one.Fingerprint(), true)
}

// Every difference that can be seen, or that matters later, changes the
// fingerprint.
func TestEveryDifferenceChangesTheFingerprint(t *testing.T) {
	seen := map[uint64]string{}
	for name, change := range map[string]func(*Node){
		"nothing":             func(*Node) {},
		"id":                  func(n *Node) { n.ID = 3 },
		"role":                func(n *Node) { n.Role = Candidate },
		"currentTerm":         func(n *Node) { n.CurrentTerm++ },
		"votedFor":            func(n *Node) { n.VotedFor = 2 },
		"log longer":          func(n *Node) { n.Log.Append(Entry{Term: 2}) },
		"log shorter":         func(n *Node) { n.Log.TruncateFrom(2) },
		"entry's term":        func(n *Node) { n.Log.TruncateFrom(2); n.Log.Append(Entry{Term: 1, Serial: 2, Command: "add x 1"}) },
		"entry's kind":        func(n *Node) { n.Log.TruncateFrom(2); n.Log.Append(Entry{Term: 2, Kind: TermStart}) },
		"serial":              func(n *Node) { n.Log.TruncateFrom(2); n.Log.Append(Entry{Term: 2, Serial: 9, Command: "add x 1"}) },
		"command":             func(n *Node) { n.Log.TruncateFrom(2); n.Log.Append(Entry{Term: 2, Serial: 2, Command: "add x 2"}) },
		"commitIndex":         func(n *Node) { n.CommitIndex++ },
		"lastApplied":         func(n *Node) { n.LastApplied++ },
		"leader":              func(n *Node) { n.Leader = 3 },
		"contact":             func(n *Node) { n.ContactUntil++ },
		"granted":             func(n *Node) { n.Granted = SetOf(2) },
		"refused":             func(n *Node) { n.Refused = SetOf(2) },
		"active":              func(n *Node) { n.Active = SetOf(2) },
		"forced":              func(n *Node) { n.Forced = true },
		"store":               func(n *Node) { n.Store.Apply("set x 1") },
		"serial remembered":   func(n *Node) { n.Store.Remember(7, "") },
		"voters":              func(n *Node) { n.Configuration.Voters = FirstNodes(4) },
		"leader's progress":   func(n *Node) { n.Role = Leader },
		"nextIndex":           func(n *Node) { n.Role = Leader; n.Progress[2].NextIndex = 4 },
		"matchIndex":          func(n *Node) { n.Role = Leader; n.Progress[2].MatchIndex = 4 },
		"sent":                func(n *Node) { n.Role = Leader; n.Progress[2].Sent = 4 },
		"probing":             func(n *Node) { n.Role = Leader; n.Progress[2].Probing = true },
		"another's nextIndex": func(n *Node) { n.Role = Leader; n.Progress[3].NextIndex = 4 },
	} {
		n := follower(2, 1, 2)
		change(n)
		f := n.Fingerprint()
		if other, taken := seen[f]; taken {
			t.Errorf("%q and %q have the same fingerprint", name, other)
		}
		seen[f] = name
	}
}

// Every field of a message changes its digest.
func TestEveryFieldChangesAMessagesDigest(t *testing.T) {
	seen := map[uint64]string{(&Message{}).Digest(): "nothing"}
	for i := range reflect.TypeFor[Message]().NumField() {
		var m Message
		name := reflect.TypeFor[Message]().Field(i).Name
		switch f := reflect.ValueOf(&m).Elem().Field(i); f.Kind() {
		case reflect.Bool:
			f.SetBool(true)
		case reflect.String:
			f.SetString("a")
		case reflect.Slice:
			f.Set(reflect.ValueOf(entries(1)))
		default:
			f.SetUint(1)
		}
		if other, taken := seen[m.Digest()]; taken {
			t.Errorf("%s and %s give the same digest", name, other)
		}
		seen[m.Digest()] = name
	}
}

// Strings that run into each other differ.
func TestMixStringKnowsWhereAStringEnds(t *testing.T) {
	expect(t, "ab|c equals a|bc", MixString(MixString(0, "ab"), "c") == MixString(MixString(0, "a"), "bc"), false)
	expect(t, "a long string's last byte matters", MixString(0, "12345678x") == MixString(0, "12345678y"), false)
	expect(t, "a zero byte matters", MixString(0, "a") == MixString(0, "a\x00"), false)
}
