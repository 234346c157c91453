/**
 * What lies over the drawing: the now line's chip, the title of the section one is
 * in, how much more there is, and the zoom buttons.
 *
 * @typedef {import('./layout.js').View} View
 * @typedef {import('./scene.js').Scene} Scene
 */
import { ZOOMS } from './metrics.js'
import { emit, html } from './dom.js'
import { TOP } from './scene.js'

export class Overlay {
  #chip = html('span', { class: 'dg-now' })
  #past = html('span', { class: 'dg-past' })
  #later = html('button', { class: 'dg-later', type: 'button' })
  #now = html('div', { class: 'dg-nowline' }, this.#chip, this.#past, this.#later)
  #more = html('button', { class: 'dg-more', type: 'button' })
  #section = html('div', { class: 'dg-section', 'aria-hidden': 'true' })
  #mark = html('div', { class: 'dg-mark' }, html('span', {}, 'first difference'))
  /** @type {View | null} */
  #view = null

  /** @param {import('./diagram.js').Diagram} host @param {HTMLElement} body */
  constructor(host, body) {
    const out = html('button', { type: 'button', 'aria-label': 'Zoom out' }, '−')
    const back = html('button', { type: 'button', 'aria-label': 'Zoom in' }, '+')
    this.zoomButtons = html('div', { class: 'dg-zoom', role: 'group', 'aria-label': 'Zoom' }, back, out)
    out.addEventListener('click', () => host.zoom(1))
    back.addEventListener('click', () => host.zoom(-1))
    host.addEventListener('rp-zoom', e => {
      const { zoom } = /** @type {CustomEvent} */ (e).detail
      out.disabled = zoom === ZOOMS.length - 1
      back.disabled = zoom === 0
    })
    back.disabled = true
    this.#more.addEventListener('click', () => emit(this.#more, 'dg-expand', {}))
    this.#later.addEventListener('click', () => emit(this.#later, 'rp-seek', { seq: this.#view?.journal.length ?? 0 }))
    body.append(this.#now, this.#more, this.#mark)
    this.body = body
  }

  /** @param {Scene} scene @param {View} view @param {{time: number, mark: number, top: number, watching: boolean}} about */
  update(scene, view, { time, mark, top, watching }) {
    this.#view = view
    const { journal, cursor, rows, m } = view
    const later = journal.length - cursor
    const narrow = m.width < 600
    const clock = time && !(narrow && later) ? ` · ${Math.round(time)} ms` : ''
    const rest = `${later} later ${later === 1 ? 'event' : 'events'}`
    this.#now.style.transform = `translateY(${scene.nowY}px)`
    this.#chip.textContent = later ? `event ${cursor}${clock}` : `now${clock}`
    const past = watching ? 'the past' : narrow ? 'acting here branches' : 'the past · acting here starts a branch'
    this.#past.textContent = later ? past : ''
    this.#now.classList.toggle('past', later > 0)
    this.#later.hidden = !later
    this.#later.textContent = narrow ? `${later} ⇥` : `${rest} ⇥`
    this.#later.setAttribute('aria-label', `${rest}, go to the end`)
    this.#more.hidden = !scene.more
    this.#more.textContent = `+${scene.more} more`
    this.#more.setAttribute('aria-label', `Show ${scene.more} more waiting messages`)
    this.#more.style.transform = `translateY(${scene.moreY - 16}px)`
    this.#mark.hidden = !mark || mark > journal.length
    this.#mark.style.transform = `translateY(${TOP + rows.rowOf(mark) * m.row}px)`
    if (!this.#section.isConnected) this.body.before(this.#section)
    this.scrolled(top)
  }

  /** @param {number} top  of what is visible */
  scrolled(top) {
    const view = this.#view
    if (!view) return
    const row = Math.max(0, Math.floor((top - TOP) / view.m.row))
    const first = row < view.rows.length ? view.rows.first(row) : view.journal.length
    const section = first ? view.rows.section(Math.min(first, view.cursor)) : null
    const above = section && view.rows.rowOf(section.seq) < row
    this.#section.hidden = !above
    if (above) this.#section.textContent = `${section.number} · ${view.journal.event(section.seq).text}`
  }
}
