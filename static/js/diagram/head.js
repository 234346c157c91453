/**
 * What a node's header shows, before it is drawn: signs, words and the end of the log.
 *
 * @typedef {import('../model/types.js').NodeState} NodeState
 * @typedef {'leader'|'candidate'|'follower'|'down'} Shape
 * @typedef {{text: string, index: number, term: number, committed: boolean}} Cell  index 0: what stands before those shown
 */
import { FOLLOWER, LEADER } from '../model/types.js'
import { roleName } from '../model/words.js'

/** The roles as shapes, around 0 0. @type {Record<Shape, string>} */
export const SHAPES = {
  leader: 'M-6 4.5v-8l3.6 3.4L0 -5.5L2.4 -.1L6 -3.5v8z',
  candidate: 'M0 -6L6 0L0 6L-6 0z',
  follower: 'M-3.6 0a3.6 3.6 0 1 0 7.2 0a3.6 3.6 0 1 0 -7.2 0',
  down: 'M-4.5 -4.5l9 9m0 -9l-9 9',
}

/** How wide a cell of the log is, with the gap to the next. */
const CELL = 24

/** @param {NodeState} n @returns {Shape} */
export const shapeOf = n => (!n.up ? 'down' : n.role === LEADER ? 'leader' : n.role === FOLLOWER ? 'follower' : 'candidate')

/** @param {NodeState} n */
export const stateName = n => (n.up ? roleName(n.role) : 'down')

/** @param {string} role @param {number} width  of the header @returns {string} as much of the role as there is room for */
export function roleWord(role, width) {
  if (role === 'pre-candidate') return width < 130 ? 'pre-cand.' : role
  return width < 90 && role.length > 6 ? `${role.slice(0, 4)}.` : role
}

/** @param {NodeState} n @param {number} room @returns {Cell[]} the end of its log, as much as fits */
export function logCells(n, room) {
  const fit = Math.max(1, Math.floor(room / CELL))
  const first = n.log.length <= fit ? 1 : n.log.length - fit + 2
  /** @type {Cell[]} */
  const cells = first > 1 ? [{ text: '…', index: 0, term: 0, committed: false }] : []
  for (let index = first; index <= n.log.length; index++) {
    const text = index < 1000 ? String(index) : `…${String(index).slice(-2)}`
    cells.push({ text, index, term: n.log.term(index), committed: index <= n.commit })
  }
  return cells
}

/**
 * @param {NodeState} n @param {number} electionMax  ms @param {number} now  virtual ms
 * @returns {number} what is left of its election timer, 0 to 1
 */
export const timerLeft = (n, electionMax, now) => (n.up && n.electionDue ? Math.max(0, Math.min(1, (n.electionDue - now) / electionMax)) : 0)

/** @param {number} width  of a header at scale 1 @returns {'wide'|'mid'|'slim'} how much it can show */
export const headSize = width => (width >= 150 ? 'wide' : width >= 76 ? 'mid' : 'slim')

/** @param {import('./metrics.js').Metrics} m @returns {number} how wide the headers are */
export const headWidth = m => Math.floor(Math.min(m.gap - (m.gap < 110 ? 4 : 14), 220 * m.scale))
