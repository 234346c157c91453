// Several people at one run: who only watches, and who lost the connection for a while.

import assert from 'node:assert/strict'
import { connect, createServer } from 'node:net'
import { once } from 'node:events'
import { serve } from './server.js'
import { journey } from './site.js'

journey('a viewer sees what happens as it happens, and may look into the past, but not act', async visit => {
  const owner = await visit()
  await owner.becomes(1, 'follower', 0)
  const viewer = await visit({}, await owner.share('Watch live'))
  await viewer.says('watching')
  await owner.says('2 here')
  await owner.choose(1, 'Time out')
  await viewer.becomes(1, 'candidate', 1)
  await viewer.waits(...(await owner.waiting()))

  await viewer.header(1).click()
  assert.equal(await viewer.item('Crash').getAttribute('aria-disabled'), 'true')
  assert.match((await viewer.item('Crash').getAttribute('aria-description')) ?? '', /you are watching/)
  await viewer.page.keyboard.press('Escape')
  await viewer.header(1).press('x')
  await viewer.warns(/you are watching/)
  await viewer.page.keyboard.press('g')
  await viewer.handle('vote request from N-1 to N-2, waiting').focus()
  await viewer.page.keyboard.press('Enter')
  await viewer.page.keyboard.press('Home')
  await viewer.arrives(3)
  await viewer.page.keyboard.press('End')
  assert.deepEqual(await viewer.events(), await owner.exported(), 'nothing was done')
})

journey('a viewer that the server has to refuse is refused in words', async visit => {
  const owner = await visit()
  await owner.becomes(1, 'follower', 0)
  const link = await owner.share('Watch live')
  const [, , session, key] = new URL(link).hash.split('/')
  const answer = await owner.page.evaluate(
    ([id, secret]) =>
      new Promise(done => {
        const socket = new WebSocket(`ws://${location.host}/api/sessions/${id}/live`)
        socket.onopen = () => {
          socket.send(JSON.stringify({ do: 'hello', v: 1, key: secret, have: {} }))
          socket.send(JSON.stringify({ do: 'act', id: 7, branch: 1, at: 3, action: { do: 'crash', node: 1 } }))
        }
        socket.onmessage = ({ data }) => JSON.parse(data).is === 'rejected' && done(JSON.parse(data))
      }),
    [session, key],
  )
  assert.equal(/** @type {any} */ (answer).code, 'rights')
  assert.equal((await owner.position()).of, 3)
})

journey('an address that opens no session says so, and leads on', async (visit, site) => {
  const play = await visit({}, `${site.url}/#/s/nosuchsession/nosuchkey`)
  await play.says('There is nothing to see here')
  await play.page.getByRole('link', { name: 'Start a cluster' }).click()
  await play.becomes(1, 'follower', 0)
})

/** A line to a server that can be cut. */
async function fragile() {
  /** @type {Set<import('node:net').Socket>} */
  const open = new Set()
  let whole = true
  let to = 0
  const line = createServer(near => {
    if (!whole) {
      near.destroy()
      return
    }
    const far = connect(to, '127.0.0.1')
    for (const end of [near, far]) {
      open.add(end)
      end.on('error', () => {})
      end.on('close', () => {
        open.delete(end)
        near.destroy()
        far.destroy()
      })
    }
    near.pipe(far).pipe(near)
  })
  line.listen(0, '127.0.0.1')
  await once(line, 'listening')
  const { port } = /** @type {import('node:net').AddressInfo} */ (line.address())
  return {
    host: `127.0.0.1:${port}`,
    /** @param {string} url */
    leadTo(url) {
      to = Number(new URL(url).port)
    },
    cut() {
      whole = false
      for (const end of open) end.destroy()
    },
    mend() {
      whole = true
    },
    close() {
      this.cut()
      line.close()
    },
  }
}

journey(
  'a lost connection is told, and after it nothing is missing and nothing came twice',
  async visit => {
    const line = await fragile()
    const site = await serve('-host', line.host)
    line.leadTo(site.url)
    try {
      const far = await visit({}, `http://${line.host}`)
      await far.elect(1)
      const { hash } = new URL(far.page.url())
      const near = await visit({}, `${site.url}/${hash}`)
      await near.becomes(1, 'leader', 1)

      for (const value of [1, 2, 3]) {
        line.cut()
        await far.warns(/The connection is lost\..*Reconnecting…/)
        await far.header(2).press('x')
        await far.warns(/The connection is lost; the page is trying again/)
        await near.ask(1, `set x ${value}`)
        await near.button('Deliver all').click()
        await near.waits()
        line.mend()
        await far.button('Try now').click()
        await far.button('Try now').waitFor({ state: 'detached' })
        await far.until(async () => assert.deepEqual(await far.events(), await near.exported()))
        assert.deepEqual(await near.events(), await near.exported())
      }

      await far.choose(2, 'Crash')
      await near.diagram.getByRole('button', { name: /^N-2, down/ }).waitFor()
    } finally {
      line.close()
      await site.stop()
    }
  },
  { expected: /WebSocket connection|ERR_CONNECTION|ERR_EMPTY_RESPONSE|ERR_SOCKET/ },
)

journey('a page that was reloaded goes on where it was', async visit => {
  const play = await visit()
  await play.elect(2)
  const before = await play.events()
  await play.page.reload()
  await play.becomes(2, 'leader', 1)
  assert.deepEqual(await play.events(), before)
})
