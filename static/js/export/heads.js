/**
 * The nodes' headers in a picture: name, role by shape and word, term, vote and log.
 *
 * @typedef {import('../model/types.js').NodeState} NodeState
 * @typedef {import('../model/types.js').State} State
 * @typedef {import('../diagram/metrics.js').Metrics} Metrics
 * @typedef {import('../diagram/looks.js').Look} Look
 * @typedef {import('./markup.js').Element} Element
 * @typedef {{electionMax: number, walled: number[], holds: boolean}} About
 */
import { drawText, rounded } from '../diagram/draw.js'
import { SHAPES, headSize, headWidth, logCells, roleWord, shapeOf, stateName, timerLeft } from '../diagram/head.js'
import { termInk } from '../diagram/looks.js'
import { CLIENT } from '../model/types.js'
import { nodeName } from '../model/words.js'
import { element as make } from './markup.js'

const HEIGHTS = { wide: 98, mid: 82, slim: 82 }
const MUTED = { fill: '--muted' }
const END = { ...MUTED, 'text-anchor': 'end' }

/** @param {Metrics} m @returns {number} how high the headers are, with the room around them */
export const headsHeight = m => (HEIGHTS[headSize(headWidth(m) / m.scale)] + 18) * m.scale

/** @param {State} state @param {Metrics} m @param {number} top @param {About} about @returns {Element[]} */
export function drawHeads(state, m, top, about) {
  const width = headWidth(m)
  const heads = state.nodes.slice(1).map(n => {
    const at = `translate(${rounded(m.x(n.id) - width / 2)} ${rounded(top + 8 * m.scale)})${m.scale === 1 ? '' : ` scale(${m.scale})`}`
    return make('g', { transform: at }, ...drawHead(n, width / m.scale, state.t, m, about))
  })
  const bare = m.x(CLIENT) + 22 * m.scale > m.x(1) - width / 2
  const client = drawText(make, 'client', m.x(CLIENT), top + headsHeight(m) - 20 * m.scale, 11.5 * m.scale, { fill: '--client', 'text-anchor': 'middle' })
  return bare ? heads : [client, ...heads]
}

/** @param {NodeState} n @param {number} width  at scale 1 @param {number} now @param {Metrics} m @param {About} about @returns {Element[]} */
function drawHead(n, width, now, m, about) {
  const size = headSize(width)
  const walled = about.walled.includes(n.id)
  const left = timerLeft(n, about.electionMax, now)
  const name = walled && size !== 'wide' ? `${nodeName(n.id)} ⊘` : nodeName(n.id)
  const box = drawBox(n, width, HEIGHTS[size], walled)
  if (size === 'slim') {
    const middle = { 'text-anchor': 'middle' }
    return [
      box, drawText(make, name, width / 2, 13, 12, { fill: '--ink', 'font-weight': 600, ...middle }), ...drawGlyph(n, width / 2, 32, 0.75, left),
      ...drawChip(n, `t${n.term}`, width / 2, 53, 10.5, m, 'middle'), drawText(make, `c${n.commit}`, width / 2, 71, 10.5, { ...MUTED, ...middle }),
    ]
  }
  if (size === 'mid') {
    return [
      box, drawText(make, name, 8, 15, 13, { fill: '--ink', 'font-weight': 600 }), ...drawChip(n, `t${n.term}`, width - 7, 15, 11, m, 'end'),
      ...drawGlyph(n, 15, 37, 0.66, left), drawText(make, roleWord(stateName(n), width - 10), 27, 37, 11, MUTED), ...drawCells(n, 8, 64, width - 14, m),
    ]
  }
  const role = `${stateName(n)}${walled ? (about.holds ? ' · held' : ' · cut off') : ''}`
  const vote = n.vote ? `vote ${nodeName(n.vote)}` : 'no vote'
  const free = width - 66 - m.measure(role, 11.5)
  return [
    box, ...drawGlyph(n, 24, 27, 13 / 12, left), drawText(make, name, 45, 19, 14, { fill: '--ink', 'font-weight': 600 }),
    ...drawChip(n, `term ${n.term}`, width - 10, 19, 11.5, m, 'end'), drawText(make, role, 45, 37, 11.5, MUTED),
    ...(m.measure(vote, 11.5) <= free ? [drawText(make, vote, width - 10, 37, 11.5, END)] : []),
    ...drawCells(n, 10, 62, width - 20, m), drawText(make, `last ${n.log.length} · commit ${n.commit}`, 10, 84, 11, MUTED),
  ]
}

