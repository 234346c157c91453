// Nothing overlaps and nothing is cut, whatever happens in a run and however wide
// the room is.
import { test } from 'node:test'
import assert from 'node:assert/strict'
import { futureHeight, futureRoom } from '../../static/js/diagram/future.js'
import { layout } from '../../static/js/diagram/layout.js'
import { plateHeight } from '../../static/js/diagram/draw.js'
import { metrics } from '../../static/js/diagram/metrics.js'
import { RowIndex } from '../../static/js/diagram/rows.js'
import { CLIENT } from '../../static/js/model/types.js'
import { journals } from './journals.js'

const WIDTHS = [390, 600, 836, 1200, 1920, 2560]
const runs = (await journals('-runs', '84', '-actions', '90')).map(journal => {
  const rows = new RowIndex(journal.nodes)
  rows.update(journal)
  return { journal, rows }
})

/** @typedef {{what: string, x: number, y: number, w: number, h: number}} Box */

/**
 * @param {(typeof runs)[number]} run @param {number} width @param {number} cursor @param {number} zoom @param {number | null} now
 */
function laidOut({ journal, rows }, width, cursor, zoom, now) {
  const m = metrics({ width, nodes: journal.nodes, zoom, events: journal.length, timed: true, coarse: width < 600 })
  const view = { journal, rows, cursor, top: 0, bottom: 1e6, m, why: null, broken: new Map([[3, 'Log Matching']]), now, expanded: true }
  return { m, scene: layout(view) }
}

/** @param {ReturnType<typeof laidOut>} laid @returns {Box[]} everything with words in it, and the handles */
function boxes({ m, scene }) {
  const h = plateHeight(m)
  /** @param {{text: string, x: number, y: number, w: number}} p */
  const plate = p => ({ what: p.text, x: p.x, y: p.y - h / 2, w: p.w, h })
  return [
    ...scene.labels.map(plate), ...scene.tags.map(plate),
    ...scene.rows.map(r => ({ what: `row ${r.seq}`, x: 0, y: r.y - h / 2, w: m.seqX, h })),
    ...scene.rows.filter(r => r.moved && m.timeX).map(r => ({ what: `${r.time} ms`, x: m.timeX, y: r.y - h / 2, w: m.measure(`${r.time} ms`, m.small), h })),
    ...scene.marks.filter(k => k.shape === 'cross' || k.shape === 'pause').map(k => ({ what: k.shape, x: k.x - 5, y: k.y - 5, w: 10, h: 10 })),
    ...scene.handles.map(k => ({ what: `handle m${k.waiting.m.id}`, x: k.x - m.handle, y: k.y - m.handle, w: 2 * m.handle, h: 2 * m.handle })),
  ]
}

/** @param {Box[]} all @returns {string[]} */
function overlaps(all) {
  const sorted = [...all].sort((a, b) => a.y - b.y)
  /** @type {string[]} */
  const found = []
  sorted.forEach((a, i) => {
    for (let k = i + 1; k < sorted.length && sorted[k].y < a.y + a.h - 0.01; k++) {
      const b = sorted[k]
      if (a.x < b.x + b.w - 0.01 && b.x < a.x + a.w - 0.01) found.push(`"${a.what}" and "${b.what}" at ${Math.round(a.x)},${Math.round(a.y)}`)
    }
  })
  return found
}

for (const width of WIDTHS) {
  for (const zoom of [0, 1]) {
    test(`no two words overlap and none is cut, ${width} pixels wide, zoom ${zoom}`, () => {
      runs.forEach((run, i) => {
        const cursor = i % 3 ? run.journal.length : Math.ceil(run.journal.length / 2)
        const laid = laidOut(run, width, cursor, zoom, null)
        const all = boxes(laid)
        assert.deepEqual(overlaps(all), [], `run ${i + 1}`)
        for (const b of all) assert.ok(b.x >= 0 && b.x + b.w <= width, `run ${i + 1}: "${b.what}" at ${b.x} + ${b.w}`)
      })
    })
  }
}

test('labels and tags of the past stay between two lifelines, but for tags over the client’s lane', () => {
  for (const run of runs) {
    const { m, scene } = laidOut(run, 836, run.journal.length, 0, null)
    const servers = Array.from({ length: run.journal.nodes }, (_, i) => i + 1).map(m.x)
    for (const t of [...scene.labels, ...scene.tags]) {
      if (t.y > scene.nowY) continue
      for (const x of 'seq' in t ? servers : [m.x(CLIENT), ...servers]) assert.ok(x <= t.x || x >= t.x + t.w, `"${t.text}" lies on a lifeline`)
    }
  }
})

test('messages that travel keep clear of words', () => {
  for (const run of runs) {
    const { t = 0 } = run.journal.event(run.journal.length)
    for (const later of [0, 4, 15]) assert.deepEqual(overlaps(boxes(laidOut(run, 836, run.journal.length, 0, t + later))), [])
  }
})

test('every message that waits has one handle, and the others have none', () => {
  for (const run of runs) {
    const { scene } = laidOut(run, 1200, run.journal.length, 0, null)
    const waiting = scene.handles.map(h => h.waiting.m.id).sort((a, b) => a - b)
    const expected = []
    for (let id = 1; run.journal.message(id); id++) if (!run.journal.message(id).ended) expected.push(id)
    assert.deepEqual(waiting, expected)
  }
})

test('a part of the rows is laid out as it is in the whole', () => {
  for (const run of runs.slice(0, 40)) {
    const whole = laidOut(run, 836, run.journal.length, 0, null)
    const { m } = whole
    const [top, bottom] = [300, 700]
    const part = layout({ journal: run.journal, rows: run.rows, cursor: run.journal.length, top, bottom, m, why: null,
      broken: new Map([[3, 'Log Matching']]), now: null, expanded: true })
    /** @param {import('../../static/js/diagram/scene.js').Scene} s */
    const words = s => [...s.labels, ...s.tags].filter(t => t.y > top + m.row && t.y < Math.min(bottom - m.row, s.nowY)).map(t => [t.text, t.x, t.y])
    assert.deepEqual(words(part), words(whole.scene))
    const marks = whole.scene.marks.filter(k => k.y > top + m.row && k.y < bottom - m.row)
    assert.deepEqual(part.marks.filter(k => k.y > top + m.row && k.y < bottom - m.row), marks)
  }
})

test('what came before has most of the room, unless much waits', () => {
  const [{ journal }] = runs
  const m = metrics({ width: 600, nodes: journal.nodes, zoom: 0, events: journal.length, timed: false, coarse: false })
  for (const room of [150, 300, 700]) {
    const quiet = futureRoom(room, futureHeight(0, false, m), Infinity, m)
    assert.ok(quiet <= room * 0.4, 'nothing waits')
    if (room >= 300) assert.equal(futureRoom(room, futureHeight(2, false, m), Infinity, m), quiet, 'the now line stands still when messages come')
    assert.ok(futureRoom(room, futureHeight(30, false, m), Infinity, m) <= room * 0.6, 'much waits')
    assert.equal(futureRoom(room, futureHeight(0, false, m), 20, m), futureHeight(0, false, m), 'at the end of a recording nothing comes')
    if (room >= 300) assert.equal(futureRoom(room, futureHeight(0, false, m), 80, m), 80, 'but the zoom buttons stay clear of the now line')
  }
})
