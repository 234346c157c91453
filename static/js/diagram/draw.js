/**
 * A layout's shapes as SVG, made by whatever makes elements: the page's, which it
 * adds to the document, or a picture's, which are text. What shapes look like is in
 * looks.js; classes are for what hands do to them.
 *
 * @typedef {import('./scene.js').Scene} Scene
 * @typedef {import('./scene.js').Arrow} Arrow
 * @typedef {import('./scene.js').Mark} Mark
 * @typedef {import('./metrics.js').Metrics} Metrics
 * @typedef {import('./looks.js').Look} Look
 */
/**
 * @template T
 * @typedef {(name: string, attributes?: Look, ...children: (T | string)[]) => T} Make
 */
import { AHEAD, CHAIN, CROSS, DOT, DOWN, NOW, PAUSE, PAUSE_BARS, arrowLook, lifeLook, tagLook, wallLook } from './looks.js'

/**
 * @template T
 * @param {Make<T>} make
 * @param {Scene} scene
 * @param {Metrics} m
 * @param {{cursorRow: number, selected: number, asked: boolean}} state  asked: "why?" lights some and dims the others
 * @returns {T[]}
 */
export function drawScene(make, scene, m, { cursorRow, selected, asked }) {
  return [
    make('g', { class: 'rows' }, ...scene.rows.map(r => drawRow(make, r, m, r.row === cursorRow))),
    ...drawFuture(make, scene, m),
    make('g', { class: 'walls' }, ...scene.walls.map(w => drawWall(make, w, m))),
    make('g', { class: 'chains' }, ...scene.chains.map(c => line(make, m.x(c.node), c.from, c.to, CHAIN))),
    make('g', { class: 'lives' }, ...scene.lives.map(l => line(make, m.x(l.node), l.from, l.to, lifeLook(l.role, l.term)))),
    make('g', { class: asked ? 'arrows asked' : 'arrows' }, ...scene.arrows.flatMap(a => drawArrow(make, a, a.id === selected))),
    make('g', { class: asked ? 'words asked' : 'words' },
      ...scene.marks.map(k => drawMark(make, k)),
      ...scene.labels.map(l => drawLabel(make, l, m, l.id === selected)),
      ...scene.tags.map(t => drawTag(make, t, m))),
    make('g', { class: 'bands' }, ...scene.bands.map(b => drawBand(make, b, m))),
  ]
}

/**
 * The lines of waiting messages alone, over a canvas that has the rest.
 * @template T
 * @param {Make<T>} make @param {Scene} scene @param {Metrics} m @param {number} selected @returns {T[]}
 */
export function drawWaiting(make, scene, m, selected) {
  return [
    ...drawFuture(make, scene, m),
    make('g', { class: 'arrows' }, ...scene.arrows.filter(a => a.waits).flatMap(a => drawArrow(make, a, a.id === selected))),
    make('g', { class: 'words' }, ...scene.labels.map(l => drawLabel(make, l, m, false))),
  ]
}

/**
 * Text whose middle is at y, whatever its letters.
 * @template T
 * @param {Make<T>} make @param {string} text @param {number} x @param {number} y @param {number} size @param {Look} look @returns {T}
 */
export function drawText(make, text, x, y, size, look) {
  return make('text', { x: rounded(x), y: rounded(y + 0.35 * size), 'font-size': size, ...look }, text)
}

/** @param {number} v */
export const rounded = v => Math.round(v * 10) / 10

/**
 * @template T
 * @param {Make<T>} make @param {number} x @param {number} from @param {number} to @param {Look} look @returns {T}
 */
const line = (make, x, from, to, look) => make('path', { d: `M${rounded(x)} ${rounded(from)}V${rounded(to)}`, ...look })

/**
 * @template T
 * @param {Make<T>} make @param {Scene['walls'][number]} w @param {Metrics} m @returns {T}
 */
function drawWall(make, w, m) {
  const [x, y] = [rounded(m.x(w.node) - m.wall), rounded(w.from)]
  return make('rect', { x, y, width: rounded(2 * m.wall), height: rounded(Math.max(0, w.to - w.from)), ...wallLook(w.holds) })
}

/**
 * @template T
 * @param {Make<T>} make @param {Scene['rows'][number]} r @param {Metrics} m @param {boolean} current @returns {T}
 */
function drawRow(make, r, m, current) {
  const name = ['row', r.bad && 'bad', r.lit && 'lit', current && 'current'].filter(Boolean).join(' ')
  /** @type {Look} */
  const number = r.bad ? { fill: '--warn', 'font-weight': 700 } : { fill: '--muted' }
  const parts = [
    make('rect', { class: 'hit', x: 0, y: rounded(r.y - m.row / 2), width: m.width, height: m.row, fill: r.bad ? '--warn-soft' : 'none' }),
    drawText(make, String(r.seq), m.seqX, r.y, m.small, { class: 'seq', 'text-anchor': 'end', ...number }),
  ]
  if (m.timeX && r.moved) parts.push(drawText(make, `${r.time} ms`, m.timeX, r.y, m.small, { class: 'time', fill: '--muted' }))
  return make('g', { class: name, 'data-seq': r.last }, ...parts)
}

