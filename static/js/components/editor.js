// <rp-editor>: a scenario as it is written, as a story or as text, and beside it what it plays.

import * as api from '../net/api.js'
import { h } from './dom.js'
import { Part, watching } from './part.js'
import { icon } from './icons.js'
import { downloadScenario, downloadTable, fileMenu, noTable, readFile } from './editor-files.js'
import { loadFormat } from './editor-format.js'
import { VIEWS, runView } from './editor-run.js'
import { story } from './editor-story.js'
import { outlineOf, stepAtLine } from '../app/outline.js'
import { draft } from '../app/drafts.js'
import { Writing, editorWords } from '../app/writing.js'
import '../diagram/diagram.js'
import './editor-source.js'

/** @typedef {import('./editor-source.js').Source} Source */
/** @typedef {import('./editor-story.js').Spot} Spot */
/** @typedef {'held'|'failed'|'wrong'} Mark */

const TABS = { story: 'Story', text: 'Text', run: 'Run' }

export class Editor extends Part {
  writing = new Writing({ play: source => api.play({ source }) }, () => this.#changed())
  outline = outlineOf('')
  /** @type {keyof typeof TABS} */
  tab = 'story'
  /** @type {keyof typeof VIEWS} */
  view = 'diagram'
  cursor = Infinity
  /** The step that is chosen in the story. @type {Spot|null} */
  chosen = null
  /** What is in the field that was typed in last, blanks and all. */
  typed = { name: '', text: '' }
  /** Of steps, by their lines: whether what they expect holds, or what is wrong. @type {Map<number, Mark>} */
  marks = new Map()
  /** The rows of steps as they were described, by their places. @type {Map<string, {told: string, row: import('./dom.js').VNode}>} */
  rows = new Map()
  /** The reference of the format, once it was asked for. @type {import('./dom.js').Child[]} */
  format = []
  /** The preview on show, as the last change left it. @type {unknown} */
  #shown = null

  static watches = watching('room', 'vocabulary')

  connectedCallback() {
    super.connectedCallback()
    this.addEventListener('rp-typed', event => this.writing.type(/** @type {CustomEvent} */ (event).detail.text))
    this.addEventListener('rp-caret', event => this.choose(stepAtLine(this.outline, /** @type {CustomEvent} */ (event).detail.line)))
    this.addEventListener('rp-seek', event => this.seek(/** @type {CustomEvent} */ (event).detail.seq))
    // The diagram is only looked at: what it announces is not for the session's stage.
    for (const name of ['rp-act', 'rp-seek', 'rp-select', 'rp-menu']) this.addEventListener(name, event => this.#announced(event))
    this.addEventListener('keydown', event => {
      const inside = /** @type {Element} */ (event.target).closest('rp-diagram')
      if (inside && event.key.length === 1 && event.key !== '?') event.stopPropagation()
    })
    this.addEventListener('dragover', event => event.dataTransfer?.types.includes('Files') && event.preventDefault())
    this.addEventListener('drop', event => {
      const file = event.dataTransfer?.files[0]
      if (!file) return
      event.preventDefault()
      void readFile(this, file)
    })
    this.writing.open(draft())
  }

  disconnectedCallback() {
    super.disconnectedCallback()
    this.writing.rest()
  }

  /** @param {Event} event */
  #announced(event) {
    event.stopPropagation()
    if (event.type === 'rp-act' || event.type === 'rp-menu') this.app.say('This is only looked at. “Play it” begins a run to act on.')
  }

  #changed() {
    const { preview, mistakes, text } = this.writing
    this.outline = outlineOf(text)
    if (preview !== this.#shown && preview) {
      this.#shown = preview
      this.cursor = (this.chosen && this.seqOf(this.chosen)) || preview.journal.length
    }
    this.marks = new Map()
    const current = preview?.text === text ? preview.played : null
    for (const { section, step, held } of current?.results ?? []) {
      const line = (current?.steps?.find(one => one.section === section && one.step === step)?.line ?? 0) - 1
      if (this.marks.get(line) !== 'failed') this.marks.set(line, held ? 'held' : 'failed')
    }
    for (const { line } of mistakes) {
      const at = stepAtLine(this.outline, line - 1)
      if (at) this.marks.set(this.outline.sections[at.section].steps?.items[at.step].from ?? -1, 'wrong')
    }
    this.refresh()
  }

  /** The event at which a step has been played, 0 if it has not been yet. @param {Spot} spot */
  seqOf({ section, step }) {
    const one = this.outline.sections[section]?.steps?.items[step]
    return one ? this.writing.eventAt(one.to - 1) : 0
  }

  /** @param {Spot|null} spot */
  choose(spot) {
    this.chosen = spot
    const seq = spot ? this.seqOf(spot) : 0
    if (seq) this.cursor = seq
    this.refresh()
  }

  /** @param {number} seq */
  seek(seq) {
    this.cursor = seq
    this.refresh()
  }

  /** Shows an event in the diagram. @param {number} seq */
  look(seq) {
    this.cursor = seq
    this.#show('diagram')
  }

