// What somebody sees who has never been here, and how far three clicks take them.

import assert from 'node:assert/strict'
import { journey } from './site.js'

journey('a first visit: three nodes are ready, and one sentence says what to click', async visit => {
  const play = await visit()
  for (const node of [1, 2, 3]) await play.becomes(node, 'follower', 0)
  await play.says('Nothing has happened yet. Click N-1 and choose Time out, or press Play.')
  await play.waits()
})

journey('three clicks lead to an election, and the page says what happened', async visit => {
  const play = await visit()
  await play.header(1).click()
  await play.item('Time out').click()
  await play.waits('vote request from N-1 to N-2, waiting', 'vote request from N-1 to N-3, waiting')
  await play.says(/^N-1 asks for votes\./)
  await play.button('Deliver all').click()
  await play.becomes(1, 'leader', 1)
  await play.becomes(2, 'follower', 1)
  await play.says(/^N-1 leads term 1: a majority voted for it\./)
})

journey('Play alone holds an election, and goes on until it is paused', async visit => {
  const play = await visit()
  await play.button('Play').click()
  await play.diagram.getByRole('button', { name: /, leader, term 1$/ }).waitFor()
  await play.button('Pause').click()
  await play.button('Play').waitFor()
})

journey('hints can be put away, and stay away', async visit => {
  const play = await visit()
  await play.button('No more hints').click()
  await play.page.reload()
  await play.becomes(1, 'follower', 0)
  assert.equal(await play.page.getByText('Nothing has happened yet').count(), 0)
})

journey('Tab reaches the skip link first, and it leads to the diagram', async visit => {
  const play = await visit()
  await play.becomes(1, 'follower', 0)
  await play.page.keyboard.press('Tab')
  assert.ok(await play.focused(play.page.getByRole('link', { name: 'Skip to the diagram' })))
  await play.page.keyboard.press('Enter')
  assert.ok(await play.focused(play.header(1)))
})

journey('an election, a command, a dropped message and a crash with the keyboard alone', async visit => {
  const play = await visit()
  const { keyboard } = play.page
  await play.becomes(1, 'follower', 0)

  await play.tabTo(play.header(1))
  await keyboard.press('Enter')
  assert.ok(await play.focused(play.item('Time out')), 'a menu opens with its first item focused')
  await keyboard.press('Enter')
  await play.waits('vote request from N-1 to N-2, waiting', 'vote request from N-1 to N-3, waiting')
  assert.ok(await play.focused(play.header(1)), 'focus returns to the header')

  await keyboard.press('ArrowDown')
  assert.ok(await play.focused(play.handle('vote request from N-1 to N-2, waiting')))
  await keyboard.press('Enter')
  await play.handle('vote answer from N-2 to N-1, waiting').waitFor()
  await play.tabTo(play.handle('vote answer from N-2 to N-1, waiting').or(play.handle('vote request from N-1 to N-3, waiting')).first())
  while (!(await play.focused(play.handle('vote answer from N-2 to N-1, waiting')))) await keyboard.press('ArrowUp')
  await keyboard.press('d')
  await play.becomes(1, 'leader', 1)

  await keyboard.press('g')
  await play.waits()
  await play.tabTo(play.header(1))
  await keyboard.press('c')
  await play.dialog.waitFor()
  await keyboard.press('Control+A')
  await keyboard.type('set colour green')
  await keyboard.press('Enter')
  const request = play.handle('append request from N-1 to N-2, waiting')
  await request.waitFor()
  assert.ok(await play.focused(play.header(1)), 'focus returns to the header')

  await keyboard.press('ArrowDown')
  assert.ok(await play.focused(request))
  await keyboard.press('x')
  await play.waits('append request from N-1 to N-3, waiting')
  await keyboard.press('g')
  await play.says(/^That was a whole round of Raft\./)

  await play.tabTo(play.header(1))
  await keyboard.press('x')
  await play.becomes(1, 'down', 1)
})
