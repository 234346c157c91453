// Where something last changed, searched back from the cursor.

import { changed } from './landmarks.js'

/** @typedef {import('../model/journal.js').Journal} Journal */

/** How far a search looks back before it gives up. */
const REACH = 20000

/** The event at which a node got its role, 0 if it had it from the start. @param {Journal} journal @param {number} node @param {number} cursor */
export function lastRoleChange(journal, node, cursor) {
  for (let seq = cursor; seq > Math.max(0, cursor - REACH); seq--) {
    const event = journal.event(seq)
    if (event.at !== node || event.k === 'start') continue
    if (changed(event, 'role') !== undefined || event.k === 'crash' || event.k === 'restart') return seq
  }
  return 0
}
