/**
 * The messages that wait, and what may be done to each.
 *
 * @typedef {import('./types.js').Message} Message
 * @typedef {import('./types.js').Packet} Packet
 * @typedef {import('./types.js').State} State
 *
 * @typedef {object} Waiting
 * @property {Message} m
 * @property {number} due
 * @property {number} hold
 * @property {boolean} outbox  it has not been sent yet
 * @property {number} at  whose queue it waits in: a server or the client
 * @property {number} place  in that queue, from 0
 * @property {boolean} deliverable
 * @property {Record<'deliver'|'delay'|'release'|'drop'|'duplicate'|'reorder', string>} refused
 *   why not, "" if it may be done
 */
import { AT_WALL, CLIENT, FREE, HELD } from './types.js'
import { nodeName } from './words.js'

/** @param {State} state @returns {Waiting[]} inboxes first, each in the order of handling, then outboxes */
export function pending(state) {
  const servers = state.nodes.slice(1)
  return [
    ...servers.flatMap(n => n.in.map((p, i) => waiting(state, p, n.id, i, false))),
    ...state.client.map((p, i) => waiting(state, p, CLIENT, i, false)),
    ...servers.flatMap(n => n.out.map((p, i) => waiting(state, p, n.id, i, true))),
  ]
}

/** @param {State} state @param {Packet} p @param {number} at @param {number} place @param {boolean} outbox @returns {Waiting} */
function waiting(state, p, at, place, outbox) {
  const wall = p.hold === AT_WALL
  const atWall = `it waits at the wall: mend the link from ${nodeName(p.m.f)} to ${nodeName(p.m.o)} first`
  const down = outbox && !state.nodes[at].up ? `${nodeName(at)} is down` : ''
  const held = p.hold === HELD || (p.hold === FREE && !outbox && p.due > state.t)
  const queue = outbox ? state.nodes[at].out : at === CLIENT ? state.client : state.nodes[at].in
  const refused = {
    deliver: wall ? atWall : down,
    delay: outbox ? 'it has not been sent yet' : wall ? 'it waits at the wall already' : '',
    release: wall ? atWall : held ? '' : 'it is not held back',
    drop: '',
    duplicate: p.m.o === CLIENT ? 'only requests can be repeated' : '',
    reorder: queue.length > 1 ? '' : 'nothing else waits here',
  }
  return { m: p.m, due: p.due, hold: p.hold, outbox, at, place, deliverable: !refused.deliver && p.hold === FREE, refused }
}
