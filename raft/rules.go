package raft

import (
	"fmt"
	"strings"
)

// Rules are the switches of the protocol: everything in it that someone could
// get wrong, leave out or add. [RuleList] documents each: what it does, where it
// comes from, what breaks without it.
type Rules struct {
	// Safety.
	VotesOncePerTerm       bool
	VoteComparesLogs       bool
	VoteComparesTerms      bool
	SendsLastEntryTerm     bool
	ElectionNeedsMajority  bool
	CountsCurrentVotesOnly bool
	StepsDown              bool
	RefusesStaleLeaders    bool
	ChecksPrevLog          bool
	TruncatesConflicts     bool
	KeepsMatchingEntries   bool
	ClampsCommit           bool
	ReportsMatchedOnly     bool
	CountsCurrentAcksOnly  bool
	CommitNeedsMajority    bool
	CommitsOwnTermOnly     bool
	AppliesCommittedOnly   bool
	LeaderKeepsLog         bool
	PersistsTerm           bool
	PersistsVote           bool
	PersistsLog            bool

	// Progress and comfort.
	TermStartEntry   bool
	PreVote          bool
	LeaderStickiness bool
	CheckQuorum      bool
	FastBackup       bool
	Pipelining       bool
	SerialNumbers    bool

	// The dialect of the reference documents.
	EmptyHeartbeats      bool
	RetriesFromLastLog   bool
	ResendsOnAnswer      bool
	CommitsWholeMessages bool

	// MaxEntries is the largest number of entries in one AppendEntries, 1 to 1000.
	MaxEntries int
}

// RuleKind groups the rules by what is at stake.
type RuleKind string

// The kinds of rules.
const (
	Safety  RuleKind = "safety"  // without it an invariant can break
	Comfort RuleKind = "comfort" // without it the cluster stays correct, but does less well
	Dialect RuleKind = "dialect" // another way of doing the same, with its own price
)

// Rule describes one switch.
type Rule struct {
	Name    string // as scenarios and links spell it
	Kind    RuleKind
	Section string // where it comes from
	Does    string // what it does when it is on
	Without string // what breaks when it is off
	field   func(*Rules) *bool
}

// On reports whether the rule is on in r.
func (d Rule) On(r Rules) bool { return *d.field(&r) }

// Set turns the rule on or off in r.
func (d Rule) Set(r *Rules, on bool) { *d.field(r) = on }

// RuleNamed returns the rule with this name.
func RuleNamed(name string) (Rule, error) {
	names := make([]string, len(RuleList))
	for i, d := range RuleList {
		if d.Name == name {
			return d, nil
		}
		names[i] = d.Name
	}
	return Rule{}, fmt.Errorf("unknown rule %q: the rules are %s", name, strings.Join(names, ", "))
}

// Profile is a named set of rules.
type Profile struct {
	Name  string
	About string
	Rules Rules
}

// Profiles lists the profiles; the first is the default.
var Profiles = []Profile{
	{"paper", "Figure 2 as it is printed, and the no-op at the start of a term", paper()},
	{"production", "what a well-kept library adds: pre-vote, check-quorum, leader stickiness, fast back-up, batches", production()},
	{"raftengine", "the dialect of the reference documents, with their departures from the paper", raftengine()},
}

// ProfileNamed returns the profile with this name.
func ProfileNamed(name string) (Profile, error) {
	names := make([]string, len(Profiles))
	for i, p := range Profiles {
		if p.Name == name {
			return p, nil
		}
		names[i] = p.Name
	}
	return Profile{}, fmt.Errorf("unknown profile %q: the profiles are %s", name, strings.Join(names, ", "))
}

func paper() Rules {
	r := Rules{TermStartEntry: true, MaxEntries: 1}
	for _, d := range RuleList {
		if d.Kind == Safety {
			d.Set(&r, true)
		}
	}
	return r
}

func production() Rules {
	r := paper()
	r.PreVote, r.LeaderStickiness, r.CheckQuorum = true, true, true
	r.FastBackup, r.Pipelining, r.SerialNumbers = true, true, true
	r.MaxEntries = 64
	return r
}

func raftengine() Rules {
	r := paper()
	r.PreVote = true
	r.SendsLastEntryTerm, r.ReportsMatchedOnly = false, false
	r.EmptyHeartbeats, r.RetriesFromLastLog = true, true
	r.ResendsOnAnswer, r.CommitsWholeMessages = true, true
	r.MaxEntries = 10
	return r
}
