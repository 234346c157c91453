// A node's log as cells in the colours of its terms: whole where committed, dashed where not; long logs a page at a time.

import { h } from './dom.js'
import { LEADER } from '../model/types.js'
import { nodeName, termColour } from '../model/words.js'

/** @typedef {import('../app/app.js').App} App */
/** @typedef {import('../model/types.js').NodeState} NodeState */

/** How many cells are shown at once. */
const PAGE = 40

/**
 * @param {App} app @param {NodeState} node
 * @param {number} from  the first index to show, 0 for the last page
 * @param {(from: number) => void} go  shows another range
 */
export function logCells(app, node, from, go) {
  const length = node.log.length
  if (length === 0) return h('p', { class: 'small muted' }, 'empty')
  const lastPage = Math.max(1, length - PAGE + 1)
  const first = from > 0 ? Math.min(from, lastPage) : lastPage
  const last = Math.min(length, first + PAGE - 1)
  const entries = node.log.slice(first, last)
  return h(
    'div',
    { class: 'log' },
    length > PAGE && range(first, last, length, go),
    h(
      'ol',
      { class: 'cells', start: first, 'aria-label': `Log of ${nodeName(node.id)}, entries ${first} to ${last} of ${length}` },
      entries.map((entry, i) => cell(app, node, first + i, entry)),
    ),
  )
}

/** @param {App} app @param {NodeState} node @param {number} index @param {import('../model/types.js').Entry} entry */
function cell(app, node, index, entry) {
  const [term, , command] = entry
  const committed = index <= node.commit
  const words = command ?? 'no-op'
  const marks = node.role === LEADER ? marksAt(node, index) : []
  const title = `entry ${index} of ${nodeName(node.id)}`
  return h(
    'li',
    { key: index },
    h(
      'button',
      {
        type: 'button',
        class: `cell ${committed ? 'committed' : 'open'}`,
        style: { '--term': `var(--term-${termColour(term)})` },
        title: `${index} · term ${term} · ${words}${marks.length ? `\n${marks.join('\n')}` : ''}`,
        onclick: () => app.explain({ entry: node.id, index }, `${title} is there`),
      },
      h('span', { class: 'cell-index' }, `${index} · t${term}`),
      h('span', { class: command === undefined ? 'cell-words noop' : 'cell-words' }, words),
      h('span', { class: 'unseen' }, `, ${[committed ? 'committed' : 'not committed', ...marks].join(', ')}. Why?`),
      marks.length > 0 &&
        h(
          'span',
          { class: 'cell-marks', 'aria-hidden': 'true' },
          marks.map(mark => h('span', null, shortMark(mark))),
        ),
    ),
  )
}

/** What a leader knows of its followers at an index. @param {NodeState} node @param {number} index */
function marksAt(node, index) {
  const marks = []
  for (let id = 1; id < node.match.length; id++) {
    if (id === node.id) continue
    if (node.match[id] === index) marks.push(`matchIndex of ${nodeName(id)}`)
    if (node.next[id] === index) marks.push(`nextIndex of ${nodeName(id)}`)
  }
  return marks
}

/** @param {string} mark */
function shortMark(mark) {
  return `${mark.startsWith('match') ? '=' : '→'}${mark.slice(mark.lastIndexOf('-') + 1)}`
}

/** @param {number} first @param {number} last @param {number} length @param {(from: number) => void} go */
function range(first, last, length, go) {
  return h(
    'div',
    { class: 'row small' },
    h(
      'button',
      {
        type: 'button',
        class: 'btn icon',
        'aria-label': 'Earlier entries',
        'aria-disabled': first === 1 ? 'true' : null,
        onclick: () => go(Math.max(1, first - PAGE)),
      },
      '‹',
    ),
    h(
      'label',
      { class: 'row grow' },
      h('span', { class: 'muted' }, 'from'),
      h('input', {
        type: 'number',
        class: 'short',
        min: 1,
        max: length,
        '.value': String(first),
        'aria-label': 'First entry shown',
        onchange: (/** @type {any} */ event) => go(Math.max(1, event.currentTarget.valueAsNumber || 1)),
      }),
      h('span', { class: 'muted nums' }, `to ${last} of ${length}`),
    ),
    h(
      'button',
      {
        type: 'button',
        class: 'btn icon',
        'aria-label': 'Later entries',
        'aria-disabled': last === length ? 'true' : null,
        onclick: () => go(first + PAGE),
      },
      '›',
    ),
  )
}
