import assert from 'node:assert/strict'
import { readFileSync, readdirSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { fileURLToPath } from 'node:url'
import { test } from 'node:test'
import { gzipSync } from 'node:zlib'

const ROOT = fileURLToPath(new URL('../../static/', import.meta.url))

/** @param {string} file */
const read = file => readFileSync(join(ROOT, file), 'utf8')

const PAGES = [
  { name: 'index.html', main: 'js/app/main.js' },
  { name: 'embed.html', main: 'js/app/embed.js' },
].map(page => ({ ...page, text: read(page.name) }))
const files = readdirSync(ROOT, { recursive: true, encoding: 'utf8' }).map(file => file.replaceAll('\\', '/'))
const modules = files.filter(file => file.startsWith('js/') && file.endsWith('.js')).sort()
const sheets = files.filter(file => file.endsWith('.css')).sort()

/** All modules that one needs to run. @param {string} file @param {Set<string>} [found] @returns {Set<string>} */
function needed(file, found = new Set()) {
  if (found.has(file)) return found
  found.add(file)
  for (const [, , path] of read(file).matchAll(/^(import|export) [^;'"]*?'(\.[^']+)'|^import '(\.[^']+)'/gm)) {
    if (path) needed(normalize(join(dirname(file), path)), found)
  }
  for (const [, path] of read(file).matchAll(/^\s*import\(?\s*'(\.[^']+)'/gm)) needed(normalize(join(dirname(file), path)), found)
  return found
}

/** @param {string} text @param {RegExp} link @returns {string[]} */
const linked = (text, link) => [...text.matchAll(link)].map(found => found[1])

for (const { name, main, text } of PAGES) {
  test(`${name}: every module that it needs is preloaded, and no other`, () => {
    assert.deepEqual(linked(text, /<link rel="modulepreload" href="([^"]+)">/g), [...needed(main)].sort())
  })

  test(`${name} holds nothing that a strict policy forbids, and nothing from elsewhere`, () => {
    assert.doesNotMatch(text, /<style|\sstyle=|\son\w+=|<script(?![^>]*\ssrc=)/)
    assert.doesNotMatch(text, /(src|href)="https?:/)
  })
}

test('every style sheet is linked, and the embed has those of what it shows', () => {
  const [page, embed] = PAGES.map(({ text }) => linked(text, /<link rel="stylesheet" href="([^"]+)"/g))
  assert.deepEqual(
    page.toSorted(),
    sheets.filter(sheet => sheet !== 'css/embed.css'),
  )
  assert.deepEqual(
    embed.filter(sheet => !page.includes(sheet)),
    ['css/embed.css'],
  )
})

test('an embed is light: nothing in it acts, edits or exports', () => {
  const modules = [...needed('js/app/embed.js')]
  assert.deepEqual(
    modules.filter(module => /net\/live|session|dialog|menu|export|editor/.test(module)),
    [],
  )
})

test('modules and style sheets hold nothing that a strict policy forbids, and nothing from elsewhere', () => {
  for (const file of [...modules, ...sheets]) {
    assert.doesNotMatch(read(file), /innerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|setAttribute\('style'/, file)
    assert.doesNotMatch(read(file), /(src|href)="https?:|url\(|@import|from 'https?:/, file)
  }
})

test('each file has one subject: at most 250 lines', () => {
  for (const file of [...modules, ...sheets]) assert.ok(read(file).split('\n').length <= 251, file)
})

/** @param {string[]} names @returns {number} bytes, compressed */
const weight = names => names.reduce((sum, file) => sum + gzipSync(read(file)).length, 0)

test('the page weighs under 150 KB compressed when it opens', () => {
  const all = weight([...needed('js/app/main.js'), ...sheets, 'index.html', 'favicon.svg'])
  assert.ok(all < 150 * 1024, `${all} bytes`)
})

test('what is loaded only when it is asked for weighs under 45 KB more', () => {
  const first = new Set([...needed('js/app/main.js'), ...needed('js/app/embed.js')])
  const later = weight(modules.filter(module => !first.has(module)))
  assert.ok(later < 45 * 1024, `${later} bytes`)
})

test('an embed weighs under 90 KB compressed', () => {
  const [, { text }] = PAGES
  const all = weight([...linked(text, /<link rel="(?:stylesheet|modulepreload)" href="([^"]+)"/g), 'embed.html', 'favicon.svg'])
  assert.ok(all < 90 * 1024, `${all} bytes`)
})

/** @param {string} file @returns {Map<string, string>} */
function colours(file) {
  return new Map([...read(file).matchAll(/(--[\w-]+):\s*(#[0-9a-f]{6});/g)].map(found => [found[1], found[2]]))
}

/** Relative luminance, as WCAG defines it. @param {string} hex */
function luminance(hex) {
  const [r, g, b] = [1, 3, 5].map(at => parseInt(hex.slice(at, at + 2), 16) / 255).map(c => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4))
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

/** @param {string} a @param {string} b */
function contrast(a, b) {
  const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y)
  return (high + 0.05) / (low + 0.05)
}

const TERMS = Array.from({ length: 9 }, (_, i) => `--term-${i}`)
const TEXTS = ['--ink', '--muted', '--accent', '--good', '--warn', '--vote', '--append', '--client', ...TERMS]
const GROUNDS = ['--bg', '--panel', '--soft', '--softer', '--future']
const PAIRS = [
  ...TEXTS.flatMap(text => GROUNDS.map(ground => [text, ground])),
  ...TERMS.map(term => ['--term-ink', term]),
  ['--accent-ink', '--accent'], ['--ink', '--accent-soft'], ['--accent', '--accent-soft'], ['--ink', '--wall'], ['--warn', '--warn-soft'], ['--ink', '--warn-soft'], ['--panel', '--good'],
]

for (const theme of ['light', 'dark']) {
  test(`text has a contrast of 4.5 in the ${theme} theme`, () => {
    const values = theme === 'light' ? colours('css/tokens.css') : colours('css/dark.css')
    assert.deepEqual([...values.keys()].sort(), [...colours('css/tokens.css').keys()].sort(), 'both themes name the same colours')
    const weak = PAIRS.filter(([text, ground]) => contrast(values.get(text) ?? '', values.get(ground) ?? '') < 4.5)
    assert.deepEqual(weak.map(([text, ground]) => `${text} on ${ground}: ${contrast(values.get(text) ?? '', values.get(ground) ?? '').toFixed(2)}`), [])
  })
}
