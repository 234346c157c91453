// A server of its own and a browser for the journeys of one file, and pages that are watched while they are used.

import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { chromium } from 'playwright-core'
import { Play } from './play.js'
import { BROWSER, serve } from './server.js'

/** How long a journey waits for what must come, on a busy machine. */
export const PATIENCE = 20_000

/** @typedef {import('playwright-core').BrowserContextOptions} Options */
/** @typedef {import('./server.js').Site} Site */

/** @type {Promise<Site>|undefined} */
let site
/** @type {Promise<import('playwright-core').Browser>|undefined} */
let browser

after(async () => {
  await (await browser)?.close()
  await (await site)?.stop()
})

/**
 * A journey: a test that opens pages, and fails if any of them asks another host for
 * anything, breaks the Content-Security-Policy, or reports an error.
 * @param {string} name
 * @param {(visit: (options?: Options, address?: string) => Promise<Play>, site: Site) => Promise<void>} walk
 * @param {{expected?: RegExp}} [about] errors that belong to the journey
 */
export function journey(name, walk, { expected } = {}) {
  test(name, { timeout: 90_000 }, async () => {
    site ??= serve()
    browser ??= chromium.launch(BROWSER)
    const { url } = await site
    const chrome = await browser
    /** @type {string[]} */
    const trouble = []
    /** @type {import('playwright-core').BrowserContext[]} */
    const contexts = []
    try {
      await walk(
        async (options, address = url) => {
          const context = await chrome.newContext({ viewport: { width: 1440, height: 900 }, reducedMotion: 'reduce', ...options })
          contexts.push(context)
          context.setDefaultTimeout(PATIENCE)
          watch(context, new URL(address).host, what => expected?.test(what) || trouble.push(what))
          const play = new Play(await context.newPage())
          await play.page.goto(address)
          return play
        },
        await site,
      )
    } finally {
      for (const context of contexts) await context.close()
    }
    assert.deepEqual(trouble, [], 'the page stayed with its own host and reported no error')
  })
}

/** @param {import('playwright-core').BrowserContext} context @param {string} host @param {(what: string) => void} report */
function watch(context, host, report) {
  context.on('request', request => {
    const { protocol, host: asked } = new URL(request.url())
    if (asked !== host && protocol !== 'blob:' && protocol !== 'data:') report(`a request to ${request.url()}`)
  })
  context.on('console', message => {
    if (message.type() === 'error' || message.type() === 'warning') report(`${message.type()}: ${message.text()}`)
  })
  context.on('weberror', error => report(`error: ${error.error().stack}`))
}
