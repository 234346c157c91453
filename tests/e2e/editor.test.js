// The editor of scenarios: mistakes at their places, the keyboard, hostile texts, and a phone.

import assert from 'node:assert/strict'
import { isAccessible } from './axe.js'
import { journey } from './site.js'
import { Desk } from './writing.js'

/** @typedef {import('./play.js').Play} Play */

/** @param {Play} play */
async function desk(play) {
  const there = new Desk(play)
  await there.stands('34 events; all 3 expectations hold')
  return there
}

/** Where the cursor stands in the text, as its line and column. @param {Desk} there */
function caret(there) {
  return there.area.evaluate(element => {
    const area = /** @type {HTMLTextAreaElement} */ (element)
    const before = area.value.slice(0, area.selectionStart).split('\n')
    return `${before.length}:${(before.at(-1) ?? '').length + 1}`
  })
}

journey('a mistake is marked at its place, the list leads there, and mending it clears both', async (visit, site) => {
  const play = await visit({}, `${site.url}/#/write`)
  const there = await desk(play)
  await there.toText()
  const good = await there.text()
  await there.area.fill(good.replace('timeout: N-1', 'timeot: N-1').replace('term: 1', 'term: one'))
  await there.stands('2 mistakes')
  assert.equal(await there.area.getAttribute('aria-invalid'), 'true')
  assert.deepEqual(await play.page.locator('.source-wrong').allInnerTexts(), ['timeot', 'one'])
  assert.deepEqual(await play.page.locator('.source-line.wrong .source-number').allInnerTexts(), ['10', '14'])
  const first = play.button(/^10:9 there is no step "timeot"/)
  await first.click()
  assert.ok(await play.focused(there.area))
  assert.equal(await caret(there), '10:9')
  await play.says('as it was last played')
  await play.page.keyboard.press('Shift+Control+ArrowRight')
  await play.page.keyboard.type('timeout')
  await there.stands('1 mistake')
  await first.waitFor({ state: 'detached' })
  await there.area.fill(good)
  await there.stands('34 events; all 3 expectations hold')
  assert.equal(await there.area.getAttribute('aria-invalid'), 'false')
  assert.equal(await play.page.locator('.source-wrong').count(), 0)
})

journey('a step that cannot be carried out is marked, and what came before it is shown', async (visit, site) => {
  const play = await visit({}, `${site.url}/#/write`)
  const there = await desk(play)
  await there.toText()
  await there.area.fill('title: T\nsteps:\n  - timeout: N-2\n  - restart: N-1\n  - drain\n')
  await there.stands('1 mistake')
  await play.button(/^4:5 .*running already/).waitFor()
  await play.becomes(2, 'candidate', 1)
  await play.says('up to the mistake')
  await there.toStory()
  await there.steps.filter({ hasText: 'restart' }).getByText('a mistake:').waitFor({ state: 'attached' })
})

journey('what does not come as expected is told, with what came instead', async (visit, site) => {
  const play = await visit({}, `${site.url}/#/write`)
  const there = await desk(play)
  await there.toText()
  await there.area.fill((await there.text()).replace('leaders: N-1', 'leaders: N-3'))
  await there.stands('1 of 3 expectations does not hold')
  await play.button('Table').press('Enter')
  await play.warns('The run is not as expected')
  await play.button('Expected').click()
  await play.page.locator('.expectation.failed').getByText('(leaders: N-1)').waitFor()
  await play.page.locator('.expectation.failed').getByRole('button', { name: /^event/ }).click()
  await play.becomes(1, 'leader', 1)
})

journey('by keyboard alone: Tab indents, Escape and Tab leave, Enter keeps the indentation, and undo takes it back', async (visit, site) => {
  const play = await visit({}, `${site.url}/#/write`)
  const there = await desk(play)
  const { keyboard } = play.page
  await play.tabTo(play.button('Text'))
  await keyboard.press('Enter')
  await play.tabTo(there.area)
  await there.area.fill('title: T\nsteps:\n')
  await keyboard.press('Control+End')
  await keyboard.press('Tab')
  await keyboard.type('- timeout: N-1')
  await keyboard.press('Enter')
  await keyboard.type('- drain')
  assert.equal(await there.text(), 'title: T\nsteps:\n  - timeout: N-1\n  - drain')
  await keyboard.press('Shift+ArrowUp')
  await keyboard.press('Tab')
  assert.equal(await there.text(), 'title: T\nsteps:\n    - timeout: N-1\n    - drain')
  await keyboard.press('Shift+Tab')
  assert.equal(await there.text(), 'title: T\nsteps:\n  - timeout: N-1\n  - drain')
  await keyboard.press('Control+z')
  assert.equal(await there.text(), 'title: T\nsteps:\n    - timeout: N-1\n    - drain')
  await keyboard.press('Control+y')
  await there.stands(/^\d+ events$/)
  await keyboard.press('Escape')
  await keyboard.press('Tab')
  assert.ok(!(await play.focused(there.area)), 'Tab leaves after Escape')

  await play.tabTo(play.button('Story'))
  await keyboard.press('Enter')
  await play.tabTo(there.steps.last())
  assert.equal(await there.steps.last().getAttribute('aria-expanded'), 'true', 'the step at the cursor is the one chosen')
  await play.tabTo(play.button('Expect what is so now'))
  await keyboard.press('Enter')
  await there.stands(/all 6 expectations hold$/)
  assert.ok(await play.focused(there.steps.last()), 'one goes on at the new step')
})

