// The past: stepping, seeking, branches, and the question why. And time that flows.

import assert from 'node:assert/strict'
import { journey } from './site.js'

journey('stepping back and forth shows each moment as it was', async visit => {
  const play = await visit()
  const { keyboard } = play.page
  await play.elect(1)
  const { of } = await play.position()

  await keyboard.press('Home')
  await play.arrives(3)
  await play.becomes(1, 'follower', 0)
  await play.button('Step forward').click()
  await play.becomes(1, 'candidate', 1)
  await play.waits('vote request from N-1 to N-2, waiting', 'vote request from N-1 to N-3, waiting')
  await keyboard.press('ArrowLeft')
  await play.becomes(1, 'follower', 0)
  await play.waits()
  await keyboard.press('End')
  await play.arrives(of)
  await play.becomes(1, 'leader', 1)
  await play.page.getByRole('slider', { name: 'Position in the run' }).fill('3')
  await play.arrives(3)
})

journey('a click on a row of the table goes there', async visit => {
  const play = await visit()
  await play.elect(1)
  await play.openPanel('Table')
  await play.page
    .getByRole('row', { name: /NEW ROLE/ })
    .first()
    .getByRole('button')
    .click()
  await play.becomes(1, 'candidate', 1)
})

journey('acting in the past makes a branch, and two branches lie side by side with their first difference marked', async visit => {
  const play = await visit()
  await play.elect(1)
  const main = await play.events()
  await play.page.keyboard.press('Home')
  await play.page.keyboard.press('ArrowRight')
  await play.becomes(1, 'candidate', 1)
  const fork = (await play.position()).at
  await play.says('You are in the past.')

  await play.handle('vote request from N-1 to N-2, waiting').click({ button: 'right' })
  await play.item('Drop').click()
  await play.warns(/^A new branch/)
  await play.waits('vote request from N-1 to N-3, waiting')
  assert.equal((await play.position()).of, fork + 1)

  const branches = play.button(/^branch /)
  await branches.click()
  await play.item('Rename this branch…').click()
  await play.dialog.getByLabel('Name').fill('what if N-2 hears nothing?')
  await play.dialog.getByRole('button', { name: 'Rename', exact: true }).click()
  await play.button(/^branch what if N-2 hears nothing\?/).click()
  await play.item('Compare side by side…').click()
  await play.dialog.getByRole('button', { name: new RegExp(`differs from event ${fork + 1} on`) }).click()
  await play.says(`They differ from event ${fork + 1} on`)
  await play.page
    .locator('#other')
    .getByRole('button', { name: /^N-1, / })
    .waitFor()
  assert.equal(await play.page.locator('rp-diagram').count(), 2)
  for (const diagram of ['#diagram', '#other']) await play.page.locator(diagram).getByText('first difference').waitFor()
  await play.button('Close').click()
  await play.page.locator('#other').waitFor({ state: 'detached' })

  await branches.click()
  await play.page.getByRole('menuitemradio', { name: /^main/ }).click()
  await play.becomes(1, 'leader', 1)
  assert.deepEqual(await play.events(), main, 'the run that was left is kept as it was')
})

journey('why is N-1 the leader? The causes are listed, each leads to its event, and the diagram lights up', async visit => {
  const play = await visit()
  await play.elect(1)
  await play.openPanel('Node')
  await play.button('Why N-1 is leader of term 1?').click()
  const chain = play.page.getByRole('region', { name: 'Why N-1 is leader of term 1?' })
  await chain.waitFor()
  const steps = chain.getByRole('listitem')
  assert.ok((await steps.count()) >= 3)
  assert.ok((await play.diagram.locator('.lit').count()) > 0, 'the chain is lit in the diagram')
  const first = Number((await steps.first().innerText()).match(/\d+/)?.[0])
  await steps.first().getByRole('button').click()
  await play.arrives(first)
  await play.button('Close the explanation').click()
  await chain.waitFor({ state: 'detached' })
})

journey('time flows while one plays: timers fire, messages travel, and pause stops it', async visit => {
  const play = await visit({ reducedMotion: 'no-preference' })
  await play.page.getByLabel('Speed of time').selectOption('1000')
  await play.button('running').click()
  await play.page.locator('[aria-pressed="true"]', { hasText: 'running' }).waitFor()
  await play.button('Play').click()
  const handle = play.diagram.locator('.dg-handle').first()
  await play.page.getByLabel('Speed of time').selectOption('10')
  await handle.waitFor()
  const place = () => handle.evaluate(element => element.style.transform)
  const start = await place()
  await play.until(async () => assert.notEqual(await place(), start, 'the handle moves'))

  await play.page.getByLabel('Speed of time').selectOption('1000')
  await play.diagram.getByRole('button', { name: /, leader, term \d+$/ }).waitFor()
  await play.button('Pause').click()
  await play.button('Play').waitFor()
  const { at, of } = await play.position()
  assert.ok(at > 3 && at === of)
})

journey('with reduced motion time flows in steps, and nothing travels', async visit => {
  const play = await visit({ reducedMotion: 'reduce' })
  await play.button('running').click()
  await play.page.locator('[aria-pressed="true"]', { hasText: 'running' }).waitFor()
  const travelled = await play.page.evaluate(() => {
    const diagram = /** @type {import('../../static/js/diagram/diagram.js').Diagram} */ (document.querySelector('#diagram'))
    const seen = { moments: 0 }
    new MutationObserver(() => {
      if (typeof diagram.model?.virtualNow === 'number') seen.moments++
    }).observe(diagram, { subtree: true, attributes: true, childList: true })
    return Object.assign(window, { seen }).seen.moments
  })
  assert.equal(travelled, 0)
  await play.page.getByLabel('Speed of time').selectOption('1000')
  await play.button('Play').click()
  await play.diagram.getByRole('button', { name: /, leader, term \d+$/ }).waitFor()
  await play.button('Pause').click()
  assert.equal(await play.page.evaluate(() => /** @type {any} */ (window).seen.moments), 0)
})
