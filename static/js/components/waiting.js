// A list of messages that wait, each with what can be done to it.

import { h } from './dom.js'
import { openMessageMenu } from './menus.js'
import { handleName, messageLabel, nodeName, waitingName } from '../model/words.js'

/** @typedef {import('../app/app.js').App} App */
/** @typedef {import('../model/pending.js').Waiting} Waiting */

/** @param {App} app @param {Waiting[]} list @param {string} none what to say of an empty one */
export function waitingList(app, list, none) {
  if (list.length === 0) return h('p', { class: 'small muted' }, none)
  return h(
    'ul',
    { class: 'waiting' },
    list.slice(0, 50).map(one =>
      h(
        'li',
        { key: one.m.id, class: 'row' },
        h(
          'button',
          { type: 'button', class: 'waiting-name', onclick: () => app.select({ kind: 'message', id: one.m.id }) },
          h('span', null, messageLabel(one.m, 40)),
          h('span', { class: 'small muted' }, `${nodeName(one.m.f)} → ${nodeName(one.m.o)} · ${waitingName(one)}`),
        ),
        h(
          'button',
          {
            type: 'button',
            class: 'btn icon',
            'aria-haspopup': 'menu',
            'aria-label': `Actions: ${handleName(one)}`,
            onclick: (/** @type {MouseEvent} */ event) => openMessageMenu(app, one.m.id, /** @type {HTMLElement} */ (event.currentTarget)),
          },
          '⋯',
        ),
      ),
    ),
    list.length > 50 && h('li', { class: 'small muted' }, `and ${list.length - 50} more`),
  )
}
