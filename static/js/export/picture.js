/**
 * A picture of a run, or of a part of it: a complete SVG document that stands
 * alone. It is made of text only, without a page, so that every program can make
 * the same one.
 *
 * @typedef {import('../model/journal.js').Journal} Journal
 * @typedef {import('../diagram/metrics.js').Metrics} Metrics
 * @typedef {import('../diagram/scene.js').Scene} Scene
 * @typedef {import('../diagram/layout.js').View} View
 * @typedef {import('./markup.js').Element} Element
 *
 * @typedef {object} PictureOptions
 * @property {{timers?: {election?: [number, number]}} & Record<string, any>} [config]  what the run started from
 * @property {string} [title]  of the scenario or the run
 * @property {import('./themes.js').Theme} [theme]
 * @property {number} [cursor]  the event that is looked at: the picture shows nothing later. The last one if not given
 * @property {number} [from]  the first event in sight
 * @property {number} [to]  the last; what waits is shown only if it is the cursor
 * @property {number} [width]  480 to 2400 pixels; as the nodes need it if not given
 * @property {boolean} [legend]
 * @property {{invariant: string, event: number}[]} [violations]
 * @property {import('../diagram/metrics.js').Measure} [measure]
 */
import { drawScene, drawText, rounded } from '../diagram/draw.js'
import { futureHeight } from '../diagram/future.js'
import { layout, nowAt } from '../diagram/layout.js'
import { metrics } from '../diagram/metrics.js'
import { RowIndex } from '../diagram/rows.js'
import { TOP } from '../diagram/scene.js'
import { pending } from '../model/pending.js'
import { drawHeads, headsHeight } from './heads.js'
import { drawLegend } from './legend.js'
import { element as make, markup } from './markup.js'
import { FONT, THEMES } from './themes.js'
import { estimate, fitted } from './type.js'
import { drawWaiting } from './waiting.js'

/** How many rows a picture may have: more of them, nobody can look at. */
export const MOST_ROWS = 2000
export const WIDTHS = { least: 480, most: 2400 }

/** The room in which lines run on beyond the part that is shown. */
const BEYOND = 16

/** @param {number} nodes @returns {number} a width at which words have room */
export const usualWidth = nodes => Math.min(WIDTHS.most, 340 + 190 * nodes)

/**
 * @param {Journal} journal @param {number} number  from 1
 * @returns {{from: number, to: number} | null} the events of a section; null if there is none of that number
 */
export function sectionRange(journal, number) {
  const begins = journal.events().filter(e => e.k === 'section').map(e => e.n)
  if (!begins.length && number === 1) return { from: 1, to: journal.length }
  const from = begins[number - 1]
  return from ? { from, to: (begins[number] ?? journal.length + 1) - 1 } : null
}

/**
 * @param {Journal} journal
 * @param {PictureOptions} [options]
 * @returns {string} It throws a RangeError that says what is wrong if the picture would be too large, or an option is none.
 */
export function drawPicture(journal, options = {}) {
  const { theme = 'light', width = usualWidth(journal.nodes), title = '', measure = estimate } = options
  if (!(width >= WIDTHS.least && width <= WIDTHS.most)) throw new RangeError(`a picture is ${WIDTHS.least} to ${WIDTHS.most} pixels wide, not ${width}`)
  if (!THEMES[theme]) throw new RangeError(`there is no theme "${theme}": the themes are light and dark`)
  const view = lookAt(journal, options, Math.round(width), measure)
  const { m, state, ends } = view
  const scene = layout(view)
  const shown = shownOf(scene, view)
  const head = drawTitle(title, caption(view, journal), m)
  const top = head.height + headsHeight(m) + (view.top ? BEYOND : 0)
  const bottom = top + view.bottom - view.top + (ends ? 0 : BEYOND)
  const legend = options.legend ? drawLegend(shown, state, m, bottom) : { elements: [], height: 0 }
  const height = Math.ceil(bottom + legend.height)
  const wall = view.rows.walls.at(view.to)
  const document = make('svg', { xmlns: 'http://www.w3.org/2000/svg', width: m.width, height, viewBox: `0 0 ${m.width} ${height}`, role: 'img', 'font-family': FONT },
    make('title', {}, title || 'A run of Raft'),
    make('desc', {}, `A sequence diagram of ${journal.nodes} ${journal.nodes === 1 ? 'node' : 'nodes'}, events ${view.from} to ${view.to}. Time runs down.`),
    cover(0, height, m),
    make('g', { transform: `translate(0 ${rounded(top - view.top)})` },
      ...drawScene(make, shown, m, { cursorRow: -1, selected: 0, asked: false }),
      ...(ends ? drawWaiting(scene, view) : [])),
    cover(0, head.height + headsHeight(m), m),
    cover(bottom, height - bottom, m),
    ...head.elements,
    ...drawHeads(state, m, head.height, { electionMax: options.config?.timers?.election?.[1] ?? 300, walled: wall.nodes, holds: wall.holds }),
    ...legend.elements)
  return `${markup(document, THEMES[theme])}\n`
}

