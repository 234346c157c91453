// What stands beside a scenario that is being written: the diagram of its run, what it expects and whether that came, its trace table, and the
// reference of the format.

import { h } from './dom.js'

/** @typedef {import('./editor.js').Editor} Editor */
/** @typedef {import('../app/writing.js').Preview} Preview */

export const VIEWS = { diagram: 'Diagram', expected: 'Expected', table: 'Trace table', format: 'Format' }

/** @param {Editor} editor */
export function runView(editor) {
  if (editor.view === 'format')
    return h('div', { class: 'editor-scroll editor-format', key: 'format', tabindex: '0', 'aria-label': 'The format of scenarios' }, editor.format)
  const { preview } = editor.writing
  if (!preview) return h('p', { class: 'note', key: 'none' }, 'The diagram comes as soon as the text can be played.')
  if (editor.view === 'diagram') return diagram(editor, preview)
  if (editor.view === 'expected') return h('div', { class: 'editor-scroll', key: 'expected', tabindex: '0' }, expected(editor, preview))
  return h('pre', { class: 'editor-scroll editor-table small', key: 'table', tabindex: '0', 'aria-label': 'Trace table' }, preview.played.table)
}

/** @param {Editor} editor @param {Preview} preview */
function diagram(editor, { journal, played }) {
  const cursor = Math.min(editor.cursor, journal.length)
  const { vocabulary } = editor.state
  return [
    h('rp-diagram', {
      key: 'diagram',
      id: 'diagram',
      '.model': { journal, cursor, vocabulary, config: played.config, violations: played.violations, may: 'look', live: cursor === journal.length },
    }),
    h(
      'label',
      { class: 'editor-position', key: 'position' },
      h('input', {
        type: 'range',
        min: 0,
        max: journal.length,
        '.value': String(cursor),
        'aria-label': 'Event looked at',
        oninput: (/** @type {any} */ event) => editor.seek(event.currentTarget.valueAsNumber),
      }),
      h('span', { class: 'small muted nums' }, `event ${cursor} of ${journal.length}`),
    ),
  ]
}

/** @param {Editor} editor @param {Preview} preview */
function expected(editor, { played }) {
  const { results, violations, failures } = played
  const sections = played.scenario?.sections ?? []
  const unexpected = failures.filter(failure => failure.includes('that no step expects'))
  return [
    results.length === 0 && h('p', { class: 'muted' }, 'Nothing is expected yet. Choose a step in the story: “Expect what is so now” makes a test of the run.'),
    sections.map((section, i) => {
      const own = results.filter(one => one.section === i + 1)
      return (
        own.length > 0 && [
          h('h3', null, section.title || 'Before the first section'),
          h(
            'ul',
            { class: 'expectations' },
            own.map(one =>
              h(
                'li',
                { class: `expectation ${one.held ? 'held' : 'failed'}` },
                h('span', { class: 'expect-mark', 'aria-hidden': 'true' }, one.held ? '✓' : '✗'),
                h(
                  'span',
                  null,
                  one.text,
                  h('span', { class: 'unseen' }, one.held ? ', holds' : ', does not hold'),
                  !one.held && h('span', { class: 'warn' }, ` (${one.why ?? ''})`),
                  ' ',
                  h('button', { type: 'button', class: 'link small', onclick: () => editor.look(one.seq) }, `event ${one.seq}`),
                ),
              ),
            ),
          ),
        ]
      )
    }),
    violations.length > 0 && h('h3', null, 'Invariants that are broken'),
    violations.map(one =>
      h(
        'p',
        { class: unexpected.some(failure => failure.includes(one.invariant)) ? 'warn' : null },
        `${one.invariant}: ${one.text} `,
        h('button', { type: 'button', class: 'link small', onclick: () => editor.look(one.event) }, `event ${one.event}`),
      ),
    ),
    unexpected.length > 0 && h('p', { class: 'small muted' }, 'A scenario that shows a bug names the invariant: expect: {violations: …}.'),
  ]
}
