// The page's model and Go's agree: the fold after every event of every run, and
// the trace tables.
import { test } from 'node:test'
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { apply, newState } from '../../static/js/model/fold.js'
import { stateJSON } from './statejson.js'
import { tables } from '../../static/js/model/table.js'
import { Journal } from '../../static/js/model/journal.js'
import { play } from './journals.js'

test('the fold and the trace tables equal those of Go', async () => {
  let runs = 0
  let events = 0
  let state = newState(0)
  let journal = new Journal(0)
  await play([], ({ nodes, event, sha, tables: golden }) => {
    if (nodes) {
      runs++
      state = newState(nodes)
      journal = new Journal(nodes)
      return
    }
    if (!event) {
      const ours = tables(journal).map(t => ({
        Title: t.title, First: t.first,
        Rows: t.rows.length ? t.rows.map(r => ({ Event: r.event, Node: r.node, Op: r.op, Roles: r.roles, Deltas: r.deltas })) : null,
      }))
      assert.deepEqual(ours, golden, `run ${runs}`)
      return
    }
    events++
    apply(state, event)
    journal.append([event])
    const json = stateJSON(state)
    assert.equal(createHash('sha1').update(json).digest('hex'), sha, `run ${runs}, event ${event.n}: ${json}`)
  })
  assert.ok(runs >= 200 && events > 10_000, `${runs} runs, ${events} events`)
})
