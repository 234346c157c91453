package raft

// handleClientRequest is what a server does when a client asks (§8): the leader
// appends the command to its log (§5.3) and answers once it is applied; a
// follower names the leader; a server that knows none asks the client to retry.
func (n *Node) handleClientRequest(m *Message) {
	reply := Message{Type: ClientReply, To: Client, Term: n.CurrentTerm, Serial: m.Serial}
	switch {
	case n.Role == Leader:
		if n.Rules.SerialNumbers {
			if result, done := n.Store.Answer(m.Serial); done {
				n.note(NoteAppliedBefore, uint64(m.Serial))
				reply.Status, reply.Text = Result, result
				n.send(reply)
				return
			}
		}
		n.propose(Entry{Term: n.CurrentTerm, Kind: CommandEntry, Serial: m.Serial, Command: m.Text})
		return
	case n.Role == Follower && n.Leader != None:
		n.note(NoteRedirected, uint64(n.Leader))
		reply.Status, reply.Leader = Redirect, n.Leader
	default:
		n.note(NoteNoLeader)
		reply.Status = Retry
	}
	n.send(reply)
}
