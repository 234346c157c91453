// The gallery, the sandbox, and the reference scenarios to their end.

import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { journey } from './site.js'

/** @typedef {import('./play.js').Play} Play */

/** Opens a scenario from the gallery. @param {Play} play @param {string} title */
async function open(play, title) {
  await play.page.getByRole('link', { name: 'Gallery' }).click()
  await play.page.getByLabel('Search scenarios').fill(title)
  await play.button(title).click()
  await play.button('Play all').waitFor()
}

/** A trace table in the words of the golden files, without the padding of its cells. @param {string} text @returns {string[][]} */
function golden(text) {
  return text
    .trimEnd()
    .split('\n\n')
    .map(table =>
      table.split('\n').map(line =>
        line
          .split('|')
          .map(cell => cell.trim())
          .join(' | '),
      ),
    )
}

/** What the table panel shows, section by section, in the same words. @param {Play} play @returns {Promise<string[][]>} */
async function shown(play) {
  await play.openPanel('Table')
  const choice = play.page.getByLabel('Section', { exact: true })
  const sections = await choice.locator('option').count()
  /** @type {string[][]} */
  const tables = []
  for (let section = 1; section < sections; section++) {
    await choice.selectOption(String(section))
    tables.push(
      await play.page.locator('rp-table').evaluate((panel, number) => {
        const title = panel.querySelector('h3')?.textContent
        const rows = [...panel.querySelectorAll('tbody tr')].map(row => {
          const cells = [...row.querySelectorAll('td')].map(cell => cell.textContent)
          const nodes = cells.length / 3
          const at = Array.from({ length: nodes }, (_, i) => i).find(i => cells[3 * i + 1]) ?? 0
          return [`N-${at + 1}`, cells[3 * at + 1], ...Array.from({ length: nodes }, (_, i) => `${cells[3 * i]} ${cells[3 * i + 2]}`.trim())].join(
            ' | ',
          )
        })
        const names = Array.from({ length: panel.querySelectorAll('thead th[scope="colgroup"]').length }, (_, i) => `N-${i + 1}`)
        return [`Section ${number}: ${title}`, ['Node', 'Op', ...names].join(' | '), ...rows]
      }, section),
    )
  }
  return tables
}

/** @type {Record<string, string>} */
const REFERENCES = {
  test_command_1: 'One command, a redirect, a retry and a recovery',
  test_command_2_leaders_1: 'Two leaders, and messages that are lost',
  test_command_2_leaders_2: 'Two leaders, and messages that arrive late',
}

for (const [name, title] of Object.entries(REFERENCES)) {
  journey(`${name} plays to its end, all it expects holds, and the page's table is the golden one`, async visit => {
    const play = await visit()
    await open(play, title)
    await play.button('Play section').click()
    await play.page.getByRole('button', { name: /^1 .*, done/ }).waitFor()
    await play.button('Play all').click()
    await play.says(/^The scenario is at its end\./)
    assert.equal(await play.page.getByText('does not hold').count(), 0)
    const table = await readFile(new URL(`../../scenarios/${name}.table`, import.meta.url), 'utf8')
    assert.deepEqual(await shown(play), golden(table))
  })
}

journey('a scenario plays step by step, and its expectations tick off', async visit => {
  const play = await visit()
  await open(play, 'First election')
  await play.page.locator('.expectation.open').first().waitFor()
  for (let steps = 0; (await play.page.locator('.expectation.held').count()) === 0; steps++) {
    assert.ok(steps < 30, 'an expectation comes true')
    const { of } = await play.position()
    const next = await play.page.locator('.script').innerText()
    await play.button('Play step').click()
    await play.until(async () => assert.ok((await play.position()).of > of || (await play.page.locator('.script').innerText()) !== next))
  }
})

journey('leaving the script half-way makes a branch, and the script stays', async visit => {
  const play = await visit()
  await open(play, REFERENCES.test_command_1)
  await play.button('Play section').click()
  await play.page.getByRole('button', { name: /^1 .*, done/ }).waitFor()
  const scripted = await play.events()
  await play.choose(2, 'Crash')
  await play.diagram.getByRole('button', { name: /^N-2, down/ }).waitFor()
  await play.warns(/^A new branch/)
  await play.says(/^This branch left the script/)

  await play.button(/^branch /).click()
  await play.page.getByRole('menuitemradio', { name: /^main/ }).click()
  await play.button('Play section').waitFor()
  assert.deepEqual(await play.events(), scripted)
})

journey('the gallery finds scenarios by words and by tags', async visit => {
  const play = await visit()
  await play.page.getByRole('link', { name: 'Gallery' }).click()
  await play.says(/^(\d+) of \1 scenarios$/)
  await play.page.getByLabel('Search scenarios').fill('rule figure 8')
  await play.button('First election').waitFor({ state: 'detached' })
  await play.button('The commit rule (Figure 8)').waitFor()
  await play.page.getByLabel('Search scenarios').fill('no such thing')
  await play.says(/^0 of \d+ scenarios$/)
  await play.page.getByLabel('Search scenarios').fill('')
  const tag = play.page.getByRole('group', { name: 'Tags' }).getByRole('button').first()
  await tag.click()
  assert.equal(await tag.getAttribute('aria-pressed'), 'true')
  const name = await tag.innerText()
  for (const card of await play.page.locator('.card').all()) assert.ok((await card.innerText()).includes(name))
})

journey('a sandbox of five nodes in the production profile elects with a pre-vote first', async visit => {
  const play = await visit()
  await play.becomes(3, 'follower', 0)
  await play.button('New…').click()
  await play.dialog.getByLabel('Nodes').fill('5')
  await play.page.keyboard.press('Tab')
  await play.dialog.getByRole('combobox', { name: 'Profile' }).selectOption('production')
  await play.dialog.getByRole('button', { name: 'Start', exact: true }).click()
  await play.becomes(5, 'follower', 0)
  await play.choose(1, 'Time out')
  await play.becomes(1, 'pre-candidate', 0)
  await play.waits(...[2, 3, 4, 5].map(node => `pre-vote request from N-1 to N-${node}, waiting`))
  await play.button('Deliver all').click()
  await play.becomes(1, 'leader', 1)
})

journey(
  'a sandbox that the server refuses says why',
  async visit => {
    const play = await visit()
    await play.button('New…').click()
    await play.dialog.getByText('Timers, links and sending').click()
    await play.dialog.getByLabel('Election timeout from, ms').fill('500')
    await play.dialog.getByRole('button', { name: 'Start', exact: true }).click()
    await play.warns(/election/i)
  },
  { expected: /422/ },
)
