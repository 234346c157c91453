package export

import (
	"fmt"
	"slices"
	"strings"

	"raftplay/raft"
	"raftplay/raft/trace"
)

// explains holds the decisions that arrows and state changes do not show.
var explains = [len(raft.NoteTexts)]bool{
	raft.NoteNotAVoter:             true,
	raft.NoteLeaderNeedsNoElection: true,
	raft.NoteOnlyLeadersBeat:       true,
	raft.NotePreVoteStale:          true,
	raft.NotePreVoteContact:        true,
	raft.NotePreVoteLog:            true,
	raft.NotePreVoteLate:           true,
	raft.NoteVoteSticky:            true,
	raft.NoteVoteStale:             true,
	raft.NoteVoteTaken:             true,
	raft.NoteVoteLog:               true,
	raft.NoteVoteLate:              true,
	raft.NoteVoteOldTerm:           true,
	raft.NoteQuorumLost:            true,
	raft.NoteEntryWaits:            true,
	raft.NoteAppendStale:           true,
	raft.NoteAppendToLeader:        true,
	raft.NotePrevMissing:           true,
	raft.NotePrevConflict:          true,
	raft.NoteConflict:              true,
	raft.NoteAnswerLate:            true,
	raft.NoteAnswerOldTerm:         true,
	raft.NoteRefusalStale:          true,
	raft.NoteCommitOldTerm:         true,
	raft.NoteAppliedBefore:         true,
	raft.NoteStaysLeader:           true,
	raft.NoteElectedAlone:          true,
	raft.NoteLogCut:                true,
	raft.NoteConflictKept:          true,
	raft.NoteCommittedAlone:        true,
	raft.NoteCommittedOldTerm:      true,
}

// stateChanges tells in words what the event changed of its node: role, term,
// vote, log, commit index.
func stateChanges(e *trace.Event, was *trace.NodeState) []string {
	var out []string
	add := func(format string, args ...any) { out = append(out, fmt.Sprintf(format, args...)) }
	length := raft.Index(len(was.Log))
	for _, c := range e.Changes {
		switch c.Field {
		case trace.Role:
			add("%s", raft.Role(c.Value))
		case trace.CurrentTerm:
			add("term %d", c.Value)
		case trace.VotedFor:
			if id := raft.NodeID(c.Value); id != raft.None {
				add("votes for %s", id)
			} else {
				add("no vote")
			}
		case trace.LastLogIndex:
			add("log cut back to %d", c.Value)
			length = raft.Index(c.Value)
		}
	}
	if n := len(e.Entries); n > 0 {
		add("log %s (%s)", position(length+raft.Index(n), e.Entries[n-1].Term), count(n, "new entry", "new entries"))
	}
	if v, changed := e.Value(trace.CommitIndex); changed {
		add("commit %d", v)
	}
	return out
}

// messageText returns a message in the paper's words.
func messageText(m trace.Message) string {
	vote := func() string {
		forced := ""
		if m.Forced {
			forced = " · forced"
		}
		return fmt.Sprintf("%s t%d last %s%s", m.Type, m.Term, position(m.LastLogIndex, m.LastLogTerm), forced)
	}
	answer := map[bool]string{true: "yes", false: "no"}[m.OK]
	switch m.Type {
	case raft.PreVote, raft.RequestVote:
		return vote()
	case raft.PreVoteReply, raft.RequestVoteReply:
		return fmt.Sprintf("%s t%d %s", m.Type, m.Term, answer)
	case raft.AppendEntries:
		entries := count(len(m.Entries), "entry", "entries")
		if len(m.Entries) == 0 {
			entries = "heartbeat"
		}
		return fmt.Sprintf("AppendEntries t%d prev %s · %s · commit %d", m.Term, position(m.PrevLogIndex, m.PrevLogTerm), entries, m.LeaderCommit)
	case raft.AppendEntriesReply:
		if m.OK {
			return fmt.Sprintf("AppendEntriesReply t%d yes · match %d", m.Term, m.MatchIndex)
		}
		text := fmt.Sprintf("AppendEntriesReply t%d no · prev %d · last %d", m.Term, m.PrevLogIndex, m.LastLogIndex)
		if m.ConflictIndex != 0 {
			text += " · conflict " + position(m.ConflictIndex, m.ConflictTerm)
		}
		return text
	case raft.ClientRequest:
		return m.Text
	}
	switch m.Status {
	case raft.Redirect:
		return "redirect to " + m.Leader.String()
	case raft.Retry:
		return "retry"
	}
	return "result: " + m.Text
}

func isReply(t raft.MessageType) bool {
	switch t {
	case raft.PreVoteReply, raft.RequestVoteReply, raft.AppendEntriesReply, raft.ClientReply:
		return true
	}
	return false
}

// position returns an index and its term as "3/t2".
func position(i raft.Index, t raft.Term) string { return fmt.Sprintf("%d/t%d", i, t) }

func count(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}

// linksText tells what became of links: "cut: N-1 ⇄ N-2, N-1 → N-3".
func linksText(links []trace.Link) string {
	words := [...]string{trace.Open: "mended", trace.Cut: "cut", trace.Holds: "cut, with messages kept"}
	var lines []string
	for state, word := range words {
		var names []string
		for _, l := range links {
			if l.State != trace.LinkState(state) {
				continue
			}
			both := slices.Contains(links, trace.Link{From: l.To, To: l.From, State: l.State})
			switch {
			case !both:
				names = append(names, fmt.Sprintf("%s → %s", l.From, l.To))
			case l.From < l.To:
				names = append(names, fmt.Sprintf("%s ⇄ %s", l.From, l.To))
			}
		}
		if len(names) > 0 {
			lines = append(lines, word+": "+strings.Join(names, ", "))
		}
	}
	return strings.Join(lines, "\n")
}
