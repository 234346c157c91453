/**
 * A layout's shapes as SVG. Classes carry the meaning, the style sheet the looks.
 *
 * @typedef {import('./scene.js').Scene} Scene
 * @typedef {import('./scene.js').Arrow} Arrow
 * @typedef {import('./scene.js').Mark} Mark
 * @typedef {import('./metrics.js').Metrics} Metrics
 */
import { termColour } from '../model/words.js'
import { svg } from './dom.js'

/**
 * @param {Scene} scene
 * @param {Metrics} m
 * @param {{cursorRow: number, selected: number, asked: boolean}} state  asked: "why?" lights some and dims the others
 * @returns {SVGElement[]}
 */
export function drawScene(scene, m, { cursorRow, selected, asked }) {
  return [
    svg('g', { class: 'rows' }, ...scene.rows.map(r => drawRow(r, m, r.row === cursorRow))),
    drawFuture(scene, m),
    svg('g', { class: 'walls' }, ...scene.walls.map(w => drawWall(w, m))),
    svg('g', { class: 'chains' }, ...scene.chains.map(c => line('chain', m.x(c.node), c.from, c.to))),
    svg('g', { class: 'lives' }, ...scene.lives.map(l => line(`life ${l.role} t${termColour(l.term)}`, m.x(l.node), l.from, l.to))),
    svg('g', { class: asked ? 'arrows asked' : 'arrows' }, ...scene.arrows.flatMap(a => drawArrow(a, a.id === selected))),
    svg('g', { class: asked ? 'words asked' : 'words' },
      ...scene.marks.map(drawMark),
      ...scene.labels.map(l => plate(l, `label ${l.family}${l.lit ? ' lit' : ''}${l.id === selected ? ' selected' : ''}`, m, { 'data-message': l.id })),
      ...scene.tags.map(t => drawTag(t, m))),
    svg('g', { class: 'bands' }, ...scene.bands.map(b => drawBand(b, m))),
  ]
}

/** The lines of waiting messages alone, over a canvas that has the rest. @param {Scene} scene @param {Metrics} m @param {number} selected */
export function drawWaiting(scene, m, selected) {
  return [
    drawFuture(scene, m),
    svg('g', { class: 'arrows' }, ...scene.arrows.filter(a => a.waits).flatMap(a => drawArrow(a, a.id === selected))),
    svg('g', { class: 'words' }, ...scene.labels.map(l => plate(l, `label ${l.family}`, m, { 'data-message': l.id }))),
  ]
}

/** @param {string} name @param {number} x @param {number} from @param {number} to */
const line = (name, x, from, to) => svg('path', { class: name, d: `M${x} ${from}V${to}` })

/** @param {Scene['walls'][number]} w @param {Metrics} m */
function drawWall(w, m) {
  return svg('rect', { class: w.holds ? 'wall holds' : 'wall', x: m.x(w.node) - m.wall, y: w.from, width: 2 * m.wall, height: Math.max(0, w.to - w.from) })
}

/** @param {Scene['rows'][number]} r @param {Metrics} m @param {boolean} current */
function drawRow(r, m, current) {
  const name = ['row', r.bad && 'bad', r.lit && 'lit', current && 'current'].filter(Boolean).join(' ')
  const g = svg('g', { class: name, 'data-seq': r.last })
  g.append(svg('rect', { class: 'hit', x: 0, y: r.y - m.row / 2, width: m.width, height: m.row }))
  g.append(svg('text', { class: 'seq', x: m.seqX, y: r.y, 'font-size': m.small, 'text-anchor': 'end' }, String(r.seq)))
  if (m.timeX && r.moved) g.append(svg('text', { class: 'time', x: m.timeX, y: r.y, 'font-size': m.small }, `${r.time} ms`))
  return g
}

/** @param {Scene['bands'][number]} b @param {Metrics} m */
function drawBand(b, m) {
  return svg('g', { class: 'band' },
    svg('rect', { x: 0, y: b.y + 2, width: m.width, height: b.h - 4 }),
    svg('text', { x: 12, y: b.y + b.h / 2, 'font-size': m.font }, `${b.number} · ${b.title}`))
}

/** @param {Scene} scene @param {Metrics} m */
function drawFuture(scene, m) {
  if (scene.nowY > scene.bottom) return svg('g')
  return svg('g', { class: 'future' },
    svg('rect', { x: 0, y: scene.nowY, width: m.width, height: scene.bottom - scene.nowY }),
    ...Array.from({ length: m.nodes }, (_, i) => line('ahead', m.x(i + 1), scene.nowY, scene.bottom)),
    svg('path', { class: 'nowline', d: `M0 ${scene.nowY}H${m.width}` }))
}

/** @param {Arrow} a @param {boolean} selected */
function drawArrow(a, selected) {
  const name = `arrow ${a.family} ${a.stroke}${a.lit ? ' lit' : ''}${a.waits ? ' waits' : ''}${selected ? ' selected' : ''}`
  const parts = [svg('path', { class: name, d: a.d, 'data-message': a.id })]
  if (a.head) {
    const [x, y, way] = a.head
    parts.push(svg('path', { class: `head ${a.family}${a.lit ? ' lit' : ''}`, d: `M${x} ${y}l${-9 * way} -4.5v9z` }))
  }
  return parts
}

/** @param {Mark} k */
function drawMark(k) {
  const lit = k.lit ? ' lit' : ''
  switch (k.shape) {
    case 'dot':
      return svg('circle', { class: 'dot' + lit, cx: k.x, cy: k.y, r: 3.2 })
    case 'cross':
      return svg('path', { class: 'cross' + lit, d: `M${k.x - 5} ${k.y - 5}l10 10m0 -10l-10 10` })
    case 'down':
      return svg('path', { class: 'cross down' + lit, d: `M${k.x - 6} ${k.y - 6}l12 12m0 -12l-12 12` })
    default:
      return svg('g', { class: 'pause' + lit },
        svg('circle', { cx: k.x, cy: k.y, r: 7 }), svg('path', { d: `M${k.x - 2.2} ${k.y - 3}v6m4.4 -6v6` }))
  }
}

/**
 * @param {{x: number, y: number, w: number, text: string}} p @param {string} name @param {Metrics} m
 * @param {Record<string, string | number>} data
 */
function plate(p, name, m, data) {
  const h = plateHeight(m)
  return svg('g', { class: name, ...data },
    svg('rect', { x: p.x, y: p.y - h / 2, width: p.w, height: h, rx: h / 2 }),
    svg('text', { x: p.x + p.w / 2, y: p.y, 'font-size': m.small, 'text-anchor': 'middle' }, p.text))
}

/** @param {Scene['tags'][number]} t @param {Metrics} m  what a shortened one means shows on hovering */
function drawTag(t, m) {
  const g = plate(t, `tag ${t.style} t${termColour(t.term)}${t.lit ? ' lit' : ''}`, m, { 'data-seq': t.seq })
  if (t.full !== t.text) g.append(svg('title', {}, t.full))
  return g
}

/** @param {Metrics} m @returns {number} how high the plates of labels and tags are */
export const plateHeight = m => Math.min(m.small + 8, Math.max(m.row - 2, m.small + 4))
