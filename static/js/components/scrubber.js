// The scrubber: the whole run in one line, painted with its terms, elections, crashes, sections and violations;
// the other branches as lines below it.

import { h } from './dom.js'
import { Part, watching } from './part.js'
import { termColour } from '../model/words.js'

/** @typedef {import('../app/branches.js').Branch} Branch */
/** @typedef {import('./dom.js').Child} Child */

/** The width of the picture's own coordinates. */
const WIDE = 1000
/** The most marks of a kind that are drawn: more could not be told apart. */
const MOST = 150

export class Scrubber extends Part {
  static watches = watching('cursor', 'revision', 'branch', 'branches')

  draw() {
    const { branch } = this.app.store
    const { cursor, branches } = this.state
    if (!branch || !branches) return []
    const { length } = branch.journal
    const others = branches
      .list()
      .filter(one => one !== branch)
      .slice(-4)
    const { start } = branch.landmarks
    const longest = Math.max(start + 1, length, ...others.map(one => one.journal.length))
    /** @param {number} seq */
    const x = seq => (WIDE * Math.max(0, seq - start)) / (longest - start)
    const tall = 22 + others.length * 5
    return [
      h(
        'svg',
        { class: 'scrub-picture', viewBox: `0 0 ${WIDE} ${tall}`, preserveAspectRatio: 'none', height: tall, 'aria-hidden': 'true' },
        this.#terms(branch, x),
        branch.landmarks.sections
          .slice(0, MOST)
          .map(one => h('rect', { class: 'scrub-section', x: x(one.seq - 1) - 0.6, width: 1.2, y: 1, height: 20 })),
        others.map((one, i) => h('path', { class: 'scrub-branch', d: line(one, 24 + i * 5, x) })),
      ),
      h(
        'div',
        { class: 'scrub-marks', 'aria-hidden': 'true' },
        thin(branch.landmarks.elections).map(one => mark('election', x(one.seq))),
        thin(branch.landmarks.crashes).map(one => mark('crash', x(one.seq))),
        thin((branch.info.violations ?? []).map(one => ({ seq: one.event }))).map(one => mark('violation', x(one.seq))),
      ),
      h('input', {
        type: 'range',
        class: 'scrub-input',
        min: start,
        max: length,
        step: 1,
        '.value': String(cursor),
        'aria-label': 'Position in the run',
        'aria-valuetext': `event ${cursor} of ${length}`,
        style: { width: `calc((100% - 16px) * ${(length - start) / (longest - start)} + 16px)` },
        oninput: (/** @type {any} */ event) => this.app.seek(event.currentTarget.valueAsNumber),
      }),
    ]
  }

  /** @param {Branch} branch @param {(seq: number) => number} x @returns {Child[]} */
  #terms(branch, x) {
    const { terms } = branch.landmarks
    const spans = [{ seq: 1, term: 0 }, ...terms].slice(-MOST)
    return spans.map((span, i) =>
      h('rect', {
        class: 'scrub-term',
        x: x(span.seq - 1),
        y: 7,
        height: 8,
        width: Math.max(0, x((spans[i + 1]?.seq ?? branch.journal.length + 1) - 1) - x(span.seq - 1)),
        style: { fill: `var(--term-${termColour(span.term)})` },
      }),
    )
  }
}
customElements.define('rp-scrubber', Scrubber)

/** @param {string} kind @param {number} x */
function mark(kind, x) {
  return h('span', { class: `scrub-mark ${kind}`, style: { left: `${(100 * x) / WIDE}%` } })
}

/** A branch leaves the line where it begins, and runs below it. @param {Branch} branch @param {number} y @param {(seq: number) => number} x */
function line(branch, y, x) {
  const from = x(branch.info.at)
  const start = branch.info.parent ? `M${from} 15 L${from + 6} ${y}` : `M0 ${y}`
  return `${start} H${Math.max(from + 7, x(branch.journal.length))}`
}

/** @template T @param {T[]} marks @returns {T[]} */
function thin(marks) {
  const every = Math.ceil(marks.length / MOST)
  return every > 1 ? marks.filter((_, i) => i % every === 0) : marks
}
