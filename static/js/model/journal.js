/**
 * A run's events in order, with snapshots of the fold, so that any position is
 * reached at once.
 *
 * @typedef {import('./types.js').Event} Event
 * @typedef {import('./types.js').Message} Message
 * @typedef {import('./types.js').State} State
 *
 * @typedef {object} Passage  a message's way through the run; 0 where that has not happened
 * @property {Message} message
 * @property {number} created  the event that created it
 * @property {number} sent  the event at which it left its outbox; a client's request is sent as it is created
 * @property {number} parked  the event that put it at the wall, last
 * @property {number} ended  the event that handled, lost or dropped it
 * @property {'handle'|'lose'|'drop'|''} how
 */
import { apply, clone, newState } from './fold.js'

const SNAPSHOT_EVERY = 256
const REMEMBERED = 4

export class Journal {
  #nodes
  /** @type {Event[]} */
  #events = []
  /** @type {Passage[]} */
  #passages = []
  /** @type {State[]} snapshots[k] is the state after event (k+1) * SNAPSHOT_EVERY */
  #snapshots = []
  /** @type {State} */
  #last
  /** @type {State[]} handed out lately, the newest first */
  #remembered = []

  /** @param {number} nodes the number of servers */
  constructor(nodes) {
    this.#nodes = nodes
    this.#last = newState(nodes)
  }

  get nodes() {
    return this.#nodes
  }

  get length() {
    return this.#events.length
  }

  /** @param {number} seq 1 to length @returns {Event} */
  event(seq) {
    return this.#events[seq - 1]
  }

  /** @param {number} [after] @param {number} [upTo] @returns {Event[]} events after + 1 to upTo */
  events(after = 0, upTo = this.length) {
    return this.#events.slice(after, upTo)
  }

  /** @param {number} id @returns {Passage} */
  message(id) {
    return this.#passages[id - 1]
  }

  /** Adds the next events. It throws if they are not the next ones. @param {Event[]} events */
  append(events) {
    for (const e of events) {
      apply(this.#last, e)
      this.#events.push(e)
      this.#track(e)
      if (e.n % SNAPSHOT_EVERY === 0) this.#snapshots.push(clone(this.#last))
    }
  }

  /** @param {Event} e */
  #track(e) {
    for (const message of e.new ?? []) {
      const parent = message.of ? this.message(message.of) : undefined
      const sent = e.k === 'ask' || parent?.sent ? e.n : 0
      this.#passages[message.id - 1] = { message, created: e.n, sent, parked: 0, ended: 0, how: '' }
    }
    if (e.k === 'send') this.message(e.m ?? 0).sent = e.n
    if (e.k === 'park') this.message(e.m ?? 0).parked = e.n
    if (e.k === 'handle' || e.k === 'lose' || e.k === 'drop') {
      const passage = this.message(e.m ?? 0)
      passage.ended = e.n
      passage.how = e.k
    }
  }

  /**
   * @param {number} seq 0 to length
   * @returns {State} after event seq; it must not be changed
   */
  at(seq) {
    const known = this.#remembered.find(s => s.n === seq)
    if (known) return known
    let from = this.#snapshots[Math.floor(seq / SNAPSHOT_EVERY) - 1]
    for (const s of this.#remembered) if (s.n <= seq && (!from || s.n > from.n)) from = s
    let state
    if (seq === this.length) state = clone(this.#last)
    else {
      state = from ? clone(from) : newState(this.#nodes)
      while (state.n < seq) apply(state, this.#events[state.n])
    }
    this.#remembered = [state, ...this.#remembered.slice(0, REMEMBERED - 1)]
    return state
  }

  /** @param {number} n @returns {Journal} of the first n events, for a branch that starts there */
  prefix(n) {
    const branch = new Journal(this.#nodes)
    branch.#last = clone(this.at(n))
    branch.#events = this.#events.slice(0, n)
    branch.#snapshots = this.#snapshots.slice(0, Math.floor(n / SNAPSHOT_EVERY))
    for (const e of branch.#events) branch.#track(e)
    return branch
  }
}
