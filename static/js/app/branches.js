// The tree of branches that the page holds: each has a journal of its own that starts with its parent's first events.

import { Journal } from '../model/journal.js'
import { Landmarks } from './landmarks.js'

/** @typedef {import('../net/wire.js').BranchInfo} BranchInfo */
/** @typedef {import('../net/wire.js').Event} Event */
/** @typedef {{info: BranchInfo, journal: Journal, landmarks: Landmarks}} Branch */

export class Branches {
  #nodes
  /** @type {Map<number, Branch>} */
  #held = new Map()
  /** What came before the parent's events did. @type {Map<number, {info: BranchInfo, events: Event[]}>} */
  #early = new Map()

  /** @param {number} nodes the number of servers */
  constructor(nodes) {
    this.#nodes = nodes
  }

  /** @param {number} id @returns {Branch|undefined} */
  get(id) {
    return this.#held.get(id)
  }

  /** The branches in the order of their ids. @returns {Branch[]} */
  list() {
    return [...this.#held.values()].sort((a, b) => a.info.id - b.info.id)
  }

  /** How many events of each branch are here: what a resumed connection need not send. @returns {Record<string, number>} */
  have() {
    return Object.fromEntries([...this.#held].map(([id, branch]) => [String(id), branch.journal.length]))
  }

  /** Takes note of a branch that is new or has changed. @param {BranchInfo} info */
  update(info) {
    const branch = this.#held.get(info.id)
    if (branch) branch.info = info
    else this.#early.set(info.id, { info, events: this.#early.get(info.id)?.events ?? [] })
    this.#settle()
  }

  /**
   * Adds a branch's events from + 1 …; what is here already is skipped. Returns false if events are missing before them.
   * @param {number} id @param {number} from @param {Event[]} events @returns {boolean}
   */
  append(id, from, events) {
    const early = this.#early.get(id)
    if (early) {
      const next = early.events.length > 0 ? early.events[early.events.length - 1].n : early.info.at
      if (from > next) return false
      early.events.push(...events.slice(next - from))
      return true
    }
    const branch = this.#held.get(id)
    if (!branch || from > branch.journal.length) return false
    const fresh = events.slice(branch.journal.length - from)
    if (fresh.length > 0) {
      branch.journal.append(fresh)
      branch.landmarks.extend(branch.journal)
      this.#settle()
    }
    return true
  }

  /** Gives a journal to every branch whose parent is complete up to where it begins. */
  #settle() {
    for (let again = true; again;) {
      again = false
      for (const [id, { info, events }] of this.#early) {
        const parent = this.#held.get(info.parent)
        if (info.parent !== 0 && (!parent || parent.journal.length < info.at)) continue
        const journal = parent ? parent.journal.prefix(info.at) : new Journal(this.#nodes)
        journal.append(events)
        const landmarks = new Landmarks()
        landmarks.extend(journal)
        this.#held.set(id, { info, journal, landmarks })
        this.#early.delete(id)
        again = true
      }
    }
  }
}
