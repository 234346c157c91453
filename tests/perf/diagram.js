// Measures the page against its aims and prints a table: `npm run measure [events]`. Exits with 1 if an aim is missed.

import { chromium } from 'playwright-core'
import { BROWSER, serve } from '../e2e/server.js'
import { watchFrames } from './frames.js'
import { linkOf } from './link.js'
import { measureMermaid } from './mermaid.js'
import { longRun } from './run.js'

/** @typedef {import('playwright-core').Browser} Browser */
/** @typedef {import('playwright-core').Page} Page */

const EVENTS = Number(process.argv[2] ?? 100_000)
const CLICKS = 200
/** Passes over each motion: another process that takes the core spoils one, a slow page spoils all. */
const PASSES = 3

/** What is done while frames are watched. */
const MOTIONS = {
  'scrolling, a screen a frame': 'tools.scroll.scrollTop -= 700',
  'scrolling, by the thumb': 'tools.scroll.scrollTop = tools.random() * tools.scroll.scrollHeight',
  seeking: 'tools.seek(Math.floor(tools.random() * tools.find(".scrub-input").max))',
  zooming: `if (i % 8 === 0) tools.find(\`#diagram [aria-label="Zoom \${i % 96 < 48 ? 'out' : 'in'}"]\`).click()`,
}

/** @param {number} length */
const atEnd = length =>
  `document.querySelector('.position')?.textContent === 'event ${length} of ${length}' && document.querySelector('#diagram .dg-svg text')`

/** @type {{what: string, value: string, aim: string, met: boolean}[]} */
const results = []
/** @param {string} what @param {number} value @param {string} unit @param {number} [most] */
function report(what, value, unit, most) {
  const met = most === undefined || value < most
  results.push({ what, value: `${Math.round(value * 10) / 10} ${unit}`, aim: most === undefined ? '' : `< ${most} ${unit}`, met })
  console.log(
    `${what.padEnd(58)} ${results[results.length - 1].value.padStart(12)}   ${results[results.length - 1].aim.padEnd(10)} ${met ? '' : 'MISSED'}`,
  )
}

const site = await serve('-max-events', String(2 * EVENTS))
const browser = await chromium.launch({ ...BROWSER, args: [...BROWSER.args, '--enable-precise-memory-info'] })
try {
  await measureFirstVisit(browser)
  await measureLink(browser)
  await measureClicks(browser)
  await measureLongRun(browser)
} finally {
  await browser.close()
  await site.stop()
}
process.exitCode = results.every(({ met }) => met) ? 0 : 1

/**
 * A page, and the milliseconds from opening an address until something is drawn.
 * @param {Browser} chrome @param {string} address @param {string} drawn @param {import('playwright-core').BrowserContext} [context]  with what the browser has already
 * @returns {Promise<{page: Page, ms: number}>}
 */
async function open(chrome, address, drawn, context) {
  const page = await (context ?? (await chrome.newContext({ viewport: { width: 1440, height: 900 }, bypassCSP: true }))).newPage()
  await page.addInitScript(condition => {
    const ready = new Function(`return ${condition}`)
    const look = () => {
      if (ready())
        requestAnimationFrame(() => {
          ;/** @type {any} */ (window).drawnAt = performance.now()
        })
      else requestAnimationFrame(look)
    }
    requestAnimationFrame(look)
  }, drawn)
  await page.goto(`${site.url}${address}`)
  await page.waitForFunction('window.drawnAt', null, { timeout: 60_000 })
  return { page, ms: Number(await page.evaluate('window.drawnAt')) }
}

/** @param {Browser} chrome */
async function measureFirstVisit(chrome) {
  const times = []
  let weight = { body: 0, all: 0 }
  for (let pass = 0; pass < PASSES; pass++) {
    const { page, ms } = await open(chrome, '/', 'document.querySelectorAll("#diagram .dg-head").length === 3')
    await page.waitForLoadState('networkidle')
    weight = await page.evaluate(() => {
      const files = /** @type {PerformanceResourceTiming[]} */ (
        performance.getEntries().filter(entry => entry instanceof PerformanceResourceTiming && !entry.name.includes('/api/'))
      )
      const sum = (/** @type {'encodedBodySize'|'transferSize'} */ size) => files.reduce((total, file) => total + file[size], 0)
      return { body: sum('encodedBodySize'), all: sum('transferSize') }
    })
    times.push(ms)
    await page.context().close()
  }
  report(`first visit: first diagram, best of ${PASSES}`, Math.min(...times), 'ms', 1000)
  report('first visit: the page, compressed', weight.body / 1024, 'KB', 150)
  report('first visit: the same with the headers of its answers', weight.all / 1024, 'KB')
}

/** @param {Browser} chrome @param {number} events @param {number} nodes @param {boolean} byHand */
async function prepare(chrome, events, nodes, byHand) {
  const page = await chrome.newPage()
  await page.goto(`${site.url}/healthz`)
  const run = await longRun(page, { events, nodes, byHand })
  await page.close()
  return run
}

