/**
 * The lines of the messages that have left and arrived, or were lost, or stand
 * at the wall, as far as they cross the visible rows.
 *
 * @typedef {import('../model/types.js').State} State
 * @typedef {import('../model/journal.js').Passage} Passage
 * @typedef {import('./layout.js').View} View
 * @typedef {import('./scene.js').Scene} Scene
 * @typedef {import('./scene.js').Arrow} Arrow
 */
import { isReply, messageFamily } from '../model/words.js'
import { heading, path, wallStop } from './route.js'

/**
 * @param {Scene} scene
 * @param {View} view
 * @param {State} before  the state before the first visible row
 * @param {number} from  row
 * @param {number} to  row, exclusive
 * @param {(seq: number) => number} yOf
 */
export function layoutArrows(scene, view, before, from, to, yOf) {
  const { journal, rows, cursor } = view
  const marks = new Map(scene.marks.filter(k => k.shape === 'cross' || k.shape === 'pause').map(k => [k.y, k.x]))
  const seen = new Set()
  /** @param {number} id */
  const draw = id => {
    if (seen.has(id)) return
    seen.add(id)
    const passage = journal.message(id)
    if (passage.sent && passage.sent <= cursor) layoutArrow(scene, view, passage, marks, yOf)
  }
  for (const n of before.nodes) for (const p of n.in) draw(p.m.id)
  for (const p of before.client) draw(p.m.id)
  if (to <= from) return
  for (let seq = rows.first(from); seq <= Math.min(cursor, rows.last(to - 1)); seq++) {
    const e = journal.event(seq)
    if (e.m) draw(e.m)
    for (const m of e.new ?? []) draw(m.id)
  }
}

/**
 * @param {Scene} scene
 * @param {View} view
 * @param {Passage} passage
 * @param {Map<number, number>} marks  the x of crosses and pauses by their y
 * @param {(seq: number) => number} yOf
 */
function layoutArrow(scene, view, { message, created, sent, parked, ended, how }, marks, yOf) {
  const { m, cursor, rows, why } = view
  /** @param {{x: number, y: number}} from @param {{x: number, y: number}} to @param {Arrow['head']} head */
  const push = (from, to, head) => {
    const d = path(from, to, m, message.id, view)
    if (d) scene.arrows.push({ ...common, d, head })
  }
  const way = heading(m, message)
  const arrived = ended && ended <= cursor
  const common = {
    id: message.id, family: messageFamily(message), waits: false,
    stroke: /** @type {'sent'|'reply'|'copy'} */ (message.of ? 'copy' : isReply(message) ? 'reply' : 'sent'),
    lit: Boolean(why && arrived && why.has(ended) && (why.has(sent) || why.has(created))),
  }
  let start = { x: m.x(message.f), y: yOf(sent) }
  if (parked && parked <= cursor) {
    const y = yOf(parked)
    const x = marks.get(y) ?? wallStop(m, rows.walls, message, parked)?.x ?? m.x(message.o) - way * m.wall
    push(start, { x: x - way * 7, y }, null)
    start = { x: x + way * 7, y }
  }
  if (!arrived) return // it waits: drawn with its handle
  const y = yOf(ended)
  const lost = how !== 'handle'
  const x = lost ? (marks.get(y) ?? m.x(message.o) - way * m.wall) : m.x(message.o) - way * 3
  push(start, { x, y }, lost || y > view.bottom + m.row ? null : [x, y, way])
}
