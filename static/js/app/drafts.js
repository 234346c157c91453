// The draft in the editor, kept in this browser, and what opens there: a run, or a copy of a scenario.

import * as api from '../net/api.js'
import { keep, recall } from './prefs.js'
import { goTo } from './route.js'

/** @typedef {import('./app.js').App} App */

const DRAFT = 'raftplay.draft'
const BEFORE = 'raftplay.draft.before'

export const TEMPLATE = `title: My scenario
about: |
  What this shows, and what to look for.
nodes: 3
sections:
  - title: An election
    prose: |
      N-1 loses patience, and asks the others for their votes.
    steps:
      - timeout: N-1
      - drain
      - expect:
          leaders: N-1
          term: 1
  - title: A command
    prose: |
      The leader copies the command to the others. Once a majority has it, it
      is *committed*, and the client gets its answer.
    steps:
      - ask: {node: N-1, command: set x 1}
      - drain
      - expect: {answers: result x = 1}
`

/** The draft that this browser keeps, else the template. */
export function draft() {
  return recall(DRAFT) || TEMPLATE
}

/** @param {string} text */
export function keepDraft(text) {
  keep(DRAFT, text)
}

/** What was in the editor before something else was opened in it, '' if nothing was. */
export function draftBefore() {
  return recall(BEFORE) ?? ''
}

/** Keeps a draft that another text replaces, so that it can be brought back. @param {string} old @param {string} text */
export function putAside(old, text) {
  if (old && old !== TEMPLATE && old !== text) keep(BEFORE, old)
}

/** Opens a text in the editor. @param {string} text */
function write(text) {
  putAside(draft(), text)
  keepDraft(text)
  goTo({ place: 'write' })
}

/** Opens the branch on show in the editor, as a scenario that plays it. @param {App} app */
export async function saveAsScenario(app) {
  const { session, key, branch, scenario } = app.store.view
  if (scenario) app.say('The run is written as it was played. What its scenario expects is not written.')
  await opened(app, async () => (await api.exportRun(session, key, { format: 'scenario', branch })).text())
}

/** Opens a copy of a scenario of the library in the editor. @param {App} app @param {string} name */
export async function editCopy(app, name) {
  await opened(app, () => api.scenarioSource(name))
}

/** @param {App} app @param {() => Promise<string>} text */
async function opened(app, text) {
  try {
    write(await text())
  } catch (error) {
    app.say(error instanceof Error ? error.message : String(error), 'warn')
  }
}
