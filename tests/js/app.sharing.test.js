import assert from 'node:assert/strict'
import { test } from 'node:test'
import { atHome, embedAddress, frameOf, linkAddress, liveAddress, shortAddress } from '../../static/js/app/addresses.js'
import { hashOf, parseEmbed, parseRoute } from '../../static/js/app/route.js'
import { Sharing } from '../../static/js/app/sharing.js'

const HERE = 'https://raft.example.org'

test('an address is read back as what was written', () => {
  for (const route of /** @type {import('../../static/js/app/route.js').Route[]} */ ([
    { place: 'session', session: 'abc', key: 'def' },
    { place: 'link', payload: '1aZ_-9' },
    { place: 'run', id: 'k7d2m4xaq5zt6wbn' },
    { place: 'scenario', name: 'commit-rule' },
    { place: 'gallery' },
    { place: 'write' },
    { place: 'first' },
  ]))
    assert.deepEqual(parseRoute(hashOf(route)), route)
})

test('an altered link stays a link, so that the server can say what is wrong', () => {
  assert.deepEqual(parseRoute('#/r/'), { place: 'link', payload: '' })
  assert.deepEqual(parseRoute('#/r/1ab/cd'), { place: 'link', payload: '1ab/cd' })
  assert.deepEqual(parseRoute('#/k'), { place: 'run', id: '' })
  assert.deepEqual(parseRoute('#/s/only'), { place: 'first' })
  assert.deepEqual(parseRoute('#/scenario'), { place: 'gallery' })
})

test('an embed’s address holds the run, or its id, and the theme where one is chosen', () => {
  assert.equal(embedAddress(HERE, { link: '1aZ' }, 'auto'), `${HERE}/embed#1aZ`)
  assert.equal(embedAddress(HERE, { run: 'k7d2' }, 'dark'), `${HERE}/embed?theme=dark#k/k7d2`)
  for (const of of [{ link: '1aZ' }, { run: 'k7d2' }]) assert.deepEqual(parseEmbed(new URL(embedAddress(HERE, of, 'light')).hash), of)
})

test('the frame’s title is text in the other page, whatever was typed', () => {
  const frame = frameOf(`${HERE}/embed#1a`, '"><script>alert(1)</script>&', 400)
  assert.equal(
    frame,
    `<iframe src="${HERE}/embed#1a" title="&#34;&#62;&#60;script&#62;alert(1)&#60;/script&#62;&#38;" width="100%" height="400" style="border:0" loading="lazy"></iframe>`,
  )
})

/** A run that is shared from event 7 of branch 2. @param {(short: boolean) => Promise<import('../../static/js/net/wire.js').Linked>} answer */
function sharing(answer) {
  /** @type {unknown[]} */
  const asked = []
  const shared = { session: 's1', key: 'acting', viewKey: 'watching', branch: 2, cursor: 7, scenario: null }
  const one = new Sharing(shared, HERE, (session, key, what) => {
    asked.push({ session, key, ...what })
    return answer(what.short)
  })
  return { one, asked }
}

test('the link is asked for where the viewer is, and the short one only on demand', async () => {
  const { one, asked } = sharing(async short => ({ link: '1aZ', ...(short ? { run: 'k7d2' } : {}) }))
  assert.equal(one.text('link'), '')
  await one.make(false)
  assert.deepEqual(asked, [{ session: 's1', key: 'acting', branch: 2, cursor: 7, short: false }])
  assert.equal(one.text('link'), linkAddress(HERE, '1aZ'))
  assert.equal(one.text('short'), '')
  assert.match(one.text('embed'), /\/embed#1aZ"/)

  await one.make(true)
  assert.equal(one.text('short'), shortAddress(HERE, 'k7d2'))
  assert.match(one.text('embed'), /\/embed#1aZ"/, 'an embed needs nothing that is kept')
})

test('an embed names a long run by its id, once it is kept', async () => {
  const { one } = sharing(async short => ({ link: `1${'a'.repeat(2000)}`, ...(short ? { run: 'k7d2' } : {}) }))
  await one.make(false)
  assert.match(one.text('embed'), /\/embed#1a+"/)
  await one.make(true)
  assert.match(one.text('embed'), /\/embed#k\/k7d2"/)
})

test('the links to the live session carry the key to watch, and the key to act', () => {
  const { one } = sharing(async () => ({ link: '1' }))
  assert.equal(one.text('watch'), liveAddress(HERE, 's1', 'watching'))
  assert.equal(one.text('act'), liveAddress(HERE, 's1', 'acting'))
})

test('a run too long for a link says so, and its short link is still to be had', async () => {
  const { one } = sharing(async short => {
    if (!short) throw new Error('the run is too long for a link')
    return { link: '1aZ', run: 'k7d2' }
  })
  await assert.rejects(one.make(false))
  assert.equal(one.failure, 'the run is too long for a link')
  assert.equal(one.making, false)
  await one.make(true)
  assert.equal(one.failure, '')
  assert.equal(one.text('short'), shortAddress(HERE, 'k7d2'))
})

test('a frame’s height is one that shows something', () => {
  const { one } = sharing(async () => ({ link: '1' }))
  for (const [typed, height] of /** @type {[string, number][]} */ ([['420', 420], ['', 560], ['-3', 560], ['1e9', 560], ['400.6', 401]])) {
    one.frame.height = typed
    assert.equal(one.height, height)
  }
})

test('a server on one’s own machine is told from one that others can reach', () => {
  for (const name of ['localhost', 'raft.localhost', '127.0.0.1', '127.1.2.3', '[::1]']) assert.ok(atHome(name), name)
  for (const name of ['raft.example.org', 'localhost.example.org', '192.168.1.5', '[2001:db8::1]', '127.0.0.1.example.org']) assert.ok(!atHome(name), name)
})
