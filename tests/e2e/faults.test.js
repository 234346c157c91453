// Crashes, restarts, partitions and what waits at their walls.

import assert from 'node:assert/strict'
import { journey } from './site.js'

journey('a leader crashes, another is elected, and the first comes back as a follower with its log', async visit => {
  const play = await visit()
  await play.elect(1)
  await play.ask(1, 'set x 1')
  await play.button('Deliver all').click()
  await play.waits()

  await play.choose(1, 'Crash')
  await play.becomes(1, 'down', 1)
  await play.header(1).click()
  assert.equal(await play.item('Time out').getAttribute('aria-description'), 'N-1 is down: restart it first')
  await play.page.keyboard.press('Escape')

  await play.choose(2, 'Time out')
  await play.button('Deliver all').click()
  await play.becomes(2, 'leader', 2)

  await play.choose(1, 'Restart')
  await play.becomes(1, 'follower', 1)
  await play.openPanel('Node')
  await play.page.getByRole('heading', { name: 'log, 2 entries' }).waitFor()
})

journey('every example that the command dialog offers is a command that the nodes understand', async visit => {
  const play = await visit()
  await play.elect(1)
  for (const example of ['set x 1', 'add x 1', 'get x', 'delete x']) {
    await play.choose(1, 'Client command…')
    await play.dialog.getByRole('button', { name: example, exact: true }).click()
    await play.dialog.getByRole('button', { name: 'Ask', exact: true }).click()
    await play.dialog.waitFor({ state: 'detached' })
    await play.button('Deliver all').click()
    await play.waits()
  }
  await play.openPanel('Node')
  await play.page.getByRole('heading', { name: 'log, 5 entries' }).waitFor()
})

journey('a wiped disk forgets term, vote and log', async visit => {
  const play = await visit()
  await play.elect(1)
  await play.choose(3, 'Crash')
  await play.becomes(3, 'down', 1)
  await play.choose(3, 'Wipe disk')
  await play.becomes(3, 'down', 0)
  await play.choose(3, 'Restart')
  await play.becomes(3, 'follower', 0)
})

journey('a partition holds what it cuts off, and healing it delivers that', async visit => {
  const play = await visit()
  await play.elect(1)
  await play.button('Network: every link is open').click()
  await play.dialog.getByRole('combobox', { name: 'N-1' }).selectOption({ label: 'group A' })
  await play.dialog.getByRole('combobox', { name: 'N-2' }).selectOption({ label: 'group B' })
  await play.dialog.getByRole('combobox', { name: 'N-3' }).selectOption({ label: 'group B' })
  await play.dialog.getByLabel('wait at the wall').check()
  await play.dialog.getByRole('button', { name: 'Divide' }).click()
  await play.dialog.getByText('Now: N-1 cut off, messages are held.').waitFor()
  await play.dialog.getByRole('button', { name: 'Close' }).click()

  await play.ask(1, 'set x 1')
  await play.waits('append request from N-1 to N-2, at the wall', 'append request from N-1 to N-3, at the wall')

  await play.button(/^Network: N-1 cut off/).click()
  await play.dialog.getByRole('button', { name: 'Heal, deliver what was held' }).click()
  await play.dialog.getByText('Every link is open.').waitFor()
  await play.dialog.getByRole('button', { name: 'Close' }).click()
  await play.waits('append request from N-1 to N-2, waiting', 'append request from N-1 to N-3, waiting')
  await play.button('Deliver all').click()
  await play.waits()
  await play.choose(1, 'Inspect')
  const store = play.page.getByRole('tabpanel', { name: 'Node' })
  assert.match(await store.innerText(), /store\s+x\s+1\s/)
})

journey('an isolated node rejoins and what was held is discarded', async visit => {
  const play = await visit()
  await play.elect(1)
  await play.choose(3, 'Isolate…')
  await play.dialog.getByRole('button', { name: 'Isolate', exact: true }).click()
  await play.diagram.getByRole('button', { name: 'N-3, follower, term 1, cut off' }).waitFor()
  await play.choose(1, 'Send heartbeat')
  await play.waits('heartbeat from N-1 to N-2, waiting', 'heartbeat from N-1 to N-3, at the wall')
  await play.choose(3, 'Rejoin…')
  await play.dialog.getByLabel('are discarded').check()
  await play.dialog.getByRole('button', { name: 'Rejoin', exact: true }).click()
  await play.waits('heartbeat from N-1 to N-2, waiting')
})

journey('a single link can be cut one way', async visit => {
  const play = await visit()
  await play.button('Network: every link is open').click()
  await play.dialog.getByLabel('are lost').check()
  await play.dialog.getByRole('button', { name: 'Link from N-1 to N-2: open' }).click()
  await play.dialog.getByRole('button', { name: 'Link from N-1 to N-2: cut' }).waitFor()
  await play.dialog.getByRole('button', { name: 'Link from N-2 to N-1: open' }).waitFor()
})

journey('an edit is possible, and marked as outside the protocol', async visit => {
  const play = await visit()
  await play.choose(2, 'Edit state…')
  await play.dialog.getByLabel('currentTerm, now 0').fill('7')
  await play.dialog.getByRole('button', { name: 'Change it' }).click()
  await play.becomes(2, 'follower', 7)
  await play.diagram
    .getByRole('listitem')
    .getByText(/outside the protocol|edit/i)
    .first()
    .waitFor()
})

journey('a refused command is answered in words: a follower redirects, a wrong command is told off', async visit => {
  const play = await visit()
  await play.elect(1)
  await play.ask(2, 'set x 1')
  await play.diagram.getByText('redirect: ask N-1').waitFor()

  await play.choose(1, 'Client command…')
  await play.dialog.getByLabel('Command').fill('make coffee')
  await play.dialog.getByRole('button', { name: 'Ask', exact: true }).click()
  await play.warns(/make coffee/)
})
