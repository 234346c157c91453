// A server of one's own, and the browser that visits it.

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

/** The program, built beforehand: `npm run journeys` does. */
export const BINARY = process.env.RAFTPLAY ?? fileURLToPath(new URL('../../raftplay', import.meta.url))

/** Chromium as Debian packages it, kept from calling home. */
export const BROWSER = {
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ],
}

/** @typedef {{url: string, stop: () => Promise<void>, kill: () => Promise<void>}} Site  kill gives it no time to tidy up */

/** Starts a server at any free port. @param {...string} flags @returns {Promise<Site>} */
export async function serve(...flags) {
  const server = spawn(BINARY, ['serve', '-addr', '127.0.0.1:0', ...flags], { stdio: ['ignore', 'pipe', 'pipe'] })
  const ended = once(server, 'close')
  /** @type {string[]} */
  const said = []
  const url = await new Promise((/** @type {(url: string) => void} */ found, fail) => {
    for (const stream of [server.stdout, server.stderr]) {
      createInterface({ input: stream }).on('line', line => {
        said.push(line)
        const address = /http:\/\/127\.0\.0\.1:\d+/.exec(line)
        if (address) found(address[0])
      })
    }
    server.on('error', fail)
    void ended.then(() => fail(new Error(`the server ended: ${said.join('\n')}`)))
  })
  /** @param {NodeJS.Signals} signal */
  const end = async signal => {
    server.kill(signal)
    await ended
  }
  return { url, stop: () => end('SIGTERM'), kill: () => end('SIGKILL') }
}
