/**
 * The zoomed-out diagram, where words no longer fit: drawn on a canvas.
 *
 * @typedef {import('./scene.js').Scene} Scene
 * @typedef {import('./layout.js').View} View
 * @typedef {import('./metrics.js').Metrics} Metrics
 */
import { termColour } from '../model/words.js'

const NAMES = ['bg', 'line', 'muted', 'edge', 'ink', 'vote', 'append', 'client', 'warn', 'wall', 'soft', 'accent', 'glow',
  'term-0', 'term-1', 'term-2', 'term-3', 'term-4', 'term-5', 'term-6', 'term-7', 'term-8']

/** @typedef {Record<string, string>} Colours */


/**
 * Prepares a canvas for the part of the diagram from top to bottom.
 * @param {HTMLCanvasElement} canvas @param {number} width @param {number} top @param {number} bottom
 * @returns {{pen: CanvasRenderingContext2D, colours: Colours}}
 */
export function prepare(canvas, width, top, bottom) {
  const ratio = window.devicePixelRatio || 1
  const [w, h] = [Math.round(width * ratio), Math.round((bottom - top) * ratio)]
  if (canvas.width !== w) canvas.width = w
  if (canvas.height !== h) canvas.height = h
  canvas.style.width = `${width}px`
  canvas.style.height = `${bottom - top}px`
  canvas.style.transform = `translateY(${top}px)`
  const style = getComputedStyle(canvas)
  const colours = Object.fromEntries(NAMES.map(n => [n, style.getPropertyValue(`--${n}`).trim() || '#888']))
  const pen = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'))
  pen.setTransform(ratio, 0, 0, ratio, 0, 0)
  pen.clearRect(0, 0, width, bottom - top)
  pen.translate(0, -top)
  return { pen, colours }
}

/** @param {CanvasRenderingContext2D} pen @param {Colours} colours @param {Scene} scene @param {Metrics} m */
export function paintScene(pen, colours, scene, m) {
  const marks = {
    dot: new Path2D('M-1.2 0a1.2 1.2 0 1 0 2.4 0a1.2 1.2 0 1 0 -2.4 0'), pause: new Path2D('M-1.8 -3v6m3.6 -6v6'),
    cross: new Path2D('M-3 -3l6 6m0 -6l-6 6'), down: new Path2D('M-4 -4l8 8m0 -8l-8 8'),
  }
  paintWalls(pen, colours, scene, m)
  for (const b of scene.bands) {
    pen.fillStyle = colours.soft
    pen.fillRect(0, b.y, m.width, b.h)
  }
  for (const r of scene.rows) {
    if (!r.bad) continue
    pen.fillStyle = colours.warn
    pen.fillRect(0, r.y - 1, m.width, 2)
  }
  for (const l of scene.lives) paintLife(pen, colours, l.role, l.term, m.x(l.node), l.from, l.to)
  pen.lineWidth = 1.2
  for (const a of scene.arrows) {
    if (a.waits) continue
    pen.strokeStyle = colours[a.family]
    pen.setLineDash(a.stroke === 'sent' ? [] : [4, 3])
    pen.stroke(new Path2D(a.d))
    if (a.head) {
      const [x, y, way] = a.head
      pen.fillStyle = colours[a.family]
      pen.fill(new Path2D(`M${x} ${y}l${-6 * way} -3v6z`))
    }
  }
  pen.setLineDash([])
  for (const k of scene.marks) {
    pen.strokeStyle = k.shape === 'cross' || k.shape === 'down' ? colours.warn : colours.muted
    pen.translate(k.x, k.y)
    pen.stroke(marks[k.shape])
    pen.translate(-k.x, -k.y)
  }
}

/** @param {CanvasRenderingContext2D} pen @param {Colours} colours @param {Scene} scene @param {Metrics} m */
export function paintWalls(pen, colours, scene, m) {
  pen.fillStyle = colours.wall
  for (const w of scene.walls) {
    const to = Math.min(w.to, scene.nowY)
    pen.fillRect(m.x(w.node) - m.wall, w.from, 2 * m.wall, Math.max(0, to - w.from))
  }
}

/**
 * @param {CanvasRenderingContext2D} pen @param {Colours} colours @param {string} role @param {number} term
 * @param {number} x @param {number} from @param {number} to
 */
export function paintLife(pen, colours, role, term, x, from, to) {
  if (role === 'down') return
  pen.fillStyle = role === 'leader' ? colours[`term-${termColour(term)}`] : role === 'candidate' ? colours.vote : role === 'client' ? colours.client : colours.edge
  const w = role === 'leader' ? 5 : role === 'candidate' ? 3 : role === 'client' ? 1 : 2
  pen.globalAlpha = role === 'client' || role === 'follower' ? 0.55 : 1
  pen.fillRect(x - w / 2, from, w, Math.max(0.5, to - from))
  pen.globalAlpha = 1
}
