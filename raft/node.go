package raft

// State is the part of a server's state that fits in a few words; its log and
// its store stand beside it. It can be compared with ==. The names are those of
// Figure 2.
type State struct {
	ID   NodeID
	Role Role

	// Persistent, with the log.
	CurrentTerm Term
	VotedFor    NodeID // candidate that received the vote in currentTerm

	// Volatile on all servers.
	CommitIndex Index
	LastApplied Index
	Leader      NodeID // the leader of currentTerm, as far as known
	// ContactUntil is the virtual time, in milliseconds, until which the server
	// counts as in contact with its leader (diss. §4.2.3); 0 when out of contact.
	ContactUntil int64

	// Volatile on candidates: who has answered in this round.
	Granted, Refused NodeSet
	Forced           bool // asks for votes although a leader is known (diss. §4.2.3)

	// Volatile on leaders.
	Active   NodeSet // heard from since the last quorum check (diss. §6.2)
	Progress [MaxNodes + 1]Progress
}

// Progress is what a leader knows of one follower.
type Progress struct {
	NextIndex  Index // the next entry to send
	MatchIndex Index // the highest entry known to be stored
	Sent       Index // the highest entry that is under way or stored
	Probing    bool  // the last answer was a refusal: one try at a time
}

// TimerOp tells what to do with a timer.
type TimerOp uint8

// What a node wants done with its timers.
const (
	Keep TimerOp = iota
	Restart
	Stop
)

// Output is what a node wants done after an input, and why it decided so. It is
// overwritten by the next input.
type Output struct {
	Messages  []Message // to send, in order; From is set
	Notes     []Note    // the decisions made
	Election  TimerOp
	Heartbeat TimerOp
}

// Options are what a server is started with.
type Options struct {
	ID            NodeID
	Rules         Rules
	Configuration Configuration
	// MinElectionTimeout, in virtual milliseconds, is how long a server counts as
	// in contact with a leader after hearing from it.
	MinElectionTimeout int64
}

// Node is one server. It is not safe for concurrent use.
type Node struct {
	State
	Log           Log
	Store         Store
	Configuration Configuration
	Rules         Rules

	contactFor int64
	now        int64 // of the current input
	out        Output
}

// New returns a server that starts for the first time: a follower in term 0 with
// an empty log.
func New(o Options) *Node {
	n := &Node{Rules: o.Rules, Configuration: o.Configuration, contactFor: o.MinElectionTimeout}
	n.ID = o.ID
	return n
}

// Clone returns an independent copy. Logs and stores are shared until changed.
func (n *Node) Clone() *Node {
	c := *n
	c.Log, c.Store, c.out = n.Log.Clone(), n.Store.Clone(), Output{}
	return &c
}

// Successor returns a copy that goes on in the node's place. From then on the
// node may be read and cloned, but no longer changed: its log and its store grow
// in the copy, without being copied themselves.
func (n *Node) Successor() *Node {
	c := *n
	c.out = Output{}
	return &c
}

// Output returns what the last input led to.
func (n *Node) Output() *Output { return &n.out }

// Receive handles one message at the virtual time now, in milliseconds.
func (n *Node) Receive(now int64, m *Message) {
	n.begin(now)
	switch m.Type {
	case PreVote:
		n.handlePreVote(m)
	case PreVoteReply:
		n.handlePreVoteReply(m)
	case RequestVote:
		n.handleRequestVote(m)
	case RequestVoteReply:
		n.handleRequestVoteReply(m)
	case AppendEntries:
		n.handleAppendEntries(m)
	case AppendEntriesReply:
		n.handleAppendEntriesReply(m)
	case ClientRequest:
		n.handleClientRequest(m)
	}
}

// ElectionTimeout tells the server that its election timer has run out. A
// follower or candidate starts an election (§5.2); a leader under check-quorum
// looks whether it still has a majority (diss. §6.2).
func (n *Node) ElectionTimeout(now int64) {
	n.begin(now)
	if n.Role == Leader {
		n.checkQuorum()
		return
	}
	n.campaign(false)
}

// Campaign makes the server start an election whatever it has heard, with
// requests that the others answer even while they know a leader, as in a
// leadership transfer (diss. §4.2.3). A leader stays what it is.
func (n *Node) Campaign(now int64) {
	n.begin(now)
	if n.Role == Leader {
		n.note(NoteLeaderNeedsNoElection)
		return
	}
	n.campaign(true)
}

