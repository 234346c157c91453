// What opens at a node's header, at a message's handle and in the bars, and what each choice does.

import { openMenu } from './menu.js'
import { openDialog } from './dialog.js'
import { messageChoices, nodeChoices } from '../app/choices.js'
import { pending } from '../model/pending.js'
import { handleName, nodeName, roleName } from '../model/words.js'

/** @typedef {import('../app/app.js').App} App */
/** @typedef {import('../app/choices.js').Choice} Choice */

/** @param {App} app @param {number} id @param {HTMLElement} opener @param {DOMRect} [anchor] */
export function openNodeMenu(app, id, opener, anchor = opener.getBoundingClientRect()) {
  const { state } = app.store
  if (!state) return
  const node = state.nodes[id]
  const title = `${nodeName(id)}, ${node.up ? roleName(node.role) : 'down'}, term ${node.term}`
  openMenu({ title, anchor, opener, items: items(app, nodeChoices(state, id), { node: id }) })
}

/** @param {App} app @param {number} id @param {HTMLElement} opener @param {DOMRect} [anchor] */
export function openMessageMenu(app, id, opener, anchor = opener.getBoundingClientRect()) {
  const all = app.store.state ? pending(app.store.state) : []
  const waiting = all.find(one => one.m.id === id)
  if (!waiting) {
    app.select({ kind: 'message', id })
    return
  }
  openMenu({ title: handleName(waiting), anchor, opener, items: items(app, messageChoices(waiting, all), { message: id }) })
}

/** @param {App} app @param {Choice[]} choices @param {{node: number}|{message: number}} about */
function items(app, choices, about) {
  return choices.map(choice => ({
    label: choice.label,
    key: choice.key,
    apart: choice.apart,
    refused: choice.look ? '' : choice.refused || app.store.whyNot,
    run: () => choose(app, choice, about),
  }))
}

/** Does what a choice says. @param {App} app @param {Choice} choice @param {{node: number}|{message: number}} about */
export function choose(app, choice, about) {
  const refused = choice.look ? '' : choice.refused || app.store.whyNot
  if (refused) app.say(`${choice.label.replace('…', '')}: ${refused}`, 'warn')
  else if (choice.action) void app.act(choice.action)
  else if (choice.form) openDialog(`rp-${choice.form}-dialog`, about)
  else if ('node' in about) inspect(app, 'node', about.node)
  else inspect(app, 'message', about.message)
}

/** @param {App} app @param {'node'|'message'} kind @param {number} id */
export function inspect(app, kind, id) {
  app.select({ kind, id })
  app.show(kind)
}
