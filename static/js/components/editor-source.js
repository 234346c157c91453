/**
 * <rp-source>: the text of a scenario, in a plain text area that grows with it. Behind it stand line numbers, calm colours and the marks
 * of mistakes, of the lines in sight only. It announces rp-typed {text} and rp-caret {line}.
 */
import { h, patch } from './dom.js'

/** @typedef {import('../net/wire.js').Mistake} Mistake */

/** Lines drawn beyond those in sight. */
const BEYOND = 30

export class Source extends HTMLElement {
  #area = /** @type {HTMLTextAreaElement} */ (document.createElement('textarea'))
  #behind = document.createElement('div')
  /** @type {string[]} */
  #lines = ['']
  /** @type {Mistake[]} */
  #mistakes = []
  /** Tab leaves, as Escape was pressed before it. */
  #leaves = false
  #line = 0
  #resized = new ResizeObserver(() => this.#draw())

  connectedCallback() {
    const area = this.#area
    area.className = 'source-text'
    area.wrap = 'off'
    area.spellcheck = false
    area.autocapitalize = 'off'
    area.setAttribute('autocorrect', 'off')
    area.setAttribute('aria-label', 'Text of the scenario')
    area.setAttribute('aria-describedby', 'editor-keys editor-mistakes')
    this.#behind.className = 'source-behind'
    this.#behind.ariaHidden = 'true'
    this.append(this.#behind, area)
    area.addEventListener('input', () => this.#typed())
    area.addEventListener('keydown', event => this.#key(event))
    area.addEventListener('blur', () => (this.#leaves = false))
    document.addEventListener('selectionchange', this.#moved)
    this.addEventListener('scroll', () => this.#draw(), { passive: true })
    this.#resized.observe(this)
  }

  disconnectedCallback() {
    this.#resized.disconnect()
    document.removeEventListener('selectionchange', this.#moved)
  }

  /** @param {{text: string, mistakes: Mistake[]}} model */
  set model({ text, mistakes }) {
    if (text !== this.#area.value) this.#area.value = text
    this.#lines = text.split('\n')
    this.#mistakes = mistakes
    this.#area.ariaInvalid = String(mistakes.length > 0)
    this.#draw()
  }

  /** Puts the cursor at a place. @param {number} line  from 1 @param {number} column  from 1, in characters */
  goTo(line, column) {
    const at = Math.min(line, this.#lines.length) - 1
    const before = this.#lines.slice(0, at).reduce((sum, one) => sum + one.length + 1, 0)
    const place = before + [...this.#lines[at]].slice(0, column - 1).join('').length
    this.#area.focus({ preventScroll: true })
    this.#area.setSelectionRange(place, place)
    this.reveal(at)
  }

  /** Brings a line into sight. @param {number} line  from 0 */
  reveal(line) {
    this.scrollTo({ top: line * this.#height - this.clientHeight / 3, left: 0 })
  }

  get #height() {
    return parseFloat(getComputedStyle(this.#area).lineHeight) || 20
  }

  #typed() {
    this.#lines = this.#area.value.split('\n')
    this.#draw()
    this.dispatchEvent(new CustomEvent('rp-typed', { bubbles: true, detail: { text: this.#area.value } }))
  }

  #moved = () => {
    if (document.activeElement !== this.#area) return
    const line = this.#area.value.slice(0, this.#area.selectionStart).split('\n').length - 1
    if (line === this.#line) return
    this.#line = line
    this.#draw()
    this.dispatchEvent(new CustomEvent('rp-caret', { bubbles: true, detail: { line } }))
  }

  /** Tab indents, Shift Tab does the contrary, Enter keeps the indentation; after Escape, Tab leaves. @param {KeyboardEvent} event */
  #key(event) {
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return
    if (event.key === 'Escape') this.#leaves = true
    else if (event.key === 'Tab' && !this.#leaves) {
      event.preventDefault()
      this.#indent(event.shiftKey)
    } else if (event.key === 'Enter' && !event.shiftKey) {
      const { value, selectionStart: at } = this.#area
      const line = value.slice(value.lastIndexOf('\n', at - 1) + 1, at)
      event.preventDefault()
      insert(`\n${/^ */.exec(line)?.[0] ?? ''}`)
    }
    if (!['Escape', 'Tab', 'Shift'].includes(event.key)) this.#leaves = false
  }

  /** Indents the selected lines, or writes two spaces. @param {boolean} back */
  #indent(back) {
    const area = this.#area
    const { value, selectionStart, selectionEnd } = area
    if (!back && selectionStart === selectionEnd) {
      insert('  ')
      return
    }
    const from = value.lastIndexOf('\n', selectionStart - 1) + 1
    const to = value.indexOf('\n', Math.max(selectionStart, selectionEnd - 1))
    const lines = value.slice(from, to < 0 ? value.length : to)
    const changed = back ? lines.replace(/^ {1,2}/gm, '') : lines.replace(/^(?=.)/gm, '  ')
    if (changed === lines) return
    area.setSelectionRange(from, from + lines.length)
    insert(changed)
    const at = Math.max(from, selectionStart + changed.length - lines.length)
    if (selectionStart === selectionEnd) area.setSelectionRange(at, at)
    else area.setSelectionRange(from, from + changed.length)
  }

  #draw() {
    if (!this.isConnected) return
    const height = this.#height
    const longest = this.#lines.reduce((most, line) => Math.max(most, line.length + (line.match(/[^ -~]/g)?.length ?? 0)), 0)
    this.#area.style.height = `${this.#lines.length * height + 40}px`
    this.#area.style.width = `calc(${longest + 4}ch + 4em)`
    const first = Math.max(0, Math.floor(this.scrollTop / height) - BEYOND)
    const last = Math.min(this.#lines.length, Math.ceil((this.scrollTop + this.clientHeight) / height) + BEYOND)
    this.#behind.style.top = `${first * height}px`
    const rows = this.#lines.slice(first, last).map((line, i) => this.#row(line, first + i))
    patch(this.#behind, rows)
  }

  /** @param {string} line @param {number} at */
  #row(line, at) {
    const wrong = this.#mistakes.filter(one => one.line === at + 1).map(one => [...line].slice(0, one.column - 1).join('').length)
    return h(
      'div',
      { class: `source-line${wrong.length > 0 ? ' wrong' : ''}${at === this.#line ? ' here' : ''}` },
      h('span', { class: 'source-number' }, at + 1),
      h('span', { class: 'source-words' }, words(line, wrong)),
    )
  }
}
customElements.define('rp-source', Source)

/** Writes where the cursor is, so that it can be undone. @param {string} text */
function insert(text) {
  document.execCommand('insertText', false, text)
}

/** A line in pieces: its key, its comment, and what is wrong in it. @param {string} line @param {number[]} wrong  where mistakes begin */
function words(line, wrong) {
  const [, before = '', key = ''] = /^((?:\s|-(?=\s))*)([A-Za-z]+)(?=:(?:\s|$))/.exec(line) ?? []
  const comment = [...line.matchAll(/(?:^|\s)#/g)].find(({ index }) => line.slice(0, index).split('"').length % 2)?.index ?? line.length
  const marks = wrong.map(at => ({ at, end: at + Math.max(1, /^[^\s,:\]}]*/.exec(line.slice(at))?.[0].length ?? 1) }))
  const named = before.length + key.length
  const cuts = [...new Set([0, before.length, named, comment, line.length, ...marks.flatMap(mark => [mark.at, mark.end])])]
    .filter(at => at <= line.length)
    .sort((a, b) => a - b)
  const pieces = cuts.slice(1).map((end, i) => {
    const from = cuts[i]
    const look = from >= comment ? 'source-comment' : from >= before.length && end <= named ? 'source-key' : ''
    const marked = marks.some(mark => from >= mark.at && from < mark.end) ? 'source-wrong' : ''
    return h('span', { class: `${look} ${marked}`.trim() || null }, line.slice(from, end))
  })
  return marks.some(mark => mark.at >= line.length) ? [...pieces, h('span', { class: 'source-wrong' }, ' ')] : pieces
}