// HeartbeatTimeout tells a leader that it is time for heartbeats (§5.2). Other
// servers have none to send.
func (n *Node) HeartbeatTimeout(now int64) {
	n.begin(now)
	if n.Role != Leader {
		n.note(NoteOnlyLeadersBeat)
		return
	}
	n.sendHeartbeats()
}

// Crash loses everything that Figure 2 calls volatile, and whatever the rules
// forget to persist. What is left is what the server restarts with.
func (n *Node) Crash() {
	n.begin(n.now)
	disk := State{ID: n.ID, CurrentTerm: n.CurrentTerm, VotedFor: n.VotedFor}
	if !n.Rules.PersistsTerm {
		disk.CurrentTerm = 0
	}
	if !n.Rules.PersistsVote {
		disk.VotedFor = None
	}
	if !n.Rules.PersistsLog {
		n.Log.TruncateFrom(n.Log.FirstIndex())
	}
	n.State, n.Store = disk, Store{}
	n.out.Election, n.out.Heartbeat = Stop, Stop
	n.note(NoteCrashed)
}

// Boot starts the server after a crash.
func (n *Node) Boot(now int64) {
	n.begin(now)
	n.out.Election = Restart
	n.note(NoteRestarted, uint64(n.CurrentTerm), uint64(n.Log.LastIndex()))
}

// Wipe empties the server's disk: it returns as if it had never run.
func (n *Node) Wipe() {
	n.begin(n.now)
	n.Log.TruncateFrom(n.Log.FirstIndex())
	n.State, n.Store = State{ID: n.ID}, Store{}
	n.note(NoteWiped)
}

// Edit is an intervention from outside the protocol. Nil and zero fields change
// nothing.
type Edit struct {
	Term         *Term   `json:"term,omitempty"`         // the new currentTerm
	Vote         *NodeID `json:"vote,omitempty"`         // the new votedFor
	TruncateFrom Index   `json:"truncateFrom,omitempty"` // remove the entry here and all that follow
}

// Edit changes the server's state by hand, for an experiment.
func (n *Node) Edit(e Edit) {
	n.begin(n.now)
	if e.Term != nil {
		n.CurrentTerm = *e.Term
	}
	if e.Vote != nil {
		n.VotedFor = *e.Vote
	}
	if e.TruncateFrom > 0 {
		n.Log.TruncateFrom(e.TruncateFrom)
	}
	n.note(NoteEdited)
}

func (n *Node) begin(now int64) {
	n.now = now
	n.out.Messages, n.out.Notes = n.out.Messages[:0], n.out.Notes[:0]
	n.out.Election, n.out.Heartbeat = Keep, Keep
}

func (n *Node) send(m Message) {
	m.From = n.ID
	n.out.Messages = append(n.out.Messages, m)
}

func (n *Node) note(code NoteCode, args ...uint64) {
	note := Note{Code: code}
	copy(note.Args[:], args)
	n.out.Notes = append(n.out.Notes, note)
}

// peers returns the other servers of the cluster.
func (n *Node) peers() NodeSet { return n.Configuration.Members().Without(n.ID) }

// inContact reports whether the server has heard from a leader within the
// minimum election timeout. A leader is in contact with itself.
func (n *Node) inContact() bool { return n.Role == Leader || n.now < n.ContactUntil }

// observe applies the rule for all servers of Figure 2: if a message contains a
// term higher than currentTerm, adopt it and become a follower (§5.1).
func (n *Node) observe(m *Message) {
	if m.Term <= n.CurrentTerm {
		return
	}
	if n.Role == Leader && !n.Rules.StepsDown {
		n.note(NoteStaysLeader, uint64(m.Term), uint64(n.CurrentTerm))
		n.CurrentTerm, n.VotedFor = m.Term, None
		return
	}
	n.note(NoteHigherTerm, uint64(m.Term), uint64(n.CurrentTerm))
	n.becomeFollower(m.Term, None)
}

// becomeFollower enters term t (never an earlier one) as a follower of leader.
func (n *Node) becomeFollower(t Term, leader NodeID) {
	if n.Role == Leader {
		n.out.Election = Restart // it had none of a follower's
	}
	if t > n.CurrentTerm {
		n.CurrentTerm, n.VotedFor, n.Leader, n.ContactUntil = t, None, None, 0
	}
	n.endRound()
	n.Role = Follower
	if leader != None {
		n.Leader = leader
	}
	n.out.Heartbeat = Stop
}

// endRound forgets the volatile state of candidates and leaders.
func (n *Node) endRound() {
	n.Granted, n.Refused, n.Forced = 0, 0, false
	if n.Role == Leader {
		n.Leader, n.Active, n.Progress = None, 0, [MaxNodes + 1]Progress{}
	}
}
