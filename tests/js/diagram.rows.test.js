// Which events share a row, and who stands behind a wall.
import { test } from 'node:test'
import assert from 'node:assert/strict'
import { RowIndex } from '../../static/js/diagram/rows.js'
import { Journal } from '../../static/js/model/journal.js'
import { placeTags } from '../../static/js/diagram/tags.js'
import { metrics } from '../../static/js/diagram/metrics.js'
import { journals } from './journals.js'

/** @typedef {import('../../static/js/model/types.js').Event} Event */

/** @param {number} nodes @param {Event[]} events */
function indexed(nodes, events) {
  const journal = new Journal(nodes)
  journal.append(events)
  const rows = new RowIndex(nodes)
  rows.update(journal)
  return rows
}

/** @type {Event[]} */
const beginning = [
  { n: 1, k: 'start', at: 1, c: [['up', 1]] }, { n: 2, k: 'start', at: 2, c: [['up', 1]] },
  { n: 3, k: 'timeout', at: 1, a: 1, new: [{ id: 1, y: 'rv', f: 1, o: 2 }] },
]

test('a message sent as soon as it is created leaves from the row of its creation', () => {
  const rows = indexed(2, [...beginning, { n: 4, k: 'send', at: 1, m: 1, a: 1 }, { n: 5, k: 'handle', at: 2, m: 1, a: 2 }])
  assert.deepEqual([1, 2, 3, 4, 5].map(seq => rows.rowOf(seq)), [0, 0, 1, 1, 2])
  assert.equal(rows.last(1), 4)
})

test('a message that waited in its outbox leaves from a row of its own', () => {
  const rows = indexed(2, [...beginning, { n: 4, k: 'send', at: 1, m: 1, a: 2 }])
  assert.equal(rows.rowOf(4), 2)
})

test("a client's request that arrives at once is one row, one that was held is two", () => {
  /** @type {Event} */
  const ask = { n: 4, k: 'ask', at: 2, m: 2, a: 2, new: [{ id: 2, y: 'cq', f: 16, o: 2, x: 'get x' }] }
  assert.equal(indexed(2, [...beginning, ask, { n: 5, k: 'handle', at: 2, m: 2, a: 2 }]).length, 3)
  assert.equal(indexed(2, [...beginning, ask, { n: 5, k: 'handle', at: 2, m: 2, a: 3 }]).length, 4)
})

test('rows and events lead to each other, however the index grew', async () => {
  for (const journal of await journals('-runs', '30')) {
    const rows = new RowIndex(journal.nodes)
    const grown = new Journal(journal.nodes)
    for (const e of journal.events()) {
      grown.append([e])
      rows.update(grown)
    }
    for (let row = 0; row < rows.length; row++) {
      assert.equal(rows.rowOf(rows.first(row)), row)
      assert.equal(rows.upTo(rows.last(row)), row + 1)
    }
  }
})

test('sections are found from any event in them', () => {
  const rows = indexed(2, [...beginning, { n: 4, k: 'section', text: 'one' }, { n: 5, k: 'clock' }, { n: 6, k: 'section', text: 'two' }])
  assert.deepEqual([3, 4, 5, 6].map(seq => rows.section(seq)?.number), [undefined, 1, 1, 2])
})

test('a message stops at the wall of the one who is cut off, sender or receiver', () => {
  /** @type {Event[]} */
  const events = [{ n: 1, k: 'network', at: 1, net: [[1, 2, 2], [1, 3, 2], [2, 1, 2], [3, 1, 2]] }, { n: 2, k: 'network', at: 1, net: [[1, 2, 0], [2, 1, 0]] }]
  const { walls } = indexed(3, events)
  assert.deepEqual([walls.at(1).nodes, walls.at(1).holds, walls.at(2).nodes], [[1], true, []])
  assert.equal(walls.stops({ id: 1, y: 'rv', f: 1, o: 2 }, 1), 1)
  assert.equal(walls.stops({ id: 1, y: 'rv', f: 3, o: 1 }, 1), 1)
  assert.equal(walls.stops({ id: 1, y: 'rv', f: 3, o: 2 }, 1), 0)
})

test('tags grow shorter from the least important on, and are counted when there is no room', () => {
  const m = metrics({ width: 836, nodes: 3 })
  /** @type {import('../../static/js/diagram/tags.js').Tag[]} */
  const tags = [{ texts: ['leader of term 2', 'leader'], style: 'leader', term: 2 }, { texts: ['2 of 3 votes', 'votes 2/3'], style: 'candidate' }, { texts: ['log +1', 'log'], style: 'term', term: 2 }]
  /** @param {number} room */
  const words = room => placeTags(tags, [0, room], 1, m).map(t => t.text)
  assert.deepEqual(words(400), ['leader of term 2', '2 of 3 votes', 'log +1'])
  assert.deepEqual(words(240), ['leader of term 2', 'votes 2/3', 'log'])
  assert.deepEqual(words(95), ['leader', '…+2'])
  assert.deepEqual(words(30), ['…'])
  assert.deepEqual(words(10), [])
})
