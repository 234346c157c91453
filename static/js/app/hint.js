// One sentence for somebody new: what to click next, from what has happened so far.

import { LEADER, FOLLOWER } from '../model/types.js'
import { pending } from '../model/pending.js'
import { nodeName } from '../model/words.js'
import { cutOff } from './choices.js'

/** @typedef {import('../model/types.js').State} State */
/** @typedef {import('../model/types.js').NodeState} NodeState */
/** @typedef {import('../model/pending.js').Waiting} Waiting */

/**
 * @param {State} state  at the cursor
 * @param {{atEnd: boolean, answers: number, branches: number}} more
 * @returns {string} '' once there is nothing left to say
 */
export function hintFor(state, more) {
  if (more.answers > 0 && more.branches > 1) return ''
  if (!more.atEnd) return 'You are in the past. Do something else here, and it becomes a branch of its own; the run you came from is kept.'
  const servers = state.nodes.slice(1)
  const term = Math.max(...servers.map(node => node.term))
  const newest = servers.filter(node => node.up && node.term === term)
  const waiting = pending(state).filter(one => one.deliverable)
  const leader = newest.find(node => node.role === LEADER)
  if (leader) return leading(state, leader, waiting, more.answers)
  const candidates = newest.filter(node => node.role !== FOLLOWER)
  if (candidates.length > 0) return standing(candidates, waiting)
  if (waiting.length > 0) return 'Messages are still under way. Click the ▶ at the end of an arrow to deliver it, or press Deliver all.'
  const down = servers.filter(node => !node.up)
  const next = servers.find(node => node.up && !cutOff(state, node.id))
  if (!next) return 'No node can reach another. Restart one, or let it rejoin.'
  const name = nodeName(next.id)
  if (down.length > 0) return `${names(down)} ${down.length > 1 ? 'are' : 'is'} down, and nobody leads. Click ${name} and choose Time out: the others go on.`
  if (term === 0) return `Nothing has happened yet. Click ${name} and choose Time out, or press Play.`
  return `Nobody leads term ${term}. Click ${name} and choose Time out.`
}

/** @param {NodeState[]} candidates @param {Waiting[]} waiting @returns {string} */
function standing(candidates, waiting) {
  const [first] = candidates
  const name = nodeName(first.id)
  if (candidates.length > 1)
    return `${names(candidates)} ask for votes in term ${first.term}. A node votes once in a term, so at most one of them wins. Deliver the messages and see.`
  if (waiting.some(one => one.m.o === first.id && one.m.f !== first.id)) return `An answer is on its way back to ${name}: deliver it, too.`
  if (waiting.length > 0) return `${name} asks for votes. Click the ▶ at the end of an arrow to deliver it, or press Deliver all.`
  return `${name} has no majority, and nothing is under way. Let a node time out again.`
}

/** @param {State} state @param {NodeState} leader @param {Waiting[]} waiting @param {number} answers @returns {string} */
function leading(state, leader, waiting, answers) {
  const name = nodeName(leader.id)
  const others = state.nodes.slice(1).filter(node => node !== leader)
  const down = others.filter(node => !node.up)
  const apart = cutOff(state, leader.id)
  if (waiting.some(one => one.m.y === 'ca')) return 'The entry is committed, and the answer is on its way to the client: deliver it.'
  if (apart && waiting.length === 0)
    return `${name} is cut off: what it sends does not arrive. Let another node time out and be elected, or let ${name} rejoin.`
  if (leader.commit < leader.log.length && leader.log.at(leader.log.length)?.length === 3)
    return waiting.length > 0
      ? `${name} sends the entry to the others. Deliver the messages: once a majority stores it, it is committed.`
      : `No majority stores ${name}’s last entry yet, and nothing is under way. Click ${name} and choose Send heartbeat: it tries again.`
  if (answers === 0)
    return `${name} leads term ${leader.term}: a majority voted for it. ${waiting.length > 0 ? 'Deliver what waits, or ask' : 'Ask'} it for something: click ${name} and choose Client command.`
  if (waiting.length > 0) return 'That was a whole round of Raft. Deliver what still waits, too.'
  if (down.length > 0) return `${name} leads term ${leader.term} without ${names(down)}. Restart what is down, then let ${name} send a heartbeat: it catches up.`
  const behind = others.filter(node => node.commit < leader.commit && !cutOff(state, node.id))
  const lone = others.filter(node => cutOff(state, node.id))
  if (behind.length > 0)
    return `That was a whole round of Raft. ${names(behind)} ${behind.length > 1 ? 'do' : 'does'} not know yet that it is committed: click ${name} and choose Send heartbeat.`
  if (lone.length > 0) return `${name} leads term ${leader.term}. ${names(lone)} ${lone.length > 1 ? 'are' : 'is'} cut off and cannot know: click ${nodeName(lone[0].id)} and choose Rejoin.`
  if (leader.term === 1) return `That was a whole round of Raft. Now crash ${name}: click it and choose Crash. Or step back with ← and let something else happen.`
  return 'That was a whole round of Raft. Step back with ←, then let something else happen: drop a message, crash the leader.'
}

/** @param {NodeState[]} nodes @returns {string} "N-1", "N-1 and N-2", "N-1, N-2 and N-3" */
function names(nodes) {
  const all = nodes.map(node => nodeName(node.id))
  const last = all.pop() ?? ''
  return all.length > 0 ? `${all.join(', ')} and ${last}` : last
}
