/**
 * Where things stand: lanes, rows and type, for a given width.
 *
 * @typedef {(text: string, size: number, weight?: number) => number} Measure  a text's width in pixels
 *
 * @typedef {object} Metrics
 * @property {number} width
 * @property {number} nodes
 * @property {number} scale  1, or more in a wide room
 * @property {number} row  height of a row
 * @property {number} pending  height of the row of a waiting message
 * @property {number} handle  radius of a handle
 * @property {boolean} words  there is room for labels and tags
 * @property {number} font  size of type in pixels
 * @property {number} small
 * @property {number} gap  between two lanes
 * @property {number} wall  half the width of the wall around a lane
 * @property {number} seqX  right edge of the event numbers
 * @property {number} timeX  left edge of the times, 0 where there is no room
 * @property {(id: number) => number} x  of a lane
 * @property {(id: number, side: -1 | 1) => [number, number]} slot  the room beside a lane, up to the next one
 * @property {(id: number, side: -1 | 1) => [number, number]} tagSlot  the room for tags, which may lie over the client's lane
 * @property {Measure} measure
 */
import { CLIENT } from '../model/types.js'

/** Row heights: two of words, one of arrows, and three that only show density. */
export const ZOOMS = [30, 18, 10, 4, 1, 0.25]
/** The first zoom step that is drawn without words. */
export const WORDLESS = 2
/** The first zoom step that adds rows up. */
export const DENSE = 3

/** An upper estimate where no canvas is at hand. @type {Measure} */
const estimate = (text, size, weight = 400) => [...text].length * size * (weight > 500 ? 0.66 : 0.61)

/**
 * @param {object} room
 * @param {number} room.width
 * @param {number} room.nodes
 * @param {number} [room.scale]  of type, more than 1 in a wide room
 * @param {number} [room.zoom]  a step of ZOOMS
 * @param {boolean} [room.coarse]  fingers, not a mouse
 * @param {boolean} [room.timed]  virtual time has moved
 * @param {number} [room.events]
 * @param {Measure} [room.measure]
 * @returns {Metrics}
 */
export function metrics({ width, nodes, scale = 1, zoom = 0, coarse = false, timed = false, events = 0, measure = estimate }) {
  const phone = width < 600
  const font = phone ? 11 : 12 * scale
  const small = phone ? 10 : 10.5 * scale
  const digits = Math.max(2, String(events).length)
  const seqX = 10 + Math.ceil(digits * small * 0.62)
  const timeX = timed && !phone ? seqX + 10 : 0
  const gutter = timeX ? timeX + Math.ceil(8 * small * 0.6) : seqX
  const client = gutter + (phone ? 14 : 26 * scale)
  const lanes = nodes - 1 + 0.8 + 0.7
  const gap = Math.min((width - client - 6) / lanes, 300 * scale)
  const left = client + Math.max(0, (width - client - 6 - gap * lanes) / 2)
  /** @param {number} id */
  const x = id => (id === CLIENT ? left : left + (id - 0.2) * gap)
  const inset = Math.min(9, gap * 0.1)
  /** @param {number} id @param {-1 | 1} side @returns {[number, number]} */
  const slot = (id, side) => {
    const at = x(id)
    if (side < 0) return [(id === CLIENT ? gutter : x(id === 1 ? CLIENT : id - 1)) + inset, at - inset]
    const next = id === CLIENT ? x(1) : id === nodes ? Math.min(width - 2, at + 0.9 * gap) + inset : x(id + 1)
    return [at + inset, next - inset]
  }
  /** @param {number} id @param {-1 | 1} side @returns {[number, number]} */
  const tagSlot = (id, side) => (id === 1 && side < 0 ? [gutter + inset, x(1) - inset] : slot(id, side))
  return {
    width, nodes, scale, font, small, gap, seqX, timeX, x, slot, tagSlot, measure,
    row: ZOOMS[zoom] * (zoom < WORDLESS ? scale : 1),
    pending: coarse ? 46 : 36 * scale,
    handle: coarse ? 15 : 12 * scale,
    words: zoom < WORDLESS,
    wall: 0.42 * gap,
  }
}
