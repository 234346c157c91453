// Pictures stand alone, hold nothing but shapes and text, and nothing in them overlaps or is cut.
import { test } from 'node:test'
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { Journal } from '../../static/js/model/journal.js'
import { MOST_ROWS, drawPicture, sectionRange, usualWidth } from '../../static/js/export/picture.js'
import { scaleFor, sizeOf } from '../../static/js/export/png.js'
import { FONT, THEMES } from '../../static/js/export/themes.js'
import { estimate, fitted } from '../../static/js/export/type.js'
import { journals } from './journals.js'

/** @typedef {import('../../static/js/export/picture.js').PictureOptions} PictureOptions */
/** @typedef {{name: string, attributes: Record<string, string>, text: string, inside: string[], at: {x: number, y: number, scale: number}}} Element */

const root = fileURLToPath(new URL('../..', import.meta.url))
/** @param {...string} args  of raftplay @returns {string} */
const raftplay = (...args) => execFileSync('go', ['run', './cmd/raftplay', ...args], { cwd: root, encoding: 'utf8', maxBuffer: 1 << 28 })

/** @param {string} scenario */
function played(scenario) {
  const { config, events } = JSON.parse(raftplay('export', '-format', 'json', scenario))
  const journal = new Journal(config.nodes ?? 3)
  journal.append(events)
  return { config, journal }
}

const all = await journals('-runs', '28', '-actions', '90')
const hostile = played('tests/diagrams/hostile.yaml')

