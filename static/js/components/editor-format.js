// The reference of the scenario format: its Markdown, with headings, tables and examples, as elements.

import { h } from './dom.js'
import { inline, markdown } from './markdown.js'
import * as api from '../net/api.js'

/** @typedef {import('./dom.js').Child} Child */

/** Gives an editor the reference, once it has come. @param {import('./editor.js').Editor} editor */
export async function loadFormat(editor) {
  try {
    editor.format = reference(await api.scenarioFormat())
    editor.refresh()
  } catch (error) {
    editor.app.say(error instanceof Error ? error.message : String(error), 'warn')
  }
}

/** @param {string} text @returns {Child[]} */
function reference(text) {
  // Examples first: nothing in them is Markdown.
  const parts = text.split(/^```\w*\n([^]*?)^```$/m)
  return parts.flatMap((part, i) => (i % 2 ? h('pre', null, h('code', null, part)) : part.split(/\n\s*\n/).filter(Boolean).map(block)))
}

/** @param {string} text @returns {Child} */
function block(text) {
  const heading = /^(#+) (.*)/.exec(text.trim())
  if (heading) return h(`h${Math.min(heading[1].length + 1, 4)}`, null, inline(heading[2]))
  if (text.trim().startsWith('|')) return table(text.trim().split('\n'))
  // Links that lead to other files of the repository lead nowhere here.
  return markdown(text.replace(/\[([^\]]+)\]\((?!https?:)[^)]*\)/g, '$1'))
}

/** @param {string[]} lines  a head, a rule, and rows @returns {Child} */
function table(lines) {
  const [head, , ...rows] = lines.map(line => line.split('|').slice(1, -1).map(cell => inline(cell.trim())))
  return h(
    'table',
    { class: 'small' },
    h('thead', null, h('tr', null, head.map(cell => h('th', { scope: 'col' }, cell)))),
    h('tbody', null, rows.map(row => h('tr', null, row.map(cell => h('td', null, cell))))),
  )
}
