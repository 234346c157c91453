/**
 * The fold: the complete visible state after an event, from the state before
 * it. It does exactly what raft/trace/state.go does; a test compares the two
 * after every event.
 *
 * @typedef {import('./types.js').Event} Event
 * @typedef {import('./types.js').Field} Field
 * @typedef {import('./types.js').NodeState} NodeState
 * @typedef {import('./types.js').Packet} Packet
 * @typedef {import('./types.js').State} State
 */
import { AT_WALL, CLIENT, FREE, HELD } from './types.js'
import { Log } from './log.js'

const SEATS = 16

/** @param {number} id @returns {NodeState} */
function newNode(id) {
  return {
    id, role: 0, term: 0, vote: 0, leader: 0, commit: 0, applied: 0, contact: 0, granted: 0, refused: 0, active: 0,
    up: 0, electionDue: 0, heartbeatDue: 0, next: new Array(SEATS).fill(0), match: new Array(SEATS).fill(0),
    log: new Log(), kv: [], out: [], in: [],
  }
}

/** @param {number} nodes @returns {State} the state before the first event of servers 1 to nodes */
export function newState(nodes) {
  const seats = Array.from({ length: nodes + 1 }, (_, id) => newNode(id))
  return { n: 0, t: 0, run: 0, nodes: seats, client: [], links: new Uint8Array(SEATS * SEATS) }
}

/** @param {Packet} p */
const copy = p => ({ m: p.m, due: p.due, hold: p.hold })

/** @param {State} s @returns {State} an independent copy */
export function clone(s) {
  const nodes = s.nodes.map(n => ({
    ...n, next: n.next.slice(), match: n.match.slice(), log: n.log.clone(), out: n.out.map(copy), in: n.in.map(copy),
  }))
  return { ...s, nodes, client: s.client.map(copy), links: s.links.slice() }
}

/** @param {State} s @param {number} from @param {number} to */
export const link = (s, from, to) => s.links[from * SEATS + to]

/** @param {Event} e @param {Field} field @returns {number | undefined} the new value, if the event changed it */
export function valueOf(e, field) {
  return e.c?.find(c => c[0] === field)?.[1]
}

/**
 * @param {State} s
 * @param {number} id
 * @param {number} [near]  the node at which to look first
 * @returns {{queue: Packet[], i: number, outbox: boolean} | null} where a message waits
 */
function locate(s, id, near = 0) {
  /** @param {Packet[]} queue @param {boolean} outbox */
  const within = (queue, outbox) => {
    for (let i = 0; i < queue.length; i++) if (queue[i].m.id === id) return { queue, i, outbox }
    return null
  }
  /** @param {NodeState | undefined} n */
  const at = n => n && (within(n.in, false) ?? within(n.out, true))
  let found = at(s.nodes[near]) ?? null
  for (let i = 1; !found && i < s.nodes.length; i++) found = at(s.nodes[i]) ?? null
  return found ?? within(s.client, false)
}

/** @param {State} s @param {number} to */
const inbox = (s, to) => (to === CLIENT ? s.client : s.nodes[to].in)

/** @param {State} s @param {Event} e */
function waiting(s, e) {
  const found = locate(s, e.m ?? 0, e.at)
  if (!found) throw new Error(`event ${e.n} moves message m${e.m}, which is not waiting`)
  return found
}

/** @param {State} s @param {Event} e @returns {Packet} taken out of its queue */
function take(s, e) {
  const { queue, i } = waiting(s, e)
  return queue.splice(i, 1)[0]
}

/** @param {State} s @param {Event} e */
function moveMessage(s, e) {
  switch (e.k) {
    case 'send': {
      const p = take(s, e)
      p.due = valueOf(e, 'due') ?? 0
      inbox(s, p.m.o).push(p)
      break
    }
    case 'handle':
    case 'lose':
    case 'drop':
      take(s, e)
      break
    case 'delay':
    case 'release':
    case 'park': {
      const { queue, i } = waiting(s, e)
      hold(queue[i], e)
      break
    }
    case 'reorder': {
      const p = take(s, e)
      const behind = locate(s, valueOf(e, 'after') ?? 0)
      if (!behind) throw new Error(`event ${e.n} puts m${e.m} behind a message that is not waiting`)
      behind.queue.splice(behind.i + 1, 0, p)
      break
    }
    case 'ask':
      for (const m of e.new ?? []) inbox(s, m.o).push({ m, due: valueOf(e, 'due') ?? 0, hold: FREE })
      break
    case 'duplicate': {
      const { queue, i } = waiting(s, e)
      for (const m of e.new ?? []) queue.push({ m, due: valueOf(e, 'due') ?? 0, hold: queue[i].hold })
      break
    }
  }
}

/** @param {Packet} p @param {Event} e */
function hold(p, e) {
  const due = valueOf(e, 'due')
  if (e.k === 'park') p.hold = AT_WALL
  else if (e.k === 'delay' && due === undefined) p.hold = HELD
  else {
    p.hold = FREE
    p.due = due ?? 0
  }
}

/** @param {NodeState} n @param {Event} e */
function changeNode(n, e) {
  for (const [field, value, peer] of e.c ?? []) {
    switch (field) {
      case 'next':
        n.next[peer ?? 0] = value
        break
      case 'match':
        n.match[peer ?? 0] = value
        break
      case 'last':
        n.log.truncate(value)
        break
      case 'emptied':
        n.kv = []
        break
      case 'due':
      case 'after':
      case 'timers':
        break // of the message, of the cluster
      default:
        n[field] = value
    }
  }
  if (e.log) n.log.append(e.log)
  if (e.kv) n.kv = written(n.kv, e.kv)
  if (e.new && e.k !== 'ask' && e.k !== 'duplicate') {
    for (const m of e.new) n.out.push({ m, due: 0, hold: FREE })
  }
}

/**
 * @param {[string, string][]} store
 * @param {([string, string] | [string])[]} writes
 * @returns {[string, string][]} a new store
 */
function written(store, writes) {
  const all = new Map(store)
  for (const [key, value] of writes) {
    if (value === undefined) all.delete(key)
    else all.set(key, value)
  }
  return [...all].sort(([a], [b]) => byBytes(a, b))
}

/** Go compares strings by their UTF-8 bytes, which is by their code points. @param {string} a @param {string} b */
function byBytes(a, b) {
  const x = Array.from(a, sign => sign.codePointAt(0) ?? 0)
  const y = Array.from(b, sign => sign.codePointAt(0) ?? 0)
  for (let i = 0; i < Math.min(x.length, y.length); i++) if (x[i] !== y[i]) return x[i] - y[i]
  return x.length - y.length
}

/**
 * Folds the next event into the state.
 * @param {State} s
 * @param {Event} e
 */
export function apply(s, e) {
  if (e.n !== s.n + 1) throw new Error(`event ${e.n} does not follow event ${s.n}`)
  s.n = e.n
  s.t = e.t ?? 0
  for (const [from, to, state] of e.net ?? []) s.links[from * SEATS + to] = state
  if (e.k === 'clock' || e.k === 'start') s.run = valueOf(e, 'timers') ?? s.run
  moveMessage(s, e)
  const at = e.at ?? 0
  if (at > 0 && at < s.nodes.length) changeNode(s.nodes[at], e)
}
