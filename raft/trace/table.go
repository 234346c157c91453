package trace

import (
	"strconv"
	"strings"

	"raftplay/raft"
)

// Table is the trace table of one section: a row for each recorded event at a
// node, in the form of the reference documents.
type Table struct {
	Title string // the section's title, "" before the first
	First int    // Seq of the section's first event
	Rows  []Row
}

// Row is one recorded event at one node.
type Row struct {
	Event  int         // Seq
	Node   raft.NodeID // where it happened
	Op     string      // what happened, as "ae+N-2 t-1 i-1 lt-1 e-1 c-1"
	Roles  []string    // FLWR, CNDI or LEAD of every node after the event, from N-1 on
	Deltas []string    // what changed at every node since the row before, as "t-1 li-2"
}

// Tables reads the trace tables out of a journal, one for each section.
func Tables(j *Journal) []Table {
	w := tableWriter{journal: j, state: NewState(j.nodes), minority: make([]bool, j.nodes+1)}
	for seq := 1; seq <= j.Len(); seq++ {
		w.add(j.Event(seq))
	}
	if len(w.tables) > 1 && len(w.tables[0].Rows) == 0 && w.tables[0].Title == "" {
		return w.tables[1:] // only the start of the cluster stands before the first section
	}
	return w.tables
}

// tableWriter makes the rows, one event after the other.
type tableWriter struct {
	journal  *Journal
	state    *State
	minority []bool // who is cut off from a majority
	tables   []Table
	seen     []digestOfNode // as of the last row; nil at the start of a section
}

// digestOfNode is what the Delta column speaks of.
type digestOfNode struct {
	term, lastTerm raft.Term
	last, commit   raft.Index
	minority       bool
}

func (w *tableWriter) add(e *Event) {
	if e.Kind == Section || len(w.tables) == 0 {
		w.tables = append(w.tables, Table{Title: e.Text, First: e.Seq})
		w.seen = nil
	}
	server := e.Node != raft.None && e.Node != raft.Client
	before := ""
	if server {
		before = tableRole(w.state.Nodes[e.Node].Role)
	}
	w.state.Apply(e)
	split := w.minority
	if e.Kind == Network {
		w.minority = w.state.minorities()
	}
	if e.Unrecorded {
		return
	}
	for i, minority := range w.minority {
		if minority && !split[i] {
			w.row(e, raft.NodeID(i), "NETSPLIT")
		} else if !minority && split[i] {
			w.row(e, raft.NodeID(i), "NETJOIN")
		}
	}
	if at, op := w.op(e); op != "" {
		w.row(e, at, op)
	}
	if server {
		role := tableRole(w.state.Nodes[e.Node].Role)
		switched := role != before && (e.Kind == Handle || e.Kind == Timeout)
		if switched || e.Kind == Timeout && role == "CNDI" {
			w.row(e, e.Node, "NEW ROLE")
		}
	}
}

// op returns the text of the event's own row and the node in whose column it
// stands, or "" if it has none.
func (w *tableWriter) op(e *Event) (raft.NodeID, string) {
	switch e.Kind {
	case Crash:
		return e.Node, "CRASH"
	case Restart:
		return e.Node, "RESTART"
	case Ask:
		return e.Node, "CMD START"
	case Send:
		return e.Node, MessageOp(w.journal.Message(e.Message), true)
	case Handle:
		m := w.journal.Message(e.Message)
		if m.Type == raft.ClientReply {
			return m.From, "CMD DONE"
		}
		return e.Node, MessageOp(m, false)
	}
	return raft.None, ""
}

func (w *tableWriter) row(e *Event, at raft.NodeID, op string) {
	row := Row{Event: e.Seq, Node: at, Op: op}
	now := make([]digestOfNode, len(w.state.Nodes))
	for i := 1; i < len(now); i++ {
		n := &w.state.Nodes[i]
		now[i] = digestOfNode{n.CurrentTerm, n.LastTerm(), raft.Index(len(n.Log)), n.CommitIndex, w.minority[i]}
		row.Roles = append(row.Roles, tableRole(n.Role))
		delta := ""
		if w.seen != nil {
			delta = deltaText(w.seen[i], now[i])
		}
		row.Deltas = append(row.Deltas, delta)
	}
	w.seen = now
	t := &w.tables[len(w.tables)-1]
	t.Rows = append(t.Rows, row)
}

func deltaText(was, is digestOfNode) string {
	var parts []string
	add := func(changed bool, name string, value uint64) {
		if changed {
			parts = append(parts, name+strconv.FormatUint(value, 10))
		}
	}
	add(was.term != is.term, "t-", uint64(is.term))
	add(was.lastTerm != is.lastTerm, "lt-", uint64(is.lastTerm))
	add(was.last != is.last, "li-", uint64(is.last))
	add(was.commit != is.commit, "ci-", uint64(is.commit))
	network := uint64(1)
	if is.minority {
		network = 2
	}
	add(was.minority != is.minority, "n=", network)
	return strings.Join(parts, " ")
}

func tableRole(r raft.Role) string {
	switch r {
	case raft.Follower:
		return "FLWR"
	case raft.Leader:
		return "LEAD"
	}
	return "CNDI"
}

// minorities tells of each node whether it is cut off from a majority: fewer
// than half of the servers are in two-way contact with it.
func (s *State) minorities() []bool {
	out := make([]bool, len(s.Nodes))
	for i := 1; i < len(s.Nodes); i++ {
		reached := raft.SetOf(raft.NodeID(i))
		for grown := true; grown; {
			grown = false
			for a := reached.Next(raft.None); a != raft.None; a = reached.Next(a) {
				for b := 1; b < len(s.Nodes); b++ {
					id := raft.NodeID(b)
					if !reached.Has(id) && s.Links[a][b] == Open && s.Links[b][a] == Open {
						reached, grown = reached.With(id), true
					}
				}
			}
		}
		out[i] = 2*reached.Len() <= len(s.Nodes)-1
	}
	return out
}

// MessageOp returns a message as the trace table writes it, at its sender or at
// its receiver; "" for the client's messages, which have rows of another kind.
func MessageOp(m Message, atSender bool) string {
	number := func(name string, value uint64) string { return " " + name + strconv.FormatUint(value, 10) }
	truth := map[bool]string{true: "True", false: "False"}[m.OK]
	named := func(name string) string {
		if atSender {
			return name + "+" + m.To.String()
		}
		return m.From.String() + "+" + name
	}
	request := number("t-", uint64(m.Term)) + number("li-", uint64(m.LastLogIndex)) + number("lt-", uint64(m.LastLogTerm))
	switch m.Type {
	case raft.PreVote:
		return named("p_v_r") + request
	case raft.PreVoteReply:
		return named("p_v") + " yes-" + truth
	case raft.RequestVote:
		return named("poll") + request
	case raft.RequestVoteReply:
		return named("vote") + " yes-" + truth
	case raft.AppendEntries:
		return named("ae") + number("t-", uint64(m.Term)) + number("i-", uint64(m.PrevLogIndex)) +
			number("lt-", uint64(m.PrevLogTerm)) + number("e-", uint64(len(m.Entries))) + number("c-", uint64(m.LeaderCommit))
	case raft.AppendEntriesReply:
		last := m.MatchIndex
		if !m.OK {
			last = m.LastLogIndex
		}
		return m.From.String() + "+ae_reply ok-" + truth + number("mi-", uint64(last))
	}
	return ""
}
