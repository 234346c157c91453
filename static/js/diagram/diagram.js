/**
 * <rp-diagram>: the run as a diagram of time and space, and the surface by which
 * it is played. Its property `model` is everything it shows; what hands do to it,
 * it announces as events: rp-act, rp-seek, rp-select, rp-menu, rp-zoom.
 *
 * @typedef {import('../model/journal.js').Journal} Journal
 * @typedef {import('./layout.js').View} View
 * @typedef {import('./scene.js').Scene} Scene
 *
 * @typedef {object} DiagramModel
 * @property {Journal} journal
 * @property {number} cursor  the event that is looked at
 * @property {{kind: 'node'|'message'|'event', id: number} | null} [selection]
 * @property {Set<number> | null} [why]  events that answer a question
 * @property {'act'|'watch'|'look'} [may]  who only looks, at a recording, has no menus either
 * @property {boolean} [live]  the cursor follows the end
 * @property {{invariant: string, event: number}[]} [violations]
 * @property {{timers?: {election?: [number, number]}} & Record<string, any>} [config]
 * @property {number | null} [virtualNow]  while time flows
 * @property {string} [name]  of the run, where there are two
 * @property {number} [mark]  an event at which two runs part
 * @property {import('../model/types.js').Vocabulary | null} [vocabulary]
 */
import { emit, html, measure } from './dom.js'
import { watchGestures } from './gestures.js'
import { Handles } from './handles.js'
import { Heads } from './heads.js'
import { ZOOMS, metrics } from './metrics.js'
import { watchPinch } from './pinch.js'
import { watchRoving } from './roving.js'
import { RowIndex } from './rows.js'
import { futureHeight, futureRoom } from './future.js'
import { nowAt, sightOf } from './layout.js'
import { Overlay } from './overlay.js'
import { BEYOND, Stage } from './stage.js'
import { Told } from './told.js'

/** As the style sheet has them. @type {Record<string, number>} */
const HEAD_HEIGHT = { wide: 116, mid: 98, slim: 98 }

