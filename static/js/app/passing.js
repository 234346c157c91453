// Passing a run on: its text on the clipboard, and files of it in other forms.

import * as api from '../net/api.js'

/** @typedef {import('./app.js').App} App */

/** The forms of an export, with the ending of each file. */
export const EXPORTS = [
  { format: 'markdown', label: 'Markdown', note: 'sections, trace tables and diagrams', ending: 'md' },
  { format: 'rst', label: 'reStructuredText', note: 'sections, features and trace tables', ending: 'rst' },
  { format: 'puml', label: 'PlantUML', note: 'a sequence diagram for each section', ending: 'puml' },
  { format: 'mermaid', label: 'Mermaid', note: 'a sequence diagram for each section', ending: 'mmd' },
  { format: 'table', label: 'Trace table', note: 'plain text', ending: 'txt' },
  { format: 'csv', label: 'CSV', note: 'the trace table for a spreadsheet', ending: 'csv' },
  { format: 'json', label: 'JSON journal', note: 'every event', ending: 'json' },
  { format: 'scenario', label: 'Scenario (YAML)', note: 'every action, to play it again', ending: 'yaml' },
]

/** Downloads the branch on show. @param {App} app @param {string} format */
export async function exportAs(app, format) {
  const { session, key, branch, scenario } = app.store.view
  const ending = EXPORTS.find(one => one.format === format)?.ending ?? 'txt'
  try {
    download(await api.exportRun(session, key, { format, branch }), `${scenario?.name ?? 'raftplay'}.${ending}`)
  } catch (error) {
    app.say(error instanceof Error ? error.message : String(error), 'warn')
  }
}

/** Saves something as a file. @param {Blob} content @param {string} name */
export function download(content, name) {
  const url = URL.createObjectURL(content)
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  URL.revokeObjectURL(url)
}

/**
 * Copies a text, which may still be on its way: a browser asks for the copy while the hand is on the key.
 * @param {string|Promise<string>} text @returns {Promise<boolean>} false if the browser does not let the page copy
 */
export async function copy(text) {
  const content = Promise.resolve(text).then(words => new Blob([words], { type: 'text/plain' }))
  try {
    await navigator.clipboard.write([new ClipboardItem({ 'text/plain': content })])
    return true
  } catch {
    await content.catch(() => {})
    return false
  }
}
