// Writing a scenario: what is checked when, what is kept, and what can be undone. And what is so, in a scenario's words.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { expectStep } from '../../static/js/app/expecting.js'
import { TEMPLATE, draft } from '../../static/js/app/drafts.js'
import { LARGEST, Writing, editorWords, fileName, tooLarge } from '../../static/js/app/writing.js'
import { ApiError } from '../../static/js/net/api.js'
import { newState } from '../../static/js/model/fold.js'
import { Log } from '../../static/js/model/log.js'

/** @typedef {import('../../static/js/net/wire.js').Played} Played */

/** What the server says of a text. @param {Partial<Played>} [more] @returns {any} */
function played(more = {}) {
  return { config: { nodes: 3 }, scenario: null, events: [1, 2].map(n => ({ n, k: 'start', at: n })), results: [], failures: [], violations: [], steps: [], mistakes: [], table: '', ...more }
}

/** A desk whose pauses and answers the test gives. */
function desk() {
  /** @type {(() => void)[]} */
  const pauses = []
  /** @type {{source: string, answer: (played: Played) => void, fail: (error: Error) => void}[]} */
  const asked = []
  const writing = new Writing(
    {
      play: source => new Promise((answer, fail) => asked.push({ source, answer, fail })),
      later: then => pauses.push(then),
      forget: timer => pauses[timer - 1] && (pauses[timer - 1] = () => {}),
    },
    () => {},
  )
  /** Lets pauses end, and what follows from answers happen. */
  const settle = async () => {
    for (const pause of pauses.splice(0, pauses.length, ...pauses.map(() => () => {}))) pause()
    await new Promise(done => setImmediate(done))
  }
  return { writing, asked, settle }
}

test('a text is checked once, after the last key', async () => {
  const { writing, asked, settle } = desk()
  writing.type('t')
  writing.type('ti')
  assert.equal(editorWords(writing), 'Checking…')
  await settle()
  assert.deepEqual(asked.map(one => one.source), ['ti'])
})

test('only an answer about the text as it still is counts', async () => {
  const { writing, asked, settle } = desk()
  writing.type('one')
  await settle()
  writing.type('two')
  await settle()
  asked[1].answer(played({ steps: [{ section: 1, step: 1, line: 1, column: 1, seq: 1 }, { section: 2, step: 0, line: 0, column: 0, seq: 2 }] }))
  await settle()
  assert.equal(writing.preview?.text, 'two')
  assert.equal(writing.eventAt(0), 1)
  asked[0].answer(played({ mistakes: [{ line: 1, column: 1, text: 'late' }] }))
  await settle()
  assert.deepEqual(writing.mistakes, [])
  assert.ok(writing.fresh)
})

test('a mistake is told, and the last run stays', async () => {
  const { writing, asked, settle } = desk()
  writing.type('good')
  await settle()
  asked[0].answer(played())
  await settle()
  writing.type('bad')
  await settle()
  asked[1].answer(played({ events: [], mistakes: [{ line: 2, column: 3, text: 'no' }] }))
  await settle()
  assert.equal(editorWords(writing), '1 mistake')
  assert.equal(writing.preview?.text, 'good')
  assert.ok(!writing.fresh)
  assert.equal(writing.eventAt(0), 0, 'no place in the text as it is')
})

test('a run as far as its text can be played is not taken for the run of an earlier text', async () => {
  const { writing, asked, settle } = desk()
  const mistakes = [{ line: 2, column: 3, text: 'no' }]
  const stands = () => ({ stale: writing.stale, cut: writing.cut })
  writing.type('one')
  await settle()
  asked[0].answer(played({ mistakes }))
  await settle()
  assert.deepEqual(stands(), { stale: false, cut: true })
  writing.type('two')
  assert.deepEqual(stands(), { stale: false, cut: false }, 'nothing is said while it is checked')
  await settle()
  asked[1].answer(played({ events: [], mistakes }))
  await settle()
  assert.deepEqual(stands(), { stale: true, cut: false })
})

test('a failure of the network is told, and the text is sent again by itself', async () => {
  const { writing, asked, settle } = desk()
  writing.type('one')
  await settle()
  asked[0].fail(new ApiError('The server does not answer.', 0))
  await settle()
  assert.equal(editorWords(writing), 'The server does not answer.')
  await settle()
  asked[1].answer(played())
  await settle()
  assert.equal(editorWords(writing), '2 events')
})

