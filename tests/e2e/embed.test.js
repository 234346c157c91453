// A run in the frame of another site's page: to look at, with its transport, and nothing else.

import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { isAccessible } from './axe.js'
import { Play } from './play.js'
import { journey } from './site.js'

/** A page of another site, with a frame in it. @param {string} frame @param {(address: string) => Promise<void>} visit */
async function course(frame, visit) {
  const server = createServer((request, answer) => {
    answer.setHeader('Content-Type', request.url === '/' ? 'text/html' : 'image/svg+xml')
    answer.end(request.url === '/' ? `<!doctype html><title>A course</title><link rel="icon" href="data:,"><h1>Raft</h1>${frame}` : '')
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  try {
    await visit(`http://localhost:${/** @type {import('node:net').AddressInfo} */ (server.address()).port}/`)
  } finally {
    server.closeAllConnections()
    server.close()
  }
}

/** Only what the frame needs of this server. */
const FRAMED = /^a request to http:\/\/127\.0\.0\.1:\d+\/(embed|v\/|favicon\.svg|api\/play|api\/vocabulary)/

/** The frame's page. @param {Play} outer @returns {Promise<Play>} */
async function inside(outer) {
  const handle = await outer.page.locator('iframe').elementHandle()
  const frame = await handle?.contentFrame()
  assert.ok(frame)
  return new Play(/** @type {any} */ (frame))
}

journey(
  'a page of another site shows a run: one moves in time, and can do nothing else',
  async visit => {
    const play = await visit()
    await play.elect(1)
    await play.ask(1, 'set x 1')
    await play.button('Deliver all').click()
    await play.waits()
    for (let back = 0; back < 5; back++) await play.page.keyboard.press('ArrowLeft')
    const there = await play.picture()

    await course(await play.share('Embed'), async address => {
      const outer = await visit({}, address)
      /** @type {string[]} */
      const asked = []
      outer.page.on('request', request => {
        if (request.method() !== 'GET') asked.push(new URL(request.url()).pathname)
      })
      outer.page.on('websocket', socket => asked.push(socket.url()))
      const embed = await inside(outer)
      await embed.arrives(there.position.at)
      await embed.until(async () => assert.deepEqual((await embed.picture()).nodes, there.nodes))
      assert.deepEqual(await embed.waiting(), there.waiting)
      assert.deepEqual(await embed.events(), await play.events())

      await embed.button('Step forward').click()
      await embed.until(async () => assert.ok((await embed.position()).at > there.position.at))
      await outer.page.keyboard.press('Home')
      await embed.arrives(3)
      await outer.page.keyboard.press('End')
      await embed.arrives(there.position.of)
      await embed.button('Play').click()
      await embed.until(async () => assert.ok((await embed.position()).at < there.position.of))
      await embed.button('Pause').click()

      await outer.page.keyboard.press('Home')
      await embed.button('Step forward').click()
      await embed.handle('vote request from N-1 to N-2, waiting').press('Enter')
      await embed.page.getByText('This is a recording: open it in Raftplay to act.').waitFor()
      for (const key of ['d', 'x', 'u', 'g', '?']) await outer.page.keyboard.press(key)
      assert.equal(await embed.diagram.locator('[aria-haspopup]').count(), 0, 'no menu is promised')
      await embed.header(1).click()
      for (const key of ['t', 'c', 'x']) await outer.page.keyboard.press(key)
      assert.equal(await embed.page.getByRole('menu').count() + (await embed.page.getByRole('dialog').count()), 0)
      for (const name of ['Deliver all', 'Share', 'Export', 'New…']) assert.equal(await embed.button(name).count(), 0)
      assert.deepEqual(await embed.events(), await play.events(), 'nothing was done')
      assert.deepEqual(asked.filter(path => path !== '/api/play'), [], 'and nothing asked for')

      const [tab] = await Promise.all([
        outer.page.context().waitForEvent('page'),
        embed.page.getByRole('link', { name: 'Open in Raftplay' }).click(),
      ])
      const opened = new Play(tab)
      await opened.arrives(there.position.at)
      assert.match(tab.url(), /#\/s\//)
      assert.equal(await tab.evaluate(() => window.opener), null)
    })
  },
  { expected: /^a request to http:\/\/127\.0\.0\.1:\d+\// }, // the run is opened from there, too
)

journey(
  'only an embed can be framed by another site',
  async (visit, site) => {
    for (const path of ['', '#/gallery', 'index.html', 'embed.html']) {
      await course(`<iframe src="${site.url}/${path}"></iframe>`, async address => {
        const outer = await visit({}, address)
        await outer.page.waitForLoadState('load')
        assert.match((await inside(outer)).page.url(), /^chrome-error:/, path)
      })
    }
  },
  { expected: /^a request to|frame-ancestors|Refused to|Framing/ },
)

journey(
  'an embed that cannot be shown says why, in its frame',
  async (visit, site) => {
    for (const hash of ['', '#nonsense', '#k/aaaaaaaaaaaaaaaa']) {
      await course(`<iframe src="${site.url}/embed${hash}"></iframe>`, async address => {
        const embed = await inside(await visit({}, address))
        await embed.page.getByRole('heading', { name: 'This run cannot be shown' }).waitFor()
        assert.equal(await embed.page.getByRole('link', { name: 'Open in Raftplay' }).count(), 0)
      })
    }
  },
  { expected: new RegExp(`${FRAMED.source}|status of 4\\d\\d`) },
)

journey(
  'an embed needs nothing that a browser keeps, and as little room as a phone has',
  async visit => {
    const play = await visit()
    await play.elect(1)
    const frame = (await play.share('Embed')).replace('width="100%" height="560"', 'width="320" height="300"')
    await course(frame, async address => {
      const outer = await visit({ viewport: { width: 360, height: 640 } }, address)
      await outer.page.addInitScript(() => {
        Object.defineProperty(window, 'localStorage', {
          get() {
            throw new DOMException('denied', 'SecurityError')
          },
        })
      })
      await outer.page.reload()
      const embed = await inside(outer)
      await embed.becomes(1, 'leader', 1)
      const { width, height } = await embed.page.evaluate(() => ({
        width: document.documentElement.scrollWidth,
        height: document.documentElement.scrollHeight,
      }))
      assert.deepEqual([width, height], [320, 300])
      for (const name of ['Step back', 'Play', 'Step forward']) assert.ok(await embed.button(name).isVisible())
      const [now, frame] = [await embed.diagram.locator('.dg-now').boundingBox(), await outer.page.locator('iframe').boundingBox()]
      assert.ok(now && frame && now.y - frame.y > 180, 'at its end the rows have the room: nothing comes any more')
      assert.ok(await embed.diagram.locator('.row.current').isVisible(), 'the event looked at is in sight')
    })
  },
  { expected: FRAMED },
)

for (const theme of /** @type {const} */ (['light', 'dark'])) {
  journey(`axe: an embed, in a wide frame and in a small one, ${theme}`, async visit => {
    const play = await visit()
    await play.elect(1)
    const src = /src="([^"]+)"/.exec(await play.share('Embed'))?.[1].replace('/embed', `/embed?theme=${theme}`) ?? ''
    const embed = await visit({ colorScheme: theme === 'light' ? 'dark' : 'light' }, src)
    await embed.becomes(1, 'leader', 1)
    const ground = await embed.page.evaluate(() => getComputedStyle(document.body).backgroundColor)
    assert.equal(ground, theme === 'light' ? 'rgb(251, 250, 248)' : 'rgb(20, 22, 26)', 'the theme that was asked for')
    await isAccessible(embed, 'an embed')
    await embed.page.keyboard.press('Home')
    await embed.header(1).click()
    await isAccessible(embed, 'an embed in the past')
    const short = new URL(await play.share('Short link')).pathname.replace('/s/', '')
    const small = await visit({ viewport: { width: 320, height: 300 } }, src.replace(/#.*/, `#k/${short}`))
    await small.becomes(1, 'leader', 1)
    await isAccessible(small, 'a small embed')
  })
}
