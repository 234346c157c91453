// The outline of a scenario's text: its title, its prose, its sections and their steps, each with its lines. What is read here is
// the usual form of the file; what stands in another is left to the text, and to the server, which reads all of it.

import { read } from './scalars.js'

/** @typedef {import('./scalars.js').Scalar} Scalar */
/** @typedef {{key: string, indent: number, from: number, to: number, rest: string}} Key  lines from, up to but not including to */
/** @typedef {{from: number, to: number, text: string}} OutlineStep */
/** @typedef {{from: number, to: number, indent: number, items: OutlineStep[], locked: boolean}} StepList */
/**
 * @typedef {object} OutlineSection
 * @property {number} from @property {number} to
 * @property {number} indent  of its keys; 0 for the steps before the first section, which have no title
 * @property {Scalar|null} title
 * @property {Scalar|null} prose
 * @property {StepList|null} steps
 */
/** @typedef {{lines: string[], title: Scalar|null, about: Scalar|null, sections: OutlineSection[], list: Key|null, locked: boolean}} Outline */

/** @param {string} text @returns {Outline} */
export function outlineOf(text) {
  const lines = text.split('\n')
  const keys = keysIn(lines, 0, lines.length, 0)
  const find = (/** @type {string} */ name) => keys.find(key => key.key === name) ?? null
  const scalar = (/** @type {Key|null} */ key) => key && scalarOf(lines, key)
  const [steps, list] = [find('steps'), find('sections')]
  /** @type {OutlineSection[]} */
  const sections = steps ? [{ from: steps.from, to: steps.to, indent: 0, title: null, prose: null, steps: stepsOf(lines, steps) }] : []
  const items = list ? itemsIn(lines, list) : []
  for (const { from, to, indent } of items) {
    const own = keysIn(lines, from, to, indent)
    const named = (/** @type {string} */ name) => own.find(key => key.key === name) ?? null
    const under = named('steps')
    const prose = scalar(named('prose'))
    if (prose?.from === from) prose.locked = true // it stands on the line of the dash
    sections.push({ from, to, indent, title: scalar(named('title')), prose, steps: under && stepsOf(lines, under) })
  }
  const flow = list !== null && items.length === 0 && !/^(\[\s*\])?\s*(#.*)?$/.test(list.rest)
  return { lines, title: scalar(find('title')), about: scalar(find('about')), sections, list, locked: flow || /^\s*[{[]/.test(text) }
}

/** The step that stands at a line, as its section and its place there. @param {Outline} outline @param {number} line  from 0 */
export function stepAtLine({ sections }, line) {
  for (const [section, { steps }] of sections.entries()) {
    const step = steps?.items.findIndex(one => line >= one.from && line < one.to) ?? -1
    if (step >= 0) return { section, step }
  }
  return null
}

/** @param {string[]} lines @param {Key} key @returns {Scalar} */
function scalarOf(lines, { from, to, rest }) {
  return { from, to, ...read(rest, lines.slice(from + 1, to)) }
}

/**
 * The keys that stand at an indentation; the first may follow the dash of a list's item.
 * @param {string[]} lines @param {number} from @param {number} to @param {number} indent @returns {Key[]}
 */
function keysIn(lines, from, to, indent) {
  /** @type {Key[]} */
  const keys = []
  for (let i = from; i < to; i++) {
    const line = indent > 0 && i === from ? lines[i].replace('-', ' ') : lines[i]
    const found = /^( *)([A-Za-z]+):(?:\s(.*))?$/.exec(line)
    if (!found || found[1].length !== indent) continue
    if (keys.length > 0) keys[keys.length - 1].to = trimmed(lines, keys[keys.length - 1].from + 1, i)
    keys.push({ key: found[2], indent, from: i, to: trimmed(lines, i + 1, to), rest: found[3] ?? '' })
  }
  return keys
}

/** The end of what stands there, without blank lines, comments and the document's end after it. @param {string[]} lines @param {number} from @param {number} to */
function trimmed(lines, from, to) {
  while (to > from && /^(\s*(#.*)?|(---|\.\.\.)\s*)$/.test(lines[to - 1])) to--
  return to
}

/** The items of the list under a key. @param {string[]} lines @param {Key} key @returns {{from: number, to: number, indent: number, dash: number}[]} */
function itemsIn(lines, key) {
  const items = []
  let dash = -1
  for (let i = key.from + 1; i < key.to; i++) {
    const found = /^( *)-( +|$)/.exec(lines[i])
    if (!found || (dash >= 0 && found[1].length !== dash)) continue
    dash = found[1].length
    if (items.length > 0) items[items.length - 1].to = trimmed(lines, items[items.length - 1].from + 1, i)
    items.push({ from: i, to: key.to, dash, indent: dash + 1 + found[2].length })
  }
  return items
}

/** @param {string[]} lines @param {Key} key @returns {StepList} */
function stepsOf(lines, key) {
  const found = itemsIn(lines, key)
  const items = found.map(({ from, to, indent }) => ({ from, to, text: wordsOf(lines.slice(from, to), indent) }))
  return { from: key.from, to: key.to, indent: found[0]?.dash ?? key.indent + 2, items, locked: items.length === 0 && !/^(\[\s*\])?\s*(#.*)?$/.test(key.rest) }
}

/** A step as the file has it, without its dash. @param {string[]} lines @param {number} indent */
function wordsOf(lines, indent) {
  return lines.map((line, i) => (i === 0 ? line.trim().replace(/^-\s*/, '') : line.slice(Math.min(indent, line.search(/\S|$/))))).join('\n')
}