/** @param {NodeState} n @param {number} width @param {number} height @param {boolean} walled */
function drawBox(n, width, height, walled) {
  /** @type {Record<ReturnType<typeof shapeOf>, Look>} */
  const looks = {
    leader: { stroke: termInk(n.term), 'stroke-width': 2 },
    candidate: { stroke: '--vote', 'stroke-width': 2, 'stroke-dasharray': '5 3' },
    follower: { stroke: '--line', 'stroke-width': 1 },
    down: { stroke: '--edge', 'stroke-width': 1, 'stroke-dasharray': '1 2' },
  }
  const look = looks[shapeOf(n)]
  const inset = Number(look['stroke-width']) / 2
  const fill = walled ? '--wall' : n.up ? '--panel' : '--bg'
  return make('rect', { x: inset, y: inset, width: width - 2 * inset, height: height - 2 * inset, rx: 11, fill, ...look })
}

/** The role as a shape in a ring, which is the election timer. @param {NodeState} n @param {number} x @param {number} y @param {number} scale @param {number} left  of the timer */
export function drawGlyph(n, x, y, scale, left) {
  return [make('g', { transform: `translate(${rounded(x)} ${rounded(y)}) scale(${Math.round(scale * 100) / 100})` },
    make('circle', { cx: 0, cy: 0, r: 10.5, fill: 'none', stroke: '--line', 'stroke-width': 2 }),
    ...(left ? [make('path', { d: arc(left), fill: 'none', stroke: '--accent', 'stroke-width': 2.2 })] : []),
    drawShape(shapeOf(n), n.term))]
}

/** @param {keyof typeof SHAPES} shape @param {number} term */
export function drawShape(shape, term) {
  /** @type {Record<keyof typeof SHAPES, Look>} */
  const looks = {
    leader: { fill: termInk(term) },
    candidate: { fill: 'none', stroke: '--vote', 'stroke-width': 2.4 },
    follower: { fill: '--ink' },
    down: { fill: 'none', stroke: '--warn', 'stroke-width': 2.6 },
  }
  return make('path', { d: SHAPES[shape], ...looks[shape] })
}

/** A part of the ring, clockwise from its top. @param {number} part  more than 0, at most 1 */
function arc(part) {
  const turn = Math.min(part, 0.999) * 2 * Math.PI
  return `M0 -10.5A10.5 10.5 0 ${part > 0.5 ? 1 : 0} 1 ${rounded(10.5 * Math.sin(turn))} ${rounded(-10.5 * Math.cos(turn))}`
}

/** @param {NodeState} n @param {string} text @param {number} x @param {number} y @param {number} size @param {Metrics} m @param {'middle'|'end'} anchor  what of it is at x */
function drawChip(n, text, x, y, size, m, anchor) {
  const w = Math.ceil(m.measure(text, size, 600)) + 12
  const from = anchor === 'end' ? x - w : x - w / 2
  return [
    make('rect', { x: rounded(from), y: y - 8.5, width: w, height: 17, rx: 8.5, fill: termInk(n.term) }),
    drawText(make, text, from + w / 2, y, size, { fill: '--term-ink', 'font-weight': 600, 'text-anchor': 'middle' }),
  ]
}

/** The end of the log: solid cells are committed, dashed ones not. @param {NodeState} n @param {number} x @param {number} y @param {number} room @param {Metrics} m */
function drawCells(n, x, y, room, m) {
  if (!n.log.length) return m.measure('empty log', 11) <= room ? [drawText(make, 'empty log', x, y, 11, MUTED)] : []
  return logCells(n, room).flatMap((cell, i) => drawCell(cell, x + 24 * i, y))
}

/** @param {import('../diagram/head.js').Cell} cell @param {number} x @param {number} y @returns {Element[]} */
export function drawCell(cell, x, y) {
  const ink = { 'text-anchor': 'middle', fill: cell.committed ? '--term-ink' : '--ink', 'font-weight': 600 }
  if (!cell.index) return [drawText(make, cell.text, x + 10.5, y, 10.5, { ...MUTED, 'text-anchor': 'middle' })]
  /** @type {Look} */
  const rect = cell.committed
    ? { x, y: y - 9.5, width: 21, height: 19, rx: 5, fill: termInk(cell.term) }
    : { x: x + 0.75, y: y - 8.75, width: 19.5, height: 17.5, rx: 4.5, fill: '--panel', stroke: termInk(cell.term), 'stroke-width': 1.5, 'stroke-dasharray': '3.2 2.4' }
  return [make('rect', rect), drawText(make, cell.text, x + 10.5, y, cell.index > 99 ? 9 : 10.5, ink)]
}