  /** @param {keyof typeof VIEWS} view */
  #show(view) {
    this.view = view
    if (view === 'format' && this.format.length === 0) void loadFormat(this)
    this.refresh()
  }

  /** Changes the text by the outline. @param {string} text */
  edit(text) {
    this.writing.edit(text, `change of ${this.writing.text.length}`)
  }

  /** @param {number} section  from 0 */
  focusTitle(section) {
    this.choose(null)
    const title = /** @type {HTMLInputElement|null} */ (this.querySelector(`[name="title ${section}"]`))
    title?.focus()
    title?.select()
  }

  /** Chooses a step, and goes on from there with the keyboard. @param {Spot} spot */
  focusStep(spot) {
    this.choose(spot)
    const step = /** @type {HTMLElement|null} */ (this.querySelector('.story-step[aria-expanded="true"]'))
    if (step) step.focus()
    else this.focusTitle(spot.section)
  }

  get #source() {
    return /** @type {Source|null} */ (this.querySelector('rp-source'))
  }

  /** @param {import('../net/wire.js').Mistake} mistake */
  #goTo({ line, column }) {
    this.tab = 'text'
    this.refresh()
    this.#source?.goTo(line, column)
  }

  /** Shows the other form, where the chosen step stands. @param {keyof typeof TABS} tab */
  #turnTo(tab) {
    this.tab = tab
    this.refresh()
    const at = this.chosen && this.outline.sections[this.chosen.section]?.steps?.items[this.chosen.step]
    if (at && tab === 'text') this.#source?.reveal(at.from)
    if (at && tab === 'story') this.querySelector('.story-step[aria-expanded="true"]')?.scrollIntoView({ block: 'nearest' })
  }

  draw() {
    const phone = this.state.room === 'phone'
    const { writing, outline } = this
    if (!phone && this.tab === 'run') this.tab = 'story'
    const { text, mistakes, undoable } = writing
    const { stale } = writing
    return [
      h(
        'div',
        { class: 'editor-bar', key: 'bar' },
        h('h2', { class: 'unseen' }, 'Write a scenario'),
        this.#segments('Write', phone ? TABS : { story: TABS.story, text: TABS.text }, this.tab, tab => this.#turnTo(tab)),
        h('p', { class: `grow small ${this.#wrong ? 'warn' : 'muted'}`, role: 'status', title: editorWords(writing) }, editorWords(writing)),
        this.tab === 'story' && this.#button('Undo', undoable ? '' : 'Nothing was changed in the story since', () => writing.undo()),
        h('button', { type: 'button', class: 'btn', key: 'menu', 'aria-haspopup': 'menu', onclick: (/** @type {any} */ event) => void fileMenu(this, event.currentTarget, phone) }, phone ? 'File' : 'Open', icon('down')),
        !phone && this.#button('Download', '', () => downloadScenario(this), 'The scenario, as a file'),
        !phone && this.#button('Table', noTable(writing), () => downloadTable(this), 'Its trace table, to keep beside it for raftplay verify'),
        this.#button('Play it', mistakes.length > 0 ? 'There are mistakes: see the list' : '', () => void this.app.begin({ source: text }), 'Begins a run that follows the scenario', true),
      ),
      h(
        'div',
        { class: 'editor-panes', key: 'panes' },
        h(
          'div',
          { class: 'editor-write', key: 'write', hidden: this.tab === 'run' },
          this.tab === 'story' && h('div', { class: 'editor-scroll story', key: 'story' }, story(this, outline)),
          h('rp-source', { class: 'source', key: 'source', hidden: this.tab !== 'text', '.model': { text, mistakes } }),
          h('p', { class: 'small muted editor-keys', id: 'editor-keys', key: 'keys', hidden: this.tab !== 'text' }, 'Tab indents. To leave the text: Escape, then Tab.'),
          h(
            'ul',
            { class: 'mistakes', id: 'editor-mistakes', key: 'mistakes', 'aria-label': 'Mistakes', hidden: mistakes.length === 0 },
            mistakes.map(one =>
              h('li', null, h('button', { type: 'button', class: 'mistake', onclick: () => this.#goTo(one) }, h('span', { class: 'nums warn' }, `${one.line}:${one.column}`), ' ', one.text)),
            ),
          ),
        ),
        h(
          'section',
          { class: `editor-run${stale ? ' stale' : ''}`, key: 'run', 'aria-label': 'What it plays', hidden: phone && this.tab !== 'run' },
          h('div', { class: 'editor-views', key: 'views' }, this.#segments('Show', VIEWS, this.view, view => this.#show(view)), h('span', { class: 'small muted' }, stale ? 'as it was last played' : writing.cut ? 'up to the mistake' : '')),
          runView(this),
        ),
      ),
    ]
  }

  get #wrong() {
    const { mistakes, trouble, failures, checking } = this.writing
    return !checking && (mistakes.length > 0 || trouble !== '' || failures.length > 0)
  }

  /** @param {string} label @param {string} refused @param {() => void} run @param {string} [about] @param {boolean} [primary] */
  #button(label, refused, run, about, primary) {
    const onclick = () => (refused ? this.app.say(`${refused}.`, 'warn') : run())
    return h('button', { type: 'button', key: label, class: `btn${primary ? ' primary' : ''}`, 'aria-disabled': refused ? 'true' : null, title: refused || about, onclick }, label)
  }

  /** @template {string} T @param {string} label @param {Partial<Record<T, string>>} all @param {T} on @param {(one: T) => void} choose */
  #segments(label, all, on, choose) {
    const one = (/** @type {T} */ name) => {
      return h('button', { type: 'button', class: 'btn', 'aria-pressed': String(name === on), onclick: () => choose(name) }, all[name])
    }
    return h('div', { class: 'segments', role: 'group', 'aria-label': label }, /** @type {T[]} */ (Object.keys(all)).map(one))
  }

  /** Opens another text. @param {string} text */
  open(text) {
    this.chosen = null
    this.cursor = Infinity
    this.writing.open(text)
  }
}
customElements.define('rp-editor', Editor)
