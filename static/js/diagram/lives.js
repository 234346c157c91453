/**
 * Lifelines: what each node was, row by row; walls around those that were cut
 * off; and the pieces that connect the events of an answer to "why?".
 *
 * @typedef {import('../model/types.js').State} State
 * @typedef {import('./layout.js').View} View
 * @typedef {import('./scene.js').Scene} Scene
 * @typedef {import('./scene.js').Life} Life
 */
import { CLIENT } from '../model/types.js'
import { valueOf } from '../model/fold.js'
import { TOP } from './scene.js'

const ROLES = /** @type {const} */ (['follower', 'candidate', 'candidate', 'leader'])

/**
 * @param {Scene} scene
 * @param {View} view
 * @param {State} before  the state before the first visible row
 * @param {number} from  row
 * @param {number} to  row, exclusive
 * @param {(seq: number) => number} yOf
 */
export function layoutLives(scene, view, before, from, to, yOf) {
  const { journal, rows, cursor, m } = view
  const top = from ? TOP + from * m.row : 0
  const end = Math.max(top, Math.min(scene.nowY, view.bottom))
  /** @type {(Life & {up: number, was: number})[]} by node; what it is now */
  const now = before.nodes.map(n => ({ node: n.id, from: top, to: end, role: 'follower', term: n.term, up: n.up, was: n.role }))
  /** @param {(typeof now)[number]} n @param {number} y */
  const close = (n, y) => {
    const role = n.up ? ROLES[n.was] : 'down'
    if (y > n.from) scene.lives.push({ node: n.node, from: n.from, to: y, role, term: n.term })
    n.from = y
  }
  const last = to > from ? Math.min(cursor, rows.last(to - 1)) : 0
  for (let seq = to > from ? rows.first(from) : 1; seq <= last; seq++) {
    const e = journal.event(seq)
    const n = now[e.at ?? 0]
    if (!n || !n.node || !e.c) continue
    const was = valueOf(e, 'role') ?? n.was
    const term = valueOf(e, 'term') ?? n.term
    const up = valueOf(e, 'up') ?? n.up
    if (was !== n.was || up !== n.up || (was === 3 && term !== n.term)) close(n, e.k === 'start' ? top : yOf(seq))
    Object.assign(n, { was, term, up })
  }
  for (const n of now.slice(1)) close(n, end)
  scene.lives.push({ node: CLIENT, from: top, to: end, role: 'client', term: 0 })
  layoutWalls(scene, view, Math.max(1, before.n), last, top, yOf)
  layoutChains(scene, view, yOf)
}

/**
 * @param {Scene} scene @param {View} view @param {number} from @param {number} to @param {number} top
 * @param {(seq: number) => number} yOf
 */
function layoutWalls(scene, { rows, m, bottom }, from, to, top, yOf) {
  const walls = rows.walls.within(from, Math.max(from, to))
  walls.forEach((wall, i) => {
    const begins = i ? yOf(wall.seq) - m.row / 2 : top
    const ends = i + 1 < walls.length ? yOf(walls[i + 1].seq) - m.row / 2 : bottom
    for (const node of wall.nodes) scene.walls.push({ node, from: begins, to: ends, holds: wall.holds })
  })
}

/** @param {Scene} scene @param {View} view @param {(seq: number) => number} yOf */
function layoutChains(scene, { why, journal, cursor, top, bottom }, yOf) {
  if (!why) return
  /** @type {Map<number, number>} the last lit event of each node */
  const lately = new Map()
  for (const seq of [...why].filter(s => s <= cursor).sort((a, b) => a - b)) {
    const node = journal.event(seq).at ?? 0
    if (!node || journal.event(seq).k === 'lose') continue
    const before = lately.get(node)
    lately.set(node, seq)
    if (!before) continue
    const [from, to] = [yOf(before), yOf(seq)]
    if (to > from && to > top && from < bottom) scene.chains.push({ node, from: Math.max(from, top), to: Math.min(to, bottom) })
  }
}
