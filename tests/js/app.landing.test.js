import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Session } from '../../static/js/app/session.js'
import { Store } from '../../static/js/app/store.js'
import { Viewer } from '../../static/js/app/viewer.js'

Object.assign(globalThis, { window: globalThis, location: new URL('http://127.0.0.1:1/') })

/** Events first to last: the starts of three nodes, then heartbeats of N-1. @param {number} first @param {number} last @returns {any[]} */
const events = (first, last) =>
  Array.from({ length: last - first + 1 }, (_, i) => first + i).map(n => (n <= 3 ? { n, a: 1, v: n, k: 'start', at: n } : { n, a: n, v: 1, k: 'timer', at: 1 }))

/** A session of nine events that a link opened at one of them. @param {number} cursor */
function opened(cursor) {
  const store = new Store()
  const session = new Session(store, 's', 'k', () => {}, cursor)
  session.receive(/** @type {any} */ ({ is: 'welcome', v: 1, may: 'act', config: { nodes: 3 }, viewers: 1, branches: [{ id: 1, name: 'main', parent: 0, at: 0, length: 9 }] }))
  return { store, session }
}

test('a link’s cursor is reached as its events come, and stays there', () => {
  const { store, session } = opened(6)
  session.receive({ is: 'events', branch: 1, from: 0, events: events(1, 5) })
  session.receive({ is: 'events', branch: 1, from: 5, events: events(6, 9) })
  assert.equal(store.view.cursor, 6)
  assert.equal(store.atEnd, false)
  session.receive({ is: 'branch', branch: { id: 1, name: 'main', parent: 0, at: 0, length: 10 } })
  session.receive({ is: 'events', branch: 1, from: 9, events: events(10, 10) })
  assert.equal(store.view.cursor, 6, 'what happens later does not move it')
})

test('a link to the end goes on with it', () => {
  const { store, session } = opened(9)
  session.receive({ is: 'events', branch: 1, from: 0, events: events(1, 9) })
  assert.equal(store.view.cursor, 9)
  session.receive({ is: 'branch', branch: { id: 1, name: 'main', parent: 0, at: 0, length: 10 } })
  session.receive({ is: 'events', branch: 1, from: 9, events: events(10, 10) })
  assert.equal(store.view.cursor, 10)
})

test('a link to before the nodes have started shows them started', () => {
  const { store, session } = opened(1)
  session.receive({ is: 'events', branch: 1, from: 0, events: events(1, 9) })
  assert.equal(store.view.cursor, 3)
})

test('nobody acts in a recording, and at its end Play begins again', () => {
  const { store, session } = opened(0)
  session.receive({ is: 'events', branch: 1, from: 0, events: events(1, 9) })
  store.set({ place: 'embed', connection: 'open' })
  const viewer = new Viewer(store)
  assert.match(store.whyNot, /^This is a recording/)
  assert.equal(store.view.cursor, 9)
  viewer.togglePlay()
  assert.equal(store.view.playing, true)
  assert.ok(store.view.cursor < 9)
  viewer.playback.pause()
})
