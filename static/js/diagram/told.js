/**
 * The diagram in words, for screen readers: the last events as a list, and each
 * new one announced, not more often than one can follow.
 *
 * @typedef {import('../model/journal.js').Journal} Journal
 * @typedef {import('../model/types.js').Vocabulary} Vocabulary
 */
import { eventSentence } from '../model/sentences.js'
import { html } from './dom.js'

const LISTED = 30
const QUIET_MS = 350

export class Told {
  #list = html('ol', { 'aria-label': 'Last events', tabindex: -1 })
  #live = html('div', { 'aria-live': 'polite' })
  #timer = 0
  #heard = -1

  root = html('div', { class: 'dg-told' }, this.#list, this.#live)

  /** @param {Journal} journal @param {number} cursor @param {Vocabulary | null} vocabulary */
  update(journal, cursor, vocabulary) {
    if (this.#heard === cursor) return
    const first = this.#heard < 0
    this.#heard = cursor
    clearTimeout(this.#timer)
    this.#timer = window.setTimeout(() => this.#tell(journal, cursor, vocabulary, first), first ? 0 : QUIET_MS)
  }

  /** @param {Journal} journal @param {number} cursor @param {Vocabulary | null} vocabulary @param {boolean} first */
  #tell(journal, cursor, vocabulary, first) {
    const events = journal.events(Math.max(0, cursor - LISTED), Math.min(cursor, journal.length))
    const told = events.filter(e => e.k !== 'send')
    this.#list.replaceChildren(...told.map(e => html('li', { value: e.n }, eventSentence(e, journal, vocabulary))))
    const last = told[told.length - 1]
    if (last && !first) this.#live.textContent = `Event ${last.n}. ${eventSentence(last, journal, vocabulary)}`
  }
}
