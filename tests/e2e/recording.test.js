// A run that was played by hand becomes a scenario, and the scenario plays it.

import assert from 'node:assert/strict'
import { journey } from './site.js'
import { Desk, verify } from './writing.js'

/** @typedef {import('./play.js').Play} Play */

/** Plays an election, a command and a crash by hand, and saves them. @param {Play} play @returns {Promise<Desk>} */
async function recorded(play) {
  await play.choose(1, 'Time out')
  await play.handle('vote request from N-1 to N-2, waiting').click()
  await play.button('Deliver all').click()
  await play.becomes(1, 'leader', 1)
  await play.ask(1, 'set x 1')
  await play.button('Deliver all').click()
  await play.waits()
  await play.choose(3, 'Crash')
  await play.diagram.getByRole('button', { name: /^N-3, down/ }).waitFor()
  await play.button('Export').click()
  await play.page.getByRole('menuitem', { name: /^Save as a scenario/ }).click()
  return new Desk(play)
}

journey('a run played by hand is saved, told as a story, accepted by verify, and opened again', async visit => {
  const play = await visit()
  const desk = await recorded(play)
  await desk.stands(/^\d+ events$/)
  assert.deepEqual(await desk.steps.evaluateAll(steps => steps.map(step => step.querySelector('code')?.textContent)), [
    'timeout: N-1',
    'deliver: {type: RequestVote, from: N-1, to: N-2}',
    'timed',
    'ask: {node: N-1, command: set x 1}',
    'timed',
    'crash: N-3',
  ])

  const title = play.page.getByLabel('Title', { exact: true })
  await title.fill('My “run”: a lesson')
  await desk.steps.first().click()
  await play.button('Begin a section here').click()
  await play.page.keyboard.type('An election # 1')
  await play.page.getByLabel('Prose of section 1').fill('N-1 asks for votes.\n\n- *one* is enough\n- it has its own ')
  await desk.steps.filter({ hasText: 'ask' }).click()
  await play.button('Begin a section here').click()
  await play.page.keyboard.type('A command')
  await desk.steps.filter({ hasText: 'crash' }).click()
  await play.until(async () => assert.match(await play.page.locator('.editor-position').innerText(), /^event (\d+) of \1$/))
  await play.button('Expect what is so now').click()
  await desk.stands(/all \d+ expectations hold$/)

  const scenario = await desk.takes('Download')
  const table = await desk.takes('Table')
  assert.deepEqual([scenario.name, table.name], ['my-run-a-lesson.yaml', 'my-run-a-lesson.table'])
  const { status, said } = await verify(scenario.name, scenario.text, table.text)
  assert.equal(status, 0, said)
  assert.equal((await verify(scenario.name, scenario.text, table.text.replace('CRASH', 'CRUSH'))).status, 1, 'the table is compared')

  await play.button('Open').click()
  await play.item('A new scenario').click()
  await desk.stands('34 events; all 3 expectations hold')
  await desk.opensFile(scenario.name, scenario.text)
  await play.until(async () => assert.equal(await title.inputValue(), 'My “run”: a lesson'))
  await desk.stands(/all \d+ expectations hold$/)
  assert.equal((await desk.takes('Table')).text, table.text)

  await play.button('Play it').click()
  await play.button('Play all').click()
  await play.says(/^The scenario is at its end\./)
  await play.says('An election # 1')
  assert.equal(await play.export('table'), table.text)
  await play.page.goBack()
  await desk.stands(/all \d+ expectations hold$/)
  assert.equal(await title.inputValue(), 'My “run”: a lesson')
})

journey('a step shows the diagram as it was then; sections are joined, steps removed, and all of it undone', async visit => {
  const play = await visit()
  const desk = await recorded(play)
  await desk.stands(/^\d+ events$/)
  await desk.steps.filter({ hasText: 'timeout' }).click()
  await play.becomes(1, 'candidate', 1)
  await desk.steps.filter({ hasText: 'RequestVote' }).click()
  await play.diagram.getByRole('button', { name: /^N-2, follower, term 1/ }).waitFor()

  await play.button('Begin a section here').click()
  await play.page.keyboard.type('Two')
  await desk.steps.filter({ hasText: 'crash' }).click()
  await play.button('Begin a section here').click()
  await play.page.keyboard.type('Three')
  assert.equal(await play.page.getByLabel(/^Section \d$/).count(), 2)
  await play.button('Join with the one before').click()
  assert.equal(await play.page.getByLabel(/^Section \d$/).count(), 1)
  assert.ok(await play.focused(play.page.getByLabel('Section 1', { exact: true })), 'one goes on at the section that is left')
  await desk.steps.filter({ hasText: 'crash' }).click()
  await play.button('Remove').click()
  assert.equal(await desk.steps.filter({ hasText: 'crash' }).count(), 0)
  await play.button('Undo').click()
  await play.button('Undo').click()
  assert.deepEqual(await play.page.getByLabel(/^Section \d$/).evaluateAll(all => all.map(one => /** @type {HTMLInputElement} */ (one).value)), ['Two', 'Three'])
  await desk.stands(/^\d+ events$/)
})

journey('a scenario of the library is opened as a copy, and the draft before it comes back', async visit => {
  const play = await visit()
  await play.page.getByRole('link', { name: 'Gallery' }).click()
  await play.page.getByRole('link', { name: 'Write a scenario' }).click()
  const desk = new Desk(play)
  const title = play.page.getByLabel('Title', { exact: true })
  await title.fill('Mine')
  await desk.stands('34 events; all 3 expectations hold')
  await play.page.getByRole('link', { name: 'Gallery' }).click()
  await play.button('First election').click()
  await play.button('Edit a copy').click()
  await play.until(async () => assert.equal(await title.inputValue(), 'First election'))
  await desk.stands(/all \d+ expectations hold$/)
  await play.page.reload()
  await play.until(async () => assert.equal(await title.inputValue(), 'First election'))
  await play.button('Open').click()
  await play.item('The draft before this one').click()
  await play.until(async () => assert.equal(await title.inputValue(), 'Mine'))
})
