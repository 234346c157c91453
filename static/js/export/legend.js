/**
 * What the signs of a picture mean: those that occur in it.
 *
 * @typedef {import('../diagram/scene.js').Scene} Scene
 * @typedef {import('../diagram/metrics.js').Metrics} Metrics
 * @typedef {import('../diagram/tags.js').Tag['style']} TagStyle
 * @typedef {import('../diagram/scene.js').Arrow} Arrow
 * @typedef {import('./markup.js').Element} Element
 * @typedef {import('../model/types.js').State} State
 * @typedef {{w: number, text: string, draw: (x: number, y: number) => Element[]}} Item  w: of the sign
 */
import { drawArrow, drawMark, drawPlate, drawText, rounded } from '../diagram/draw.js'
import { lifeLook, tagLook, wallLook } from '../diagram/looks.js'
import { drawCell, drawShape } from './heads.js'
import { element as make } from './markup.js'
import { drawHandle } from './waiting.js'

const LINE = 28
const GAP = 22

/** @type {[TagStyle, string][]} */
const TAGS = [['term', 'term, vote, log'], ['candidate', 'campaign'], ['commit', 'commit'], ['warn', 'trouble'], ['edit', 'outside the protocol'], ['bad', 'an invariant breaks']]

/** @param {Scene} scene @param {State} state @param {Metrics} m @returns {Item[]} */
function items(scene, state, m) {
  return [...roles(scene), ...terms(scene, state, m), ...messages(scene), ...waiting(scene, m), ...marks(scene), ...cells(state), ...tags(scene, m)]
}

/** @param {Scene} scene @returns {Item[]} */
function roles({ lives }) {
  return (/** @type {const} */ (['follower', 'candidate', 'leader', 'down'])).flatMap(role => {
    const life = lives.find(l => l.role === role)
    if (!life) return []
    /** @param {number} x @param {number} y */
    const draw = (x, y) => [
      make('g', { transform: `translate(${rounded(x + 8)} ${rounded(y)})` }, drawShape(role, life.term)),
      make('path', { d: `M${rounded(x + 22)} ${rounded(y - 9)}V${rounded(y + 9)}`, ...lifeLook(role, life.term) }),
    ]
    return [{ w: 26, text: role, draw }]
  })
}

/** @param {Scene} scene @param {State} state @param {Metrics} m @returns {Item[]} */
function terms({ lives, tags: all }, state, m) {
  const found = new Set([...lives.filter(l => l.role === 'leader'), ...all, ...state.nodes].map(one => one.term))
  return [...found].filter(term => term > 0).sort((a, b) => a - b).slice(0, 8).map(term => {
    const text = `term ${term}`
    return plate(text, tagLook('leader', term), m)
  })
}

/** @param {string} text @param {ReturnType<typeof tagLook>} look @param {Metrics} m @returns {Item} words that explain themselves */
function plate(text, look, m) {
  const w = Math.ceil(m.measure(text, m.small, 600)) + 14
  return { w, text: '', draw: (x, y) => drawPlate(make, { x, y, w, text }, m, look) }
}

/** @param {Scene} scene @returns {Item[]} */
function messages({ arrows }) {
  /** @param {(a: Arrow) => boolean} which @param {string} text @returns {Item[]} */
  const one = (which, text) => {
    const arrow = arrows.find(which)
    if (!arrow) return []
    /** @param {number} x @param {number} y */
    const draw = (x, y) => drawArrow(make, { ...arrow, d: `M${rounded(x)} ${rounded(y)}H${rounded(x + 32)}`, waits: false, head: [x + 36, y, 1] }, false)
    return [{ w: 36, text, draw }]
  }
  return [
    ...one(a => a.family === 'vote' && a.stroke === 'sent', 'request for a vote'),
    ...one(a => a.family === 'append' && a.stroke === 'sent', 'AppendEntries'),
    ...one(a => a.family === 'client' && a.stroke === 'sent', 'client’s request'),
    ...one(a => a.stroke === 'reply', 'answer'),
    ...one(a => a.stroke === 'copy', 'copy of a message'),
  ]
}

/** @param {Scene} scene @param {Metrics} m @returns {Item[]} */
function waiting({ handles }, m) {
  const handle = handles.find(h => h.waiting.deliverable) ?? handles[0]
  return handle ? [{ w: 24, text: 'waits to be delivered', draw: (x, y) => [drawHandle({ ...handle, x: x + 12, y }, { ...m, handle: 12 })] }] : []
}

/** @param {Scene} scene @returns {Item[]} */
function marks({ marks: all, walls }) {
  /** @type {[import('../diagram/scene.js').Mark['shape'], string][]} */
  const shapes = [['cross', 'lost or dropped'], ['down', 'crash'], ['pause', 'waits at the wall']]
  const found = shapes.filter(([shape]) => all.some(k => k.shape === shape)).map(([shape, text]) => (
    { w: 16, text, draw: (/** @type {number} */ x, /** @type {number} */ y) => [drawMark(make, { shape, x: x + 8, y, lit: false })] }))
  if (!walls.length) return found
  const { holds } = walls[walls.length - 1]
  return [...found, {
    w: 26, text: 'cut off',
    draw: (x, y) => [make('rect', { x: rounded(x), y: rounded(y - 9), width: 26, height: 18, ...wallLook(holds) })],
  }]
}

/** @param {State} state @returns {Item[]} */
function cells({ nodes }) {
  /** @param {boolean} committed @param {string} text @returns {Item[]} */
  const one = (committed, text) => {
    const node = nodes.find(n => (committed ? n.commit > 0 : n.log.length > n.commit))
    if (!node) return []
    const cell = { index: 1, term: node.log.term(committed ? 1 : node.log.length), text: '1', committed }
    return [{ w: 21, text, draw: (x, y) => drawCell(cell, x, y) }]
  }
  return [...one(true, 'committed'), ...one(false, 'not committed yet')]
}

/** @param {Scene} scene @param {Metrics} m @returns {Item[]} */
function tags({ tags: all }, m) {
  return TAGS.flatMap(([style, text]) => {
    const tag = all.find(t => t.style === style)
    return tag ? [plate(text, tagLook(style, tag.term), m)] : []
  })
}

/**
 * @param {Scene} scene @param {State} state @param {Metrics} m @param {number} top
 * @returns {{elements: Element[], height: number}} lines of signs, each with its meaning
 */
export function drawLegend(scene, state, m, top) {
  const side = 14
  const line = LINE * m.scale
  /** @type {Element[]} */
  const elements = [make('path', { d: `M${side} ${rounded(top + 6)}H${m.width - side}`, stroke: '--line', 'stroke-width': 1, fill: 'none' })]
  let [x, y] = [side, top + 6 + line * 0.75]
  for (const { w, text, draw } of items(scene, state, m)) {
    const wide = w + (text ? 7 + Math.ceil(m.measure(text, m.small)) : 0)
    if (x > side && x + wide > m.width - side) [x, y] = [side, y + line]
    elements.push(...draw(x, y))
    if (text) elements.push(drawText(make, text, x + w + 7, y, m.small, { fill: '--ink' }))
    x += wide + GAP
  }
  return { elements, height: y + line * 0.65 - top }
}
