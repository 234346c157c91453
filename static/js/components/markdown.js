// A scenario's prose: paragraphs, lists, emphasis, code and links of Markdown, as elements. Everything else stays text.

import { h } from './dom.js'

/** @typedef {import('./dom.js').Child} Child */

const INLINE = /`([^`]+)`|\*\*([^*]+)\*\*|\*([^*\s][^*]*)\*|_([^_\s][^_]*)_(?!\w)|\[([^\]]+)\]\((https?:\/\/[^\s)]+)\)/g

/** @param {string} text @returns {Child[]} */
export function markdown(text) {
  return text
    .split(/\n\s*\n/)
    .map(block => block.trim())
    .filter(Boolean)
    .map(blockOf)
}

/** @param {string} block @returns {Child} */
function blockOf(block) {
  const lines = block.split('\n')
  if (lines.every(line => /^\s*([-*]|\s)\s/.test(line)) && /^[-*]\s/.test(lines[0]))
    return h('ul', { class: 'bullets' }, items(lines, /^[-*]\s+/))
  if (/^\d+\.\s/.test(lines[0])) return h('ol', { class: 'numbers' }, items(lines, /^\d+\.\s+/))
  return h('p', null, inline(lines.join(' ')))
}

/** @param {string[]} lines @param {RegExp} mark @returns {Child[]} */
function items(lines, mark) {
  /** @type {string[]} */
  const found = []
  for (const line of lines) {
    if (mark.test(line) || found.length === 0) found.push(line.replace(mark, ''))
    else found[found.length - 1] += ' ' + line.trim()
  }
  return found.map(item => h('li', null, inline(item)))
}

/** @param {string} text @returns {Child[]} */
export function inline(text) {
  /** @type {Child[]} */
  const out = []
  let end = 0
  for (const found of text.matchAll(INLINE)) {
    out.push(text.slice(end, found.index))
    const [all, code, strong, star, under, label, href] = found
    if (code !== undefined) out.push(h('code', null, code))
    else if (strong !== undefined) out.push(h('strong', null, inline(strong)))
    else if (label !== undefined) out.push(h('a', { href, target: '_blank', rel: 'noreferrer noopener' }, label))
    else out.push(h('em', null, inline(star ?? under)))
    end = found.index + all.length
  }
  out.push(text.slice(end))
  return out
}
