import assert from 'node:assert/strict'
import { test } from 'node:test'
import { currentSection, sectionsAt } from '../../static/js/app/reading.js'
import { hashOf, parseRoute } from '../../static/js/app/route.js'
import { inline, markdown } from '../../static/js/components/markdown.js'

/** @typedef {import('../../static/js/components/dom.js').Child} Child */

/** A description as text with its tags. @param {Child} child @returns {string} */
function plain(child) {
  if (Array.isArray(child)) return child.map(plain).join('')
  if (child && typeof child === 'object') return `<${child.tag}>${child.children.map(plain).join('')}</${child.tag}>`
  return String(child ?? '')
}

test('prose becomes paragraphs, lists, emphasis, code and links', () => {
  assert.equal(plain(markdown('One *em* and **strong**\non `code`.\n\n- a\n- b\n  more')), '<p>One <em>em</em> and <strong>strong</strong> on <code>code</code>.</p><ul><li>a</li><li>b more</li></ul>')
  assert.equal(plain(inline('[paper](https://raft.github.io) _it_ a_b_c')), '<a>paper</a> <em>it</em> a_b_c')
})

test('prose is never markup, and links lead only to http', () => {
  assert.equal(plain(markdown('<b>x</b> [y](javascript:alert(1))')), '<p><b>x</b> [y](javascript:alert(1))</p>')
  assert.deepEqual(inline('<img src=x>'), ['<img src=x>'])
})

/** A run in the second of three sections. @param {number} cursor */
function reading(cursor) {
  const steps = [{ text: 'N-1 times out', expect: false }, { text: 'N-1 leads', expect: true }]
  const script = { section: 2, step: 1, done: false, results: [{ section: 1, step: 2, seq: 9, text: 'N-1 leads term 1', held: true }] }
  const sections = ['One', 'Two', 'Three'].map(title => ({ title, steps }))
  return sectionsAt(/** @type {any} */ ({
    view: { cursor, scenario: { sections } },
    branch: { info: { script }, landmarks: { sections: [{ seq: 2, title: 'One' }, { seq: 10, title: 'Two' }] }, journal: { length: 12 } },
  }))
}

test('sections are done, under way or ahead as of the cursor', () => {
  assert.deepEqual(reading(12).map(section => section.state), ['done', 'now', 'ahead'])
  assert.deepEqual(reading(5).map(section => section.state), ['now', 'ahead', 'ahead'])
  assert.equal(currentSection(reading(12), 12)?.title, 'Two')
  assert.equal(currentSection(reading(1), 1)?.title, 'One')
})

test('an expectation ticks off at the event after which it was looked at', () => {
  assert.deepEqual(reading(8)[0].expectations.map(one => one.state), ['open'])
  assert.deepEqual(reading(9)[0].expectations.map(one => `${one.state} ${one.text}`), ['held N-1 leads term 1'])
})

test('addresses name a session and its key, or the gallery', () => {
  assert.deepEqual(parseRoute('#/s/abc/KEY'), { place: 'session', session: 'abc', key: 'KEY' })
  assert.deepEqual(parseRoute('#/gallery'), { place: 'gallery' })
  assert.deepEqual(parseRoute(''), { place: 'first' })
  assert.deepEqual(parseRoute('#/s/abc'), { place: 'first' })
  assert.equal(hashOf(parseRoute('#/s/abc/KEY')), '#/s/abc/KEY')
})
