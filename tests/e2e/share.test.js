// A run is passed on: by link, by short link, by hand where the clipboard is refused; and links that are not what they should be.

import assert from 'node:assert/strict'
import { deflateSync } from 'node:zlib'
import { dialogIsAccessible, isAccessible } from './axe.js'
import { journey } from './site.js'

/** @typedef {import('./play.js').Play} Play */

journey('a link opens the same diagram at the same cursor, and one goes on there', async visit => {
  const play = await visit()
  await play.elect(1)
  await play.ask(1, 'set x 1')
  await play.button('Deliver all').click()
  await play.waits()
  for (let back = 0; back < 4; back++) await play.page.keyboard.press('ArrowLeft')
  const there = await play.picture()
  assert.ok(there.position.at < there.position.of)
  const link = await play.share()
  assert.match(link, /\/#\/r\/[A-Za-z0-9_-]+$/)

  const other = await visit({}, link)
  await other.says(/^This run was passed on to you/)
  await other.until(async () => assert.deepEqual(await other.picture(), there))
  assert.deepEqual(await other.events(), await play.events())
  assert.match(other.page.url(), /#\/s\//, 'the session’s address has taken the place of the link’s')
  await other.choose(3, 'Crash')
  await other.says('A new branch')
  await other.becomes(3, 'down', 1)
  await other.page.getByText(/^This run was passed on/).waitFor({ state: 'detached' })
  assert.deepEqual(await play.picture(), there, 'the run that was passed on is as it was')

  const last = await other.share()
  const third = await visit({}, last)
  await third.becomes(3, 'down', 1)
  await third.until(async () => assert.deepEqual((await third.picture()).rows, (await other.picture()).rows))
  await third.choose(3, 'Restart')
  await third.becomes(3, 'follower', 1)
  assert.deepEqual(await third.events(), await third.exported(), 'at the end one goes on without a branch')
})

journey('a link out of a scenario brings its words along, and the script goes on', async (visit, site) => {
  const play = await visit({}, `${site.url}/#/gallery`)
  await play.button('The leader crashes').click()
  await play.button('Play section').click()
  await play.until(async () => assert.ok((await play.position()).of > 20))
  const other = await visit({}, await play.share())
  await other.page.getByRole('banner').getByText('The leader crashes').waitFor()
  await other.until(async () => assert.deepEqual(await other.events(), await play.events()))
  for (const page of [play, other]) {
    await page.button('Play all').click()
    await page.says(/^The scenario is at its end\./)
  }
  assert.deepEqual(await other.events(), await play.events())
})

journey('a short link is read from a wall: its code, its address, and what it opens', async visit => {
  const play = await visit()
  await play.elect(2)
  const there = await play.picture()
  await play.button('Share').click()
  await play.dialog.getByRole('button', { name: 'Make a short link' }).click()
  const code = play.dialog.getByRole('img', { name: /^QR code of / })
  await code.waitFor()
  await play.until(async () => assert.ok(await code.evaluate(image => /** @type {HTMLImageElement} */ (image).naturalWidth > 0)))
  await play.dialog.getByRole('button', { name: 'Show large' }).click()
  const { width } = (await code.boundingBox()) ?? { width: 0 }
  assert.ok(width > 400, `${width} pixels`)
  await play.dialog.getByRole('button', { name: 'Back' }).click()
  await play.page.keyboard.press('Escape')

  const short = await play.share('Short link')
  assert.match(short, /\/s\/[a-z2-7]{16}$/)
  assert.equal(await code.count(), 0)
  assert.equal(await play.share('Short link'), short, 'the same run has the same short link')
  const other = await visit({}, short)
  await other.becomes(2, 'leader', 1)
  await other.until(async () => assert.deepEqual(await other.picture(), there))
})

journey('who watches can pass the run on, and the link is their own to act in', async visit => {
  const owner = await visit()
  await owner.elect(1)
  const viewer = await visit({}, await owner.share('Watch live'))
  await viewer.becomes(1, 'leader', 1)
  await viewer.button('Share').click()
  await viewer.dialog.getByRole('heading', { name: 'Watch live' }).waitFor()
  assert.equal(await viewer.dialog.getByText('Act together').count(), 0)
  await viewer.page.keyboard.press('Escape')
  const own = await visit({}, await viewer.share())
  await own.choose(2, 'Crash')
  await own.becomes(2, 'down', 1)
  await viewer.becomes(2, 'follower', 1)

  const friend = await visit({}, await owner.share('Act together'))
  await friend.choose(3, 'Crash')
  await owner.becomes(3, 'down', 1)
})

journey('where the browser refuses the clipboard, the link is selected to be copied by hand', async visit => {
  const play = await visit()
  await play.becomes(1, 'follower', 0)
  await play.page.evaluate(() => {
    navigator.clipboard.write = () => Promise.reject(new DOMException('no', 'NotAllowedError'))
  })
  await play.button('Share').click()
  await play.dialog.getByText(/^The browser does not let the page copy/).waitFor()
  const selected = () => play.page.evaluate(() => getSelection()?.toString() ?? '')
  await play.until(async () => assert.match(await selected(), /\/#\/r\//))
  await play.dialog.getByRole('button', { name: 'Copy Watch live' }).click()
  await play.until(async () => assert.match(await selected(), /\/#\/s\//))
})

journey(
  'without an answer the share dialog says so, and one tries again there',
  async visit => {
    const play = await visit()
    await play.becomes(1, 'follower', 0)
    await play.page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
    await play.page.route('**/link', route => route.abort())
    await play.button('Share').click()
    await play.dialog.getByText(/^The server does not answer/).waitFor()
    await play.page.unroute('**/link')
    await play.button('Try again').click()
    await play.dialog.getByText('The link is copied.').waitFor()
    await play.until(async () => assert.ok(await play.focused(play.dialog.getByRole('button', { name: 'Copied Link' }))))
  },
  { expected: /ERR_FAILED/ },
)

/** A payload of any text, with or without a run in it. @param {string|Buffer} text */
const packed = text => `1${deflateSync(text).toString('base64url')}`

/** @param {object} more */
const run = more => packed(JSON.stringify({ engine: '1', config: {}, actions: [], at: 0, hash: 'AAAAAAAAAAAAAAAA', ...more }))

const HOSTILE = [
  { name: 'empty', payload: '', says: /empty|cut/ },
  { name: 'not a link', payload: 'nonsense', says: /no link/ },
  { name: 'markup', payload: '<img src=x onerror=alert(1)>', says: /no link/ },
  { name: 'not a run', payload: packed('{}'), says: /no run/ },
  { name: 'deep', payload: packed('['.repeat(100_000)), says: /no run/ },
  { name: 'huge when unpacked', payload: packed(Buffer.alloc(50 << 20, ' ')), says: /too large when unpacked/ },
  { name: 'of wrong types', payload: run({ actions: 'all' }), says: /no run/ },
  { name: 'of another engine', payload: run({ engine: '0', actions: [{ do: 'timeout', node: 1 }], at: 3 }), says: /engine 0/ },
]

journey(
  'a link that is cut, altered, foreign or hostile says so, opens nothing, and keeps its address',
  async (visit, site) => {
    const play = await visit()
    await play.elect(1)
    const link = await play.share()
    const [, whole] = link.split('#/r/')
    const middle = whole.length >> 1
    const altered = whole.slice(0, middle) + (whole[middle] === 'A' ? 'B' : 'A') + whole.slice(middle + 1)
    const bad = [{ name: 'cut', payload: whole.slice(0, -9), says: /cut/ }, { name: 'altered', payload: altered, says: /altered|cut/ }, ...HOSTILE]

    const other = await visit({}, `${site.url}/#/gallery`)
    for (const { name, payload, says } of bad) {
      const hash = `#/r/${payload}`
      await other.page.evaluate(to => {
        location.hash = to
      }, hash)
      await other.says('This link cannot be opened')
      const words = await other.page.getByRole('main').getByRole('alert').innerText()
      assert.match(words, says, name)
      assert.equal(await other.diagram.count(), 0, name)
      assert.equal(decodeURIComponent(new URL(other.page.url()).hash), hash, name)
      await isAccessible(other, `a link that is ${name}`)
    }
    await other.page.evaluate(to => {
      location.hash = to
    }, `#/k/aaaaaaaaaaaaaaaa`)
    await other.page.getByRole('main').getByRole('alert').getByText(/no run is kept here/i).waitFor()

    await other.page.evaluate(to => {
      location.hash = to
    }, `#/r/${whole}`)
    await other.becomes(1, 'leader', 1)
  },
  { expected: /the server responded with a status of 4\d\d/ },
)

journey('the way back leads out of a link, not into it again', async (visit, site) => {
  const play = await visit()
  await play.becomes(1, 'follower', 0)
  const link = await play.share()
  const other = await visit({}, `${site.url}/#/gallery`)
  await other.page.getByRole('heading', { name: 'Gallery' }).waitFor()
  await other.page.evaluate(to => {
    location.href = to
  }, link)
  await other.becomes(1, 'follower', 0)
  await other.page.goBack()
  await other.page.getByRole('heading', { name: 'Gallery' }).waitFor()
  await other.page.goForward()
  await other.becomes(1, 'follower', 0)
})

for (const colorScheme of /** @type {const} */ (['light', 'dark'])) {
  journey(`sharing is accessible, by keyboard alone, and on a phone, ${colorScheme}`, async visit => {
    const play = await visit({ colorScheme })
    await play.becomes(1, 'follower', 0)
    const { keyboard } = play.page
    await dialogIsAccessible(play, 'share', async () => {
      await play.button('Share').focus()
      await keyboard.press('Enter')
    })
    assert.ok(await play.focused(play.button('Share')), 'the focus returns')
    await keyboard.press('Enter')
    await play.tabTo(play.dialog.getByRole('button', { name: 'Make a short link' }))
    await keyboard.press('Enter')
    await play.dialog.getByRole('img', { name: /^QR code/ }).waitFor()
    await play.until(async () => assert.ok(await play.focused(play.dialog.getByRole('button', { name: /Short link$/ }))))
    await isAccessible(play, 'a short link')
    await keyboard.press('Tab')
    await keyboard.press('Enter')
    await play.dialog.getByRole('button', { name: 'Back' }).waitFor()
    await isAccessible(play, 'a short link, large')
    await keyboard.press('Enter')
    await play.tabTo(play.dialog.getByText('Height, theme, preview'))
    await keyboard.press('Enter')
    await play.dialog.getByLabel('Height in pixels').fill('400')
    assert.match(await play.dialog.getByRole('textbox', { name: 'Embed' }).inputValue(), /height="400"/)
    await isAccessible(play, 'the choices of an embed')

    const phone = await visit({ colorScheme, viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true })
    await phone.becomes(1, 'follower', 0)
    await phone.button('Share').tap()
    await phone.button('Make a short link').tap()
    await phone.dialog.getByRole('img', { name: /^QR code/ }).waitFor()
    await isAccessible(phone, 'share on a phone')
    const wide = await phone.page.evaluate(() => document.documentElement.scrollWidth)
    assert.equal(wide, 390, 'nothing is wider than the phone')
  })
}

journey(
  'a scenario of the library has an address: the script is there to be played, and no other name opens anything',
  async (visit, site) => {
    const play = await visit({}, `${site.url}/#/scenario/commit-rule`)
    await play.button('Play section').waitFor()
    await play.arrives(5)
    assert.match(play.page.url(), /#\/s\//, 'the session has the address')
    assert.equal(await play.page.getByText('This run was passed on to you').count(), 0)
    const other = await visit({}, `${site.url}/#/scenario/comit-rule`)
    await other.says('This link cannot be opened')
    await other.page.getByRole('main').getByRole('alert').getByText(/comit-rule.*commit-rule/).waitFor()
    assert.equal(await other.diagram.count(), 0)
  },
  { expected: /404/ },
)
