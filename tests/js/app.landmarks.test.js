import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Landmarks } from '../../static/js/app/landmarks.js'
import { lastRoleChange } from '../../static/js/app/changes.js'
import { Journal } from '../../static/js/model/journal.js'

/** @type {import('../../static/js/model/types.js').Event[]} */
const EVENTS = [
  { n: 1, k: 'start', at: 1, c: [['up', 1]] },
  { n: 2, k: 'section', a: 1, text: 'An election' },
  { n: 3, k: 'timeout', at: 1, a: 2, c: [['role', 2], ['term', 1]] },
  { n: 4, k: 'clock', a: 3, v: 1 },
  { n: 5, k: 'clock', a: 3, v: 1 },
  { n: 6, k: 'timeout', at: 1, a: 3, v: 2, c: [['role', 3]] },
  { n: 7, k: 'section', a: 4, text: 'A crash' },
  { n: 8, k: 'crash', at: 1, a: 5, c: [['up', 0], ['role', 0]] },
]

function marked() {
  const journal = new Journal(1)
  const landmarks = new Landmarks()
  journal.append(EVENTS.slice(0, 5))
  landmarks.extend(journal)
  journal.append(EVENTS.slice(5))
  landmarks.extend(journal)
  return { journal, landmarks }
}

test('steps end where a move ends, not inside it', () => {
  const { landmarks } = marked()
  assert.deepEqual(landmarks.stops, [1, 2, 3, 5, 6, 7, 8])
  assert.equal(landmarks.stopAfter(3), 5)
  assert.equal(landmarks.stopAfter(4), 5)
  assert.equal(landmarks.stopAfter(8), 8)
  assert.equal(landmarks.stopBefore(5), 3)
  assert.equal(landmarks.stopBefore(4), 3)
  assert.equal(landmarks.stopBefore(1), 1, 'nothing stands before the start')
})

test('terms, elections, crashes and sections are found where they happened', () => {
  const { landmarks } = marked()
  assert.deepEqual(landmarks.terms, [{ seq: 3, term: 1 }])
  assert.deepEqual(landmarks.elections, [{ seq: 6, node: 1 }])
  assert.deepEqual(landmarks.crashes, [{ seq: 8, node: 1 }])
  assert.deepEqual(landmarks.sections.map(section => section.title), ['An election', 'A crash'])
})

test('a role is as old as the event that gave it', () => {
  const { journal } = marked()
  assert.equal(lastRoleChange(journal, 1, 5), 3)
  assert.equal(lastRoleChange(journal, 1, 7), 6)
  assert.equal(lastRoleChange(journal, 1, 8), 8)
  assert.equal(lastRoleChange(journal, 1, 2), 0)
})
