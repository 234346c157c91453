// Every view through axe, in both themes.

import { dialogIsAccessible, isAccessible } from './axe.js'
import { journey } from './site.js'

for (const colorScheme of /** @type {const} */ (['light', 'dark'])) {
  journey(`axe: a live cluster, its menus, panels and dialogs, ${colorScheme}`, async visit => {
    const play = await visit({ colorScheme })
    await play.becomes(1, 'follower', 0)
    await isAccessible(play, 'first visit')

    await play.header(1).click()
    await isAccessible(play, 'menu of a node')
    await play.item('Time out').click()
    await play.handle('vote request from N-1 to N-2, waiting').click({ button: 'right' })
    await isAccessible(play, 'menu of a message')
    await play.item('Duplicate').click()
    await play.handle('vote request from N-1 to N-2, waiting').click()
    await isAccessible(play, 'in the middle of an election')
    await play.button('Deliver all').click()
    await play.becomes(1, 'leader', 1)
    await play.ask(1, 'set x 1')
    await play.button('Deliver all').click()
    await play.waits()
    await play.choose(3, 'Crash')
    await play.choose(2, 'Edit state…')
    await isAccessible(play, 'edit')
    await play.dialog.getByLabel(/^currentTerm/).fill('4')
    await play.dialog.getByRole('button', { name: 'Change it' }).click()
    await play.becomes(2, 'follower', 4)

    await play.choose(1, 'Inspect')
    await play.button(/^Why entry \d+ is committed on N-1\?/).click()
    await isAccessible(play, 'node panel, and why')
    await play.button('Close the explanation').click()
    await play.choose(1, 'Send heartbeat')
    await play.handle('heartbeat from N-1 to N-2, waiting').press('i')
    await play.page.getByRole('heading', { name: 'AppendEntries' }).waitFor()
    await isAccessible(play, 'message panel')
    for (const panel of ['Table', 'Rules']) {
      await play.openPanel(panel)
      await isAccessible(play, `${panel} panel`)
    }

    const { keyboard } = play.page
    await dialogIsAccessible(play, 'new cluster', () => play.button('New…').click())
    await dialogIsAccessible(play, 'help', () => keyboard.press('?'))
    await dialogIsAccessible(play, 'network', () => play.button(/^Network/).click())
    await dialogIsAccessible(play, 'command', () => play.choose(1, 'Client command…'))
    await dialogIsAccessible(play, 'isolate', () => play.choose(1, 'Isolate…'))
    await dialogIsAccessible(play, 'delay', () => play.handle('heartbeat from N-1 to N-2, waiting').press('l'))
    for (const menu of [/^branch /, 'Export', 'Theme: auto']) {
      await play.button(menu).click()
      await play.page.getByRole('menu').waitFor()
      await isAccessible(play, `menu ${menu}`)
      await keyboard.press('Escape')
    }
  })

  journey(`axe: the past, a branch, and two side by side, ${colorScheme}`, async visit => {
    const play = await visit({ colorScheme })
    await play.elect(1)
    await play.page.keyboard.press('Home')
    await play.page.keyboard.press('ArrowRight')
    await isAccessible(play, 'the past')
    await play.choose(2, 'Time out')
    await play.becomes(2, 'candidate', 1)
    await isAccessible(play, 'a new branch')
    await play.button(/^branch /).click()
    await play.item('Compare side by side…').click()
    await isAccessible(play, 'what to compare with')
    await play.dialog.getByRole('button', { name: /differs from event/ }).click()
    await play.page.locator('#other').waitFor()
    await isAccessible(play, 'side by side')
  })

  journey(`axe: the gallery and a scenario, ${colorScheme}`, async (visit, site) => {
    const play = await visit({ colorScheme }, `${site.url}/#/gallery`)
    await play.button('First election').waitFor()
    await isAccessible(play, 'gallery')
    await play.button('First election').click()
    await play.button('Play section').waitFor()
    await isAccessible(play, 'a scenario at its start')
    await play.button('Play all').click()
    await play.says(/^The scenario is at its end\./)
    await isAccessible(play, 'a scenario at its end')
    await play.button('Zoom out').click()
    await play.button('Zoom out').click()
    await isAccessible(play, 'zoomed out')
  })

  journey(`axe: a phone, its sheets and menus, ${colorScheme}`, async visit => {
    const play = await visit({ colorScheme, viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true })
    await play.elect(1)
    await isAccessible(play, 'phone')
    for (const name of ['Node', 'Message', 'Table', 'Rules']) {
      await play.page.getByRole('tab', { name }).tap()
      await play.page.getByRole('tabpanel', { name }).waitFor()
      await isAccessible(play, `sheet ${name}`)
      await play.button('Close the panel').tap()
    }
    await play.button('More').tap()
    await isAccessible(play, 'menu')
  })
}
