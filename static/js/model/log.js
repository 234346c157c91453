/** @typedef {import('./types.js').Entry} Entry */

/**
 * A node's log. Clones share their entries until one of them departs from the
 * others, so that a snapshot of the fold does not copy thousands of entries.
 */
export class Log {
  /** @type {Entry[]} may run on past our end, with entries of later states */
  #shared
  #length

  /** @param {Entry[]} [entries] @param {number} [length] */
  constructor(entries = [], length = entries.length) {
    this.#shared = entries
    this.#length = length
  }

  get length() {
    return this.#length
  }

  /** @param {number} index from 1 @returns {Entry | undefined} */
  at(index) {
    return index >= 1 && index <= this.#length ? this.#shared[index - 1] : undefined
  }

  /** @param {number} index @returns {number} the entry's term, 0 where there is none */
  term(index) {
    return this.at(index)?.[0] ?? 0
  }

  /** The term of the last entry, 0 if there is none. */
  get lastTerm() {
    return this.term(this.#length)
  }

  /** @param {number} [from] index @param {number} [to] index, inclusive @returns {Entry[]} */
  slice(from = 1, to = this.#length) {
    return this.#shared.slice(from - 1, Math.min(to, this.#length))
  }

  clone() {
    return new Log(this.#shared, this.#length)
  }

  /** @param {number} last the index of the last entry to keep */
  truncate(last) {
    this.#length = last
  }

  /** @param {Entry[]} entries */
  append(entries) {
    for (const e of entries) {
      if (this.#length < this.#shared.length && this.#shared[this.#length] !== e) {
        this.#shared = this.#shared.slice(0, this.#length)
      }
      if (this.#length === this.#shared.length) this.#shared.push(e)
      this.#length++
    }
  }
}
