package trace

import (
	"strconv"
	"unicode/utf8"

	"raftplay/raft"
)

// The compact JSON form of events and states. Keys with the value zero are left
// out.
//
//	event    {"n":seq,"t":ms,"k":kind,"at":node,"m":message,"by":cause,"a":action,"v":move,"q":1 if unrecorded,
//	          "c":[[field,value],[field,value,peer]…],"log":[entry…],"kv":[[key,value],[deleted key]…],
//	          "new":[message…],"net":[[from,to,state]…],"why":[[note,number…]…],"text":words}
//	entry    [term] for a no-op, [term,serial,command] for a command
//	message  {"id":id,"of":parent,"y":type,"f":from,"o":to,"t":term,"li":lastLogIndex,"lt":lastLogTerm,"fd":1 if forced,
//	          "pi":prevLogIndex,"pt":prevLogTerm,"lc":leaderCommit,"e":[entry…],"ok":1,"mi":matchIndex,
//	          "ci":conflictIndex,"ct":conflictTerm,"s":serial,"st":status,"ld":leader,"x":text}
//	state    {"n":seq,"t":ms,"run":1,"nodes":[node…],"client":[packet…],"net":[[from,to,state]…]}
//	node     {"id":…, a key for each field that a change can name, "next":[[peer,index]…],"match":[[peer,index]…],
//	          "log":[entry…],"kv":[[key,value]…],"out":[packet…],"in":[packet…]}
//	packet   {"m":message,"due":ms,"hold":1 by hand, 2 at the wall}
//
// Kinds, fields and notes are named as their String methods and [raft.NoteTexts]
// do; message types by [TypeCodes]; a link's state is its number.

// TypeCodes are the short names of message types, by type.
var TypeCodes = [...]string{"", "pv", "pvr", "rv", "rvr", "ae", "aer", "cq", "ca"}

// writer appends JSON, leaving out what is zero.
type writer struct {
	b     []byte
	first bool // no comma yet in this object or array
}

func (w *writer) open(c byte)  { w.b, w.first = append(w.b, c), true }
func (w *writer) close(c byte) { w.b, w.first = append(w.b, c), false }

func (w *writer) comma() {
	if !w.first {
		w.b = append(w.b, ',')
	}
	w.first = false
}

func (w *writer) key(k string) {
	w.comma()
	w.b = append(append(append(w.b, '"'), k...), '"', ':')
}

func (w *writer) uint(v uint64) { w.comma(); w.b = strconv.AppendUint(w.b, v, 10) }

func (w *writer) string(s string) { w.comma(); w.b = appendString(w.b, s) }

func (w *writer) num(k string, v uint64) {
	if v != 0 {
		w.key(k)
		w.b = strconv.AppendUint(w.b, v, 10)
	}
}

func (w *writer) flag(k string, on bool) {
	if on {
		w.num(k, 1)
	}
}

func (w *writer) text(k, s string) {
	if s != "" {
		w.key(k)
		w.b = appendString(w.b, s)
	}
}

// list writes an array of n elements under a key, unless n is 0.
func (w *writer) list(k string, n int, element func(i int)) {
	if n == 0 {
		return
	}
	w.key(k)
	w.open('[')
	for i := range n {
		element(i)
	}
	w.close(']')
}

func appendString(b []byte, s string) []byte {
	b = append(b, '"')
	for _, r := range s {
		switch {
		case r == '"' || r == '\\':
			b = append(b, '\\', byte(r))
		case r == '\n':
			b = append(b, '\\', 'n')
		case r < ' ' || r == '<' || r == '>' || r == '&' || r == '\u2028' || r == '\u2029':
			b = append(b, '\\', 'u')
			hex := strconv.FormatUint(uint64(r), 16)
			b = append(append(b, "0000"[len(hex):]...), hex...)
		default:
			b = utf8.AppendRune(b, r)
		}
	}
	return append(b, '"')
}

// AppendJSON appends the event's compact JSON form to b.
func (e *Event) AppendJSON(b []byte) []byte {
	w := &writer{b: b}
	w.open('{')
	w.num("n", uint64(e.Seq))
	w.num("t", uint64(e.Time))
	w.text("k", e.Kind.String())
	w.num("at", uint64(e.Node))
	w.num("m", uint64(e.Message))
	w.num("by", uint64(e.Cause))
	w.num("a", uint64(e.Action))
	w.num("v", uint64(e.Move))
	w.flag("q", e.Unrecorded)
	w.list("c", len(e.Changes), func(i int) {
		c := e.Changes[i]
		w.comma()
		w.open('[')
		w.string(c.Field.String())
		w.uint(c.Value)
		if c.Peer != raft.None {
			w.uint(uint64(c.Peer))
		}
		w.close(']')
	})
	w.entries("log", e.Entries)
	w.list("kv", len(e.Writes), func(i int) {
		w.comma()
		w.open('[')
		w.string(e.Writes[i].Key)
		if !e.Writes[i].Deleted {
			w.string(e.Writes[i].Value)
		}
		w.close(']')
	})
	w.list("new", len(e.Created), func(i int) { w.comma(); w.message(e.Created[i]) })
	w.links("net", e.Links)
	w.list("why", len(e.Notes), func(i int) {
		info := e.Notes[i].Code.Info()
		w.comma()
		w.open('[')
		w.string(info.Name)
		for k := range info.Numbers() {
			w.uint(e.Notes[i].Args[k])
		}
		w.close(']')
	})
	w.text("text", e.Text)
	w.close('}')
	return w.b
}