journey(
  'hostile texts are told, and break nothing',
  async (visit, site) => {
    const play = await visit({}, `${site.url}/#/write`)
    const there = await desk(play)
    await there.opensFile('huge.yaml', 'x'.repeat(600_000))
    await play.warns('huge.yaml has 600,000 bytes: a scenario may have 262,144.')
    await there.stands('34 events; all 3 expectations hold')
    await there.toText()
    await there.area.fill(`title: T\n${'#'.repeat(300_000)}`)
    await there.stands(/^The text has 300,009 bytes/)
    for (const [text, says] of /** @type {[string, RegExp][]} */ ([
      [`title: ${'['.repeat(5000)}`, /^1 mistake$/],
      [`${'- '.repeat(3000)}x`, /^1 mistake$/],
      ['title: T\0\x1b[31m\nsteps: []\n', /mistake/],
      ['&a [*a]', /mistake/],
      ['', /mistake/],
    ])) {
      await there.area.fill(text)
      await there.stands(says)
      await there.toStory()
      await there.toText()
    }
    const script = '<script>document.title = 1</script><img src=x onerror=alert(1)>'
    await there.area.fill(`title: "${script}"\nsections:\n  - title: "${script}"\n    prose: "${script}"\n    steps:\n      - expect: {leaders: none}\n`)
    await there.stands(/the one expectation holds$/)
    await there.toStory()
    assert.equal(await play.page.getByLabel('Section 1', { exact: true }).inputValue(), script)
    await play.button('Expected').click()
    await play.page.getByRole('heading', { name: script }).waitFor()
    assert.equal(await play.page.locator('rp-editor script, rp-editor img').count(), 0)
  },
)

journey(
  'a server that cannot be reached is told, and checking goes on when it is there again',
  async (visit, site) => {
    const play = await visit({}, `${site.url}/#/write`)
    const there = await desk(play)
    await there.toText()
    await play.page.context().setOffline(true)
    await there.area.fill((await there.text()).replace('My scenario', 'Mine'))
    await there.stands(/^The server does not answer/)
    await play.page.context().setOffline(false)
    await there.stands('34 events; all 3 expectations hold')
  },
  { expected: /ERR_INTERNET_DISCONNECTED/ },
)

journey('a file is opened by dropping it', async (visit, site) => {
  const play = await visit({}, `${site.url}/#/write`)
  const there = await desk(play)
  const files = await play.page.evaluateHandle(() => {
    const data = new DataTransfer()
    data.items.add(new File(['title: Dropped\r\nsteps:\r\n  - drain\r\n'], 'dropped.yaml'))
    return data
  })
  await play.page.locator('rp-editor').dispatchEvent('drop', { dataTransfer: files })
  await play.until(async () => assert.equal(await there.text(), 'title: Dropped\nsteps:\n  - drain\n'))
})

for (const colorScheme of /** @type {const} */ (['light', 'dark'])) {
  journey(`axe: the editor, ${colorScheme}`, async (visit, site) => {
    const play = await visit({ colorScheme }, `${site.url}/#/write`)
    const there = await desk(play)
    await there.steps.first().click()
    await isAccessible(play, 'the story')
    await there.toText()
    await isAccessible(play, 'the text')
    await there.area.fill((await there.text()).replace('term: 1', 'term: one'))
    await there.stands('1 mistake')
    await isAccessible(play, 'a mistake')
    await there.toStory()
    await isAccessible(play, 'a mistake in the story')
    for (const view of ['Expected', 'Trace table']) {
      await play.button(view).click()
      await isAccessible(play, view)
    }
  })

  journey(`on a phone the story, the text and the run have the room each, ${colorScheme}`, async (visit, site) => {
    const play = await visit({ colorScheme, viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true }, `${site.url}/#/write`)
    const there = await desk(play)
    await isAccessible(play, 'the story')
    await play.button('Text').tap()
    await isAccessible(play, 'the text')
    await play.button('Run').tap()
    await play.becomes(1, 'leader', 1)
    await isAccessible(play, 'the run')
    await play.button('File').tap()
    const [file] = await Promise.all([play.page.waitForEvent('download'), play.item('Download').tap()])
    assert.equal(file.suggestedFilename(), 'my-scenario.yaml')
    assert.ok(await play.page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), 'nothing sticks out')
    await there.stands('34 events; all 3 expectations hold')
  })
}

journey('the format of scenarios stands beside the text, with its tables and examples', async (visit, site) => {
  const play = await visit({}, `${site.url}/#/write`)
  await desk(play)
  await play.button('Format').click()
  const reference = play.page.getByLabel('The format of scenarios')
  await reference.getByRole('row', { name: 'timeout node the election timer of the node runs out' }).waitFor()
  assert.match(await reference.locator('pre').first().innerText(), /^title: My first scenario\n/)
  assert.doesNotMatch(await reference.innerText(), /```|^\||^#/m, 'no Markdown is left over')
  await play.button('Diagram').click()
  assert.equal(await reference.count(), 0)
  await play.button('Format').click()
  await isAccessible(play, 'the format beside the text')
})
