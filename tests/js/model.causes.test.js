// "Why?" is answered by the events that made a thing so, in order.
import { test } from 'node:test'
import assert from 'node:assert/strict'
import { why } from '../../static/js/model/causes.js'
import { Journal } from '../../static/js/model/journal.js'
import { journals } from './journals.js'

// N-1 is elected by N-2, appends entry 2 for the client, and N-2 stores both.
const journal = new Journal(3)
journal.append([
  { n: 1, k: 'start', at: 1, c: [['up', 1]] },
  { n: 2, k: 'start', at: 2, c: [['up', 1]] },
  { n: 3, k: 'start', at: 3, c: [['up', 1]] },
  { n: 4, k: 'timeout', at: 1, a: 1, c: [['role', 2], ['term', 1], ['vote', 1], ['granted', 2]], new: [{ id: 1, y: 'rv', f: 1, o: 2, t: 1 }, { id: 2, y: 'rv', f: 1, o: 3, t: 1 }] },
  { n: 5, k: 'send', at: 1, m: 1, a: 1, by: 4 },
  { n: 6, k: 'send', at: 1, m: 2, a: 1, by: 4 },
  { n: 7, k: 'handle', at: 2, m: 1, a: 2, by: 5, c: [['term', 1], ['vote', 1]], new: [{ id: 3, y: 'rvr', f: 2, o: 1, t: 1, ok: 1 }] },
  { n: 8, k: 'send', at: 2, m: 3, a: 2, by: 7 },
  { n: 9, k: 'handle', at: 1, m: 3, a: 3, by: 8, c: [['role', 3], ['granted', 6], ['match', 1, 1]], log: [[1]] },
  { n: 10, k: 'ask', at: 1, m: 4, a: 4, new: [{ id: 4, y: 'cq', f: 16, o: 1, s: 1, x: 'set x 1' }] },
  { n: 11, k: 'handle', at: 1, m: 4, a: 4, by: 10, log: [[1, 1, 'set x 1']], c: [['match', 2, 1]], new: [{ id: 5, y: 'ae', f: 1, o: 2, t: 1, e: [[1], [1, 1, 'set x 1']] }] },
  { n: 12, k: 'send', at: 1, m: 5, a: 4, by: 11 },
  { n: 13, k: 'drop', at: 3, m: 2, a: 5, by: 6 },
  { n: 14, k: 'handle', at: 2, m: 5, a: 6, by: 12, log: [[1], [1, 1, 'set x 1']], new: [{ id: 6, y: 'aer', f: 2, o: 1, t: 1, ok: 1, mi: 2 }] },
  { n: 15, k: 'send', at: 2, m: 6, a: 6, by: 14 },
  { n: 16, k: 'handle', at: 1, m: 6, a: 7, by: 15, c: [['commit', 2], ['match', 2, 2]], new: [{ id: 7, y: 'ae', f: 1, o: 2, t: 1, lc: 2 }] },
  { n: 17, k: 'send', at: 1, m: 7, a: 7, by: 16 },
  { n: 18, k: 'handle', at: 2, m: 7, a: 8, by: 17, c: [['commit', 2]] },
])
const ELECTION = [4, 5, 7, 8, 9]

test('an event: what led to it, back to what came from outside', () => {
  assert.deepEqual(why(journal, { event: 9 }).events, ELECTION)
})

test('a vote: the request that it answers', () => {
  assert.deepEqual(why(journal, { vote: 2 }).events, [4, 5, 7])
})

test('a leader: the votes that elected it', () => {
  assert.deepEqual(why(journal, { role: 1 }).events, ELECTION)
})

test('a commit at the leader: the acknowledgements of a majority, the proposal and the election', () => {
  assert.deepEqual(why(journal, { commit: 1, index: 2 }).events, [...ELECTION, 10, 11, 12, 14, 15, 16])
})

test('a commit at a follower: also how it learned of it', () => {
  assert.deepEqual(why(journal, { commit: 2, index: 2 }).events, [...ELECTION, 10, 11, 12, 14, 15, 16, 17, 18])
})

test('an entry at a follower: the leader that had it, and the client that asked', () => {
  assert.deepEqual(why(journal, { entry: 2, index: 2 }).events, [...ELECTION, 10, 11, 12, 14])
})

test('the steps are told in words, without the mere sending', () => {
  const { steps } = why(journal, { vote: 2 })
  assert.deepEqual(steps.map(s => s.seq), [4, 7])
  assert.match(steps[1].text, /^N-2 handles the vote request from N-1/)
})

test('what is asked as of an earlier event knows nothing later', () => {
  assert.deepEqual(why(journal, { commit: 1, index: 2 }, { upTo: 15 }).events, [])
})

test('every answer is closed: each event is there with its cause', async () => {
  for (const run of await journals('-runs', '60')) {
    const state = run.at(run.length)
    for (const n of state.nodes.slice(1)) {
      for (const target of [{ role: n.id }, { vote: n.id }, { commit: n.id, index: n.commit }, { entry: n.id, index: n.log.length }]) {
        const { events } = why(run, target)
        for (const seq of events) {
          const { by } = run.event(seq)
          assert.ok(!by || events.includes(by), `${JSON.stringify(target)}: event ${seq} without its cause ${by}`)
        }
      }
    }
  }
})
