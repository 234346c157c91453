/**
 * What the shapes of the drawing look like, as SVG attributes: for the page, whose
 * style sheet adds only what hands do to them, and for pictures. A value that
 * begins with "--" is one of the theme's colours.
 *
 * @typedef {Record<string, string | number>} Look
 * @typedef {import('./scene.js').Arrow} Arrow
 * @typedef {import('./scene.js').Life} Life
 * @typedef {import('./scene.js').Mark} Mark
 * @typedef {import('./tags.js').Tag['style']} TagStyle
 */
import { termColour } from '../model/words.js'

/** @param {number} term @returns {string} */
export const termInk = term => `--term-${termColour(term)}`

const LINE = { fill: 'none' }

/** The role as thickness and stroke. @param {Life['role']} role @param {number} term @returns {Look} */
export function lifeLook(role, term) {
  switch (role) {
    case 'leader':
      return { ...LINE, stroke: termInk(term), 'stroke-width': 6 }
    case 'candidate':
      return { ...LINE, stroke: '--vote', 'stroke-width': 3, 'stroke-dasharray': '6 4' }
    case 'down':
      return { ...LINE, stroke: '--edge', 'stroke-width': 1.5, 'stroke-opacity': 0.5, 'stroke-dasharray': '1 7', 'stroke-linecap': 'round' }
    case 'client':
      return { ...LINE, stroke: '--client', 'stroke-width': 2, 'stroke-opacity': 0.75, 'stroke-dasharray': '2 4' }
    default:
      return { ...LINE, stroke: '--edge', 'stroke-width': 2, 'stroke-opacity': 0.55 }
  }
}

const DASHES = { sent: '', reply: '6 4', copy: '2 4', parked: '1 4' }

/** @param {Arrow['family']} family @param {Arrow['stroke']} stroke @param {boolean} waits @returns {Look} */
export function arrowLook(family, stroke, waits) {
  /** @type {Look} */
  const look = { ...LINE, stroke: `--${family}`, 'stroke-width': stroke === 'copy' ? 2 : 1.7, 'stroke-linecap': 'round' }
  if (DASHES[stroke]) look['stroke-dasharray'] = DASHES[stroke]
  if (waits) look['stroke-opacity'] = 0.85
  return look
}

/** @type {Record<TagStyle, {rect: Look, text: Look}>} without what depends on the term */
const TAGS = {
  plain: { rect: { fill: '--soft', stroke: '--line' }, text: { fill: '--ink' } },
  term: { rect: { fill: '--panel' }, text: { fill: '--ink' } },
  leader: { rect: {}, text: { fill: '--term-ink', 'font-weight': 600 } },
  candidate: { rect: { fill: '--panel', stroke: '--vote', 'stroke-dasharray': '4 2' }, text: { fill: '--ink' } },
  commit: { rect: { fill: '--panel', stroke: '--good' }, text: { fill: '--good', 'font-weight': 600 } },
  warn: { rect: { fill: '--panel', stroke: '--warn' }, text: { fill: '--warn' } },
  edit: { rect: { fill: '--panel', stroke: '--ink', 'stroke-dasharray': '1 2', 'stroke-width': 1.5 }, text: { fill: '--ink' } },
  bad: { rect: { fill: '--warn', stroke: '--warn' }, text: { fill: '--panel', 'font-weight': 600 } },
}

/** @param {TagStyle} style @param {number} term @returns {{rect: Look, text: Look}} */
export function tagLook(style, term) {
  const { rect, text } = TAGS[style]
  if (style === 'term') return { rect: { ...rect, stroke: termInk(term) }, text }
  if (style === 'leader') return { rect: { fill: termInk(term), stroke: termInk(term) }, text }
  return { rect, text }
}

export const CROSS = { ...LINE, stroke: '--warn', 'stroke-width': 2.4, 'stroke-linecap': 'round' }
export const DOWN = { ...CROSS, 'stroke-width': 3 }
export const DOT = { fill: '--bg', stroke: '--ink', 'stroke-width': 1.5 }
export const PAUSE = { fill: '--panel', stroke: '--muted', 'stroke-width': 1.5, 'stroke-dasharray': '3 2' }
export const PAUSE_BARS = { ...LINE, stroke: '--muted', 'stroke-width': 2 }
export const CHAIN = { ...LINE, stroke: '--glow', 'stroke-width': 14, 'stroke-opacity': 0.55, 'stroke-linecap': 'round' }
export const NOW = { ...LINE, stroke: '--accent', 'stroke-width': 1.6 }
export const AHEAD = { ...LINE, stroke: '--edge', 'stroke-opacity': 0.3, 'stroke-width': 1.5, 'stroke-dasharray': '1 5', 'stroke-linecap': 'round' }

/** @param {boolean} holds @returns {Look} */
export const wallLook = holds => ({
  fill: '--wall', 'fill-opacity': 0.8,
  ...(holds ? { stroke: '--warn', 'stroke-opacity': 0.3, 'stroke-dasharray': '3 4' } : {}),
})
