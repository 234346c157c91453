// Passing a run on: a link to watch it, and files of it in other forms.

import * as api from '../net/api.js'
import { hashOf } from './route.js'

/** @typedef {import('./app.js').App} App */

/** The forms of an export, with the ending of each file. */
export const EXPORTS = [
  { format: 'rst', label: 'reStructuredText', note: 'sections, features and trace tables', ending: 'rst' },
  { format: 'table', label: 'Trace table', note: 'plain text', ending: 'txt' },
  { format: 'csv', label: 'CSV', note: 'the trace table for a spreadsheet', ending: 'csv' },
  { format: 'json', label: 'JSON journal', note: 'every event', ending: 'json' },
  { format: 'puml', label: 'PlantUML', note: 'a sequence diagram for each section', ending: 'puml' },
  { format: 'mermaid', label: 'Mermaid', note: 'a sequence diagram for each section', ending: 'mmd' },
]

/** Downloads the branch on show. @param {App} app @param {string} format */
export async function exportAs(app, format) {
  const { session, key, branch, scenario } = app.store.view
  const ending = EXPORTS.find(one => one.format === format)?.ending ?? 'txt'
  try {
    const url = URL.createObjectURL(await api.exportRun(session, key, { format, branch }))
    const link = document.createElement('a')
    link.href = url
    link.download = `${scenario?.name ?? 'raftplay'}.${ending}`
    link.click()
    URL.revokeObjectURL(url)
  } catch (error) {
    app.say(error instanceof Error ? error.message : String(error), 'warn')
  }
}

/** Copies a link with which others can watch. @param {App} app */
export async function share(app) {
  const { session, viewKey } = app.store.view
  const link = `${location.origin}${location.pathname}${hashOf({ place: 'session', session, key: viewKey })}`
  try {
    await navigator.clipboard.writeText(link)
    app.say('A link to watch this run live is copied. Who opens it can look, not act.')
  } catch {
    app.say(`The browser does not let the page copy. The link to watch: ${link}`)
  }
}
