// Changes of a scenario's text by its outline: its words, where its sections begin, and its steps. Each takes a text and returns another.

import { outlineOf } from './outline.js'
import { block, plain } from './scalars.js'

/** @typedef {import('./outline.js').Outline} Outline */

/** @param {string[]} lines @param {number} from @param {number} to @param {string[]} into */
const replaced = (lines, from, to, into) => [...lines.slice(0, from), ...into, ...lines.slice(to)].join('\n')

/** @param {string} text @param {string} title */
export function setTitle(text, title) {
  const { lines, title: old } = outlineOf(text)
  return replaced(lines, old?.from ?? 0, old?.to ?? 0, [`title: ${plain(title.trim())}`])
}

/** @param {string} text @param {string} about */
export function setAbout(text, about) {
  const { lines, title, about: old } = outlineOf(text)
  const at = old?.from ?? title?.to ?? 0
  return replaced(lines, at, old?.to ?? at, block('', 'about', about))
}

/** @param {string} text @param {number} number  of the section, from 0 @param {string} title */
export function setSectionTitle(text, number, title) {
  const { lines, sections } = outlineOf(text)
  const { title: old, from, indent } = sections[number]
  if (!old) return text
  const dash = old.from === from ? lines[from].slice(0, indent) : ' '.repeat(indent)
  return replaced(lines, old.from, old.to, [`${dash}title: ${plain(title.trim())}`])
}

/** @param {string} text @param {number} number  of the section, from 0 @param {string} prose */
export function setProse(text, number, prose) {
  const { lines, sections } = outlineOf(text)
  const { title, prose: old, from, indent } = sections[number]
  const at = old?.from ?? title?.to ?? from
  if (!title || at === from) return text
  return replaced(lines, at, old?.to ?? at, block(' '.repeat(indent), 'prose', prose))
}

/**
 * Begins a section at a step: what follows belongs to it.
 * @param {string} text @param {number} number  of the section that the step is in, from 0 @param {number} step  its place there, from 0 @param {string} title
 */
export function beginSection(text, number, step, title) {
  const outline = outlineOf(text)
  const { lines, sections } = outline
  const { steps, indent, from, to } = sections[number]
  if (!steps || (indent > 0 && step === 0)) return text
  const at = steps.items[step].from
  const moved = lines.slice(at, steps.to)
  if (indent === 0) return beginFirst(outline, number, at, title)
  const head = [`${lines[from].slice(0, indent)}title: ${plain(title)}`, `${' '.repeat(indent)}steps:`]
  return [...lines.slice(0, at), ...lines.slice(steps.to, to), ...head, ...moved, ...lines.slice(to)].join('\n')
}

/** Moves the steps before the first section, from a line on, into a section. @param {Outline} outline @param {number} number @param {number} at @param {string} title */
function beginFirst({ lines, sections, list }, number, at, title) {
  const { from, to, steps } = sections[number]
  const [first, indent] = [steps?.items[0].from ?? from, steps?.indent ?? 0]
  const dash = (sections[number + 1]?.indent ?? 4) - 2
  const space = ' '.repeat(dash)
  const section = [`${space}- title: ${plain(title)}`, `${space}  steps:`, ...shifted(lines.slice(at, to), dash + 4 - indent)]
  const kept = at > first ? lines.slice(from, at) : []
  const rest = [...lines.slice(0, from), ...kept, ...lines.slice(to)]
  if (!list) rest.splice(from + kept.length, 0, 'sections:', ...section)
  else {
    const there = list.from > from ? list.from - (to - from) + kept.length : list.from
    rest.splice(there, 1, 'sections:', ...section)
  }
  return rest.join('\n')
}

/** @param {string[]} lines @param {number} by  columns to the right */
function shifted(lines, by) {
  return lines.map(line => (by < 0 ? line.slice(-by) : line && ' '.repeat(by) + line))
}

/** Takes a section's heading away: its steps follow on those before. @param {string} text @param {number} number  from 0 */
export function joinSection(text, number) {
  const { lines, sections } = outlineOf(text)
  const [before, { from, to, steps }] = [sections[number - 1], sections[number]]
  if (!before?.title || !before.steps?.items.length || before.steps.to !== before.to) return text
  const moved = steps ? lines.slice(steps.from + 1, steps.to) : []
  return replaced(lines, from, to, shifted(moved, before.steps.indent - (steps?.indent ?? 0)))
}

/** Takes a step away. @param {string} text @param {number} number  of its section, from 0 @param {number} step  from 0 */
export function removeStep(text, number, step) {
  const { lines, sections } = outlineOf(text)
  const { steps } = sections[number]
  if (!steps) return text
  const { from, to } = steps.items[step]
  if (steps.items.length > 1) return replaced(lines, from, to, [])
  return replaced(lines, steps.from, steps.to, [lines[steps.from].replace(/steps:.*/, 'steps: []')])
}

/** Adds a step behind another one. @param {string} text @param {number} number  of its section, from 0 @param {number} step  from 0 @param {string[]} added  its lines, without indentation */
export function addStep(text, number, step, added) {
  const { lines, sections } = outlineOf(text)
  const { steps } = sections[number]
  if (!steps) return text
  const { to } = steps.items[step]
  return replaced(lines, to, to, added.map(line => ' '.repeat(steps.indent) + line))
}
