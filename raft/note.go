package raft

import "strconv"

// NoteCode names one kind of decision that a node explains.
type NoteCode uint8

// Note is one decision and the numbers that it rests on, cheap to make and to
// keep. [Note.String] puts it into words.
type Note struct {
	Code NoteCode
	Args [4]uint64
}

// NoteText is how one kind of note reads: {0} to {3} stand for its numbers, and
// {n0} to {n3} for the servers that they name.
type NoteText struct {
	Name    string // as the journal writes it
	Text    string
	Section string // "" if it rests on no rule of the paper
}

// What a node can have to say, in the order of the code.
const (
	NoteCrashed NoteCode = iota
	NoteRestarted
	NoteWiped
	NoteEdited
	NoteHigherTerm

	NoteNotAVoter
	NoteLeaderNeedsNoElection
	NoteAsksPreVotes
	NoteCampaigns
	NotePreVoteStale
	NotePreVoteContact
	NotePreVoteLog
	NotePreVoteGranted
	NotePreVoteLate
	NoteVoteSticky
	NoteVoteStale
	NoteVoteTaken
	NoteVoteLog
	NoteVoteGranted
	NoteVoteLate
	NoteVoteOldTerm
	NoteVoteCounted
	NoteElected
	NoteQuorumLost
	NoteQuorumHeld

	NoteOnlyLeadersBeat
	NoteHeartbeat
	NoteAppended
	NoteEntryWaits
	NoteAppendStale
	NoteAppendToLeader
	NoteYields
	NotePrevMissing
	NotePrevConflict
	NoteConflict
	NoteStored
	NoteAlreadyStored
	NoteHeartbeatHeard
	NoteAnswerLate
	NoteAnswerOldTerm
	NoteMatched
	NoteMatchedBefore
	NoteBackedUp
	NoteRefusalStale
	NoteCommitted
	NoteCommitOldTerm
	NoteCommitLearned

	NoteRedirected
	NoteNoLeader
	NoteAnswered
	NoteAppliedBefore

	// Only while a safety rule is switched off.
	NoteStaysLeader
	NoteElectedAlone
	NoteLogCut
	NoteConflictKept
	NoteCommittedAlone
	NoteCommittedOldTerm
	noteCodes
)

