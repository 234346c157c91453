// The table panel: the trace table of each section, in the columns of the reference documents.

import { h } from './dom.js'
import { Part, watching } from './part.js'
import { TableWriter } from '../model/table.js'
import { nodeName } from '../model/words.js'

/** @typedef {import('../model/journal.js').Journal} Journal */
/** @typedef {import('../model/table.js').Table} Table */

/** The most rows of a section that are shown; the export has all. */
const MOST = 100

export class TablePanel extends Part {
  static watches = watching('cursor', 'revision', 'branch')

  /** The number of the section on show, 0 for the one at the cursor. */
  section = 0
  /** Takes the room of the scenario and some of the diagram's. */
  large = false
  /** The cursor at which the current row was last brought into view. */
  #seen = -1
  /** @type {TableWriter|null} */
  #writer = null

  /** The tables of a journal, read on from where they were. @param {Journal} journal */
  #read(journal) {
    if (this.#writer?.journal !== journal) this.#writer = new TableWriter(journal)
    this.#writer.read()
    return this.#writer.sections
  }

  draw() {
    const { branch } = this.app.store
    if (!branch) return []
    const { journal } = branch
    const all = this.#read(journal)
    if (all.every(table => table.rows.length === 0))
      return [
        h(
          'p',
          { class: 'muted' },
          'The trace table fills as messages move: a row for each message sent or handled, each new role, each client’s request and answer.',
        ),
      ]
    const { cursor } = this.state
    const at =
      this.section > 0
        ? this.section - 1
        : Math.max(
            0,
            all.findLastIndex(table => table.first <= cursor),
          )
    const table = all[Math.min(at, all.length - 1)]
    return [
      h(
        'div',
        { class: 'row panel-head' },
        all.length > 1
          ? h(
              'select',
              {
                class: 'grow',
                'aria-label': 'Section',
                '.value': String(this.section),
                onchange: (/** @type {any} */ event) => {
                  this.section = Number(event.currentTarget.value)
                  this.refresh()
                },
              },
              h('option', { value: '0' }, 'Section at the cursor'),
              all.map((one, i) => h('option', { value: String(i + 1) }, `${i + 1} · ${one.title || 'Before the first section'}`)),
            )
          : h('span', { class: 'grow' }),
        h('button', { type: 'button', class: 'btn', title: 'Copies all columns', onclick: () => void this.#copy(table) }, 'Copy'),
        h('button', { type: 'button', class: 'btn wider', title: 'All columns of every node, as in the reference documents', 'aria-pressed': String(this.large), onclick: () => this.#widen() }, 'Wide'),
      ),
      table.title && h('h3', null, table.title),
      h(
        'div',
        { class: 'table-scroll', tabindex: '0', role: 'region', 'aria-label': 'Trace table' },
        this.#table(table, journal.nodes, cursor),
      ),
      table.rows.length > MOST &&
        h('p', { class: 'small muted' }, `The ${MOST} rows up to the cursor; Copy and Export have all ${table.rows.length}.`),
    ]
  }

  /** @param {Table} table @param {number} nodes @param {number} cursor */
  #table(table, nodes, cursor) {
    const ids = Array.from({ length: nodes }, (_, i) => i + 1)
    const here = table.rows.findLastIndex(row => row.event <= cursor)
    const first = Math.max(0, Math.min(table.rows.length - MOST, here - MOST + 20))
    return h(
      'table',
      { class: this.large ? 'trace' : 'trace brief' },
      h(
        'thead',
        null,
        h(
          'tr',
          null,
          h('th', { scope: 'col', rowspan: 2 }, 'event'),
          ids.map(id => h('th', { scope: 'colgroup', colspan: 3 }, nodeName(id))),
        ),
        h(
          'tr',
          null,
          ids.map(() => ['Role', 'Op', 'Delta'].map(name => h('th', { scope: 'col' }, name))),
        ),
      ),
      h(
        'tbody',
        null,
        table.rows.slice(first, first + MOST).map((row, i) => {
          const now = first + i === here
          return h(
            'tr',
            {
              key: first + i,
              class: `${now ? 'now' : ''} ${row.event > cursor ? 'later' : ''}`,
              'aria-current': now ? 'true' : null,
              onclick: () => this.app.seek(row.event),
            },
            h(
              'th',
              { scope: 'row' },
              h('button', { type: 'button', class: 'link nums', 'aria-label': `Go to event ${row.event}` }, row.event),
            ),
            ids.map(id => [
              h('td', { class: row.node === id ? 'acts' : 'aside', 'data-node': nodeName(id) }, row.roles[id - 1]),
              h('td', { class: row.node === id ? 'op' : 'op aside' }, row.node === id ? row.op : ''),
              h('td', { class: row.deltas[id - 1] ? 'delta' : 'delta aside', 'data-node': nodeName(id) }, row.deltas[id - 1]),
            ]),
          )
        }),
      ),
    )
  }

  #widen() {
    this.large = !this.large
    this.#seen = -1
    this.classList.toggle('large', this.large)
    this.refresh()
  }

  refresh() {
    super.refresh()
    const { cursor } = this.state
    if (cursor === this.#seen) return
    this.#seen = cursor
    requestAnimationFrame(() => this.querySelector('tr.now')?.scrollIntoView({ block: 'nearest' }))
  }

  /** @param {Table} table */
  async #copy(table) {
    await navigator.clipboard.writeText(tableText(table))
    this.app.say('The table is copied, with tabs between its columns.')
  }
}
customElements.define('rp-table', TablePanel)

/** A table as lines of tab-separated cells. @param {Table} table @returns {string} */
export function tableText(table) {
  const ids = (table.rows[0]?.roles ?? []).map((_, i) => i + 1)
  const head = ids.flatMap(id => [`${nodeName(id)} Role`, `${nodeName(id)} Op`, `${nodeName(id)} Delta`])
  const rows = table.rows.map(row => ids.flatMap(id => [row.roles[id - 1], row.node === id ? row.op : '', row.deltas[id - 1]]))
  return [head, ...rows].map(cells => cells.join('\t')).join('\n') + '\n'
}
