// What can be done to a node or to a waiting message, in the order of a menu.

import { CUT, HELD, HOLDING, LEADER } from '../model/types.js'
import { nodeName } from '../model/words.js'

/** @typedef {import('../model/types.js').State} State */
/** @typedef {import('../model/types.js').Action} Action */
/** @typedef {import('../model/pending.js').Waiting} Waiting */
/** @typedef {'command'|'delay'|'edit'|'isolate'|'rejoin'} Form asks for more before it acts */
/**
 * @typedef {object} Choice
 * @property {string} label
 * @property {string} key  the letter, or keys, that does it on a focused header or handle, '' if none
 * @property {string} refused  why it cannot be done now, '' if it can
 * @property {Action} [action]
 * @property {Form} [form]  instead of an action
 * @property {'inspect'} [look]  instead of an action
 * @property {boolean} [apart]  a line stands above it
 */

/** @param {State} state @param {number} id @returns {Choice[]} */
export function nodeChoices(state, id) {
  const node = state.nodes[id]
  const name = nodeName(id)
  const down = node.up ? '' : `${name} is down: restart it first`
  const leads = node.role === LEADER
  const apart = cutOff(state, id)
  const alone = state.nodes.length <= 2 ? 'it is the only node' : ''
  return [
    { label: 'Time out', key: 't', refused: down || (leads ? 'a leader starts no election' : ''), action: { do: 'timeout', node: id } },
    {
      label: 'Start election now',
      key: 'n',
      action: { do: 'campaign', node: id },
      refused: down || (leads ? 'a leader starts no election' : ''),
    },
    {
      label: 'Send heartbeat',
      key: 'h',
      refused: down || (leads ? '' : 'only a leader sends heartbeats'),
      action: { do: 'heartbeat', node: id },
    },
    { label: 'Client command…', key: 'c', refused: down, form: 'command' },
    node.up
      ? { label: 'Crash', key: 'x', refused: '', action: { do: 'crash', node: id }, apart: true }
      : { label: 'Restart', key: 'x', refused: '', action: { do: 'restart', node: id }, apart: true },
    apart
      ? { label: 'Rejoin…', key: 'i', refused: alone, form: 'rejoin' }
      : { label: 'Isolate…', key: 'i', refused: alone, form: 'isolate' },
    { label: 'Wipe disk', key: '', refused: node.up ? 'crash it first' : '', action: { do: 'wipe', node: id } },
    { label: 'Edit state…', key: 'e', refused: '', form: 'edit', apart: true },
    { label: 'Inspect', key: '', refused: '', look: 'inspect' },
  ]
}

/** Whether all the links of a node are cut, or hold. @param {State} state @param {number} id @returns {boolean} */
export function cutOff(state, id) {
  const others = state.nodes.filter(node => node.id > 0 && node.id !== id)
  return others.length > 0 && others.every(other => linkState(state, id, other.id) !== 0 && linkState(state, other.id, id) !== 0)
}

/** @param {State} state @param {number} from @param {number} to @returns {number} 0 open, CUT or HOLDING */
export function linkState(state, from, to) {
  return state.links[16 * from + to]
}

/** What the network is like, in words: '' if every link is open. @param {State} state @returns {string} */
export function networkWords(state) {
  const ids = state.nodes.map(node => node.id).filter(id => id > 0)
  const cut = ids.flatMap(a => ids.map(b => linkState(state, a, b))).filter(link => link !== 0)
  if (cut.length === 0) return ''
  const alone = ids.filter(id => cutOff(state, id))
  const held = cut.every(link => link === HOLDING) ? ', messages are held' : cut.every(link => link === CUT) ? ', messages are lost' : ''
  if (alone.length > 0 && alone.length < ids.length - 1) return `${alone.map(nodeName).join(', ')} cut off${held}`
  return `${cut.length} links cut${held}`
}

/**
 * @param {Waiting} waiting
 * @param {Waiting[]} all  that wait: behind the next of its queue it can be put
 * @returns {Choice[]}
 */
export function messageChoices(waiting, all) {
  const message = waiting.m.id
  const { refused } = waiting
  /** @type {Choice[]} */
  const choices = [
    { label: 'Deliver', key: 'd', refused: refused.deliver, action: { do: 'deliver', message } },
    { label: 'Delay…', key: 'l', refused: refused.delay, form: 'delay' },
  ]
  if (waiting.hold === HELD) choices.push({ label: 'Release', key: 'r', refused: '', action: { do: 'release', message } })
  const next = all.find(one => one.at === waiting.at && one.outbox === waiting.outbox && one.place === waiting.place + 1)
  if (next) choices.push({ label: 'Put behind the next', key: 'Alt ↓', refused: refused.reorder, action: { do: 'reorder', message, after: next.m.id } })
  choices.push(
    { label: 'Drop', key: 'x', refused: refused.drop, action: { do: 'drop', message } },
    { label: 'Duplicate', key: 'u', refused: refused.duplicate, action: { do: 'duplicate', message } },
    { label: 'Inspect', key: 'i', refused: '', look: 'inspect', apart: true },
  )
  return choices
}
