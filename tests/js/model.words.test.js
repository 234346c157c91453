// How things are called.
import { test } from 'node:test'
import assert from 'node:assert/strict'
import { handleName, messageLabel, messageLabels, messageName, nodeName, noteText, termColour } from '../../static/js/model/words.js'
import { eventSentence } from '../../static/js/model/sentences.js'
import { Journal } from '../../static/js/model/journal.js'
import { journals } from './journals.js'

/** @typedef {import('../../static/js/model/types.js').Message} Message */

/** @type {Message} */
const preVote = { id: 1, y: 'pv', f: 1, o: 2, t: 2, li: 3, lt: 1 }
const vocabulary = {
  notes: {
    'vote-granted': { text: 'vote granted: its log ends at {0}/t{1}, mine at {2}/t{3}', section: '§5.4.1' },
    matched: { text: '{n0} stores the log up to {1}', section: '§5.3' },
    edited: { text: 'changed by hand, outside the protocol', section: '' },
  },
}

test('a waiting message is named by what it is, its ends, and why it waits', () => {
  assert.equal(handleName({ m: preVote, hold: 0 }), 'pre-vote request from N-1 to N-2, waiting')
  assert.equal(handleName({ m: preVote, hold: 1 }), 'pre-vote request from N-1 to N-2, held back')
  assert.equal(handleName({ m: preVote, hold: 2 }), 'pre-vote request from N-1 to N-2, at the wall')
  assert.equal(handleName({ m: preVote, hold: 0, outbox: true }), 'pre-vote request from N-1 to N-2, in the outbox')
  assert.equal(handleName({ m: { ...preVote, of: 4 }, hold: 0 }), 'copy of a pre-vote request from N-1 to N-2, waiting')
  assert.equal(handleName({ m: { id: 2, y: 'ae', f: 2, o: 3 }, hold: 0 }), 'heartbeat from N-2 to N-3, waiting')
})

test('messages have the names of the paper, and labels that grow shorter with the room', () => {
  assert.equal(messageName(preVote), 'PreVote')
  assert.equal(messageLabel(preVote, 40), 'PreVote t2 · last 3/t1')
  assert.equal(messageLabel(preVote, 12), 'PreVote t2')
  assert.equal(messageLabel(preVote, 1), 'PV')
  assert.equal(messageLabel({ id: 1, y: 'ae', f: 1, o: 2, t: 2, pi: 2, pt: 1, e: [[2], [2, 1, 'add x 1']] }, 40), 'AppendEntries t2 · prev 2/t1 · 2 entries')
  assert.equal(messageLabel({ id: 1, y: 'aer', f: 1, o: 2, ok: 1, mi: 3 }, 40), 'ok · match 3')
  assert.equal(messageLabel({ id: 1, y: 'ca', f: 1, o: 16, st: 'redirect', ld: 2 }, 40), 'redirect: ask N-2')
  assert.equal(nodeName(16), 'client')
})

test('every form of every label is shorter than the one before it', async () => {
  for (const journal of await journals('-runs', '40')) {
    for (let id = 1; journal.message(id); id++) {
      const labels = messageLabels(journal.message(id).message).filter(l => l)
      labels.slice(1).forEach((l, i) => assert.ok(l.length < labels[i].length, labels.join(' | ')))
    }
  }
})

test('decisions are told in the words of the paper, with their section', () => {
  assert.equal(noteText(['vote-granted', 3, 1, 2, 1], vocabulary), 'vote granted: its log ends at 3/t1, mine at 2/t1, §5.4.1')
  assert.equal(noteText(['matched', 2, 5], vocabulary), 'N-2 stores the log up to 5, §5.3')
  assert.equal(noteText(['edited'], vocabulary), 'changed by hand, outside the protocol')
  assert.equal(noteText(['quorum-lost', 1, 3], null), 'quorum lost')
})

test('an event is one sentence', () => {
  const journal = new Journal(2)
  journal.append([
    { n: 1, k: 'start', at: 1, c: [['up', 1]] }, { n: 2, k: 'start', at: 2, c: [['up', 1]] },
    { n: 3, k: 'timeout', at: 1, a: 1, c: [['role', 2], ['term', 1], ['vote', 1]], new: [{ id: 1, y: 'rv', f: 1, o: 2, t: 1 }] },
    { n: 4, k: 'send', at: 1, m: 1, a: 1, by: 3 },
    { n: 5, k: 'handle', at: 2, m: 1, a: 2, by: 4, c: [['term', 1], ['vote', 1]], why: [['vote-granted', 0, 0, 0, 0]] },
  ])
  const told = journal.events().map(e => eventSentence(e, journal, vocabulary))
  assert.deepEqual(told.slice(2), [
    'The election timer of N-1 runs out (candidate, term 1, votes for N-1)',
    'N-1 sends the vote request from N-1 to N-2',
    'N-2 handles the vote request from N-1 (RequestVote t1 · last 0/t0): vote granted: its log ends at 0/t0, mine at 0/t0, §5.4.1 (term 1, votes for N-1)',
  ])
})

test('no event of any run is without words', async () => {
  for (const journal of await journals('-runs', '40')) {
    for (const e of journal.events()) assert.doesNotMatch(eventSentence(e, journal, null), /undefined|NaN|^ *$/)
  }
})

test('terms cycle through eight colours', () => {
  assert.deepEqual([0, 1, 8, 9].map(termColour), [0, 1, 8, 1])
})
