/**
 * One row: the number of its event, the label of its message on the side it came
 * from, and on the other side tags for what it changed.
 *
 * @typedef {import('../model/types.js').Event} Event
 * @typedef {import('../model/types.js').Message} Message
 * @typedef {import('./layout.js').View} View
 * @typedef {import('./scene.js').Scene} Scene
 * @typedef {{term: number, role: number}[]} Live  by node, as of the row before; kept up here
 */
import { CLIENT } from '../model/types.js'
import { valueOf } from '../model/fold.js'
import { messageFamily, messageLabels, nodeName } from '../model/words.js'
import { heading, wallStop } from './route.js'
import { fitLabel } from './labels.js'
import { placeTags, tags } from './tags.js'
import { TOP } from './scene.js'

/** The room that an arrow's head needs before its lifeline. */
const HEAD = 9

/** @param {Scene} scene @param {View} view @param {number} row @param {Live} live */
export function layoutRow(scene, view, row, live) {
  const { journal, rows, cursor, m, why, broken } = view
  const first = rows.first(row)
  const last = Math.min(cursor, rows.last(row))
  const y = TOP + (row + 0.5) * m.row
  const e = mainEvent(view, first, last)
  const lit = Boolean(why?.has(first) || why?.has(e.n))
  const time = e.t ?? 0
  const moved = row > 0 && time !== (journal.event(rows.first(row - 1)).t ?? 0)
  const violated = broken.get(row) ?? ''
  scene.rows.push({ row, seq: first, last: rows.last(row), y, time, moved, lit, bad: Boolean(violated) })
  if (e.k === 'section') {
    scene.bands.push({ seq: first, number: rows.section(first)?.number ?? 0, title: e.text ?? '', y: y - m.row / 2, h: m.row })
    return
  }
  follow(live, journal.events(first - 1, last))
  const message = e.m ? journal.message(e.m).message : undefined
  const node = e.k === 'ask' ? CLIENT : e.at || CLIENT
  const state = live[e.at ?? 0] ?? { term: 0, role: 0 }
  const side = message ? layoutMessage(scene, view, e, message, y, lit) : 1
  const list = m.words ? tags(e, state, violated) : []
  if (m.words && message) messageTags(e, list)
  for (const t of placeTags(list, m.tagSlot(node, side), side, m)) scene.tags.push({ ...t, y, node, lit, seq: rows.last(row) })
  if ((e.at || e.k === 'ask') && e.k !== 'lose' && e.k !== 'drop' && e.k !== 'park') {
    scene.marks.push({ shape: e.k === 'crash' ? 'down' : 'dot', x: m.x(node), y, lit })
  }
}

/** @param {View} view @param {number} first @param {number} last @returns {Event} the one that a row is about */
function mainEvent({ journal, rows }, first, last) {
  const e = journal.event(first)
  const next = first < last ? journal.event(first + 1) : e
  return e.k === 'ask' && next.k === 'handle' && rows.rowOf(next.n) === rows.rowOf(first) ? next : e
}

/** @param {Live} live @param {Event[]} events */
function follow(live, events) {
  for (const e of events) {
    const node = live[e.at ?? 0]
    if (!node) continue
    node.term = valueOf(e, 'term') ?? node.term
    node.role = valueOf(e, 'role') ?? node.role
  }
}

/** What was done to a message that goes on waiting. @param {Event} e @param {import('./tags.js').Tag[]} list */
function messageTags(e, list) {
  const due = valueOf(e, 'due')
  /** @type {Record<string, string[]>} */
  const words = {
    delay: due === undefined ? ['held back', 'held', '‖'] : [`held until ${due} ms`, `until ${due}`, '‖'],
    release: ['may go on', 'released', '▸'],
    reorder: ['put behind', 'later', '↓'],
    duplicate: ['repeated', 'copy', '×2'],
  }
  if (words[e.k]) list.unshift({ texts: words[e.k], style: 'warn' })
}

/**
 * Places the label of a row's message.
 * @param {Scene} scene @param {View} view @param {Event} e @param {Message} message @param {number} y @param {boolean} lit
 * @returns {-1 | 1} the side that is left for tags
 */
function layoutMessage(scene, view, e, message, y, lit) {
  const { m, rows, journal } = view
  const way = heading(m, message)
  const back = /** @type {-1 | 1} */ (-way)
  const lost = e.k === 'lose' || e.k === 'drop'
  const labels = messageLabels(message)
  const texts = e.k === 'ask' ? [`${labels[0]} → ${nodeName(message.o)}`, ...labels] : labels
  /** @param {[number, number]} slot @param {-1 | 1} side */
  const label = (slot, side) => {
    const fit = m.words ? fitLabel(texts, slot, side, m) : null
    if (fit) scene.labels.push({ id: message.id, ...fit, y, family: messageFamily(message), lit })
    return fit
  }
  if (e.k === 'handle') {
    label(shrink(m.slot(message.o, back), back, HEAD), back)
    return way
  }
  if (e.k === 'send' || (lost && !journal.message(message.id).sent)) {
    if (lost) scene.marks.push({ shape: 'cross', x: m.x(message.f) + way * 12, y, lit })
    label(shrink(m.slot(message.f, way), way, lost ? 16 : 4), way)
    return back
  }
  if (lost || e.k === 'park') {
    const shape = lost ? 'cross' : 'pause'
    const stop = wallStop(m, rows.walls, message, e.n)
    if (stop) {
      scene.marks.push({ shape, x: stop.x, y, lit })
      label(stop.slot, stop.side)
    } else {
      const slot = shrink(m.slot(message.o, back), back, 4)
      const fit = label(shrink(slot, way, 22), back)
      const x = fit ? (back > 0 ? fit.x + fit.w + 10 : fit.x - 10) : (slot[0] + slot[1]) / 2
      scene.marks.push({ shape, x, y, lit })
    }
    return way
  }
  const atSender = e.k === 'ask' || e.at === message.f // in its outbox, or the client's request
  if (atSender) label(shrink(m.slot(message.f, way), way, 4), way)
  else label(shrink(m.slot(message.o, back), back, 4), back)
  return atSender ? back : way
}

/** @param {[number, number]} slot @param {-1 | 1} side  at the lifeline's end @param {number} by @returns {[number, number]} */
const shrink = ([a, b], side, by) => (side > 0 ? [a + by, b] : [a, b - by])
