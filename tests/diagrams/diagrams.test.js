// What PlantUML and Mermaid say of the diagrams of every scenario, and of one whose words are full of their own signs.

import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { after, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import assert from 'node:assert/strict'
import { chromium } from 'playwright-core'
import { BINARY, BROWSER } from '../e2e/server.js'

const root = fileURLToPath(new URL('../..', import.meta.url))
const MERMAID = join(root, 'node_modules/mermaid/dist/mermaid.min.js')
const HOSTILE = 'tests/diagrams/hostile.yaml'
const scenarios = [...['scenarios', 'scenarios/bugs'].flatMap(folder => readdirSync(join(root, folder)).filter(file => file.endsWith('.yaml'))
  .map(file => `${folder}/${file}`)), HOSTILE]
const folder = mkdtempSync(join(tmpdir(), 'diagrams-'))
after(() => rmSync(folder, { recursive: true }))

/** @param {string} file @param {string} format */
const exported = (file, format) => execFileSync(BINARY, ['export', '-format', format, file], { cwd: root, encoding: 'utf8', maxBuffer: 1 << 28 })

/** @param {string[]} options */
function plantUML(...options) {
  const { status, stdout, stderr, error } = spawnSync('plantuml', ['-charset', 'UTF-8', ...options], { encoding: 'utf8' })
  if (error) throw error
  return { status, said: stdout + stderr }
}

/** What PlantUML has against these files, '' if nothing; it names file and line only when it draws. @param {string[]} files */
const mistakes = files => (plantUML('-checkonly', ...files).status === 0 ? '' : plantUML('-tsvg', '-o', folder, ...files).said)

test('PlantUML reads the diagrams of every scenario', () => {
  assert.ok(scenarios.length > 30, `${scenarios.length} scenarios`)
  const files = scenarios.map(scenario => {
    const file = join(folder, `${basename(scenario, '.yaml')}.puml`)
    writeFileSync(file, exported(scenario, 'puml'))
    return file
  })
  assert.equal(mistakes(files), '')
})

test('a mistake in a diagram is noticed by PlantUML, with its file', () => {
  const file = join(folder, 'mistaken.puml')
  writeFileSync(file, exported('scenarios/first-election.yaml', 'puml').replace(/^N1 -> N2.*$/m, 'N1 ((( N2'))
  assert.match(mistakes([file]), /mistaken\.puml/)
})

/** @param {string} text  of an export @returns {string[]} its diagrams */
function diagrams(text) {
  const fenced = [...text.matchAll(/^```mermaid\n(.*?)^```$/gms)].map(found => found[1])
  return fenced.length ? fenced : [text]
}

/**
 * Draws diagrams with Mermaid's own limits and strictest safety.
 * @param {Record<string, string[]>} all  by name
 * @returns {Promise<string[]>} what went wrong
 */
async function mermaid(all) {
  const browser = await chromium.launch(BROWSER)
  try {
    const page = await browser.newPage()
    await page.addScriptTag({ path: MERMAID })
    return await page.evaluate(async named => {
      const { mermaid } = /** @type {any} */ (window)
      mermaid.initialize({ startOnLoad: false, securityLevel: 'strict' })
      /** @type {string[]} */
      const wrong = []
      for (const [name, sources] of Object.entries(named)) {
        for (const [i, source] of sources.entries()) {
          try {
            await mermaid.parse(source)
            const { svg } = await mermaid.render('diagram', source)
            const drawn = new DOMParser().parseFromString(svg, 'image/svg+xml')
            if (drawn.querySelector('script, img, [onerror], [onload], a[href^=javascript]')) wrong.push(`${name}, diagram ${i + 1}: markup got in`)
          } catch (error) {
            wrong.push(`${name}, diagram ${i + 1}: ${error instanceof Error ? error.message.split('\n').slice(0, 4).join(' / ') : error}`)
          }
        }
      }
      return wrong
    }, all)
  } finally {
    await browser.close()
  }
}

test('Mermaid draws the diagrams of every scenario', { timeout: 120_000 }, async () => {
  assert.deepEqual(await mermaid(Object.fromEntries(scenarios.map(scenario => [scenario, diagrams(exported(scenario, 'mermaid'))]))), [])
})

test('a mistake in a diagram is noticed by Mermaid, with its scenario', async () => {
  const [first] = diagrams(exported('scenarios/first-election.yaml', 'mermaid'))
  assert.match((await mermaid({ mistaken: [`${first}\nN1 ((( N2`] })).join(), /mistaken, diagram 1: /)
})

test('the Markdown of every scenario holds these diagrams', () => {
  for (const scenario of scenarios) {
    const text = exported(scenario, 'markdown')
    const bare = diagrams(exported(scenario, 'mermaid')).map(source => source.replace(/^ +title: .*\n/m, ''))
    for (const source of bare) assert.ok(source.length > 50_000 || text.includes(source), scenario)
  }
})