/**
 * @template T
 * @param {Make<T>} make @param {Scene['bands'][number]} b @param {Metrics} m @returns {T}
 */
function drawBand(make, b, m) {
  return make('g', { class: 'band' },
    make('rect', { x: 0, y: rounded(b.y + 2), width: m.width, height: rounded(b.h - 4), fill: '--soft' }),
    drawText(make, `${b.number} · ${b.title}`, 12, b.y + b.h / 2, m.font, { fill: '--ink', 'font-weight': 600 }))
}

/**
 * @template T
 * @param {Make<T>} make @param {Scene} scene @param {Metrics} m @returns {T[]}
 */
function drawFuture(make, scene, m) {
  if (scene.nowY > scene.bottom) return []
  return [make('g', { class: 'future' },
    make('rect', { x: 0, y: scene.nowY, width: m.width, height: scene.bottom - scene.nowY, fill: '--future' }),
    ...Array.from({ length: m.nodes }, (_, i) => line(make, m.x(i + 1), scene.nowY, scene.bottom, AHEAD)),
    make('path', { d: `M0 ${scene.nowY}H${m.width}`, ...NOW }))]
}

/**
 * @template T
 * @param {Make<T>} make @param {Arrow} a @param {boolean} selected @returns {T[]}
 */
export function drawArrow(make, a, selected) {
  const name = `arrow${a.lit ? ' lit' : ''}${selected ? ' selected' : ''}`
  const parts = [make('path', { class: name, d: a.d, 'data-message': a.id, ...arrowLook(a.family, a.stroke, a.waits) })]
  if (a.head) {
    const [x, y, way] = a.head
    parts.push(make('path', { class: `head${a.lit ? ' lit' : ''}`, d: `M${rounded(x)} ${rounded(y)}l${-9 * way} -4.5v9z`, fill: `--${a.family}` }))
  }
  return parts
}

/**
 * @template T
 * @param {Make<T>} make @param {Mark} k @returns {T}
 */
export function drawMark(make, k) {
  const lit = k.lit ? ' lit' : ''
  const [x, y] = [rounded(k.x), rounded(k.y)]
  switch (k.shape) {
    case 'dot':
      return make('circle', { class: 'dot' + lit, cx: x, cy: y, r: 3.2, ...DOT })
    case 'cross':
      return make('path', { class: 'cross' + lit, d: `M${x - 5} ${y - 5}l10 10m0 -10l-10 10`, ...CROSS })
    case 'down':
      return make('path', { class: 'cross' + lit, d: `M${x - 6} ${y - 6}l12 12m0 -12l-12 12`, ...DOWN })
    default:
      return make('g', { class: 'pause' + lit },
        make('circle', { cx: x, cy: y, r: 7, ...PAUSE }), make('path', { d: `M${rounded(x - 2.2)} ${y - 3}v6m4.4 -6v6`, ...PAUSE_BARS }))
  }
}

/**
 * A rounded box with words in its middle.
 * @template T
 * @param {Make<T>} make @param {{x: number, y: number, w: number, text: string}} p @param {Metrics} m
 * @param {{rect: Look, text: Look}} look @returns {T[]}
 */
export function drawPlate(make, p, m, look) {
  const h = plateHeight(m)
  return [
    make('rect', { x: rounded(p.x), y: rounded(p.y - h / 2), width: rounded(p.w), height: h, rx: h / 2, ...look.rect }),
    drawText(make, p.text, p.x + p.w / 2, p.y, m.small, { 'text-anchor': 'middle', ...look.text }),
  ]
}

/**
 * @template T
 * @param {Make<T>} make @param {Scene['labels'][number]} l @param {Metrics} m @param {boolean} selected @returns {T}
 */
function drawLabel(make, l, m, selected) {
  const name = `label${l.lit ? ' lit' : ''}${selected ? ' selected' : ''}`
  return make('g', { class: name, 'data-message': l.id }, ...drawPlate(make, l, m, { rect: { fill: '--bg' }, text: { fill: `--${l.family}` } }))
}

/**
 * What a shortened tag means shows on hovering.
 * @template T
 * @param {Make<T>} make @param {Scene['tags'][number]} t @param {Metrics} m @returns {T}
 */
function drawTag(make, t, m) {
  const full = t.full === t.text ? [] : [make('title', {}, t.full)]
  return make('g', { class: `tag${t.lit ? ' lit' : ''}`, 'data-seq': t.seq }, ...full, ...drawPlate(make, t, m, tagLook(t.style, t.term)))
}

/** @param {Metrics} m @returns {number} how high the plates of labels and tags are */
export const plateHeight = m => Math.min(m.small + 8, Math.max(m.row - 2, m.small + 4))
