/**
 * Messages that wait, below the now line of a picture.
 *
 * @typedef {import('../model/journal.js').Journal} Journal
 * @typedef {import('../model/types.js').State} State
 * @typedef {import('../diagram/metrics.js').Metrics} Metrics
 * @typedef {import('../diagram/scene.js').Scene} Scene
 * @typedef {import('./markup.js').Element} Element
 */
import { drawPlate, drawText, rounded } from '../diagram/draw.js'
import { ICONS, iconOf } from '../diagram/handle.js'
import { messageFamily } from '../model/words.js'
import { element as make } from './markup.js'

/** The handles of what waits, and the now line's words. @param {Scene} scene @param {{m: Metrics, cursor: number, journal: Journal, state: State}} view @returns {Element[]} */
export function drawWaiting(scene, { m, cursor, journal, state }) {
  const time = state.t ? ` · ${Math.round(state.t)} ms` : ''
  const text = `${cursor < journal.length ? `event ${cursor}` : 'now'}${time}`
  const w = Math.ceil(m.measure(text, m.small, 600)) + 18
  const look = { rect: { fill: '--accent' }, text: { fill: '--accent-ink', 'font-weight': 600 } }
  const more = scene.more ? [drawText(make, `and ${scene.more} more that wait`, m.width / 2, scene.moreY, m.font, { fill: '--accent', 'text-anchor': 'middle' })] : []
  return [...scene.handles.map(handle => drawHandle(handle, m)), ...drawPlate(make, { x: 10, y: scene.nowY, w, text }, m, look), ...more]
}

/** @param {import('../diagram/scene.js').Handle} handle @param {Metrics} m */
export function drawHandle({ waiting, x, y }, m) {
  const icon = iconOf(waiting)
  const ink = `--${messageFamily(waiting.m)}`
  const scale = Math.round(m.handle * 6.5) / 100
  /** @type {import('../diagram/looks.js').Look} */
  const sign = icon === 'play' ? { fill: ink, stroke: ink, 'stroke-width': 1 } : { fill: 'none', stroke: ink, 'stroke-width': 2.4, 'stroke-linecap': 'round' }
  return make('g', { transform: `translate(${rounded(x)} ${rounded(y)})` },
    make('circle', { cx: 0, cy: 0, r: m.handle - 1, fill: '--panel', stroke: ink, 'stroke-width': 2, ...(icon === 'play' ? {} : { 'stroke-dasharray': '4 3' }) }),
    make('g', { transform: `scale(${scale})` }, make('path', { d: ICONS[icon], ...sign })))
}