export class Diagram extends HTMLElement {
  /** @type {DiagramModel | null} */
  #model = null
  #zoom = 0
  #expanded = false
  #frame = 0
  /** @type {RowIndex | null} */
  #rows = null
  /** @type {Scene | null} */
  #scene = null
  /** @type {{top: number, bottom: number}} what is drawn */
  #drawn = { top: 0, bottom: -1 }
  #followed = -1
  /** Kept, because asking for them makes the browser lay out the page. */
  #size = { width: 0, height: 0, top: 0, scale: 1 }
  #row = ZOOMS[0]
  #scroll = html('div', { class: 'dg-scroll', role: 'region', 'aria-label': 'Sequence diagram', tabindex: -1 })
  #headRoot = html('div', { class: 'dg-heads', role: 'group', 'aria-label': 'Nodes' })
  #body = html('div', { class: 'dg-body' })
  #handleRoot = html('div', { class: 'dg-handles', role: 'group', 'aria-label': 'Waiting messages' })
  #heads = new Heads(this.#headRoot)
  #handles = new Handles(this.#handleRoot)
  #stage = new Stage(this.#body)
  #overlay = new Overlay(this, this.#body)
  #told = new Told()
  #resized = new ResizeObserver(() => {
    if (this.#nearNow(0.5)) this.#followed = -1
    this.#size.width = this.#scroll.clientWidth
    this.#size.height = this.#scroll.clientHeight
    this.#size.scale = Number(getComputedStyle(this).getPropertyValue('--scale')) || 1
    this.#draw(true)
  })
  #fine = matchMedia('(pointer: coarse)')

  connectedCallback() {
    if (!this.#scroll.isConnected) this.#build()
    this.#resized.observe(this.#scroll)
  }

  disconnectedCallback() {
    this.#resized.disconnect()
    cancelAnimationFrame(this.#frame)
  }

  #build() {
    this.#body.append(this.#handleRoot)
    this.#scroll.append(this.#headRoot, this.#body)
    this.append(this.#scroll, this.#overlay.zoomButtons, this.#told.root)
    this.#scroll.addEventListener('scroll', () => this.#scrolled(), { passive: true })
    this.#body.addEventListener('click', e => this.#clicked(e))
    this.#scroll.addEventListener('wheel', e => {
      if (!e.ctrlKey && !e.metaKey) return
      e.preventDefault()
      this.zoom(e.deltaY > 0 ? 1 : -1)
    }, { passive: false })
    watchGestures(this.#scroll, this.#handles)
    watchPinch(this.#scroll, steps => this.zoom(steps))
    watchRoving(this.#scroll, () => this.#heads.buttons, () => this.#handles.buttons)
    this.addEventListener('keydown', e => {
      if (e.ctrlKey || e.metaKey || e.altKey) return
      if (e.key === '+' || e.key === '=') this.zoom(-1)
      else if (e.key === '-') this.zoom(1)
    })
    this.addEventListener('dg-expand', () => {
      this.#expanded = true
      this.#draw(true)
    })
  }

  /** @param {DiagramModel | null} model */
  set model(model) {
    if (!this.#rows || this.#model?.journal !== model?.journal) {
      this.#rows = model && new RowIndex(model.journal.nodes)
      this.#followed = -1
      this.#expanded = false
    }
    this.#model = model
    this.#frame ||= requestAnimationFrame(() => {
      this.#frame = 0
      this.#draw(true)
    })
  }

  get model() {
    return this.#model
  }

  /** Zooms out by so many steps, in if negative, and keeps the now line in sight. @param {number} steps */
  zoom(steps) {
    const zoom = Math.max(0, Math.min(ZOOMS.length - 1, this.#zoom + steps))
    if (zoom === this.#zoom || !this.#model) return
    const middle = this.#size.top + this.#room() / 2
    const near = this.#nearNow(1)
    const before = this.#row
    this.#zoom = zoom
    if (near) this.#followed = -1
    this.#draw(true)
    if (!near) this.#scroll.scrollTop = (middle * this.#row) / before - this.#room() / 2
    emit(this, 'rp-zoom', { zoom, rowHeight: ZOOMS[zoom] })
  }

  /** Brings an event into sight. @param {number} seq */
  reveal(seq) {
    if (!this.#rows || !this.#scene) return
    const y = this.#rows.rowOf(seq) * this.#row
    const { top } = this.#size
    if (y < top || y > top + this.#room() - 40) this.#scroll.scrollTop = y - this.#room() / 3
  }

  /** The events in sight. */
  get sight() {
    const { top } = this.#size
    return this.#rows && this.#model ? sightOf(this.#rows, this.#model.cursor, this.#row, top, top + this.#room()) : { from: 0, to: 0 }
  }

  /** @param {number} rooms @returns {boolean} whether the now line is so near to the middle of what is in sight */
  #nearNow(rooms) {
    const room = this.#room()
    return this.#scene !== null && Math.abs(this.#scene.nowY - this.#size.top - room / 2) < room * rooms
  }

  /** @returns {number} the height in which rows can be seen */
  #room() {
    const heads = HEAD_HEIGHT[this.#headRoot.dataset.size ?? 'wide'] * this.#size.scale
    return Math.max(60, this.#size.height - heads)
  }

  #scrolled() {
    const top = Math.max(0, this.#scroll.scrollTop)
    this.#size.top = top
    if (top < this.#drawn.top || top + this.#room() > this.#drawn.bottom) this.#draw(false)
    this.#overlay.scrolled(top)
  }

  /** @param {boolean} changed  the model, or the room */
  #draw(changed) {
    const model = this.#model
    const rows = this.#rows
    const { width, scale } = this.#size
    if (!model || !rows || !width) return
    rows.update(model.journal)
    const { journal, cursor } = model
    this.#scroll.ariaLabel = model.name ? `Sequence diagram of ${model.name}` : 'Sequence diagram'
    const last = journal.length ? journal.event(journal.length) : null
    const m = metrics({
      width, scale, nodes: journal.nodes, zoom: this.#zoom, coarse: this.#fine.matches, events: journal.length, measure, timed: Boolean(last?.t),
    })
    this.#row = m.row
    const state = journal.at(cursor)
    const now = model.virtualNow ?? null
    const wall = rows.walls.at(cursor)
    if (changed) {
      const selected = model.selection?.kind === 'node' ? model.selection.id : 0
      const electionMax = model.config?.timers?.election?.[1] ?? 300
      this.#heads.update(state, m, { electionMax, now: now ?? state.t, selected, walled: wall.nodes, heldWall: wall.holds, menus: model.may !== 'look' })
    }
    const follows = this.#followed !== cursor
    if (follows) this.#size.top = this.#target(state, m)
    this.#followed = cursor
    const top = Math.max(0, this.#size.top - BEYOND)
    const bottom = this.#size.top + this.#room() + BEYOND
    /** @type {View} */
    const view = {
      journal, rows, cursor, top, bottom, m, now, why: model.why?.size ? model.why : null, expanded: this.#expanded,
      broken: new Map((model.violations ?? []).map(v => [rows.rowOf(v.event), v.invariant])),
    }
    const selected = model.selection?.kind === 'message' ? model.selection.id : 0
    const scene = this.#stage.draw(view, { zoom: this.#zoom, selected })
    this.#scene = scene
    this.#drawn = { top, bottom }
    this.#body.style.height = `${Math.ceil(Math.max(scene.height, this.#size.top + this.#room()))}px`
    const watching = model.may !== undefined && model.may !== 'act'
    this.#handles.update(scene.handles, m.handle, watching, selected)
    this.#overlay.update(scene, view, { time: now ?? state.t, mark: model.mark ?? 0, top: this.#size.top, watching })
    this.#told.update(journal, cursor, model.vocabulary ?? null)
    if (follows) this.#scroll.scrollTop = this.#size.top
  }

  /**
   * @param {import('../model/types.js').State} state @param {import('./metrics.js').Metrics} m
   * @returns {number} the scroll position at which the now line and what waits below it are in sight
   */
  #target(state, m) {
    const rows = /** @type {RowIndex} */ (this.#rows)
    const room = this.#room()
    const count = state.nodes.reduce((sum, n) => sum + n.in.length + n.out.length, state.client.length)
    const empty = this.#model?.may === 'look' && this.#model.live ? this.#overlay.zoomButtons.offsetHeight + 16 : Infinity // nothing more comes
    return Math.max(0, Math.round(nowAt(rows, state.n, m) + futureRoom(room, futureHeight(count, this.#expanded, m), empty, m) + 8 - room))
  }

  /** @param {MouseEvent} e */
  #clicked(e) {
    if (!(e.target instanceof Element)) return
    const message = e.target.closest('[data-message]')
    const row = e.target.closest('[data-seq]')
    if (e.target.closest('button')) return
    if (message instanceof SVGElement) emit(this, 'rp-select', { kind: 'message', id: Number(message.dataset.message) })
    else if (row instanceof SVGElement) emit(this, 'rp-seek', { seq: Number(row.dataset.seq) })
    else if (this.#zoom >= 2) this.#clickedCanvas(e)
  }

  /** @param {MouseEvent} e */
  #clickedCanvas(e) {
    const y = e.clientY - this.#body.getBoundingClientRect().top
    const row = Math.floor((y - 8) / ZOOMS[this.#zoom])
    if (this.#rows && row >= 0 && row < this.#rows.length) emit(this, 'rp-seek', { seq: this.#rows.last(row) })
  }
}

customElements.define('rp-diagram', Diagram)
