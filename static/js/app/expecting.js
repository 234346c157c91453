// What is so at a point of a run, in the words in which a scenario expects it.

import { LEADER } from '../model/types.js'
import { nodeName } from '../model/words.js'
import { plain } from './scalars.js'

/** @typedef {import('../model/types.js').State} State */
/** @typedef {import('../model/types.js').Entry} Entry */

/** Logs up to this length are written with their commands, longer ones with their terms alone. */
const CLOSELY = 8

/** A step that expects what is so. @param {State} state @param {string[]} broken  the invariants broken so far @returns {string[]} its lines */
export function expectStep(state, broken) {
  const nodes = state.nodes.slice(1)
  const leaders = nodes.filter(node => node.up && node.role === LEADER).map(node => nodeName(node.id))
  const closely = nodes.every(node => node.log.length <= CLOSELY)
  /** @param {(node: typeof nodes[number]) => string} of */
  const each = of => {
    const all = nodes.map(of)
    return all.every(one => one === all[0]) ? all[0] : `{${nodes.map((node, i) => `${nodeName(node.id)}: ${all[i]}`).join(', ')}}`
  }
  const facts = {
    leaders: leaders.length > 1 ? `[${leaders.join(', ')}]` : (leaders[0] ?? 'none'),
    term: each(node => String(node.term)),
    log: each(node => `[${node.log.slice().map(entry => entryWords(entry, closely)).join(', ')}]`),
    commit: each(node => String(node.commit)),
  }
  const lines = Object.entries(facts).map(([key, value]) => `    ${key}: ${value}`)
  if (broken.length > 0) lines.push(`    violations: [${[...new Set(broken)].join(', ')}]`)
  return ['- expect:', ...lines]
}

/** @param {Entry} entry @param {boolean} closely */
function entryWords([term, , command], closely) {
  return closely ? plain(command === undefined ? `${term} start` : `${term} ${command}`) : String(term)
}
