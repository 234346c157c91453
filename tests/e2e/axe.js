// What axe finds wrong with a view, as assertions.

import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'

/** @typedef {import('./play.js').Play} Play */

const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** Asserts that axe finds nothing wrong with what is on show. @param {Play} play @param {string} view */
export async function isAccessible(play, view) {
  await play.page.evaluate(axe)
  const wrong = await play.page.evaluate(async () => {
    const { violations } = await /** @type {any} */ (window).axe.run(document, { resultTypes: ['violations'] })
    return violations.map(
      (/** @type {any} */ rule) =>
        `${rule.id}: ${rule.nodes
          .map(
            (/** @type {any} */ node) =>
              `${node.target} (${node.any
                .concat(node.all, node.none)
                .map((/** @type {any} */ check) => check.message)
                .join('; ')})`,
          )
          .join(', ')}`,
    )
  })
  assert.deepEqual(wrong, [], `axe, ${view}`)
}

/** Opens a dialog, looks at it, and closes it. @param {Play} play @param {string} name @param {() => Promise<void>} open */
export async function dialogIsAccessible(play, name, open) {
  await open()
  await play.dialog.waitFor()
  await isAccessible(play, name)
  await play.page.keyboard.press('Escape')
  await play.dialog.waitFor({ state: 'detached' })
}
