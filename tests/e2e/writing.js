// The editor of scenarios as its user knows it.

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { BINARY } from './server.js'

/** @typedef {import('./play.js').Play} Play */

export class Desk {
  /** @param {Play} play */
  constructor(play) {
    this.play = play
    this.page = play.page
    this.area = play.page.getByLabel('Text of the scenario')
    this.steps = play.page.locator('.story-step')
  }

  /** @param {string|RegExp} words  how the text stands */
  async stands(words) {
    await this.page.locator('.editor-bar').getByRole('status').getByText(words).waitFor()
  }

  async toText() {
    await this.play.button('Text').click()
    await this.area.waitFor()
  }

  async toStory() {
    await this.play.button('Story').click()
    await this.page.getByLabel('Title', { exact: true }).waitFor()
  }

  /** The text as it is written. */
  text() {
    return this.area.inputValue()
  }

  /** Presses a button, and takes the file that it gives. @param {string} button @returns {Promise<{name: string, text: string}>} */
  async takes(button) {
    const [file] = await Promise.all([this.page.waitForEvent('download'), this.play.button(button).click()])
    return { name: file.suggestedFilename(), text: await readFile(await file.path(), 'utf8') }
  }

  /** Opens a file by the menu. @param {string} name @param {string} text */
  async opensFile(name, text) {
    await this.play.button('Open').click()
    const [chooser] = await Promise.all([this.page.waitForEvent('filechooser'), this.play.item('A file…').click()])
    await chooser.setFiles({ name, mimeType: 'text/yaml', buffer: Buffer.from(text) })
  }
}

/** What `raftplay verify` says of a scenario and its table. @param {string} name @param {string} scenario @param {string} table */
export async function verify(name, scenario, table) {
  const folder = await mkdtemp(join(tmpdir(), 'raftplay-'))
  try {
    const file = join(folder, name)
    await writeFile(file, scenario)
    await writeFile(file.replace(/\.yaml$/, '.table'), table)
    const tool = spawn(BINARY, ['verify', file])
    let said = ''
    for (const stream of [tool.stdout, tool.stderr]) stream.on('data', text => (said += text))
    const [status] = await once(tool, 'close')
    return { status, said }
  } finally {
    await rm(folder, { recursive: true })
  }
}
