// Help: how to read the picture, and every key.

import { h } from '../dom.js'
import { Dialog } from '../dialog.js'
import { setHints } from '../../app/prefs.js'
import { KEYS } from '../../app/keys.js'

const READING = [
  ['▶', 'a message that waits: click its handle to deliver it, right-click or press and hold for more'],
  ['drag', 'a handle down past others of its queue, by mouse or finger: it is handled after them'],
  ['❚❚', 'a message that is held back, or waits at the wall around an isolated node'],
  ['✕', 'a message that was lost or dropped'],
  ['dashed', 'a duplicate, or an entry that is not committed'],
]

class KeysDialog extends Dialog {
  static watches = /** @type {(keyof import('../../app/store.js').View)[]} */ (['hints'])

  get heading() {
    return 'Help and keys'
  }

  get size() {
    return 'large'
  }

  body() {
    const { hints } = this.state
    return [
      h(
        'p',
        null,
        'Time runs down. Each node is a line under its header; messages are arrows between them. Everything below the ',
        h('strong', null, 'now'),
        ' line waits to happen, and you decide what does. Stepping back is always possible, and acting in the past starts a branch.',
      ),
      h(
        'dl',
        { class: 'fields' },
        READING.map(([sign, words]) => [h('dt', null, sign), h('dd', null, words)]),
      ),
      h(
        'div',
        { class: 'key-lists' },
        KEYS.map(group =>
          h(
            'section',
            null,
            h('h3', null, group.title),
            h(
              'dl',
              { class: 'keys' },
              group.keys.map(([key, words]) => [
                h(
                  'dt',
                  null,
                  key.split(' ').map(one => h('kbd', null, one)),
                ),
                h('dd', null, words),
              ]),
            ),
          ),
        ),
      ),
      h(
        'label',
        { class: 'check' },
        h('input', {
          type: 'checkbox',
          '.checked': hints,
          onchange: (/** @type {any} */ event) => setHints(this.app.store, event.currentTarget.checked),
        }),
        'Hints for newcomers',
      ),
    ]
  }
}
customElements.define('rp-keys-dialog', KeysDialog)