/** A link of a run made by hand, opened in a page that is there, and in a new tab whose files the browser has. @param {Browser} chrome */
async function measureLink(chrome) {
  const { page } = await open(chrome, '/', 'document.querySelector("#diagram .dg-head")')
  for (const actions of [400, 1000]) {
    const { payload, length } = await linkOf(page, actions)
    report(`${actions} actions by hand, ${length} events: characters of the link`, `${site.url}/#/r/${payload}`.length, '', actions === 400 ? 2000 : undefined)
    if (actions === 400) continue
    const here = []
    const tabs = []
    for (let pass = 0; pass < PASSES; pass++) {
      await page.goto(`${site.url}/?${pass}`)
      await page.waitForFunction('document.querySelector("#diagram .dg-head")')
      here.push(
        await page.evaluate(
          ({ address, drawn }) =>
            new Promise((/** @type {(ms: number) => void} */ done) => {
              const ready = new Function(`return ${drawn}`)
              const start = performance.now()
              location.hash = address
              const look = () => requestAnimationFrame(() => (ready() ? requestAnimationFrame(() => done(performance.now() - start)) : look()))
              look()
            }),
          { address: `#/r/${payload}`, drawn: atEnd(length) },
        ),
      )
      const tab = await open(chrome, `/#/r/${payload}`, atEnd(length), page.context())
      tabs.push(tab.ms)
      await tab.page.close()
    }
    report(`   opened in a page that is there, best of ${PASSES}`, Math.min(...here), 'ms', 500)
    report(`   opened in a new tab, page and all, best of ${PASSES}`, Math.min(...tabs), 'ms')
    report(`   opened in a new tab, page and all, worst of ${PASSES}`, Math.max(...tabs), 'ms')
  }
  await page.context().close()
}

/** @param {Browser} chrome */
async function measureClicks(chrome) {
  const run = await prepare(chrome, 10_000, 3, true)
  const { page } = await open(chrome, run.address, atEnd(run.length))
  const passes = []
  for (let pass = 0; pass < PASSES; pass++) passes.push(await clickAway(page))
  const best = passes.reduce((a, b) => (b.p99 < a.p99 ? b : a))
  report(`${run.length} events: click to drawn, p50 of ${CLICKS}`, best.p50, 'ms')
  report(`${run.length} events: click to drawn, p99, best of ${PASSES}`, best.p99, 'ms', 100)
  report(`${run.length} events: click to drawn, p99, worst of ${PASSES}`, Math.max(...passes.map(({ p99 }) => p99)), 'ms')
  await page.context().close()
}

/** Delivers what waits, or lets the leader send heartbeats, and takes the time of each. @param {Page} page @returns {Promise<{p50: number, p99: number}>} */
async function clickAway(page) {
  const times = await page.evaluate(async count => {
    /** @param {() => boolean} drawn */
    const until = drawn =>
      new Promise((/** @type {(done?: undefined) => void} */ done) => {
        const look = () => (drawn() ? requestAnimationFrame(() => done()) : requestAnimationFrame(look))
        look()
      })
    /** @param {string} name @returns {any} */
    const button = name => document.querySelector(`#diagram .dg-${name}`)
    /** @type {number[]} */
    const taken = []
    while (taken.length < count) {
      const handle = button('handle')
      const start = performance.now()
      if (handle) {
        const { message } = handle.dataset
        handle.click()
        await until(() => !document.querySelector(`.dg-handle[data-message="${message}"]`))
      } else {
        button('head.leader').dispatchEvent(new KeyboardEvent('keydown', { key: 'h', bubbles: true, cancelable: true }))
        await until(() => button('handle'))
      }
      taken.push(performance.now() - start)
    }
    return taken.sort((a, b) => a - b)
  }, CLICKS)
  return { p50: times[Math.floor(CLICKS * 0.5)], p99: times[Math.floor(CLICKS * 0.99)] }
}

/** @param {Browser} chrome */
async function measureLongRun(chrome) {
  const run = await prepare(chrome, EVENTS, 5, true)
  /** @type {number[]} */
  const times = []
  /** @type {Page|undefined} */
  let page
  for (let pass = 0; pass < PASSES; pass++) {
    await page?.context().close()
    const opened = await open(chrome, run.address, atEnd(run.length))
    page = opened.page
    times.push(opened.ms)
  }
  if (!page) return
  report(`${run.length} events: open, best of ${PASSES}`, Math.min(...times), 'ms', 2000)
  const memory = await page.context().newCDPSession(page)
  const heap = async () => {
    await memory.send('HeapProfiler.collectGarbage')
    return (await memory.send('Runtime.getHeapUsage')).usedSize / 2 ** 20
  }
  report('   memory when opened', await heap(), 'MB', 200)
  for (const [name, step] of Object.entries(MOTIONS)) {
    const passes = []
    for (let pass = 0; pass < PASSES; pass++) passes.push(await watchFrames(page, 96, step))
    const best = passes.reduce((a, b) => (b.worst < a.worst ? b : a))
    report(`   ${name}: worst frame, best of ${PASSES}`, best.worst, 'ms', 50)
    report(`   ${name}: worst frame, all passes`, Math.max(...passes.map(({ worst }) => worst)), 'ms')
    report(`   ${name}: longest task, best of ${PASSES}`, best.longTask, 'ms')
  }
  report('   memory after all that', await heap(), 'MB', 200)
  const answer = await page.request.get(`${site.url}/api/sessions/${run.session}/export?format=mermaid&branch=1`, {
    headers: { Authorization: `Bearer ${run.key}` },
  })
  const mermaid = await measureMermaid(chrome, await answer.text())
  report(`Mermaid: the largest part of that run that it draws`, mermaid.messages, 'messages')
  report('   until it is drawn', mermaid.ms, 'ms')
  if (mermaid.why) console.log(`   ${mermaid.failed} messages: ${mermaid.why}`)
}
