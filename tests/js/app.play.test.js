import assert from 'node:assert/strict'
import { test } from 'node:test'
import { cutOff, messageChoices, networkWords, nodeChoices } from '../../static/js/app/choices.js'
import { hintFor } from '../../static/js/app/hint.js'
import { dues, nextTick, stir } from '../../static/js/app/playback.js'
import { newState } from '../../static/js/model/fold.js'
import { pending } from '../../static/js/model/pending.js'

/** @typedef {import('../../static/js/model/types.js').State} State */

/** Three nodes that run. @returns {State} */
function cluster() {
  const state = newState(3)
  for (const node of state.nodes.slice(1)) node.up = 1
  return state
}

/** A vote request of N-1 waits at N-2. @param {State} state @param {number} [due] */
function voteRequest(state, due = 0) {
  state.nodes[2].in.push({ m: { id: 1, y: 'rv', f: 1, o: 2, t: 1 }, due, hold: 0 })
  return state
}

/** What nextTick looks at. @param {State} state @param {object} [more] */
function store(state, more = {}) {
  const landmarks = { stopAfter: (/** @type {number} */ seq) => seq + 2 }
  return /** @type {any} */ ({ state, atEnd: true, whyNot: '', scripted: false, view: { cursor: 5, speed: 50, policy: 'drain' }, branch: { landmarks }, ...more })
}

test('play in the past moves the cursor on to the next stop', () => {
  assert.deepEqual(nextTick(store(cluster(), { atEnd: false }), true), { do: 'seek', seq: 7 })
})

test('play follows a script that is not at its end', () => {
  assert.deepEqual(nextTick(store(voteRequest(cluster()), { scripted: true }), true), { do: 'script' })
})

test('play with timers by hand moves one message a tick, by the chosen policy', () => {
  assert.deepEqual(nextTick(store(voteRequest(cluster())), false), { do: 'act', action: { do: 'run', policy: 'drain', count: 1 } })
})

test('play in a quiet cluster starts what a timer would, once', () => {
  const state = cluster()
  assert.deepEqual(nextTick(store(state), true), { do: 'act', action: { do: 'timeout', node: 1 } })
  assert.deepEqual(nextTick(store(state), false), { do: 'stop' })
  state.nodes[3].role = 3
  assert.deepEqual(stir(state), { do: 'heartbeat', node: 3 })
  state.nodes[3].up = 0
  state.nodes[1].up = 0
  assert.deepEqual(stir(state), { do: 'timeout', node: 2 })
})

test('running time flows to what is due next, and takes along what is due at once', () => {
  const state = voteRequest(cluster(), 110)
  state.t = 100
  state.run = 1
  state.nodes[1].heartbeatDue = 150
  assert.deepEqual(dues(state), [110, 150])
  assert.deepEqual(nextTick(store(state), false), { do: 'flow', until: 110, action: { do: 'run', policy: 'timed', until: { when: 'passed', ms: 10 } } })
  const fast = { cursor: 5, speed: 1000, policy: 'timed' }
  state.nodes[3].electionDue = 130
  assert.equal(/** @type {any} */ (nextTick(store(state, { view: fast }), false)).until, 130)
})

test('a watcher’s play stops at the end', () => {
  assert.deepEqual(nextTick(store(voteRequest(cluster()), { whyNot: 'watching' }), true), { do: 'stop' })
})

test('a node’s menu offers what fits its state, and says why the rest does not', () => {
  const state = cluster()
  /** @param {string} label */
  const refused = label => nodeChoices(state, 1).find(choice => choice.label === label)?.refused
  assert.equal(refused('Time out'), '')
  assert.match(refused('Send heartbeat') ?? '', /only a leader/)
  assert.match(refused('Wipe disk') ?? '', /crash it first/)
  state.nodes[1].up = 0
  assert.match(refused('Time out') ?? '', /restart it first/)
  assert.equal(refused('Restart'), '')
  assert.equal(refused('Crash'), undefined)
})

test('a message’s menu has its items in order', () => {
  const state = voteRequest(cluster())
  const [waiting] = pending(state)
  assert.deepEqual(messageChoices(waiting, pending(state)).map(choice => choice.label), ['Deliver', 'Delay…', 'Drop', 'Duplicate', 'Inspect'])
  state.nodes[2].in.push({ m: { id: 2, y: 'rv', f: 3, o: 2, t: 1 }, due: 0, hold: 0 })
  const [first, second] = pending(state)
  /** @param {import('../../static/js/model/pending.js').Waiting} one */
  const behind = one => messageChoices(one, pending(state)).find(choice => choice.label === 'Put behind the next')?.action
  assert.deepEqual(behind(first), { do: 'reorder', message: 1, after: 2 })
  assert.equal(behind(second), undefined, 'nothing is behind the last')
})

test('a node without links is cut off, in words', () => {
  const state = cluster()
  assert.equal(networkWords(state), '')
  for (const other of [2, 3]) {
    state.links[16 + other] = 2
    state.links[16 * other + 1] = 2
  }
  assert.ok(cutOff(state, 1))
  assert.equal(cutOff(state, 2), false)
  assert.equal(networkWords(state), 'N-1 cut off, messages are held')
})

test('the hint goes along with what has happened', () => {
  const more = { atEnd: true, answers: 0, branches: 1 }
  const state = cluster()
  assert.match(hintFor(state, more), /Click N-1 and choose Time out/)
  state.nodes[1].role = 2
  assert.match(hintFor(state, more), /Let a node time out again/)
  assert.match(hintFor(voteRequest(state), more), /N-1 asks for votes/)
  state.nodes[1].role = 3
  state.nodes[1].term = 1
  assert.match(hintFor(state, more), /N-1 leads term 1/)
  assert.match(hintFor(state, { ...more, answers: 1 }), /Deliver what still waits/)
  assert.match(hintFor(state, { ...more, atEnd: false }), /in the past/)
  assert.equal(hintFor(state, { atEnd: true, answers: 1, branches: 2 }), '')
})

test('the hint knows a leader that crashed, rivals, and a leader without a node', () => {
  const more = { atEnd: true, answers: 1, branches: 1 }
  const state = cluster()
  const [, first, second, third] = state.nodes
  Object.assign(first, { role: 3, term: 1 })
  assert.match(hintFor(state, more), /Now crash N-1/)
  Object.assign(first, { role: 1, up: 0 })
  assert.match(hintFor(state, more), /N-1 is down, and nobody leads\. Click N-2/)
  Object.assign(second, { role: 2, term: 2 })
  Object.assign(third, { role: 2, term: 2 })
  assert.match(hintFor(state, more), /N-2 and N-3 ask for votes in term 2/)
  Object.assign(second, { role: 3 })
  assert.match(hintFor(state, more), /N-2 leads term 2 without N-1/)
})
