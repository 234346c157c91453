/**
 * The drawing itself: the visible part of the diagram, as SVG or on a canvas.
 *
 * @typedef {import('./layout.js').View} View
 * @typedef {import('./scene.js').Scene} Scene
 */
import { paintScene, prepare } from './canvas.js'
import { drawScene, drawWaiting } from './draw.js'
import { paintDense } from './dense.js'
import { DENSE, WORDLESS } from './metrics.js'
import { html, svg } from './dom.js'
import { layout } from './layout.js'

/** Pixels drawn beyond the visible part, so that most scrolling draws nothing. */
export const BEYOND = 240

export class Stage {
  #svg = svg('svg', { class: 'dg-svg', 'aria-hidden': 'true' })
  #canvas = html('canvas', { class: 'dg-canvas', 'aria-hidden': 'true' })

  /** @param {HTMLElement} root */
  constructor(root) {
    root.append(this.#canvas, this.#svg)
  }

  /**
   * @param {View} view
   * @param {{zoom: number, selected: number}} how
   * @returns {Scene}
   */
  draw(view, { zoom, selected }) {
    const { m, top, bottom, cursor, rows } = view
    const dense = zoom >= DENSE
    const scene = layout(dense ? { ...view, top: bottom, bottom } : view)
    this.#canvas.hidden = zoom < WORDLESS
    this.#svg.setAttribute('viewBox', `0 ${top} ${m.width} ${bottom - top}`)
    this.#svg.setAttribute('width', String(m.width))
    this.#svg.setAttribute('height', String(bottom - top))
    this.#svg.style.transform = `translateY(${top}px)`
    if (zoom < WORDLESS) {
      this.#svg.replaceChildren(...drawScene(svg, scene, m, { cursorRow: rows.length > 1 ? rows.upTo(cursor) - 1 : -1, selected, asked: Boolean(view.why) }))
      return scene
    }
    const { pen, colours } = prepare(this.#canvas, m.width, top, Math.min(bottom, top + 4000))
    if (dense) paintDense(pen, colours, view, scene.nowY)
    else paintScene(pen, colours, scene, m)
    this.#svg.replaceChildren(...drawWaiting(svg, scene, m, selected))
    return scene
  }
}
