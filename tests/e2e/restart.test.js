// A server that ends and is started again: the page comes back by itself, nothing is missing, and one goes on.

import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { serve } from './server.js'
import { journey } from './site.js'

journey(
  'after a server was killed, or stopped, the page goes on with every event and branch, and short links open',
  async visit => {
    const data = await mkdtemp(join(tmpdir(), 'raftplay-'))
    let site = await serve('-data', data)
    const { host } = new URL(site.url)
    /** @param {'kill'|'stop'} how */
    const restart = async how => {
      await site[how]()
      await play.warns(/Reconnecting…/)
      site = await serve('-data', data, '-addr', host)
      await play.button('Try now').waitFor({ state: 'detached' })
    }
    const play = await visit({}, site.url)
    try {
      await play.elect(1)
      const short = await play.share('Short link')
      await play.ask(1, 'set x 1')
      const before = await play.picture()
      const events = await play.events()
      await restart('kill')
      assert.deepEqual(await play.picture(), before)
      assert.deepEqual(await play.events(), events)

      await play.button('Deliver all').click()
      await play.waits()
      await play.page.keyboard.press('ArrowLeft')
      await play.choose(3, 'Crash')
      await play.says('A new branch')
      await restart('stop')
      await play.choose(3, 'Restart')
      await play.becomes(3, 'follower', 1)
      assert.deepEqual(await play.events(), await play.exported(2), 'the branch goes on')

      const other = await visit({}, short)
      await other.becomes(1, 'leader', 1)
      await play.page.reload()
      await play.becomes(1, 'leader', 1)
    } finally {
      await site.stop()
      await rm(data, { recursive: true })
    }
  },
  { expected: /WebSocket connection|ERR_CONNECTION|ERR_EMPTY_RESPONSE|ERR_SOCKET/ },
)

journey(
  'a session that a restarted server does not know any more is told, and leads on',
  async visit => {
    let site = await serve()
    const { host } = new URL(site.url)
    const play = await visit({}, site.url)
    try {
      await play.elect(1)
      await site.kill()
      await play.warns(/Reconnecting…/)
      site = await serve('-addr', host)
      await play.warns(/not there|no such session|no session/)
      await play.page.getByRole('alert').getByRole('button', { name: 'New…' }).click()
      await play.dialog.waitFor()
    } finally {
      await site.stop()
    }
  },
  { expected: /WebSocket connection|ERR_CONNECTION|ERR_EMPTY_RESPONSE|ERR_SOCKET/ },
)
