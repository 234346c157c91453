package raft

// MessageType tells what a message is. A Raft RPC is two messages here, request
// and reply, because the network may lose, delay, reorder or repeat either.
type MessageType uint8

// The messages of Figure 2, of pre-voting (diss. §9.6), and of the client (§8).
const (
	PreVote MessageType = iota + 1
	PreVoteReply
	RequestVote
	RequestVoteReply
	AppendEntries
	AppendEntriesReply
	ClientRequest
	ClientReply
)

// MessageTypes lists every type, in order.
var MessageTypes = [...]MessageType{PreVote, PreVoteReply, RequestVote, RequestVoteReply,
	AppendEntries, AppendEntriesReply, ClientRequest, ClientReply}

var messageNames = [...]string{"", "PreVote", "PreVoteReply", "RequestVote", "RequestVoteReply",
	"AppendEntries", "AppendEntriesReply", "ClientRequest", "ClientReply"}

// String returns the type's name in the paper.
func (t MessageType) String() string { return messageNames[t] }

// AnswerStatus is what a client learns from an answer.
type AnswerStatus uint8

const (
	// Result: the command was committed and applied; the text is its result.
	Result AnswerStatus = iota + 1
	// Redirect: the server is not the leader, and names the one it knows (§8).
	Redirect
	// Retry: the server knows no leader just now; ask again later.
	Retry
)

// String returns the status as one lower-case word.
func (s AnswerStatus) String() string { return [...]string{"", "result", "redirect", "retry"}[s] }

// Message is everything that servers and the client say to each other. Which
// fields have a meaning depends on Type; the rest are zero. Messages are never
// changed once sent, and Entries shares the sender's log.
type Message struct {
	Type     MessageType
	From, To NodeID
	Term     Term // sender's currentTerm; in PreVote the term it would campaign in

	// RequestVote and PreVote; LastLogIndex also in an AppendEntriesReply that refuses.
	LastLogIndex Index
	LastLogTerm  Term
	Forced       bool // answer although a leader is known (diss. §4.2.3)

	// AppendEntries; PrevLogIndex is echoed in its reply.
	PrevLogIndex Index
	PrevLogTerm  Term
	LeaderCommit Index
	Entries      []Entry

	// Replies.
	OK            bool  // vote granted, or entries accepted
	MatchIndex    Index // last index at which the replier's log is known to match
	ConflictIndex Index // where the leader should look next (§5.3)
	ConflictTerm  Term  // term of the entry in the way, 0 if the log is too short

	// Client.
	Serial uint32 // the client's number for its request
	Status AnswerStatus
	Leader NodeID // whom a Redirect names
	Text   string // the command, or its result
}