test('a text that the server refuses is not sent again', async () => {
  const { writing, asked, settle } = desk()
  writing.type('one')
  await settle()
  asked[0].fail(new ApiError('This server plays up to 9 nodes.', 422))
  await settle()
  await settle()
  assert.equal(asked.length, 1)
  assert.equal(editorWords(writing), 'This server plays up to 9 nodes.')
})

test('a text that is too large is not sent', async () => {
  const { writing, asked, settle } = desk()
  writing.type('é'.repeat(LARGEST / 2 + 1))
  await settle()
  assert.equal(asked.length, 0)
  assert.equal(editorWords(writing), tooLarge('The text', LARGEST + 2))
})

test('how it stands, in words', () => {
  const [held, failed] = [true, false].map(held => ({ section: 1, step: 1, seq: 1, text: '', held }))
  /** @param {Partial<Played>} more */
  const words = more => {
    const { writing } = desk()
    writing.preview = { played: played(more), journal: /** @type {any} */ (null), text: '' }
    return editorWords(writing)
  }
  assert.equal(words({ results: [held, held] }), '2 events; all 2 expectations hold')
  assert.equal(words({ results: [held, failed], failures: ['a'] }), '1 of 2 expectations does not hold')
  assert.equal(words({ failures: ['b'] }), '2 events; an invariant is broken that no step expects')
})

test('what the outline changes can be undone, a field as a whole; typing ends that', () => {
  const { writing } = desk()
  writing.open('a')
  writing.edit('b', 'title')
  writing.edit('c', 'title')
  writing.edit('d', 'prose')
  writing.edit('d', 'nothing')
  writing.undo()
  assert.equal(writing.text, 'c')
  writing.undo()
  assert.equal(writing.text, 'a')
  assert.ok(!writing.undoable)
  writing.edit('e', 'title')
  writing.type('ef')
  assert.ok(!writing.undoable)
})

test('a draft is kept, where nothing can be kept for as long as the page is open', () => {
  const { writing } = desk()
  writing.open('one\r\ntwo')
  assert.equal(writing.text, 'one\ntwo')
  assert.equal(draft(), 'one\ntwo')
  assert.match(TEMPLATE, /^title: /)
})

test('files are named by the title', () => {
  assert.equal(fileName('Two leaders, <b>& messages</b>'), 'two-leaders-b-messages-b')
  assert.equal(fileName('Élection'), 'election')
  assert.equal(fileName('…'), 'scenario')
})

test('what is so is written for all nodes alike, or for each', () => {
  const state = newState(3)
  for (const node of state.nodes.slice(1)) {
    node.up = 1
    node.term = 2
    node.log = new Log([[1], [2, 1, 'set x 1']])
  }
  state.nodes[1].role = 3
  state.nodes[1].commit = 2
  assert.deepEqual(expectStep(state, []), [
    '- expect:',
    '    leaders: N-1',
    '    term: 2',
    '    log: [1 start, 2 set x 1]',
    '    commit: {N-1: 2, N-2: 0, N-3: 0}',
  ])
  state.nodes[2].role = 3
  state.nodes[3].log = new Log([[1], [2, 1, 'set x #1']])
  assert.deepEqual(expectStep(state, ['Election Safety', 'Election Safety']).slice(1), [
    '    leaders: [N-1, N-2]',
    '    term: 2',
    '    log: {N-1: [1 start, 2 set x 1], N-2: [1 start, 2 set x 1], N-3: [1 start, "2 set x #1"]}',
    '    commit: {N-1: 2, N-2: 0, N-3: 0}',
    '    violations: [Election Safety]',
  ])
  state.nodes[2].up = 0
  assert.equal(expectStep(state, [])[1], '    leaders: N-1', 'one that is down leads nobody')
  state.nodes[1].role = state.nodes[2].role = 0
  state.nodes[3].log = new Log(Array.from({ length: 9 }, () => /** @type {[number]} */ ([1])))
  const [, leaders, , log] = expectStep(state, [])
  assert.equal(leaders, '    leaders: none')
  assert.equal(log, '    log: {N-1: [1, 2], N-2: [1, 2], N-3: [1, 1, 1, 1, 1, 1, 1, 1, 1]}')
})
