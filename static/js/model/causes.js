/**
 * "Why?": the chain of events that led to a commit, a vote, a role or an entry.
 *
 * @typedef {import('./types.js').Event} Event
 * @typedef {import('./types.js').Field} Field
 * @typedef {import('./types.js').Vocabulary} Vocabulary
 * @typedef {import('./journal.js').Journal} Journal
 *
 * @typedef {{commit: number, index: number} | {vote: number} | {role: number} | {entry: number, index: number} |
 *   {event: number}} Target  a commit, a vote, a role and an entry name their node
 * @typedef {{events: number[], steps: {seq: number, text: string}[]}} Why
 */
import { LEADER } from './types.js'
import { valueOf } from './fold.js'
import { eventSentence } from './sentences.js'

/**
 * @param {Journal} journal
 * @param {Target} target
 * @param {{upTo?: number, vocabulary?: Vocabulary | null}} [options] upTo: the event that the question is asked at
 * @returns {Why} events in order; none if there is nothing to explain
 */
export function why(journal, target, { upTo = journal.length, vocabulary = null } = {}) {
  const search = new Search(journal)
  if ('event' in target) search.chain(target.event)
  else if ('commit' in target) search.commit(target.commit, target.index, upTo)
  else if ('vote' in target) search.chain(search.last(target.vote, upTo, e => Boolean(valueOf(e, 'vote'))))
  else if ('role' in target) search.role(target.role, upTo)
  else search.entry(target.entry, target.index, upTo)
  const events = [...search.found].sort((a, b) => a - b)
  const told = events.filter(seq => journal.event(seq).k !== 'send')
  return { events, steps: told.map(seq => ({ seq, text: eventSentence(journal.event(seq), journal, vocabulary) })) }
}

class Search {
  /** @param {Journal} journal */
  constructor(journal) {
    this.journal = journal
    /** @type {Set<number>} */
    this.found = new Set()
  }

  /** Adds an event and everything that made it possible. @param {number} seq 0: nothing */
  chain(seq) {
    while (seq && !this.found.has(seq)) {
      this.found.add(seq)
      seq = this.journal.event(seq).by ?? 0
    }
  }

  /**
   * @param {number} node
   * @param {number} upTo
   * @param {(e: Event) => boolean} holds
   * @returns {number} the last event at the node of which it holds, 0 if there is none
   */
  last(node, upTo, holds) {
    for (let seq = upTo; seq > 0; seq--) {
      const e = this.journal.event(seq)
      if (e.at === node && holds(e)) return seq
    }
    return 0
  }

  /** @param {number} node @param {number} upTo */
  role(node, upTo) {
    const seq = this.last(node, upTo, e => valueOf(e, 'role') !== undefined)
    if (seq && valueOf(this.journal.event(seq), 'role') === LEADER) this.election(node, seq)
    else this.chain(seq)
  }

  /** Adds the votes that made a leader. @param {number} node @param {number} elected the event */
  election(node, elected) {
    this.chain(elected)
    for (let seq = elected - 1; seq > 0; seq--) {
      const e = this.journal.event(seq)
      if (e.at !== node) continue
      if (e.k === 'handle' && valueOf(e, 'granted')) this.chain(seq)
      if (e.k === 'timeout' || e.k === 'crash') break
    }
  }

  /** Adds the election of the one who leads at the node at that event. @param {number} node @param {number} upTo */
  leadership(node, upTo) {
    const elected = this.last(node, upTo, e => valueOf(e, 'role') !== undefined)
    if (elected && valueOf(this.journal.event(elected), 'role') === LEADER) this.election(node, elected)
  }

  /** @param {number} node @param {number} index @param {number} upTo */
  entry(node, index, upTo) {
    const entry = this.journal.at(upTo).nodes[node].log.at(index)
    const seq = this.last(node, upTo, e => Boolean(entry && e.log?.some(x => same(x, entry))))
    if (!seq) return
    this.chain(seq)
    const e = this.journal.event(seq)
    const m = e.m ? this.journal.message(e.m) : undefined
    if (m?.message.y === 'ae') this.entry(m.message.f, index, m.created)
    else this.leadership(node, seq)
  }

  /** @param {number} node @param {number} index @param {number} upTo */
  commit(node, index, upTo) {
    const seq = this.reached(node, upTo, index)
    if (!seq) return
    this.chain(seq)
    const e = this.journal.event(seq)
    const m = e.m ? this.journal.message(e.m) : undefined
    if (m?.message.y === 'ae') {
      this.commit(m.message.f, index, m.created)
      return
    }
    const state = this.journal.at(seq).nodes[node]
    for (let peer = 1; peer < state.match.length; peer++) {
      if (peer !== node && state.match[peer] >= state.commit) this.chain(this.acknowledged(node, peer, state.commit, seq))
    }
    this.entry(node, index, seq)
    this.leadership(node, seq)
  }

  /**
   * @param {number} node
   * @param {number} upTo
   * @param {number} index
   * @returns {number} the event that brought the node's commitIndex to the index or past it
   */
  reached(node, upTo, index) {
    let first = 0
    for (let seq = upTo; seq > 0; seq--) {
      const e = this.journal.event(seq)
      if (e.at !== node) continue
      const commit = valueOf(e, 'commit')
      if (commit === undefined) continue
      if (commit < index) break
      first = seq
    }
    return first
  }

  /** @param {number} leader @param {number} peer @param {number} index @param {number} upTo @returns {number} */
  acknowledged(leader, peer, index, upTo) {
    let first = 0
    for (let seq = upTo; seq > 0; seq--) {
      const e = this.journal.event(seq)
      if (e.at !== leader) continue
      const match = e.c?.find(c => c[0] === 'match' && c[2] === peer)
      if (match && match[1] < index) break
      if (match) first = seq
      if (valueOf(e, 'role') !== undefined) break
    }
    return first
  }
}

/** @param {import('./types.js').Entry} a @param {import('./types.js').Entry} b */
const same = (a, b) => a[0] === b[0] && a[1] === b[1] && a[2] === b[2]
