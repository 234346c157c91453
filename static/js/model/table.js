/**
 * The trace table of each section, in the form of the reference documents. It
 * mirrors raft/trace/table.go.
 *
 * @typedef {import('./types.js').Event} Event
 * @typedef {import('./types.js').Message} Message
 * @typedef {import('./types.js').State} State
 * @typedef {import('./journal.js').Journal} Journal
 *
 * @typedef {object} Row  one recorded event at one node
 * @property {number} event
 * @property {number} node
 * @property {string} op
 * @property {string[]} roles  of N-1, N-2, … after the event
 * @property {string[]} deltas  what changed at each since the row before
 *
 * @typedef {{title: string, first: number, rows: Row[]}} Table
 * @typedef {{term: number, lastTerm: number, last: number, commit: number, minority: boolean}} Seen
 */
import { CLIENT } from './types.js'
import { apply, link, newState } from './fold.js'
import { nodeName } from './words.js'

/** @param {Journal} journal @param {number} [upTo] @returns {Table[]} */
export function tables(journal, upTo = journal.length) {
  const writer = new TableWriter(journal)
  writer.read(upTo)
  return writer.sections
}

/** Makes the tables of a journal, and goes on as it grows. */
export class TableWriter {
  /** @param {Journal} journal */
  constructor(journal) {
    this.journal = journal
    this.state = newState(journal.nodes)
    /** @type {boolean[]} */
    this.minority = new Array(journal.nodes + 1).fill(false)
    /** @type {Table[]} */
    this.tables = []
    /** @type {Seen[] | null} as of the last row, null at the start of a section */
    this.seen = null
  }

  /** The tables so far: the first is left out if only the start of the cluster stands before the first section. */
  get sections() {
    const [before, ...sections] = this.tables
    return sections.length && !before.rows.length && !before.title ? sections : this.tables
  }

  /** Reads on. @param {number} [upTo] the last event to read */
  read(upTo = this.journal.length) {
    while (this.state.n < upTo) this.add(this.journal.event(this.state.n + 1))
  }

  /** @param {Event} e */
  add(e) {
    if (e.k === 'section' || !this.tables.length) {
      this.tables.push({ title: e.text ?? '', first: e.n, rows: [] })
      this.seen = null
    }
    const node = this.state.nodes[e.at && e.at !== CLIENT ? e.at : 0]
    const before = tableRole(node.role)
    apply(this.state, e)
    const was = this.minority
    if (e.k === 'network') this.minority = minorities(this.state)
    if (e.q) return
    this.minority.forEach((minority, id) => {
      if (minority !== was[id]) this.row(e, id, minority ? 'NETSPLIT' : 'NETJOIN')
    })
    const op = this.op(e)
    if (op) this.row(e, ...op)
    const role = tableRole(node.role)
    const switched = role !== before && (e.k === 'handle' || e.k === 'timeout')
    if (node.id && (switched || (e.k === 'timeout' && role === 'CNDI'))) this.row(e, node.id, 'NEW ROLE')
  }

  /** @param {Event} e @returns {[number, string] | null} the event's own row: where, and what */
  op(e) {
    const at = e.at ?? 0
    if (e.k === 'crash') return [at, 'CRASH']
    if (e.k === 'restart') return [at, 'RESTART']
    if (e.k === 'ask') return [at, 'CMD START']
    if (e.k !== 'send' && e.k !== 'handle') return null
    const { message } = this.journal.message(e.m ?? 0)
    if (e.k === 'handle' && message.y === 'ca') return [message.f, 'CMD DONE']
    const op = messageOp(message, e.k === 'send')
    return op ? [at, op] : null
  }

  /** @param {Event} e @param {number} node @param {string} op */
  row(e, node, op) {
    const now = this.state.nodes.map((n, id) => ({
      term: n.term, lastTerm: n.log.lastTerm, last: n.log.length, commit: n.commit, minority: this.minority[id],
    }))
    const { seen } = this
    this.tables[this.tables.length - 1].rows.push({
      event: e.n, node, op,
      roles: this.state.nodes.slice(1).map(n => tableRole(n.role)),
      deltas: now.map((is, id) => (seen ? deltaText(seen[id], is) : '')).slice(1),
    })
    this.seen = now
  }
}

/** @param {Seen} was @param {Seen} is */
function deltaText(was, is) {
  const parts = []
  if (was.term !== is.term) parts.push(`t-${is.term}`)
  if (was.lastTerm !== is.lastTerm) parts.push(`lt-${is.lastTerm}`)
  if (was.last !== is.last) parts.push(`li-${is.last}`)
  if (was.commit !== is.commit) parts.push(`ci-${is.commit}`)
  if (was.minority !== is.minority) parts.push(is.minority ? 'n=2' : 'n=1')
  return parts.join(' ')
}

/** @param {number} role */
const tableRole = role => ['FLWR', 'CNDI', 'CNDI', 'LEAD'][role]

/** @param {State} s @returns {boolean[]} of each node, whether no majority is in two-way contact with it */
export function minorities(s) {
  const count = s.nodes.length - 1
  return s.nodes.map((_, id) => {
    if (!id) return false
    const reached = [id]
    for (const a of reached) {
      for (let b = 1; b <= count; b++) {
        if (!reached.includes(b) && !link(s, a, b) && !link(s, b, a)) reached.push(b)
      }
    }
    return 2 * reached.length <= count
  })
}

/** @param {Message} m @param {boolean} atSender @returns {string} "" for the client's messages */
function messageOp(m, atSender) {
  /** @param {string} name */
  const named = name => (atSender ? `${name}+${nodeName(m.o)}` : `${nodeName(m.f)}+${name}`)
  const truth = m.ok ? 'True' : 'False'
  const request = ` t-${m.t ?? 0} li-${m.li ?? 0} lt-${m.lt ?? 0}`
  switch (m.y) {
    case 'pv':
      return named('p_v_r') + request
    case 'pvr':
      return `${named('p_v')} yes-${truth}`
    case 'rv':
      return named('poll') + request
    case 'rvr':
      return `${named('vote')} yes-${truth}`
    case 'ae':
      return `${named('ae')} t-${m.t ?? 0} i-${m.pi ?? 0} lt-${m.pt ?? 0} e-${m.e?.length ?? 0} c-${m.lc ?? 0}`
    case 'aer':
      return `${nodeName(m.f)}+ae_reply ok-${truth} mi-${(m.ok ? m.mi : m.li) ?? 0}`
    default:
      return ''
  }
}
