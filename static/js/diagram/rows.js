/**
 * Which event stands in which row. Every event has a row of its own, except
 * those that only complete another one in the same move: the sending of a message
 * as soon as it is created, and the arrival of a client's request as soon as it is asked.
 *
 * @typedef {import('../model/journal.js').Journal} Journal
 * @typedef {import('../model/types.js').Event} Event
 */

import { WallIndex } from './walls.js'

export class RowIndex {
  #rowOf = new Int32Array(1024)
  #first = new Int32Array(1024)
  #rows = 0
  #events = 0
  /** @type {number[]} the events at which sections begin */
  #sections = []

  /** @param {number} nodes */
  constructor(nodes) {
    this.walls = new WallIndex(nodes)
  }

  get length() {
    return this.#rows
  }

  /** Takes in the events that a journal has got since the last call. @param {Journal} journal */
  update(journal) {
    for (let seq = this.#events + 1; seq <= journal.length; seq++) this.#add(journal, journal.event(seq))
  }

  /** @param {Journal} journal @param {Event} e */
  #add(journal, e) {
    const shared = this.#shared(journal, e)
    if (!shared) {
      if (this.#rows === this.#first.length) this.#first = grown(this.#first)
      this.#first[this.#rows++] = e.n
      if (e.k === 'section') this.#sections.push(e.n)
    }
    if (e.n === this.#rowOf.length) this.#rowOf = grown(this.#rowOf)
    this.#rowOf[e.n] = shared ? this.#rowOf[shared] : this.#rows - 1
    this.#events = e.n
    this.walls.add(e)
  }

  /** @param {Journal} journal @param {Event} e @returns {number} the event in whose row it stands, 0 if in its own */
  #shared(journal, e) {
    if (e.k === 'start' && e.n > 1) return 1
    if ((e.k !== 'send' && e.k !== 'handle') || !e.m) return 0
    const { created } = journal.message(e.m)
    const from = journal.event(created)
    if (from.a !== e.a || from.v !== e.v) return 0
    if (e.k === 'send') return created
    return from.k === 'ask' && created === e.n - 1 ? created : 0
  }

  /** @param {number} seq @returns {number} its row, from 0; -1 before the first event */
  rowOf(seq) {
    return seq > 0 ? this.#rowOf[seq] : -1
  }

  /** @param {number} row @returns {number} its first event */
  first(row) {
    return this.#first[row]
  }

  /** @param {number} row @returns {number} the last event before the next row begins */
  last(row) {
    return row + 1 < this.#rows ? this.#first[row + 1] - 1 : this.#events
  }

  /** @param {number} cursor @returns {number} how many rows have begun by that event */
  upTo(cursor) {
    let low = 0
    let high = this.#rows
    while (low < high) {
      const middle = (low + high) >> 1
      if (this.#first[middle] <= cursor) low = middle + 1
      else high = middle
    }
    return low
  }

  /** @param {number} seq @returns {{seq: number, number: number} | null} the section that an event is in */
  section(seq) {
    let number = this.#sections.length
    while (number > 0 && this.#sections[number - 1] > seq) number--
    return number ? { seq: this.#sections[number - 1], number } : null
  }
}

/** @param {Int32Array} a */
function grown(a) {
  const b = new Int32Array(2 * a.length)
  b.set(a)
  return b
}
