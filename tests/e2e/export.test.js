// A run leaves the page as a picture or a file, and the picture is what one sees.

import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { dialogIsAccessible } from './axe.js'
import { journey } from './site.js'

/** @typedef {import('./play.js').Play} Play */
/** @typedef {import('./site.js').Site} Site */

/** Clicks, and waits for the file that comes of it. @param {Play} play @param {() => Promise<void>} click */
async function downloaded(play, click) {
  const [download] = await Promise.all([play.page.waitForEvent('download'), click()])
  return { name: download.suggestedFilename(), content: await readFile(await download.path()) }
}

/** @param {Play} play */
const save = play => downloaded(play, () => play.dialog.getByRole('button', { name: 'Download', exact: true }).click())

/** @param {Play} play */
async function openPicture(play) {
  await play.button('Export').click()
  await play.page.getByRole('menuitem', { name: /^Picture/ }).click()
  await play.dialog.getByRole('img').waitFor()
}

/** A session of a scenario, played to its end. @param {(options?: any, address?: string) => Promise<Play>} visit @param {Site} site @param {string} scenario */
async function played(visit, { url }, scenario) {
  const made = await fetch(`${url}/api/sessions`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ scenario }) })
  const { session, key } = await made.json()
  const play = await visit({}, `${url}/#/s/${session}/${key}`)
  await play.button('Play all').click()
  await play.says(/^The scenario is at its end\./)
  return play
}

/** How wide and high a PNG is. @param {Buffer} png */
function pixels(png) {
  assert.equal(png.subarray(1, 4).toString(), 'PNG')
  return { width: png.readUInt32BE(16), height: png.readUInt32BE(20) }
}

/** How many pixels of a PNG have a colour, as the browser decodes it. @param {Play} play @param {Buffer} png @param {[number, number, number]} colour */
function coloured(play, png, colour) {
  return play.page.evaluate(async ([data, [r, g, b]]) => {
    const image = new Image()
    image.src = `data:image/png;base64,${data}`
    await image.decode()
    const canvas = document.createElement('canvas')
    canvas.width = image.width
    canvas.height = image.height
    const pen = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'))
    pen.drawImage(image, 0, 0)
    const all = pen.getImageData(0, 0, image.width, image.height).data
    let count = 0
    for (let i = 0; i < all.length; i += 4) if (all[i] === r && all[i + 1] === g && all[i + 2] === b) count++
    return count
  }, /** @type {const} */ ([png.toString('base64'), colour]))
}

journey('the whole run as SVG, in both themes', async (visit, site) => {
  const play = await played(visit, site, 'first-election')
  await openPicture(play)
  const light = await save(play)
  assert.equal(light.name, 'first-election.svg')
  const text = light.content.toString()
  assert.match(text, /^<svg /)
  for (const words of ['First election', '4 · The leader makes itself known', 'leader of term 1', '#fbfaf8']) assert.ok(text.includes(words), words)
  await play.dialog.waitFor({ state: 'detached' })

  await openPicture(play)
  await play.dialog.getByLabel('Theme').selectOption('dark')
  await play.dialog.getByLabel('Legend').uncheck()
  const dark = (await save(play)).content.toString()
  assert.ok(dark.includes('#14161a') && !dark.includes('#fbfaf8'))
  assert.ok(text.includes('request for a vote') && !dark.includes('request for a vote'), 'the legend')
})

journey('a section, and what is in sight', async (visit, site) => {
  const play = await played(visit, site, 'test_command_2_leaders_2')
  await openPicture(play)
  await play.dialog.getByLabel('What').selectOption({ label: '3 · Simulating network/speed problems for leader and starting election at node 2' })
  const section = await save(play)
  assert.equal(section.name, 'test_command_2_leaders_2-3.svg')
  assert.match(section.content.toString(), /events 49 to 87 of 129/)

  await openPicture(play)
  await play.dialog.getByLabel('What').selectOption('sight')
  const [, from, to] = /events (\d+) to (\d+) of 129/.exec((await save(play)).content.toString()) ?? assert.fail('a part')
  assert.equal(Number(to), 129, 'the end is in sight')
  assert.ok(Number(from) > 60 && Number(from) < 129, `from ${from}`)
})

journey('a PNG has the picture’s pixels and its colours', async (visit, site) => {
  const play = await played(visit, site, 'leader-crash')
  await openPicture(play)
  await play.dialog.getByLabel('Format').selectOption('png')
  const { width, height } = await play.dialog.getByRole('img').evaluate(image => ({ width: /** @type {HTMLImageElement} */ (image).naturalWidth, height: /** @type {HTMLImageElement} */ (image).naturalHeight }))
  await play.says(`${2 * width} × ${2 * height} pixels`)
  const { name, content } = await save(play)
  assert.equal(name, 'leader-crash.png')
  assert.deepEqual(pixels(content), { width: 2 * width, height: 2 * height })
  assert.ok((await coloured(play, content, [0x31, 0x65, 0xb0])) > 1000, 'term 1')
  assert.ok((await coloured(play, content, [0xa9, 0x53, 0x1b])) > 1000, 'term 2')
})

