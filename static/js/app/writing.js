// A scenario as it is written: its text, and what playing it gives, asked for after each pause in typing.

import { Journal } from '../model/journal.js'
import { keepDraft, putAside } from './drafts.js'

/** @typedef {import('../net/wire.js').Played} Played */
/** @typedef {import('../net/wire.js').Mistake} Mistake */
/** @typedef {{played: Played, journal: Journal, text: string}} Preview  text: of which it is the run */
/** @typedef {{play: (source: string) => Promise<Played>, later?: (then: () => void, ms: number) => number, forget?: (timer: number) => void}} Hands */

/** A pause in typing, in milliseconds. */
const PAUSE = 300
/** After this time the text is sent again, if the server could not be asked. */
const AGAIN = 4000
/** The largest scenario, in bytes. */
export const LARGEST = 256 << 10

export class Writing {
  text = ''
  /** The last run that there was something to show of. @type {Preview|null} */
  preview = null
  /** @type {Mistake[]} */
  mistakes = []
  /** Why the text could not be checked, '' if it was. */
  trouble = ''
  checking = false
  /** @type {Required<Hands>} */
  #hands
  #timer = 0
  /** The texts that a change by the outline replaced, and what changed them. @type {{text: string, by: string}[]} */
  #past = []

  /** @param {Hands} hands @param {() => void} changed  called after every change */
  constructor(hands, changed) {
    this.#hands = { later: (then, ms) => window.setTimeout(then, ms), forget: timer => clearTimeout(timer), ...hands }
    this.changed = changed
  }

  /** Whether what is shown belongs to the text as it is. */
  get fresh() {
    return this.preview?.text === this.text && this.mistakes.length === 0 && !this.trouble
  }

  /** Whether what is shown is the run of an earlier text, as this one cannot be played. */
  get stale() {
    return !this.checking && this.preview !== null && this.preview.text !== this.text
  }

  /** Whether what is shown is the run of this text, as far as it can be played. */
  get cut() {
    return !this.checking && this.preview?.text === this.text && this.mistakes.length > 0
  }

  /** What was expected and did not come. */
  get failures() {
    return this.preview?.played.failures ?? []
  }

  /** The text was changed by typing. @param {string} text */
  type(text) {
    this.#past = []
    this.#change(text)
  }

  /** The text is another one. @param {string} text */
  open(text) {
    putAside(this.text, text)
    this.preview = null
    this.type(text.replaceAll('\r\n', '\n'))
  }

  /** The outline changes the text. @param {string} text @param {string} by  changes by the same hand are undone together */
  edit(text, by) {
    if (text === this.text) return
    if (this.#past.at(-1)?.by !== by) this.#past.push({ text: this.text, by })
    this.#change(text)
  }

  /** Whether a change by the outline can be undone. */
  get undoable() {
    return this.#past.length > 0
  }

  undo() {
    const last = this.#past.pop()
    if (last) this.#change(last.text)
  }

  /** @param {string} text */
  #change(text) {
    this.text = text
    keepDraft(text)
    this.checking = true
    this.#checkIn(PAUSE)
    this.changed()
  }

  /** @param {number} ms */
  #checkIn(ms) {
    this.rest()
    this.#timer = this.#hands.later(() => void this.check(), ms)
  }

  /** Checks no more, until the text changes. */
  rest() {
    this.#hands.forget(this.#timer)
  }

  /** Plays the text; only an answer about the text as it still is counts. */
  async check() {
    const { text } = this
    const size = new TextEncoder().encode(text).length
    /** @type {{played?: Played, trouble?: string, again?: boolean}} */
    let answer
    if (size > LARGEST) answer = { trouble: tooLarge('The text', size) }
    else {
      try {
        answer = { played: await this.#hands.play(text) }
      } catch (error) {
        const { message, status = 0 } = /** @type {Error & {status?: number}} */ (error)
        answer = { trouble: message, again: status === 0 || status === 429 || status >= 500 }
      }
    }
    if (text !== this.text) return
    this.checking = false
    this.trouble = answer.trouble ?? ''
    if (answer.again) this.#checkIn(AGAIN)
    this.mistakes = answer.played?.mistakes ?? []
    if (answer.played?.events?.length) this.#show(answer.played)
    this.changed()
  }

  /** @param {Played} played */
  #show(played) {
    const journal = new Journal(played.config.nodes ?? 3)
    journal.append(played.events)
    this.preview = { played, journal, text: this.text }
  }

  /** The event at which the step at a line has been played; 0 if it has not. @param {number} line  from 0 */
  eventAt(line) {
    const steps = this.preview?.text === this.text ? (this.preview.played.steps ?? []) : []
    return steps.findLast(step => step.line > 0 && step.line <= line + 1)?.seq ?? 0
  }
}

/** @param {string} what @param {number} size */
export function tooLarge(what, size) {
  return `${what} has ${size.toLocaleString('en')} bytes: a scenario may have ${LARGEST.toLocaleString('en')}.`
}

/** The name of a scenario's files, from its title. @param {string} title */
export function fileName(title) {
  const words = title.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().match(/[a-z0-9]+/g) ?? []
  return words.join('-').slice(0, 60) || 'scenario'
}

/** @param {number} count */
const held = count => (count === 1 ? 'the one expectation holds' : `all ${count} expectations hold`)

/** How it stood when it was last checked, in words. @param {Writing} writing */
export function editorWords({ trouble, mistakes, preview, failures }) {
  if (trouble) return trouble
  if (mistakes.length > 0) return mistakes.length === 1 ? '1 mistake' : `${mistakes.length} mistakes`
  if (!preview) return 'Checking…'
  const { results, events } = preview.played
  const failed = results.filter(one => !one.held).length
  const broken = failures.length > failed ? '; an invariant is broken that no step expects' : ''
  if (failed > 0) return `${failed} of ${results.length} expectations ${failed === 1 ? 'does' : 'do'} not hold${broken}`
  return `${events.length} events${results.length > 0 ? `; ${held(results.length)}` : ''}${broken}`
}
