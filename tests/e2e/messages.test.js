// What can be done to a message that waits, with the mouse and with the keyboard.

import assert from 'node:assert/strict'
import { journey } from './site.js'

/** @typedef {import('./play.js').Play} Play */

const TO_2 = 'vote request from N-1 to N-2, waiting'
const TO_3 = 'vote request from N-1 to N-3, waiting'
const ANSWER = 'vote answer from N-2 to N-1, waiting'
const HELD = 'vote request from N-1 to N-2, held back'
const COPY = 'copy of a vote request from N-1 to N-2, waiting'

/** @param {Play} play */
async function twoRequestsWait(play) {
  await play.choose(1, 'Time out')
  await play.waits(TO_2, TO_3)
}

/** Each way to a message's menu, and to what stands in it. @type {Record<string, (play: Play, handle: string, item: string, letter: string) => Promise<void>>} */
const WAYS = {
  'the mouse': async (play, handle, item) => {
    await play.handle(handle).click({ button: 'right' })
    await play.page.getByRole('menu', { name: handle }).waitFor()
    await play.item(item).click()
  },
  'a letter': async (play, handle, _, letter) => {
    await play.handle(handle).focus()
    await play.page.keyboard.press(letter)
  },
  'the menu key': async (play, handle, item) => {
    await play.handle(handle).focus()
    await play.page.keyboard.press('Shift+F10')
    await play.item(item).waitFor()
    while (!(await play.focused(play.item(item)))) await play.page.keyboard.press('ArrowDown')
    await play.page.keyboard.press('Enter')
  },
}

for (const [way, act] of Object.entries(WAYS)) {
  journey(`deliver, drop and duplicate a message with ${way}`, async visit => {
    const play = await visit()
    await twoRequestsWait(play)
    await act(play, TO_2, 'Duplicate', 'u')
    await play.waits(TO_2, COPY, TO_3)
    await act(play, TO_2, 'Deliver', 'd')
    await play.waits(ANSWER, COPY, TO_3)
    await act(play, TO_3, 'Drop', 'x')
    await play.waits(ANSWER, COPY)
  })

  journey(`delay a message with ${way}, and release it`, async visit => {
    const play = await visit()
    await twoRequestsWait(play)
    await act(play, TO_2, 'Delay…', 'l')
    await play.dialog.getByLabel('until it is released').check()
    await play.dialog.getByRole('button', { name: 'Delay', exact: true }).click()
    await play.waits(HELD, TO_3)
    await play.button('Deliver all').click()
    await play.until(async () => assert.ok((await play.waiting()).includes(HELD), 'what is held back stays behind'))
    await play.becomes(1, 'leader', 1)
    await play.handle(HELD).click({ button: 'right' })
    await play.item('Release').click()
    await play.handle(TO_2).waitFor()
  })

  journey(`inspect a message with ${way}`, async visit => {
    const play = await visit()
    await twoRequestsWait(play)
    await act(play, TO_2, 'Inspect', 'i')
    const panel = play.page.getByRole('tabpanel', { name: 'Message' })
    await panel.getByRole('heading', { name: 'RequestVote' }).waitFor()
    assert.match(await panel.innerText(), /candidateId\s+N-1\s+lastLogIndex\s+0\s+lastLogTerm\s+0/)
    await panel.getByRole('button', { name: /^made at event/ }).waitFor()
  })
}

journey('a click on a handle delivers', async visit => {
  const play = await visit()
  await twoRequestsWait(play)
  await play.handle(TO_2).click()
  await play.waits(ANSWER, TO_3)
})

/** Makes two heartbeats wait for N-2. @param {import('./play.js').Play} play */
async function twoHeartbeatsWait(play) {
  await play.elect(1)
  await play.choose(1, 'Send heartbeat')
  await play.choose(1, 'Send heartbeat')
  const handles = play.handle('heartbeat from N-1 to N-2, waiting')
  await play.until(async () => assert.equal(await handles.count(), 2))
  /** The two messages, from top to bottom. */
  const inOrder = () => Promise.all([0, 1].map(i => handles.nth(i).getAttribute('data-message')))
  return { handles, inOrder }
}

journey('a handle that is dragged below another is delivered after it', async visit => {
  const play = await visit()
  const { handles, inOrder } = await twoHeartbeatsWait(play)
  const [first, second] = await inOrder()
  const from = await handles.nth(0).boundingBox()
  const to = await handles.nth(1).boundingBox()
  assert.ok(from && to)
  await play.page.mouse.move(from.x + from.width / 2, from.y + from.height / 2)
  await play.page.mouse.down()
  await play.page.mouse.move(to.x + to.width / 2, to.y + to.height, { steps: 6 })
  await play.page.mouse.up()
  await play.until(async () => assert.deepEqual(await inOrder(), [second, first]))
})

journey('a finger drags a handle below another, too', async visit => {
  const play = await visit({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true })
  const { handles, inOrder } = await twoHeartbeatsWait(play)
  const [first, second] = await inOrder()
  const from = await handles.nth(0).boundingBox()
  const to = await handles.nth(1).boundingBox()
  assert.ok(from && to)
  const finger = await play.page.context().newCDPSession(play.page)
  const x = from.x + from.width / 2
  const top = from.y + from.height / 2
  await finger.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [{ x, y: top }] })
  for (const part of [0.25, 0.5, 0.75, 1]) {
    await finger.send('Input.dispatchTouchEvent', { type: 'touchMove', touchPoints: [{ x, y: top + (to.y + to.height - top) * part }] })
  }
  await finger.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] })
  await play.until(async () => assert.deepEqual(await inOrder(), [second, first]))
})

journey('Alt and the down arrow put a message behind the next of its queue', async visit => {
  const play = await visit()
  const { handles, inOrder } = await twoHeartbeatsWait(play)
  const [first, second] = await inOrder()
  await handles.nth(0).press('Alt+ArrowDown')
  await play.until(async () => assert.deepEqual(await inOrder(), [second, first]))
})

journey('what cannot be done to a message says why, and is not done', async visit => {
  const play = await visit()
  await play.elect(1)
  await play.choose(2, 'Client command…')
  await play.dialog.getByLabel('The answer').check()
  await play.dialog.getByRole('button', { name: 'Ask', exact: true }).click()
  const answer = play.diagram.getByRole('button', { name: /^client answer from N-2 to client/ })
  await answer.waitFor()
  await answer.click({ button: 'right' })
  const duplicate = play.item('Duplicate')
  assert.equal(await duplicate.getAttribute('aria-disabled'), 'true')
  assert.equal(await duplicate.getAttribute('aria-description'), 'only requests can be repeated')
  await play.page.keyboard.press('Escape')
  const { of } = await play.position()
  await answer.focus()
  await play.page.keyboard.press('u')
  await play.warns(/is an answer to the client: only requests can be repeated$/)
  assert.equal((await play.position()).of, of)
})