const UNESCAPED = /** @type {Record<string, string>} */ ({ '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': "'" })
/** @param {string} text */
const unescaped = text => text.replace(/&(amp|lt|gt|quot|#39);/g, sign => UNESCAPED[sign])

/** Reads a picture as strictly as XML is read, and more so. @param {string} svg @returns {Element[]} */
function parse(svg) {
  /** @type {Element[]} */
  const elements = []
  /** @type {Element[]} */
  const open = []
  for (const [whole, tag, text] of svg.trimEnd().matchAll(/<([^<>]*)>|([^<>]+)/g)) {
    if (text !== undefined) {
      assert.doesNotMatch(text, /&(?!(amp|lt|gt|quot|#39);)/, text)
      if (text.trim()) open[open.length - 1].text += unescaped(text)
      continue
    }
    if (tag.startsWith('/')) {
      assert.equal(open.pop()?.name, tag.slice(1), whole)
      continue
    }
    const found = /^(\w+)((?: [\w-]+="[^"<]*")*)(\/?)$/.exec(tag)
    assert.ok(found, whole)
    const attributes = Object.fromEntries([...found[2].matchAll(/ ([\w-]+)="([^"]*)"/g)].map(([, key, value]) => [key, unescaped(value)]))
    const outer = open[open.length - 1]?.at ?? { x: 0, y: 0, scale: 1 }
    const [, x = '0', y = '0', scale = '1'] = /^translate\(([-\d.]+) ([-\d.]+)\)(?: scale\(([\d.]+)\))?$/.exec(attributes.transform ?? '') ?? []
    const at = { x: outer.x + Number(x) * outer.scale, y: outer.y + Number(y) * outer.scale, scale: outer.scale * Number(scale) }
    const element = { name: found[1], attributes, text: '', inside: open.map(e => e.name), at }
    elements.push(element)
    if (!found[3]) open.push(element)
  }
  assert.deepEqual(open, [])
  return elements
}

const NAMES = ['svg', 'title', 'desc', 'g', 'rect', 'path', 'circle', 'text']
const ATTRIBUTES = ['xmlns', 'width', 'height', 'viewBox', 'role', 'font-family', 'transform', 'x', 'y', 'cx', 'cy', 'r', 'rx', 'd', 'fill', 'fill-opacity',
  'stroke', 'stroke-width', 'stroke-opacity', 'stroke-dasharray', 'stroke-linecap', 'font-size', 'font-weight', 'text-anchor']

/** @param {string} svg @returns {Element[]} */
function sound(svg) {
  const elements = parse(svg)
  for (const { name, attributes } of elements) {
    assert.ok(NAMES.includes(name), name)
    for (const key in attributes) assert.ok(ATTRIBUTES.includes(key), `${name} ${key}`)
    for (const key of ['fill', 'stroke']) assert.match(attributes[key] ?? 'none', /^(none|#[0-9a-f]{6})$/)
    for (const key of ['x', 'y', 'cx', 'cy', 'width', 'height']) assert.match(attributes[key] ?? '0', /^-?\d+(\.\d+)?$/, `${name} ${key}`)
    assert.doesNotMatch(attributes.d ?? '', /NaN|undefined/)
  }
  return elements
}

/** Where words stand, at most. @param {Element[]} elements */
function boxes(elements) {
  return elements.filter(e => e.name === 'text').map(({ text, attributes, at }) => {
    const size = Number(attributes['font-size']) * at.scale
    const w = estimate(text, size, Number(attributes['font-weight'] ?? 400))
    const before = attributes['text-anchor'] === 'middle' ? w / 2 : attributes['text-anchor'] === 'end' ? w : 0
    return { text, x: at.x + Number(attributes.x) * at.scale - before, w, y: at.y + Number(attributes.y) * at.scale - 0.7 * size, h: 0.8 * size }
  })
}

/** @param {Element[]} elements @param {string} about */
function nothingOverlaps(elements, about) {
  const { width, height } = elements[0].attributes
  const sorted = boxes(elements).sort((a, b) => a.y - b.y)
  sorted.forEach((a, i) => {
    assert.ok(a.x >= -0.5 && a.x + a.w <= Number(width) + 0.5, `${about}: "${a.text}" is cut`)
    assert.ok(a.y + a.h <= Number(height), `${about}: "${a.text}" is below the picture`)
    for (let k = i + 1; k < sorted.length && sorted[k].y < a.y + a.h; k++) {
      const b = sorted[k]
      assert.ok(a.x >= b.x + b.w || b.x >= a.x + a.w, `${about}: "${a.text}" and "${b.text}" overlap at ${Math.round(a.x)} ${Math.round(a.y)}`)
    }
  })
}

test('pictures of every run, in any width and either theme, are sound and nothing in them overlaps', () => {
  all.forEach((journal, i) => {
    const widths = [480, 700, usualWidth(journal.nodes), 2400]
    const theme = i % 2 ? 'dark' : 'light'
    nothingOverlaps(sound(drawPicture(journal, { title: 'A run', theme, legend: true, width: widths[i % 4] })), `run ${i + 1}, ${widths[i % 4]} wide`)
  })
})

test('a part of a run has its events, and nothing of the others', () => {
  for (const journal of all.filter(one => one.length > 60)) {
    const svg = drawPicture(journal, { from: 20, to: 40, cursor: 50 })
    const numbers = boxes(sound(svg)).map(b => b.text).filter(text => /^\d+$/.test(text) && Number(text) > 12)
    assert.ok(numbers.length && numbers.every(n => Number(n) <= 40), numbers.join())
    assert.match(svg, new RegExp(`events 20 to 40 of ${journal.length}`))
    assert.doesNotMatch(svg, />(now|event \d+)</, 'the now line is not in this part')
    const elements = sound(svg)
    const { width, height } = elements[0].attributes
    assert.ok(boxes(elements).every(b => b.y < Number(height)), 'no words below it')
    const covers = elements.filter(e => e.name === 'rect' && e.attributes.width === width && e.attributes.fill === THEMES.light['--bg'])
    const drawn = elements.findIndex(e => e.name === 'path')
    assert.deepEqual(covers.map(e => elements.indexOf(e) > drawn), [false, true, true], 'the ground, and what covers lines that run on above and below')
    assert.equal(Number(covers[1].attributes.y), 0)
    assert.equal(Number(covers[2].attributes.y) + Number(covers[2].attributes.height), Number(height))
    assert.doesNotMatch(drawPicture(journal, { from: 20, to: 40, cursor: 50, legend: true }), /waits to be delivered/)
  }
})

test('what waits is shown below the now line of a picture that ends at the cursor', () => {
  const journal = all.find(one => one.at(40).nodes.some(n => n.in.length)) ?? assert.fail()
  assert.match(drawPicture(journal, { cursor: 40 }), />event 40</)
  const waits = all.find(one => one.at(one.length).nodes.some(n => n.in.length)) ?? assert.fail()
  assert.match(drawPicture(waits), />now( · \d+ ms)?</)
  assert.doesNotMatch(drawPicture(journal, { cursor: 41, to: 40 }), />event 4\d</)
})

test('sections are pictures of their own', () => {
  const { journal, config } = hostile
  const range = sectionRange(journal, 1) ?? assert.fail()
  assert.equal(journal.event(range.from).k, 'section')
  assert.equal(journal.event(range.to + 1).k, 'section')
  assert.equal(sectionRange(journal, 3), null)
  nothingOverlaps(sound(drawPicture(journal, { ...range, cursor: range.to, config, legend: true })), 'section 1')
})

test('a legend explains only the signs that are in the picture', () => {
  const { journal } = played('first-election')
  let first = 1
  while (!journal.at(first).nodes.some(n => n.commit > 0)) first++
  const texts = (/** @type {number} */ to) => sound(drawPicture(journal, { to, cursor: to, legend: true })).map(e => e.text)
  const before = texts(first - 1)
  assert.ok(before.includes('not committed yet') && !before.includes('committed'))
  const end = texts(journal.length)
  assert.ok(end.includes('committed') && !end.includes('not committed yet'))
  const cell = sound(drawPicture(journal)).findLast(e => e.text === '1' && e.attributes['text-anchor'] === 'middle')
  assert.equal(cell?.attributes.fill, THEMES.light['--term-ink'], 'what is committed stands on its term’s colour')
})

test('whatever a person typed is text', () => {
  const { journal, config } = hostile
  const title = '</title><script>alert(1)</script> & "x" \u0007 \ud800 ]]>'
  const elements = sound(drawPicture(journal, { config, title, width: 2400 }))
  const texts = elements.filter(e => e.name === 'text' || e.name === 'title').map(e => e.text)
  assert.equal(texts[0], '</title><script>alert(1)</script> & "x" \ufffd \ufffd ]]>')
  assert.ok(texts.some(text => text.includes("<script>alert('1')</script>")), 'a section’s title')
  assert.ok(texts.some(text => text.includes('<b>;end</b>')), 'a command')
})

test('a picture that nobody could look at is refused, with the way out', () => {
  const journal = new Journal(2)
  for (let n = 1; n <= MOST_ROWS + 1; n++) journal.append([{ n, k: 'section', text: 'one' }])
  assert.throws(() => drawPicture(journal), { name: 'RangeError', message: 'the picture would have 2001 rows, and 2000 are the most: choose a section, or a shorter part' })
  sound(drawPicture(journal, { from: 2 }))
  assert.throws(() => drawPicture(journal, { from: 5, width: 100 }), /480 to 2400 pixels wide, not 100/)
  assert.throws(() => drawPicture(journal, { from: 5, theme: /** @type {any} */ ('blue') }), /no theme "blue"/)
  assert.equal(sizeOf(drawPicture(new Journal(3))).width, usualWidth(3), 'a run without events has a picture')
})

test('Go draws the same picture, byte for byte', () => {
  for (const name of ['first-election', 'stale-leader', 'timers']) {
    const { config, journal } = played(name)
    const title = /^# (.*)/.exec(raftplay('export', '-format', 'markdown', name))?.[1]
    assert.equal(raftplay('export', '-format', 'svg', '-legend', '-theme', 'dark', name), drawPicture(journal, { config, title, legend: true, theme: 'dark' }), name)
  }
})

test('the colours and the font are those of the style sheets', () => {
  /** @param {string} file */
  const css = file => readFileSync(`${root}static/css/${file}`, 'utf8')
  /** @param {string} text */
  const colours = text => Object.fromEntries([...text.matchAll(/^ +(--[\w-]+): (#[0-9a-f]{6});/gm)].map(found => [found[1], found[2]]))
  assert.deepEqual(THEMES, { light: colours(css('tokens.css')), dark: colours(css('dark.css')) })
  assert.ok(css('tokens.css').includes(`--font: ${FONT};`))
})

test('text is cut only where it has no room', () => {
  assert.equal(fitted('a short title', 300, 16, 600), 'a short title')
  const cut = fitted('a title that is longer than its room', 120, 16, 600)
  assert.match(cut, /^a title.*…$/)
  assert.ok(estimate(cut, 16, 600) <= 120)
  assert.ok(estimate('bold', 16, 600) > estimate('bold', 16))
})

test('a PNG has two pixels for one, one if it is large, and there is none of what no browser draws', () => {
  assert.equal(scaleFor({ width: 1000, height: 5000 }), 2)
  assert.equal(scaleFor({ width: 2000, height: 9000 }), 1)
  assert.equal(scaleFor({ width: 4000, height: 5000 }), 1)
  assert.equal(scaleFor({ width: 1000, height: 16385 }), 0)
})
