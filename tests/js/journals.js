// Journals of random runs, as Go plays them.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { Journal } from '../../static/js/model/journal.js'

const root = new URL('../..', import.meta.url)

/**
 * @typedef {{Title: string, First: number, Rows: {Event: number, Node: number, Op: string, Roles: string[], Deltas: string[]}[] | null}} GoTable
 * @typedef {{nodes?: number, event?: import('../../static/js/model/types.js').Event, sha?: string, tables?: GoTable[]}} Line
 * @param {string[]} flags  of tests/parity
 * @param {(line: Line) => void} each
 */
export async function play(flags, each) {
  const go = spawn('go', ['run', './tests/parity', ...flags], { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] })
  const ended = once(go, 'close')
  for await (const line of createInterface({ input: go.stdout })) each(JSON.parse(line))
  const [status] = await ended
  if (status !== 0) throw new Error(`tests/parity ended with ${status}`)
}

/** @param {...string} flags @returns {Promise<Journal[]>} */
export async function journals(...flags) {
  /** @type {Journal[]} */
  const all = []
  await play(flags, ({ nodes, event }) => {
    if (nodes) all.push(new Journal(nodes))
    else if (event) all[all.length - 1].append([event])
  })
  return all
}
