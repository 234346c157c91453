// Where the text in the editor comes from, and the files that it goes to.

import * as api from '../net/api.js'
import { openMenu } from './menu.js'
import { download } from '../app/passing.js'
import { TEMPLATE, draftBefore } from '../app/drafts.js'
import { LARGEST, fileName, tooLarge } from '../app/writing.js'

/** @typedef {import('./editor.js').Editor} Editor */
/** @typedef {import('./menu.js').Item} Item */

/** What can be opened; with little room, also what can be downloaded. @param {Editor} editor @param {HTMLElement} opener @param {boolean} narrow */
export async function fileMenu(editor, opener, narrow) {
  const cards = await api.scenarios().catch(() => [])
  const before = draftBefore()
  /** @type {Item[]} */
  const files = [
    { label: 'Download', run: () => downloadScenario(editor) },
    { label: 'Download the trace table', refused: noTable(editor.writing), run: () => downloadTable(editor) },
  ]
  /** @type {Item[]} */
  const items = [
    ...(narrow ? files : []),
    { label: 'A file…', apart: narrow, note: 'Or drop it on the editor', run: () => choose(editor) },
    { label: 'A new scenario', note: 'A short one to begin with; this draft is put aside', run: () => editor.open(TEMPLATE) },
    { label: 'The draft before this one', refused: before ? '' : 'There is none', run: () => editor.open(before) },
    ...cards.map((card, i) => ({ label: `A copy of “${card.title}”`, apart: i === 0, run: () => void copy(editor, card.name) })),
  ]
  openMenu({ title: narrow ? 'File' : 'Open', anchor: opener.getBoundingClientRect(), opener, items })
}

/** @param {Editor} editor @param {string} name  of a scenario of the library */
async function copy(editor, name) {
  await api.scenarioSource(name).then(
    text => editor.open(text),
    error => editor.app.say(error.message, 'warn'),
  )
}

/** @param {Editor} editor */
function choose(editor) {
  const input = document.createElement('input')
  input.type = 'file'
  input.accept = '.yaml,.yml,text/yaml,text/plain'
  input.onchange = () => input.files?.[0] && void readFile(editor, input.files[0])
  input.click()
}

/** Opens a file of this computer. @param {Editor} editor @param {File} file */
export async function readFile(editor, file) {
  if (file.size > LARGEST) editor.app.say(tooLarge(file.name, file.size), 'warn')
  else editor.open(await file.text())
}

/** @param {Editor} editor */
export function downloadScenario({ outline, writing }) {
  download(new Blob([writing.text]), `${fileName(outline.title?.value ?? '')}.yaml`)
}

/** @param {Editor} editor */
export function downloadTable({ outline, writing }) {
  download(new Blob([writing.preview?.played.table ?? '']), `${fileName(outline.title?.value ?? '')}.table`)
}

/** Why there is no table to compare with, '' if there is: as `raftplay verify -update` sees it. @param {Editor['writing']} writing */
export function noTable(writing) {
  if (!writing.fresh) return 'The text has not been played to its end'
  return writing.failures.length > 0 ? 'The run is not as expected: see what is expected' : ''
}
