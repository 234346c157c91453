// One sentence for somebody new: what to click next, from what has happened so far.

import { LEADER, FOLLOWER } from '../model/types.js'
import { pending } from '../model/pending.js'
import { nodeName } from '../model/words.js'

/** @typedef {import('../model/types.js').State} State */

/**
 * @param {State} state  at the cursor
 * @param {{atEnd: boolean, answers: number, branches: number}} more
 * @returns {string} '' once there is nothing left to say
 */
export function hintFor(state, more) {
  if (more.answers > 0 && more.branches > 1) return ''
  if (!more.atEnd) return 'You are in the past. Do something else here, and it becomes a branch of its own; the run you came from is kept.'
  const servers = state.nodes.slice(1)
  const leader = servers.find(node => node.role === LEADER)
  const waiting = pending(state).filter(one => one.deliverable)
  const candidate = servers.find(node => node.role !== LEADER && node.role !== FOLLOWER)
  if (more.answers > 0)
    return 'That was a whole round of Raft. Step back with ←, then let something else happen: drop a message, crash the leader.'
  if (leader) {
    const name = nodeName(leader.id)
    if (waiting.some(one => one.m.y === 'ca')) return 'The entry is committed, and the answer is on its way to the client: deliver it.'
    if (leader.log.length > 1 && leader.log.at(leader.log.length)?.length === 3)
      return `${name} sends the entry to the others. Deliver the messages: once a majority stores it, it is committed.`
    return `${name} leads term ${leader.term}: a majority voted for it. ${waiting.length ? 'Deliver what waits, or ask' : 'Ask'} it for something: click ${name} and choose Client command.`
  }
  if (candidate) {
    const name = nodeName(candidate.id)
    if (waiting.some(one => one.m.o === candidate.id)) return `An answer is on its way back to ${name}: deliver it, too.`
    if (waiting.length) return `${name} asks for votes. Click the ▶ at the end of an arrow to deliver it, or press Deliver all.`
    return `${name} has no majority, and nothing is under way. Let a node time out again.`
  }
  return 'Nothing has happened yet. Click N-1 and choose Time out, or press Play.'
}
