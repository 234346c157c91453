/**
 * Far out, where many events share a pixel: for each lane, bars that tell how many
 * messages it handled, by kind, beside what the node was.
 *
 * @typedef {import('./layout.js').View} View
 * @typedef {import('./scene.js').Scene} Scene
 * @typedef {import('./canvas.js').Colours} Colours
 */
import { CLIENT } from '../model/types.js'
import { messageFamily } from '../model/words.js'
import { paintLife, paintWalls } from './canvas.js'
import { layoutLives } from './lives.js'
import { TOP, emptyScene } from './scene.js'

/** Pixels that one bar is high. */
const BIN = 4

/**
 * @param {CanvasRenderingContext2D} pen @param {Colours} colours @param {View} view @param {number} nowY
 * @returns {Scene} of lifelines and walls only
 */
export function paintDense(pen, colours, view, nowY) {
  const { journal, rows, cursor, m, broken } = view
  const scene = emptyScene()
  scene.nowY = nowY
  const begun = rows.upTo(cursor)
  const from = Math.max(0, Math.min(begun - 1, Math.floor((view.top - TOP) / m.row)))
  const to = Math.min(begun, Math.ceil((view.bottom - TOP) / m.row))
  if (to <= from) return scene
  /** @param {number} seq */
  const yOf = seq => TOP + (rows.rowOf(seq) + 0.5) * m.row
  layoutLives(scene, view, journal.at(rows.first(from) - 1), from, to, yOf)
  paintWalls(pen, colours, scene, m)
  const last = Math.min(cursor, rows.last(to - 1))
  paintBars(pen, colours, view, rows.first(from), last, yOf)
  for (const l of scene.lives) paintLife(pen, colours, l.role, l.term, m.x(l.node), l.from, l.to)
  for (let seq = rows.first(from); seq <= last; seq++) {
    const e = journal.event(seq)
    const at = e.at ?? 0
    if (broken.has(rows.rowOf(seq))) stroke(pen, colours.warn, 0, m.width, yOf(seq))
    else if (e.k === 'section') stroke(pen, colours.ink, 0, m.width, yOf(seq))
    else if (e.k === 'crash') stroke(pen, colours.warn, m.x(at) - 8, m.x(at) + 8, yOf(seq))
    else if (e.k === 'timeout') stroke(pen, colours.vote, m.x(at) - 8, m.x(at) + 8, yOf(seq))
  }
  return scene
}

/** @param {CanvasRenderingContext2D} pen @param {string} colour @param {number} from @param {number} to @param {number} y */
function stroke(pen, colour, from, to, y) {
  pen.fillStyle = colour
  pen.fillRect(from, y - 1, to - from, 2)
}

const FAMILIES = /** @type {const} */ (['vote', 'append', 'client'])

/**
 * @param {CanvasRenderingContext2D} pen @param {Colours} colours @param {View} view @param {number} from @param {number} to
 * @param {(seq: number) => number} yOf
 */
function paintBars(pen, colours, { journal, m }, from, to, yOf) {
  const most = Math.max(1, BIN / m.row)
  const counts = new Uint16Array(3 * (CLIENT + 1))
  let bin = Math.floor(yOf(from) / BIN)
  const flush = () => {
    for (let id = 1; id <= CLIENT; id++) {
      let x = m.x(id) + 5
      for (let f = 0; f < 3; f++) {
        const count = counts[3 * id + f]
        if (!count) continue
        const w = Math.max(2, (Math.min(count, most) / most) * m.gap * 0.8)
        pen.fillStyle = colours[FAMILIES[f]]
        pen.fillRect(x, bin * BIN, w, BIN - 0.8)
        x += w
      }
    }
    counts.fill(0)
  }
  pen.globalAlpha = 0.75
  for (let seq = from; seq <= to; seq++) {
    const e = journal.event(seq)
    if (e.k !== 'handle' || !e.at) continue
    const at = Math.floor(yOf(seq) / BIN)
    if (at !== bin) {
      flush()
      bin = at
    }
    counts[3 * e.at + FAMILIES.indexOf(messageFamily(journal.message(e.m ?? 0).message))]++
  }
  flush()
  pen.globalAlpha = 1
}