/**
 * The scene without what the page covers, or leaves beyond its edge.
 * @param {Scene} scene @param {ReturnType<typeof lookAt>} view @returns {Scene}
 */
function shownOf(scene, { m, ends, bottom }) {
  const titled = new Set(scene.bands.map(b => b.seq))
  const bands = scene.bands.map(b => ({ ...b, title: fitted(b.title, m.width - 24 - estimate(`${b.number} · `, m.font, 600), m.font, 600) }))
  const rows = scene.rows.filter(r => !titled.has(r.seq))
  return ends ? { ...scene, bands, rows } : { ...scene, bands, rows, bottom, labels: scene.labels.filter(l => l.y < bottom), handles: [] }
}

/** The ground, over what lies beyond the part that is shown. @param {number} y @param {number} height @param {Metrics} m */
const cover = (y, height, m) => make('rect', { x: 0, y: rounded(y), width: m.width, height: rounded(height), fill: '--bg' })

/**
 * @param {Journal} journal @param {PictureOptions} options @param {number} width @param {import('../diagram/metrics.js').Measure} measure
 */
function lookAt(journal, options, width, measure) {
  const cursor = within(options.cursor ?? journal.length, 0, journal.length)
  const to = within(options.to ?? cursor, Math.min(1, cursor), cursor)
  const from = within(options.from ?? 1, Math.min(1, to), to)
  const rows = new RowIndex(journal.nodes)
  rows.update(journal)
  const [first, last] = [Math.max(0, rows.rowOf(from)), rows.rowOf(to)]
  const count = last - first + 1
  if (count > MOST_ROWS) throw new RangeError(`the picture would have ${count} rows, and ${MOST_ROWS} are the most: choose a section, or a shorter part`)
  const timed = Boolean(journal.length && journal.event(journal.length).t)
  const m = metrics({ width, nodes: journal.nodes, scale: within(width / 1500, 1, 1.6), timed, events: cursor, measure })
  const state = journal.at(to)
  const ends = to === cursor && pending(state).length > 0
  const top = first ? TOP + first * m.row + 0.01 : 0
  const bottom = ends ? nowAt(rows, cursor, m) + futureHeight(pending(state).length, false, m) : TOP + (last + 1) * m.row - 0.01
  const broken = new Map((options.violations ?? []).map(v => [rows.rowOf(v.event), v.invariant]))
  return { journal, rows, cursor, top, bottom, m, now: null, why: null, expanded: false, broken, state, ends, from, to }
}

/** @param {number} value @param {number} least @param {number} most */
const within = (value, least, most) => Math.max(least, Math.min(most, value))

/** What part of the run is shown, '' for all of it. @param {ReturnType<typeof lookAt>} view @param {Journal} journal */
function caption({ rows, from, to }, journal) {
  const section = rows.section(from)
  const words = section && section.seq < from ? [`Section ${section.number}: ${journal.event(section.seq).text ?? ''}`] : []
  if (from > 1 || to < journal.length) words.push(`events ${from} to ${to} of ${journal.length}`)
  return words.join(' · ')
}

/** @param {string} title @param {string} words @param {Metrics} m */
function drawTitle(title, words, m) {
  const room = m.width - 28
  const [large, small] = [16 * m.scale, 12 * m.scale]
  /** @type {Element[]} */
  const elements = []
  let height = title || words ? 8 * m.scale : 0
  if (title) {
    elements.push(drawText(make, fitted(title, room, large, 600), 14, height + large * 0.8, large, { fill: '--ink', 'font-weight': 600 }))
    height += large * 1.6
  }
  if (words) {
    elements.push(drawText(make, fitted(words, room, small, 400), 14, height + small * 0.7, small, { fill: '--muted' }))
    height += small * 1.6
  }
  return { elements, height }
}
