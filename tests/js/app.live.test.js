import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Live } from '../../static/js/net/live.js'

/** A socket whose other end is the test. */
class FakeSocket {
  /** @type {any[]} */
  sent = []
  /** @param {string} text */
  send(text) {
    this.sent.push(JSON.parse(text))
  }
  /** @param {number} code */
  close(code) {
    this.drop(code)
  }
  /** @param {number} code */
  drop(code) {
    this.onclose?.({ code, reason: '' })
  }
  /** @param {unknown} frame */
  say(frame) {
    this.onmessage?.({ data: JSON.stringify(frame) })
  }
  /** @type {(() => void)|undefined} */
  onopen
  /** @type {((message: {data: string}) => void)|undefined} */
  onmessage
  /** @type {((close: {code: number, reason: string}) => void)|undefined} */
  onclose
}

/** A live connection whose sockets, waits and news the test holds. */
function connect() {
  /** @type {FakeSocket[]} */
  const sockets = []
  /** @type {{run: () => void, ms: number}[]} */
  const waits = []
  /** @type {string[]} */
  const news = []
  /** @type {any[]} */
  const frames = []
  let held = 0
  const live = new Live({
    url: 'ws://x/live',
    key: 'secret',
    have: () => ({ 1: held }),
    onFrame: frame => frames.push(frame),
    onChange: (connection, why) => news.push(why ? `${connection}: ${why}` : connection),
    open: () => {
      sockets.push(new FakeSocket())
      return /** @type {any} */ (sockets[sockets.length - 1])
    },
    clock: { set: (run, ms) => waits.push({ run, ms }), clear: () => {}, random: () => 0.5 },
  })
  live.start()
  return { live, sockets, waits, news, frames, hold: (/** @type {number} */ n) => (held = n) }
}

const WELCOME = { is: 'welcome', v: 1, branches: [] }

test('the first frame says hello with the key and what the page holds', () => {
  const { sockets, news } = connect()
  sockets[0].onopen?.()
  assert.deepEqual(sockets[0].sent, [{ do: 'hello', v: 1, key: 'secret', have: { 1: 0 }, id: 1 }])
  sockets[0].say(WELCOME)
  assert.deepEqual(news, ['connecting', 'open'])
})

test('an answer settles the request with its id, and no other', async () => {
  const { live, sockets } = connect()
  sockets[0].onopen?.()
  sockets[0].say(WELCOME)
  const first = live.request({ do: 'act' })
  const second = live.request({ do: 'act' })
  sockets[0].say({ is: 'rejected', id: 3, why: 'N-1 is down: restart it first', code: 'refused' })
  sockets[0].say({ is: 'done', id: 2, branch: 1, length: 5 })
  assert.equal((await first).length, 5)
  await assert.rejects(second, { message: 'N-1 is down: restart it first', code: 'refused' })
})

test('nothing is sent before the welcome', async () => {
  const { live, sockets } = connect()
  sockets[0].onopen?.()
  await assert.rejects(live.request({ do: 'act' }), { code: 'offline' })
  assert.equal(sockets[0].sent.length, 1)
})

test('a lost connection comes back, later after each failure, and says what is held by then', async () => {
  const { live, sockets, waits, news, hold } = connect()
  sockets[0].onopen?.()
  sockets[0].say(WELCOME)
  const request = live.request({ do: 'act' })
  hold(7)
  sockets[0].drop(1006)
  await assert.rejects(request, { code: 'offline' })
  waits[0].run()
  sockets[1].drop(1006)
  waits[1].run()
  assert.deepEqual(waits.map(wait => wait.ms), [250, 500])
  sockets[2].onopen?.()
  assert.deepEqual(sockets[2].sent[0].have, { 1: 7 })
  sockets[2].say(WELCOME)
  assert.deepEqual(news, ['connecting', 'open', 'reconnecting', 'reconnecting', 'open'])
})

test('frames of a connection that was given up are not taken', () => {
  const { live, sockets, frames } = connect()
  live.stop()
  sockets[0].say({ is: 'events', branch: 1, from: 0, events: [] })
  assert.deepEqual(frames, [])
})

test('a session that is gone ends the matter, in words', () => {
  const { sockets, waits, news } = connect()
  sockets[0].drop(4004)
  assert.equal(waits.length, 0)
  assert.match(news[1], /^ended: .*not there/)
})
