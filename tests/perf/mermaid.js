// The largest part of a run that Mermaid can draw, and how long it takes.

import { fileURLToPath } from 'node:url'

/** @typedef {import('playwright-core').Browser} Browser */

const SCRIPT = fileURLToPath(new URL('../../node_modules/mermaid/dist/mermaid.min.js', import.meta.url))
const ARROW = /^ *\w+ *--?(>>|[)x]) *\w+ *:/
/** A diagram that takes longer is of no use to anybody. */
const LIMIT_MS = 20_000

/**
 * Doubles the part of the run until Mermaid gives up or takes too long.
 * @param {Browser} browser
 * @param {string} source  the run as the server exports it
 * @returns {Promise<{messages: number, ms: number, failed: number, why: string}>} the largest part that was drawn, and the one that was not
 */
export async function measureMermaid(browser, source) {
  const lines = (/```mermaid\n(.*?)```/s.exec(source)?.[1] ?? source).split('\n')
  const head = lines.findIndex(line => ARROW.test(line))
  let best = { messages: 0, ms: 0 }
  for (let messages = 250; ; messages *= 2) {
    const part = partOf(lines, head, messages)
    const { ms, why } = await draw(browser, part.text)
    if (why || part.messages < messages) return { ...(why ? best : { messages: part.messages, ms }), failed: why ? messages : 0, why }
    best = { messages, ms }
  }
}

/** @param {string[]} lines @param {number} head @param {number} wanted */
function partOf(lines, head, wanted) {
  let messages = 0
  let end = head
  while (end < lines.length && messages < wanted) if (ARROW.test(lines[end++])) messages++
  return { text: lines.slice(0, end).join('\n'), messages }
}

/** @param {Browser} browser @param {string} text @returns {Promise<{ms: number, why: string}>} */
async function draw(browser, text) {
  const page = await browser.newPage()
  try {
    await page.addScriptTag({ path: SCRIPT })
    const drawn = page.evaluate(async source => {
      const { mermaid } = /** @type {any} */ (window)
      mermaid.initialize({ startOnLoad: false, maxTextSize: 1e9, maxEdges: 1e6 })
      const start = performance.now()
      const { svg } = await mermaid.render('diagram', source)
      document.body.innerHTML = svg
      await new Promise(requestAnimationFrame)
      return performance.now() - start
    }, text)
    /** @type {NodeJS.Timeout|undefined} */
    let timer
    const late = new Promise((/** @type {(value: string) => void} */ done) => {
      timer = setTimeout(() => done(`more than ${LIMIT_MS / 1000} s`), LIMIT_MS)
    })
    const ended = await Promise.race([drawn, late]).finally(() => clearTimeout(timer))
    if (typeof ended === 'string') drawn.catch(() => {})
    return typeof ended === 'string' ? { ms: LIMIT_MS, why: ended } : { ms: ended, why: '' }
  } catch (error) {
    return { ms: 0, why: error instanceof Error ? error.message.split('\n')[0].slice(0, 80) : String(error) }
  } finally {
    await page.close()
  }
}
