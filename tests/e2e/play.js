// The page as its user knows it: headers, handles, menus, dialogs, panels. Every wait is for something that can be seen.

import assert from 'node:assert/strict'
import { isDeepStrictEqual } from 'node:util'

/** @typedef {import('playwright-core').Page} Page */
/** @typedef {import('playwright-core').Locator} Locator */
/** @typedef {import('../../static/js/diagram/diagram.js').Diagram} Diagram */

export class Play {
  /** @param {Page} page */
  constructor(page) {
    this.page = page
    this.diagram = page.locator('#diagram')
  }

  /** A node's header, whatever its role. @param {number} node @returns {Locator} */
  header(node) {
    return this.diagram.getByRole('button', { name: new RegExp(`^N-${node}, `) })
  }

  /** The handle of a waiting message, by its full name. @param {string} name @returns {Locator} */
  handle(name) {
    return this.diagram.getByRole('group', { name: 'Waiting messages' }).getByRole('button', { name, exact: true })
  }

  /** @param {string|RegExp} name @returns {Locator} */
  button(name) {
    return this.page.getByRole('button', { name, exact: typeof name === 'string' })
  }

  /** @param {string} name @returns {Locator} */
  item(name) {
    return this.page.getByRole('menuitem', { name, exact: true }).or(this.page.getByRole('menuitemradio', { name, exact: true }))
  }

  get dialog() {
    return this.page.getByRole('dialog')
  }

  /** Opens a node's menu and chooses from it. @param {number} node @param {string} item */
  async choose(node, item) {
    await this.header(node).click()
    await this.item(item).click()
  }

  /** Waits until a node is in a role and a term. @param {number} node @param {string} role @param {number} term */
  async becomes(node, role, term) {
    await this.diagram.getByRole('button', { name: `N-${node}, ${role}, term ${term}`, exact: true }).waitFor()
  }

  /** The names of the handles, from top to bottom. @returns {Promise<string[]>} */
  waiting() {
    return this.diagram.locator('.dg-handle').evaluateAll(handles => handles.map(handle => handle.getAttribute('aria-label') ?? ''))
  }

  /** Waits until exactly these messages wait. @param {...string} names */
  async waits(...names) {
    await this.until(async () => assert.deepEqual((await this.waiting()).sort(), [...names].sort()))
  }

  /** Where the cursor is, and how long the branch. @returns {Promise<{at: number, of: number}>} */
  async position() {
    const text = await this.page.locator('.position').innerText()
    const [at, of] = (text.match(/\d+/g) ?? []).map(Number)
    return { at, of }
  }

  /** Waits until the cursor is at an event. @param {number} at */
  async arrives(at) {
    await this.page.getByText(new RegExp(`^event ${at} of \\d+$`)).waitFor()
  }

  /** Waits until words can be read somewhere. @param {string|RegExp} words */
  async says(words) {
    await this.page.getByText(words).first().waitFor()
  }

  /** Waits until an alert says something. @param {string|RegExp} words */
  async warns(words) {
    await this.page.getByRole('alert').getByText(words).waitFor()
  }

  /** Elects a node with the two buttons that a visitor would use. @param {number} node */
  async elect(node) {
    await this.choose(node, 'Time out')
    await this.button('Deliver all').click()
    await this.diagram.getByRole('button', { name: new RegExp(`^N-${node}, leader, `) }).waitFor()
    await this.waits()
  }

  /** Asks a node as the client. @param {number} node @param {string} command */
  async ask(node, command) {
    await this.choose(node, 'Client command…')
    await this.dialog.getByLabel('Command').fill(command)
    await this.dialog.getByRole('button', { name: 'Ask', exact: true }).click()
    await this.dialog.waitFor({ state: 'detached' })
  }

  /** What a way to share this run copies. @param {'Link'|'Short link'|'Embed'|'Watch live'|'Act together'} [way] @returns {Promise<string>} */
  async share(way = 'Link') {
    await this.page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
    await this.button('Share').click()
    await this.dialog.getByText('The link is copied.').waitFor()
    if (way === 'Short link') {
      await this.dialog.getByRole('button', { name: 'Make a short link' }).click()
      await this.dialog.getByText('The short link is copied.').waitFor()
    } else if (way !== 'Link') {
      await this.dialog.getByRole('button', { name: `Copy ${way}` }).click()
      await this.dialog.getByRole('button', { name: `Copied ${way}` }).waitFor()
    }
    const text = await this.page.evaluate(() => navigator.clipboard.readText())
    await this.page.keyboard.press('Escape')
    await this.dialog.waitFor({ state: 'detached' })
    return text
  }

  /** What the diagram shows once it has come to rest: where, in which states, what happened and what waits. */
  async picture() {
    for (let before = await this.#glimpse(); ; ) {
      await this.page.evaluate(() => new Promise(next => requestAnimationFrame(() => requestAnimationFrame(next))))
      const now = await this.#glimpse()
      if (isDeepStrictEqual(now, before)) return now
      before = now
    }
  }

  async #glimpse() {
    return {
      position: await this.position(),
      nodes: await this.diagram.locator('.dg-head').evaluateAll(heads => heads.map(head => head.querySelector('.unseen')?.textContent)),
      rows: await this.diagram.locator('.dg-svg [data-seq]').evaluateAll(rows => rows.map(row => row.textContent)),
      waiting: await this.waiting(),
    }
  }

  /** @param {string} name */
  async openPanel(name) {
    await this.page.getByRole('tab', { name }).click()
    await this.page.getByRole('tabpanel', { name }).waitFor()
  }

  /** Moves the focus there with the Tab key alone. @param {Locator} target */
  async tabTo(target) {
    await target.waitFor()
    for (let presses = 0; presses < 60; presses++) {
      if (await this.focused(target)) return
      await this.page.keyboard.press('Tab')
    }
    assert.fail(`Tab does not reach ${target}`)
  }

  /** @param {Locator} target @returns {Promise<boolean>} */
  focused(target) {
    return target.evaluate(element => element === document.activeElement)
  }

  /** Tries again with every frame until nothing is thrown. @param {() => Promise<void>} holds */
  async until(holds) {
    const deadline = Date.now() + 20_000
    for (;;) {
      try {
        return await holds()
      } catch (error) {
        if (Date.now() > deadline) throw error
        await this.page.evaluate(() => new Promise(requestAnimationFrame))
      }
    }
  }

  /** The events of the branch on show, as this page holds them. @returns {Promise<unknown[]>} */
  events() {
    return this.diagram.evaluate(element => {
      const journal = /** @type {Diagram} */ (element).model?.journal
      return journal ? journal.events(0, journal.length) : []
    })
  }

  /** The events of a branch, as the server exports them. @param {number} [branch] @returns {Promise<unknown[]>} */
  async exported(branch = 1) {
    return JSON.parse(await this.export('json', branch)).events
  }

  /** @param {string} format @param {number} [branch] @returns {Promise<string>} */
  async export(format, branch = 1) {
    const { origin, hash } = new URL(this.page.url())
    const [, , session, key] = hash.split('/')
    const answer = await this.page.request.get(`${origin}/api/sessions/${session}/export?format=${format}&branch=${branch}`, {
      headers: { Authorization: `Bearer ${key}` },
    })
    assert.equal(answer.status(), 200)
    return answer.text()
  }
}
