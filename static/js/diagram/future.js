/**
 * Below the now line: one row for each message that waits, with a handle.
 *
 * @typedef {import('../model/pending.js').Waiting} Waiting
 * @typedef {import('./metrics.js').Metrics} Metrics
 * @typedef {import('./scene.js').Scene} Scene
 * @typedef {import('./layout.js').View} View
 */
import { FREE } from '../model/types.js'
import { isReply, messageFamily, messageLabels } from '../model/words.js'
import { heading, path, wallStop } from './route.js'
import { fitLabel } from './labels.js'

/** How many waiting messages are shown before one asks for all. */
const SHOWN = 40
/** The space under the now line that its chip needs. */
const NOW = 26
/** Room kept for so many of them, so that the now line stands still while a few come and go. */
const KEPT = 5

/**
 * @param {Scene} scene  with nowY set
 * @param {Waiting[]} waiting
 * @param {View} view
 * @param {(seq: number) => number} yOf  the middle of an event's row
 */
export function layoutFuture(scene, waiting, view, yOf) {
  const { m, now } = view
  const ordered = now === null ? waiting : [...waiting].sort((a, b) => order(a) - order(b) || a.m.id - b.m.id)
  const shown = view.expanded ? ordered : ordered.slice(0, SHOWN)
  const start = scene.nowY + NOW
  const first = shown.find(w => w.deliverable)
  shown.forEach((w, i) => {
    const y = start + (i + 0.5) * m.pending
    if (y < view.top - m.pending) return
    if (y > view.bottom + m.pending && yOf(view.journal.message(w.m.id).created) > view.bottom) return
    layoutWaiting(scene, w, y, w === first, view, yOf)
  })
  scene.more = ordered.length - shown.length
  scene.moreY = start + (shown.length + 0.5) * m.pending
  scene.futureEnd = scene.nowY + futureHeight(ordered.length, view.expanded, m)
}

/** @param {number} count  of waiting messages @param {boolean} expanded @param {Metrics} m @returns {number} */
export function futureHeight(count, expanded, m) {
  const shown = expanded ? count : Math.min(count, SHOWN)
  return NOW + (shown + (count > shown ? 1 : 0) + 0.5) * m.pending
}

/**
 * @param {number} room  in which rows can be seen @param {number} height  of what waits @param {number} empty  most that is kept free for what may come
 * @param {Metrics} m @returns {number} how much of the room belongs below the now line: what came before is worth more than what is empty
 */
export function futureRoom(room, height, empty, m) {
  return Math.max(Math.min(empty, futureHeight(KEPT, false, m), room * 0.4), Math.min(height, room * 0.6))
}

/** Free messages first, by the time at which they arrive. @param {Waiting} w */
const order = w => (w.hold === FREE && !w.outbox ? w.due : Infinity)

/**
 * @param {Scene} scene
 * @param {Waiting} w
 * @param {number} y
 * @param {boolean} hint
 * @param {View} view
 * @param {(seq: number) => number} yOf
 */
function layoutWaiting(scene, w, y, hint, view, yOf) {
  const { m, rows, journal, cursor, now, why } = view
  const passage = journal.message(w.m.id)
  const way = heading(m, w.m)
  const radius = m.handle
  const [from, to] = [m.x(w.m.f), m.x(w.m.o)]
  const stop = w.hold === 2 ? wallStop(m, rows.walls, w.m, cursor) : null
  let x = to - way * (radius + 7)
  if (stop) x = stop.x
  if (w.outbox) x = from + way * (radius + 9)
  const travels = now !== null && w.hold === FREE && !w.outbox && w.due > 0
  if (travels) x = from + (x - from) * progress(view, w)
  const startSeq = w.outbox || !passage.sent ? passage.created : passage.sent
  const d = stop && passage.parked
    ? `M${x + ((w.m.id % 4) - 1.5) * 3} ${Math.max(view.top, yOf(passage.parked) + 7)}V${y}`
    : path({ x: from, y: yOf(startSeq) }, { x, y }, m, w.m.id, view)
  scene.arrows.push({
    id: w.m.id,
    d,
    family: messageFamily(w.m),
    stroke: stop && passage.parked ? 'parked' : w.m.of ? 'copy' : isReply(w.m) ? 'reply' : 'sent',
    lit: Boolean(why?.has(passage.created)),
    waits: true,
    head: null,
  })
  scene.handles.push({ waiting: w, x, y, hint })
  const labels = messageLabels(w.m)
  const side = w.outbox ? way : stop ? stop.side : /** @type {-1 | 1} */ (-way)
  const fit = fitLabel(labels, along(m, x, side), side, m)
  if (fit) scene.labels.push({ id: w.m.id, ...fit, y, family: messageFamily(w.m), lit: false })
}

/**
 * The room for a label along a waiting message's line. Nothing else stands in
 * its row, so it may lie across a lifeline.
 * @param {Metrics} m @param {number} x  of the handle @param {-1 | 1} side @returns {[number, number]}
 */
function along(m, x, side) {
  const [near, far] = [m.handle + 5, Math.max(m.gap - m.handle, 130)]
  return side > 0 ? [x + near, Math.min(m.width - 4, x + far)] : [Math.max(m.seqX, x - far), x - near]
}

/** @param {View} view @param {Waiting} w @returns {number} how far on its way it is, 0 to 1 */
function progress({ journal, now }, w) {
  const { sent } = journal.message(w.m.id)
  const left = sent ? (journal.event(sent).t ?? 0) : 0
  return Math.min(1, Math.max(0.04, ((now ?? 0) - left) / Math.max(1, w.due - left)))
}
