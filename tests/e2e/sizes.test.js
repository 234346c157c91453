// Phones, large type, and both themes.

import assert from 'node:assert/strict'
import { journey } from './site.js'

/** @typedef {import('./play.js').Play} Play */

const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 }
/** A window of 1280 by 800 at 200 %: half as many pixels of CSS, twice as dense. */
const ZOOMED = { viewport: { width: 640, height: 400 }, deviceScaleFactor: 2 }

/** The page is no wider than its window, and everything that can be pressed lies inside it. @param {Play} play */
async function fits(play) {
  const { wider, outside } = await play.page.evaluate(() => ({
    wider: document.documentElement.scrollWidth - innerWidth,
    outside: [...document.querySelectorAll('button, a, input, select, summary')]
      .filter(control => {
        const { left, right, width } = control.getBoundingClientRect()
        const scrolls = control.closest('.tabs, .table-scroll, .cells, .skip')
        return width > 0 && !scrolls && (left < -1 || right > innerWidth + 1)
      })
      .map(control => control.getAttribute('aria-label') || control.textContent),
  }))
  assert.ok(wider <= 0, `the page is ${wider} pixels too wide`)
  assert.deepEqual(outside, [])
}

/** Holds a finger down until a menu opens. @param {Play} play @param {import('./play.js').Locator} target */
async function longPress(play, target) {
  const box = await target.boundingBox()
  assert.ok(box)
  const touch = await play.page.context().newCDPSession(play.page)
  const point = { x: box.x + box.width / 2, y: box.y + box.height / 2 }
  await touch.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [point] })
  await play.page.getByRole('menu').waitFor()
  await touch.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] })
}

journey('a phone: an election by taps, and a message dropped by a long press', async visit => {
  const play = await visit(PHONE)
  await play.becomes(1, 'follower', 0)
  await fits(play)
  await play.header(1).tap()
  await fits(play)
  await play.item('Time out').tap()
  const request = play.handle('vote request from N-1 to N-2, waiting')
  await request.waitFor()
  const size = await request.boundingBox()
  assert.ok(size && size.width >= 24 && size.height >= 24, 'a finger can hit the handle')
  await longPress(play, request)
  assert.equal(await play.item('Drop').isVisible(), true)
  await play.item('Drop').tap()
  await play.waits('vote request from N-1 to N-3, waiting')
  await play.handle('vote request from N-1 to N-3, waiting').tap()
  await play.handle('vote answer from N-3 to N-1, waiting').tap()
  await play.becomes(1, 'leader', 1)
  await fits(play)
})

journey('a phone: every panel is a sheet that opens and closes, and everything is in reach', async visit => {
  const play = await visit(PHONE)
  await play.elect(1)
  for (const name of ['Node', 'Message', 'Table', 'Rules']) {
    await play.page.getByRole('tab', { name }).tap()
    await play.page.getByRole('tabpanel', { name }).waitFor()
    await fits(play)
    await play.button('Close the panel').tap()
    await play.page.getByRole('tabpanel').waitFor({ state: 'detached' })
  }
  for (const item of ['New…', 'Network…', 'Help and keys']) {
    await play.button('More').tap()
    await fits(play)
    await play.item(item).tap()
    await play.dialog.waitFor()
    await fits(play)
    await play.dialog.getByRole('button', { name: 'Close', exact: true }).tap()
    await play.dialog.waitFor({ state: 'detached' })
  }
  await play.page.getByLabel('Speed, policy and timers').tap()
  await play.page.getByLabel('Delivery policy').selectOption('drain')
  await fits(play)
})

journey('a phone: the gallery opens a scenario, and its prose is a sheet', async visit => {
  const play = await visit(PHONE)
  await play.becomes(1, 'follower', 0)
  await play.button('More').tap()
  await play.item('Gallery').tap()
  await play.button('First election').tap()
  await play.page.getByRole('tab', { name: 'Scenario' }).waitFor()
  await play.page.getByRole('tab', { name: 'Scenario' }).tap()
  await play.button('Play section').tap()
  await fits(play)
})

journey('at 200 % zoom everything is there and nothing is cut off', async visit => {
  const play = await visit(ZOOMED)
  await play.becomes(1, 'follower', 0)
  await fits(play)
  await play.elect(1)
  await fits(play)
  await play.page.getByRole('tab', { name: 'Node' }).click()
  await play.page.getByRole('tabpanel', { name: 'Node' }).waitFor()
  await fits(play)
})

journey('the theme follows the system until one is chosen, and the choice is kept', async visit => {
  const play = await visit({ colorScheme: 'dark' })
  const paper = () => play.page.evaluate(() => getComputedStyle(document.body).backgroundColor)
  /** @param {string} colour */
  const brightness = colour => Math.max(...(colour.match(/\d+/g) ?? []).map(Number))
  await play.becomes(1, 'follower', 0)
  assert.ok(brightness(await paper()) < 100, 'dark, as the system')
  await play.button('Theme: auto').click()
  await play.item('Light').click()
  await play.button('Theme: light').waitFor()
  assert.ok(brightness(await paper()) > 200, 'light, as chosen')
  await play.page.reload()
  await play.button('Theme: light').waitFor()
  assert.ok(brightness(await paper()) > 200, 'light still')
})

journey('long names give way to the buttons, and stay in their panels', async (visit, { url }) => {
  const long = 'A_name_without_any_place_to_break_it_'.repeat(3)
  const source = `title: ${long}\nsections:\n  - title: ${long}\n    prose: ${long}\n    steps:\n      - timeout: N-1\n`
  const made = await fetch(`${url}/api/sessions`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ source }) })
  const { session, key } = await made.json()
  const play = await visit({}, `${url}/#/s/${session}/${key}`)
  await play.button('Play all').click()
  await play.says(/^The scenario is at its end\./)
  for (const width of [1440, 1180, 760, 390]) {
    await play.page.setViewportSize({ width, height: 900 })
    await play.until(async () => {
      await fits(play)
      const cut = await play.page.evaluate(() =>
        [...document.querySelectorAll('.topbar .btn, .left')].filter(part => part.scrollWidth > part.clientWidth + 1).map(part => part.textContent),
      )
      assert.deepEqual(cut, [], `${width} pixels wide`)
    })
  }
})

journey('the now line stays in sight when the window gets lower', async visit => {
  const play = await visit()
  await play.elect(1)
  for (const height of [500, 900, 420]) {
    await play.page.setViewportSize({ width: 1440, height })
    await play.until(async () => {
      const [now, scroll] = [await play.diagram.locator('.dg-now').boundingBox(), await play.diagram.locator('.dg-scroll').boundingBox()]
      assert.ok(now && scroll && now.y + now.height < scroll.y + scroll.height, `${height} pixels high`)
    })
  }
})
