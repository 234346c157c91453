import assert from 'node:assert/strict'
import { readFileSync, readdirSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { fileURLToPath } from 'node:url'
import { test } from 'node:test'
import { gzipSync } from 'node:zlib'

const ROOT = fileURLToPath(new URL('../../static/', import.meta.url))

/** @param {string} file */
const read = file => readFileSync(join(ROOT, file), 'utf8')

const page = read('index.html')
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

test('every module that the page needs is preloaded, and no other', () => {
  const preloaded = [...page.matchAll(/<link rel="modulepreload" href="([^"]+)">/g)].map(found => found[1])
  assert.deepEqual(preloaded, [...needed('js/app/main.js')].sort())
})

test('every style sheet is linked', () => {
  assert.deepEqual([...page.matchAll(/<link rel="stylesheet" href="([^"]+)"/g)].map(found => found[1]).sort(), sheets)
})

test('the page holds nothing that a strict policy forbids, and nothing from elsewhere', () => {
  assert.doesNotMatch(page, /<style|\sstyle=|\son\w+=|<script(?![^>]*\ssrc=)/)
  for (const file of [...modules, ...sheets, 'index.html']) {
    assert.doesNotMatch(read(file), /innerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|setAttribute\('style'/, file)
    assert.doesNotMatch(read(file), /(src|href)="https?:|url\(|@import|from 'https?:/, file)
  }
})

test('each file has one subject: at most 250 lines', () => {
  for (const file of [...modules, ...sheets]) assert.ok(read(file).split('\n').length <= 251, file)
})

test('the page weighs under 150 KB compressed', () => {
  const all = [...modules, ...sheets, 'index.html', 'favicon.svg'].reduce((sum, file) => sum + gzipSync(read(file)).length, 0)
  assert.ok(all < 150 * 1024, `${all} bytes`)
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
