// A run that was passed on, while it opens, and why it cannot be opened.

import { h } from './dom.js'
import { sentence } from '../model/words.js'

/** What to do about it stands in the server's words; these lead on. @param {string} why  '' while it opens */
export function opening(why) {
  if (!why) return h('div', { class: 'empty', key: 'empty' }, h('p', { class: 'muted', role: 'status' }, 'Opening the link…'))
  return h(
    'div',
    { class: 'empty', key: 'refused' },
    h('h2', null, 'This link cannot be opened'),
    h('p', { class: 'refusal', role: 'alert' }, sentence(why)),
    h('p', { class: 'muted' }, 'Nothing was opened. The address is kept: correct it, or ask for the link again.'),
    h(
      'div',
      { class: 'row' },
      h('a', { class: 'btn primary', href: '#/' }, 'Start a cluster'),
      h('a', { class: 'btn', href: '#/gallery' }, 'Gallery'),
      h('button', { type: 'button', class: 'btn', onclick: () => location.reload() }, 'Try again'),
    ),
  )
}
