/**
 * The diagram of the visible part of a run, as shapes: rows of events, the lines
 * of messages between them, lifelines, and what waits below the now line.
 *
 * @typedef {import('../model/journal.js').Journal} Journal
 * @typedef {import('../model/types.js').Event} Event
 * @typedef {import('./metrics.js').Metrics} Metrics
 * @typedef {import('./rows.js').RowIndex} RowIndex
 * @typedef {import('./scene.js').Scene} Scene
 *
 * @typedef {object} View
 * @property {Journal} journal
 * @property {RowIndex} rows  of the journal
 * @property {number} cursor  the event that is looked at
 * @property {number} top  visible part, in pixels
 * @property {number} bottom
 * @property {Metrics} m
 * @property {Set<number> | null} why  events that answer a question
 * @property {Map<number, string>} broken  invariants by the row in which they broke
 * @property {number | null} now  virtual time while it flows
 * @property {boolean} expanded  show every waiting message
 */
import { pending } from '../model/pending.js'
import { layoutArrows } from './arrows.js'
import { layoutFuture } from './future.js'
import { layoutLives } from './lives.js'
import { layoutRow } from './row.js'
import { TOP, emptyScene } from './scene.js'

/** @param {RowIndex} rows @param {number} cursor @param {Metrics} m @returns {number} where the now line is */
export const nowAt = (rows, cursor, m) => TOP + rows.upTo(cursor) * m.row + 10

/**
 * @param {RowIndex} rows @param {number} cursor @param {number} row  height @param {number} top @param {number} bottom
 * @returns {{from: number, to: number}} the events whose rows have their middle between top and bottom
 */
export function sightOf(rows, cursor, row, top, bottom) {
  const begun = rows.upTo(cursor)
  if (!begun) return { from: 0, to: 0 }
  const first = Math.max(0, Math.min(begun - 1, Math.ceil((top - TOP) / row - 0.5)))
  const last = Math.max(first, Math.min(begun - 1, Math.floor((bottom - TOP) / row - 0.5)))
  return { from: rows.first(first), to: last === begun - 1 ? cursor : rows.last(last) }
}

/** @param {View} view @returns {Scene} */
export function layout(view) {
  const { journal, rows, cursor, m } = view
  const scene = emptyScene()
  const begun = rows.upTo(cursor)
  const state = journal.at(cursor)
  scene.nowY = nowAt(rows, cursor, m)
  /** @param {number} seq */
  const yOf = seq => TOP + (rows.rowOf(seq) + 0.5) * m.row
  const from = Math.max(0, Math.min(begun - 1, Math.floor((view.top - TOP) / m.row)))
  const to = Math.max(from, Math.min(begun, Math.ceil((view.bottom - TOP) / m.row)))
  const before = journal.at(begun ? Math.min(cursor, rows.first(from) - 1) : 0)
  layoutLives(scene, view, before, from, to, yOf)
  const live = before.nodes.map(n => ({ term: n.term, role: n.role }))
  for (let row = from; row < to; row++) layoutRow(scene, view, row, live)
  layoutArrows(scene, view, before, from, to, yOf)
  layoutFuture(scene, pending(state), view, yOf)
  scene.bottom = Math.max(view.bottom, scene.futureEnd)
  scene.height = Math.max(scene.futureEnd, TOP + rows.length * m.row) + 24
  return scene
}
