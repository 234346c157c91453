/**
 * The state as Go's State.AppendJSON writes it, byte for byte, so that two folds
 * can be compared.
 *
 * @typedef {import('../../static/js/model/types.js').Packet} Packet
 * @typedef {import('../../static/js/model/types.js').State} State
 * @typedef {import('../../static/js/model/types.js').NodeState} NodeState
 */

const NUMBERS = /** @type {const} */ (['id', 'role', 'term', 'vote', 'leader', 'commit', 'applied', 'contact', 'granted',
  'refused', 'active', 'up', 'electionDue', 'heartbeatDue'])

/** @param {Packet} p */
const packet = p => ({ m: p.m, ...(p.due && { due: p.due }), ...(p.hold && { hold: p.hold }) })

/** @param {number[]} byPeer */
const progress = byPeer => byPeer.flatMap((index, id) => (index ? [[id, index]] : []))

/** @param {NodeState} n */
function node(n) {
  /** @type {Record<string, unknown>} */
  const out = {}
  for (const key of NUMBERS) if (n[key]) out[key] = n[key]
  lists(out, {
    next: progress(n.next), match: progress(n.match), log: n.log.slice(), kv: n.kv,
    out: n.out.map(packet), in: n.in.map(packet),
  })
  return out
}

/** @param {Record<string, unknown>} out @param {Record<string, unknown[]>} named */
function lists(out, named) {
  for (const [key, list] of Object.entries(named)) if (list.length) out[key] = list
}

/** @param {State} s @returns {string} */
export function stateJSON(s) {
  /** @type {Record<string, unknown>} */
  const out = {}
  if (s.n) out.n = s.n
  if (s.t) out.t = s.t
  if (s.run) out.run = 1
  const links = Array.from(s.links).flatMap((state, i) => (state ? [[i >> 4, i & 15, state]] : []))
  lists(out, { nodes: s.nodes.slice(1).map(node), client: s.client.map(packet), net: links })
  return JSON.stringify(out).replace(/[<>&\u2028\u2029]/g, c => '\\u' + c.charCodeAt(0).toString(16).padStart(4, '0'))
}