journey('a picture is copied', async (visit, site) => {
  const play = await played(visit, site, 'first-election')
  await play.page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await openPicture(play)
  await play.dialog.getByRole('button', { name: 'Copy as PNG' }).click()
  await play.says('The picture is copied.')
  assert.deepEqual(await play.page.evaluate(async () => (await navigator.clipboard.read()).map(item => item.types[0])), ['image/png'])
  await play.dialog.getByLabel('Theme').selectOption('dark')
  await play.page.getByText('The picture is copied.').waitFor({ state: 'detached' })

  await play.page.evaluate(() => {
    navigator.clipboard.write = () => Promise.reject(new DOMException('no', 'NotAllowedError'))
  })
  await play.dialog.getByRole('button', { name: 'Copy as PNG' }).click()
  await play.dialog.getByRole('status').getByText('The browser does not let the page copy: download the picture.').waitFor()
})

journey('words in a picture fit their places in a real font', async (visit, site) => {
  const play = await played(visit, site, 'test_command_1')
  const trouble = await play.page.evaluate(async () => {
    const modules = [new URL('/js/export/picture.js', location.href).href, new URL('/js/export/type.js', location.href).href]
    const [{ drawPicture }, { estimate }] = await Promise.all(modules.map(path => import(path)))
    const diagram = /** @type {import('../../static/js/diagram/diagram.js').Diagram} */ (document.getElementById('diagram'))
    const document_ = new DOMParser().parseFromString(drawPicture(diagram.model?.journal, { title: 'A title', legend: true }), 'image/svg+xml')
    const svg = document.body.appendChild(document.importNode(document_.documentElement, true))
    return [...svg.querySelectorAll('text')].flatMap(text => {
      const most = estimate(text.textContent, Number(text.getAttribute('font-size')), Number(text.getAttribute('font-weight') ?? 400))
      return text.getComputedTextLength() > most + 1 ? [`"${text.textContent}": ${text.getComputedTextLength()} of ${most}`] : []
    })
  })
  assert.deepEqual(trouble, [])
})

journey('a picture that is too large says so, and what to do', async visit => {
  const play = await visit()
  await play.elect(1)
  await openPicture(play)
  const width = play.dialog.getByLabel('Width, pixels')
  await width.fill('200')
  await play.page.keyboard.press('Tab')
  await play.says('A picture is 480 to 2400 pixels wide, not 200')
  assert.equal(await play.dialog.getByRole('button', { name: 'Download', exact: true }).getAttribute('aria-disabled'), 'true')
  await width.fill('2000')
  await play.page.keyboard.press('Tab')
  await play.says(/^2000 × \d+ pixels$/)
})

for (const [device, options] of Object.entries({ desktop: {}, phone: { viewport: { width: 390, height: 844 }, hasTouch: true }, dark: { colorScheme: 'dark' } })) {
  journey(`the picture's dialog is accessible, ${device}`, async visit => {
    const play = await visit(/** @type {any} */ (options))
    await play.diagram.getByRole('button', { name: /^N-1, / }).waitFor()
    await dialogIsAccessible(play, 'a picture', async () => {
      if (device === 'phone') {
        await play.button('More').click()
        await play.item('Export').click()
        await play.page.getByRole('menuitem', { name: /^Picture/ }).click()
      } else await openPicture(play)
      await play.dialog.getByRole('img').waitFor()
      if (device === 'dark') assert.equal(await play.dialog.getByLabel('Theme').inputValue(), 'dark')
      const wide = await play.page.evaluate(() => document.documentElement.scrollWidth > innerWidth)
      assert.ok(!wide, 'nothing is wider than the window')
    })
  })
}

/** What each file begins with, or holds. @type {Record<string, {ending: string, holds: RegExp}>} */
const FILES = {
  Markdown: { ending: 'md', holds: /^# First election\n[^]*```mermaid\nsequenceDiagram[^]*\| Node \| Op \|/ },
  reStructuredText: { ending: 'rst', holds: /^=+\nFirst election\n=+\n/ },
  PlantUML: { ending: 'puml', holds: /^@startuml\n/ },
  Mermaid: { ending: 'mmd', holds: /sequenceDiagram\n/ },
  'Trace table': { ending: 'txt', holds: /^Section 1: / },
  CSV: { ending: 'csv', holds: /^section,event,time,node,op,N-1 role/ },
  'JSON journal': { ending: 'json', holds: /^\{"raftplay":"journal"/ },
  'Scenario (YAML)': { ending: 'yaml', holds: /^title: First election\n/m },
}

journey('every file of the Export menu is what it is called', async (visit, site) => {
  const play = await played(visit, site, 'first-election')
  for (const [label, { ending, holds }] of Object.entries(FILES)) {
    const { name, content } = await downloaded(play, async () => {
      await play.button('Export').click()
      await play.page.getByRole('menuitem', { name: new RegExp(`^${label.replace(/[()]/g, '\\$&')}`) }).click()
    })
    assert.equal(name, `first-election.${ending}`)
    assert.match(content.toString(), holds)
  }
})
