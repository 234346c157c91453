/**
 * The way of a message's line: it leaves its sender's lifeline downwards and
 * reaches its receiver level, in the row where it arrives. So no two lines share
 * a level, and the later a message, the longer its line falls.
 *
 * @typedef {import('../model/types.js').Message} Message
 * @typedef {import('./metrics.js').Metrics} Metrics
 * @typedef {import('./walls.js').WallIndex} WallIndex
 */

/** @param {Metrics} m @param {Message} message @returns {-1 | 1} the direction in which it travels */
export const heading = (m, message) => (m.x(message.o) > m.x(message.f) ? 1 : -1)

/** @param {number} v */
const r = v => Math.round(v * 10) / 10

/**
 * The line between two points, as far as it is in sight: a run can be a million
 * pixels high, and dashes would be drawn along all of it.
 * @param {{x: number, y: number}} from
 * @param {{x: number, y: number}} to
 * @param {Metrics} m
 * @param {number} id  of the message: neighbours fall side by side
 * @param {{top: number, bottom: number}} sight
 * @returns {string} "" if nothing of it is in sight
 */
export function path(from, to, m, id, sight) {
  const way = to.x > from.x ? 1 : -1
  const fall = to.y - from.y
  const run = Math.abs(to.x - from.x)
  if (to.y < sight.top - m.row || from.y > sight.bottom + m.row) return ''
  if (fall < 1) return `M${r(from.x)} ${r(from.y)}H${r(to.x)}`
  const bend = Math.min(Math.max(16, m.gap * 0.16), run * 0.7, 40)
  if (fall <= 2.5 * m.row) {
    return `M${r(from.x)} ${r(from.y)}C${r(from.x + way * bend * 0.3)} ${r(from.y + fall * 0.6)} ` +
      `${r(from.x + way * bend * 0.45)} ${r(to.y)} ${r(from.x + way * bend)} ${r(to.y)}H${r(to.x)}`
  }
  const aside = from.x + way * Math.min(run * 0.5, 5 + (id % 4) * Math.max(2.2, m.gap * 0.018))
  const turn = Math.min(m.row * 0.8, 20)
  const begins = from.y < sight.top - turn
    ? `M${r(aside)} ${r(sight.top - turn)}`
    : `M${r(from.x)} ${r(from.y)}Q${r(aside)} ${r(from.y + turn * 0.3)} ${r(aside)} ${r(from.y + turn)}`
  if (to.y > sight.bottom + turn) return `${begins}V${r(sight.bottom + turn)}`
  const across = Math.min(turn, Math.abs(to.x - aside) * 0.8)
  return `${begins}V${r(to.y - turn)}Q${r(aside)} ${r(to.y)} ${r(aside + way * across)} ${r(to.y)}H${r(to.x)}`
}

/**
 * @param {Metrics} m
 * @param {WallIndex} walls
 * @param {Message} message
 * @param {number} seq
 * @returns {{x: number, slot: [number, number], side: -1 | 1} | null} where a wall stops it, and the room for its label
 */
export function wallStop(m, walls, message, seq) {
  const node = walls.stops(message, seq)
  if (!node) return null
  const way = heading(m, message)
  if (node === message.o) {
    const x = m.x(node) - way * m.wall
    const [a, b] = m.slot(node, way > 0 ? -1 : 1)
    return { x, slot: way > 0 ? [a, x - 12] : [x + 12, b], side: way > 0 ? -1 : 1 }
  }
  const x = m.x(node) + way * m.wall
  const [a, b] = m.slot(node, way)
  return { x, slot: way > 0 ? [x + 12, b] : [a, x - 12], side: way }
}
