// The journal reaches any position, and a branch shares its beginning.
import { test } from 'node:test'
import assert from 'node:assert/strict'
import { apply, newState } from '../../static/js/model/fold.js'
import { stateJSON } from './statejson.js'
import { pending } from '../../static/js/model/pending.js'
import { firstDifference } from '../../static/js/model/compare.js'
import { journals } from './journals.js'

const runs = await journals('-runs', '40', '-actions', '300')

test('every position is the fold of the events up to it, in any order of asking', () => {
  for (const journal of runs.slice(0, 12)) {
    const state = newState(journal.nodes)
    /** @type {string[]} */
    const folded = [stateJSON(state)]
    for (const e of journal.events()) {
      apply(state, e)
      folded.push(stateJSON(state))
    }
    for (let seq = journal.length; seq >= 0; seq -= 7) assert.equal(stateJSON(journal.at(seq)), folded[seq], `event ${seq}`)
    for (let seq = 0; seq <= journal.length; seq += 3) assert.equal(stateJSON(journal.at(seq)), folded[seq], `event ${seq}`)
  }
})

test('a branch goes on by itself, and its parent stays what it was', () => {
  for (const journal of runs.filter(j => j.length > 300)) {
    const before = stateJSON(journal.at(journal.length))
    const branch = journal.prefix(290)
    assert.equal(stateJSON(branch.at(290)), stateJSON(journal.at(290)))
    assert.equal(firstDifference(journal, branch), 0)
    branch.append([{ n: 291, k: 'section', text: 'elsewhere' }])
    assert.equal(firstDifference(journal, branch), 291)
    assert.equal(stateJSON(journal.at(journal.length)), before)
  }
})

test('what waits is what was created and has not ended', () => {
  for (const journal of runs) {
    const waiting = new Set(pending(journal.at(journal.length)).map(w => w.m.id))
    for (let id = 1; journal.message(id); id++) assert.equal(waiting.has(id), !journal.message(id).ended, `m${id}`)
  }
})