// NoteTexts tells how each note reads, by its code.
var NoteTexts = [noteCodes]NoteText{
	NoteCrashed:    {"crashed", "crashes: what is not on disk is lost", "Figure 2"},
	NoteRestarted:  {"restarted", "restarts as a follower from its disk: term {0}, last entry {1}", "Figure 2"},
	NoteWiped:      {"wiped", "its disk is emptied: term, vote and log are gone", ""},
	NoteEdited:     {"edited", "changed by hand, outside the protocol", ""},
	NoteHigherTerm: {"higher-term", "sees term {0}, later than its own {1}: enters it, as a follower", "§5.1"},

	NoteNotAVoter:             {"not-a-voter", "is no voter and starts no election", "§6"},
	NoteLeaderNeedsNoElection: {"already-leader", "is the leader: it starts no election", "§5.2"},
	NoteAsksPreVotes:          {"asks-pre-votes", "hears no leader: asks whether it could win term {0}, without entering it", "diss. §9.6"},
	NoteCampaigns:             {"campaigns", "hears no leader: enters term {0} as a candidate and votes for itself", "§5.2"},
	NotePreVoteStale:          {"pre-vote-stale", "pre-vote refused: term {0} is not later than mine, {1}", "diss. §9.6"},
	NotePreVoteContact:        {"pre-vote-contact", "pre-vote refused: I still hear from {n0}, my leader", "diss. §9.6"},
	NotePreVoteLog:            {"pre-vote-log", "pre-vote refused: its log ends at {0}/t{1}, mine at {2}/t{3}", "§5.4.1"},
	NotePreVoteGranted:        {"pre-vote-granted", "pre-vote granted: its log ends at {0}/t{1}, mine at {2}/t{3}", "diss. §9.6"},
	NotePreVoteLate:           {"pre-vote-late", "answer ignored: no longer asking for pre-votes in term {0}", "diss. §9.6"},
	NoteVoteSticky:            {"vote-sticky", "vote request ignored: I still hear from {n0}, my leader", "diss. §4.2.3"},
	NoteVoteStale:             {"vote-stale", "vote refused: term {0} is earlier than mine, {1}", "§5.1"},
	NoteVoteTaken:             {"vote-taken", "vote refused: I voted for {n0} in term {1}", "§5.2"},
	NoteVoteLog:               {"vote-log", "vote refused: its log ends at {0}/t{1}, mine at {2}/t{3}", "§5.4.1"},
	NoteVoteGranted:           {"vote-granted", "vote granted: its log ends at {0}/t{1}, mine at {2}/t{3}", "§5.4.1"},
	NoteVoteLate:              {"vote-late", "vote ignored: no longer a candidate (it is of term {0})", "§5.2"},
	NoteVoteOldTerm:           {"vote-old-term", "vote ignored: it is of term {0}, mine is {1}", "§5.2"},
	NoteVoteCounted:           {"vote-counted", "{0} of {1} voters have said yes", "§5.2"},
	NoteElected:               {"elected", "has a majority: leader of term {0}", "§5.2"},
	NoteQuorumLost:            {"quorum-lost", "heard from {0} of {1} voters since the last check: steps down", "diss. §6.2"},
	NoteQuorumHeld:            {"quorum-held", "heard from {0} of {1} voters since the last check: stays leader", "diss. §6.2"},

	NoteOnlyLeadersBeat: {"not-leader", "is no leader and has no heartbeats to send", "§5.2"},
	NoteHeartbeat:       {"heartbeat", "sends AppendEntries to everyone as leader of term {0}", "§5.2"},
	NoteAppended:        {"appended", "appends entry {0}/t{1} to its log", "§5.3"},
	NoteEntryWaits:      {"entry-waits", "entry {0} waits: {n1} has not yet answered for the ones before", "§5.3"},
	NoteAppendStale:     {"append-stale", "refused: term {0} is earlier than mine, {1}", "§5.1"},
	NoteAppendToLeader:  {"append-to-leader", "ignored: {n0} claims to lead my own term {1}", "§5.2"},
	NoteYields:          {"yields", "gives way to {n0}, the leader of term {1}", "§5.2"},
	NotePrevMissing:     {"prev-missing", "refused: I have no entry {0}, my log ends at {1}", "§5.3"},
	NotePrevConflict:    {"prev-conflict", "refused: my entry {0} has term {1}, not {2}", "§5.3"},
	NoteConflict:        {"conflict", "entry {0} has term {1}, the leader's has {2}: deletes it and all that follow", "§5.3"},
	NoteStored:          {"stored", "stores {0} new, its log now ends at {1}", "§5.3"},
	NoteAlreadyStored:   {"already-stored", "has all {0} of them already, up to {1}", "§5.3"},
	NoteHeartbeatHeard:  {"heartbeat-heard", "hears from {n0}: their logs match up to {1}", "§5.2"},
	NoteAnswerLate:      {"answer-late", "answer ignored: no longer leader (it is of term {0})", "§5.3"},
	NoteAnswerOldTerm:   {"answer-old-term", "answer ignored: it is of term {0}, mine is {1}", "§5.3"},
	NoteMatched:         {"matched", "{n0} stores the log up to {1}", "§5.3"},
	NoteMatchedBefore:   {"matched-before", "nothing new: {n0} is known to store the log up to {1}", "§5.3"},
	NoteBackedUp:        {"backed-up", "steps back: nextIndex of {n0} is now {1}", "§5.3"},
	NoteRefusalStale:    {"refusal-stale", "refusal ignored, it is an old one: nextIndex of {n0} is {1}", "§5.3"},
	NoteCommitted:       {"committed", "a majority stores entry {0}, of this term: committed", "§5.4.2"},
	NoteCommitOldTerm:   {"commit-old-term", "a majority stores entry {0}, but it is of term {1}, not {2}: not committed by counting", "§5.4.2"},
	NoteCommitLearned:   {"commit-learned", "commits up to {0}: the leader has committed {1}", "§5.3"},

	NoteRedirected:    {"redirected", "is no leader: sends the client to {n0}", "§8"},
	NoteNoLeader:      {"no-leader", "knows no leader: the client should retry", "§8"},
	NoteAnswered:      {"answered", "answers request {0}: its entry {1} is applied", "§8"},
	NoteAppliedBefore: {"applied-before", "request {0} was applied before: gives the same answer", "§8"},

	NoteStaysLeader:      {"stays-leader", "sees term {0}, later than its own {1}: enters it, but stays leader (stepsDown is off)", "§5.1"},
	NoteElectedAlone:     {"elected-alone", "makes itself leader of term {0} without a majority (electionNeedsMajority is off)", "§5.2"},
	NoteLogCut:           {"log-cut", "deletes its entries {0} to {1}, conflict or not (a safety rule is off)", "§5.3"},
	NoteConflictKept:     {"conflict-kept", "entry {0} has term {1}, the leader's has {2}: keeps its own (truncatesConflicts is off)", "§5.3"},
	NoteCommittedAlone:   {"committed-alone", "commits up to {0} without asking for a majority (commitNeedsMajority is off)", "§5.3"},
	NoteCommittedOldTerm: {"committed-old-term", "a majority stores entry {0}, of the earlier term {1}: committed by counting (commitsOwnTermOnly is off)", "§5.4.2"},
}

// Info returns how notes of this kind read.
func (c NoteCode) Info() NoteText { return NoteTexts[c] }

// String returns the note in the paper's words, with the section it rests on.
func (n Note) String() string {
	info := n.Code.Info()
	out := make([]byte, 0, len(info.Text)+16)
	for s := info.Text; s != ""; {
		switch {
		case len(s) > 2 && s[0] == '{' && s[2] == '}':
			out = strconv.AppendUint(out, n.Args[s[1]-'0'], 10)
			s = s[3:]
		case len(s) > 3 && s[0] == '{' && s[3] == '}':
			out = append(out, NodeID(n.Args[s[2]-'0']).String()...)
			s = s[4:]
		default:
			out = append(out, s[0])
			s = s[1:]
		}
	}
	if info.Section != "" {
		out = append(append(out, ", "...), info.Section...)
	}
	return string(out)
}

// Numbers returns how many numbers a note of this kind rests on.
func (t NoteText) Numbers() int {
	n := 0
	for i := 0; i+1 < len(t.Text); i++ {
		if d := t.Text[i+1]; d >= '0' && d <= '3' && (t.Text[i] == '{' || t.Text[i] == 'n' && i > 0 && t.Text[i-1] == '{') {
			n = max(n, int(d-'0')+1)
		}
	}
	return n
}
