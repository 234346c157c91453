/**
 * The journal's compact JSON, used as it comes: keys whose value is zero are
 * absent. Go writes it (raft/trace/json.go); these types are its description.
 *
 * @typedef {number} NodeId  a server: 1 to 15; 16 is the client; 0 is none
 *
 * @typedef {[number] | [number, number, string]} Entry
 *   [term] is a TERM_START no-op, [term, serial, command] a client's command
 *
 * @typedef {'pv'|'pvr'|'rv'|'rvr'|'ae'|'aer'|'cq'|'ca'} MessageType
 *
 * @typedef {object} Message
 * @property {number} id
 * @property {number} [of]  the message that this one is a duplicate of
 * @property {MessageType} y
 * @property {NodeId} f  from
 * @property {NodeId} o  to
 * @property {number} [t]  the sender's term
 * @property {number} [li]  lastLogIndex
 * @property {number} [lt]  lastLogTerm
 * @property {number} [fd]  1: answer although a leader is known
 * @property {number} [pi]  prevLogIndex
 * @property {number} [pt]  prevLogTerm
 * @property {number} [lc]  leaderCommit
 * @property {Entry[]} [e]  entries
 * @property {number} [ok]  1: granted or accepted
 * @property {number} [mi]  matchIndex
 * @property {number} [ci]  conflictIndex
 * @property {number} [ct]  conflictTerm
 * @property {number} [s]  the client's serial number
 * @property {'result'|'redirect'|'retry'} [st]  status of an answer
 * @property {NodeId} [ld]  the leader that a redirect names
 * @property {string} [x]  the command, or its result
 *
 * @typedef {'start'|'section'|'timeout'|'heartbeat'|'ask'|'send'|'handle'|'lose'|'drop'|'duplicate'|'delay'|
 *   'release'|'reorder'|'park'|'crash'|'restart'|'wipe'|'network'|'edit'|'clock'} Kind
 *
 * @typedef {'role'|'term'|'vote'|'leader'|'commit'|'applied'|'contact'|'granted'|'refused'|'active'|'next'|'match'|
 *   'last'|'emptied'|'up'|'electionDue'|'heartbeatDue'|'timers'|'due'|'after'} Field
 *
 * @typedef {[Field, number] | [Field, number, NodeId]} Change  field, new value, peer (of next and match)
 *
 * @typedef {[string, ...number[]]} Note  a decision: its name and the numbers that it rests on
 *
 * @typedef {object} Event
 * @property {number} n  sequence number, from 1
 * @property {number} [t]  virtual milliseconds
 * @property {Kind} k
 * @property {NodeId} [at]
 * @property {number} [m]  the message that it happened to
 * @property {number} [by]  the event that made it possible
 * @property {number} [a]  the action that led to it, from 1
 * @property {number} [v]  the move within a policy's run, from 1
 * @property {number} [q]  1: not in the trace table
 * @property {Change[]} [c]
 * @property {Entry[]} [log]  added to the node's log
 * @property {([string, string] | [string])[]} [kv]  written to, or deleted from, the node's store
 * @property {Message[]} [new]  created by it
 * @property {[NodeId, NodeId, number][]} [net]  links: from, to, 0 open, 1 cut, 2 holding
 * @property {Note[]} [why]
 * @property {string} [text]
 *
 * @typedef {object} Packet  a message that waits
 * @property {Message} m
 * @property {number} due  virtual ms at which it arrives, 0 in an outbox
 * @property {number} hold  0 free, 1 held back by hand, 2 at the wall
 *
 * @typedef {object} NodeState
 * @property {NodeId} id
 * @property {number} role  0 follower, 1 pre-candidate, 2 candidate, 3 leader
 * @property {number} term
 * @property {NodeId} vote
 * @property {NodeId} leader
 * @property {number} commit
 * @property {number} applied
 * @property {number} contact
 * @property {number} granted  set of servers: bit 1 is N-1
 * @property {number} refused
 * @property {number} active
 * @property {number} up  1 running, 0 down
 * @property {number} electionDue  virtual ms, 0 if the timer does not run
 * @property {number} heartbeatDue
 * @property {number[]} next  nextIndex by server
 * @property {number[]} match  matchIndex by server
 * @property {import('./log.js').Log} log
 * @property {[string, string][]} kv  the store, ascending by key
 * @property {Packet[]} out  the outbox
 * @property {Packet[]} in  the inbox
 *
 * @typedef {object} State  everything visible after event n
 * @property {number} n
 * @property {number} t
 * @property {number} run  1 if the timers run
 * @property {NodeState[]} nodes  nodes[id]; nodes[0] stands for nobody
 * @property {Packet[]} client  answers on their way to the client
 * @property {Uint8Array} links  links[16 * from + to]: 0 open, 1 cut, 2 holding
 *
 * @typedef {Record<string, any> & {do: string}} Action  as the server's API documents it
 *
 * @typedef {object} Vocabulary
 * @property {Record<string, {text: string, section?: string}>} notes
 */

/** The address of the client. */
export const CLIENT = 16

export const FOLLOWER = 0
export const PRE_CANDIDATE = 1
export const CANDIDATE = 2
export const LEADER = 3

export const FREE = 0
export const HELD = 1
export const AT_WALL = 2

export const CUT = 1
export const HOLDING = 2