// MarshalJSON returns the compact JSON form.
func (e *Event) MarshalJSON() ([]byte, error) { return e.AppendJSON(nil), nil }

func (w *writer) entries(k string, entries []raft.Entry) {
	w.list(k, len(entries), func(i int) {
		e := entries[i]
		w.comma()
		w.open('[')
		w.uint(uint64(e.Term))
		if e.Kind == raft.CommandEntry {
			w.uint(uint64(e.Serial))
			w.string(e.Command)
		}
		w.close(']')
	})
}

func (w *writer) links(k string, links []Link) {
	w.list(k, len(links), func(i int) {
		w.comma()
		w.open('[')
		w.uint(uint64(links[i].From))
		w.uint(uint64(links[i].To))
		w.uint(uint64(links[i].State))
		w.close(']')
	})
}

func (w *writer) message(m Message) {
	w.open('{')
	w.num("id", uint64(m.ID))
	w.num("of", uint64(m.Parent))
	w.text("y", TypeCodes[m.Type])
	w.num("f", uint64(m.From))
	w.num("o", uint64(m.To))
	w.num("t", uint64(m.Term))
	w.num("li", uint64(m.LastLogIndex))
	w.num("lt", uint64(m.LastLogTerm))
	w.flag("fd", m.Forced)
	w.num("pi", uint64(m.PrevLogIndex))
	w.num("pt", uint64(m.PrevLogTerm))
	w.num("lc", uint64(m.LeaderCommit))
	w.entries("e", m.Entries)
	w.flag("ok", m.OK)
	w.num("mi", uint64(m.MatchIndex))
	w.num("ci", uint64(m.ConflictIndex))
	w.num("ct", uint64(m.ConflictTerm))
	w.num("s", uint64(m.Serial))
	w.text("st", m.Status.String())
	w.num("ld", uint64(m.Leader))
	w.text("x", m.Text)
	w.close('}')
}

// AppendJSON appends the state's compact JSON form to b.
func (s *State) AppendJSON(b []byte) []byte {
	w := &writer{b: b}
	w.open('{')
	w.num("n", uint64(s.Seq))
	w.num("t", uint64(s.Time))
	w.flag("run", s.Running)
	w.list("nodes", len(s.Nodes)-1, func(i int) { w.comma(); w.node(&s.Nodes[i+1]) })
	w.packets("client", s.Client)
	var cut []Link
	for from := range s.Links {
		for to, state := range s.Links[from] {
			if state != Open {
				cut = append(cut, Link{raft.NodeID(from), raft.NodeID(to), state})
			}
		}
	}
	w.links("net", cut)
	w.close('}')
	return w.b
}

func (w *writer) node(n *NodeState) {
	w.open('{')
	w.num("id", uint64(n.ID))
	w.num("role", uint64(n.Role))
	w.num("term", uint64(n.CurrentTerm))
	w.num("vote", uint64(n.VotedFor))
	w.num("leader", uint64(n.Leader))
	w.num("commit", uint64(n.CommitIndex))
	w.num("applied", uint64(n.LastApplied))
	w.num("contact", uint64(n.ContactUntil))
	w.num("granted", uint64(n.Granted))
	w.num("refused", uint64(n.Refused))
	w.num("active", uint64(n.Active))
	w.flag("up", n.Up)
	w.num("electionDue", uint64(n.ElectionDue))
	w.num("heartbeatDue", uint64(n.HeartbeatDue))
	var next, match []Change
	for id := range n.Progress {
		p := &n.Progress[id]
		if p.NextIndex != 0 {
			next = append(next, Change{Peer: raft.NodeID(id), Value: uint64(p.NextIndex)})
		}
		if p.MatchIndex != 0 {
			match = append(match, Change{Peer: raft.NodeID(id), Value: uint64(p.MatchIndex)})
		}
	}
	w.progress("next", next)
	w.progress("match", match)
	w.entries("log", n.Log)
	w.list("kv", len(n.Store), func(i int) {
		w.comma()
		w.open('[')
		w.string(n.Store[i].Key)
		w.string(n.Store[i].Value)
		w.close(']')
	})
	w.packets("out", n.Outbox)
	w.packets("in", n.Inbox)
	w.close('}')
}

func (w *writer) progress(k string, of []Change) {
	w.list(k, len(of), func(i int) {
		w.comma()
		w.open('[')
		w.uint(uint64(of[i].Peer))
		w.uint(of[i].Value)
		w.close(']')
	})
}

func (w *writer) packets(k string, q []Packet) {
	w.list(k, len(q), func(i int) {
		w.comma()
		w.open('{')
		w.key("m")
		w.message(q[i].Message)
		w.num("due", uint64(q[i].Due))
		w.num("hold", uint64(q[i].Hold))
		w.close('}')
	})
}

// MarshalJSON returns the compact JSON form.
func (s *State) MarshalJSON() ([]byte, error) { return s.AppendJSON(nil), nil }

// Vocabulary is what a reader of the JSON form needs beside it to put events
// into words: how each note reads, by its name.
func Vocabulary() map[string]raft.NoteText {
	v := make(map[string]raft.NoteText, len(raft.NoteTexts))
	for _, t := range raft.NoteTexts {
		v[t.Name] = t
	}
	return v
}
