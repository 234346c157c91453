// Short words to the user: what was refused and why, what happened on the side. And the word on a lost connection.

import { h } from './dom.js'
import { Part, watching } from './part.js'
import { openDialog } from './dialog.js'
import { sentence } from '../model/words.js'

export class Toasts extends Part {
  static watches = watching('toasts', 'connection', 'connectionWhy', 'place')

  connectedCallback() {
    this.setAttribute('role', 'alert')
    super.connectedCallback()
  }

  refresh() {
    super.refresh()
    // Only a popover lies over an open dialog, which may be what was refused.
    const over = this.childElementCount > 0 && document.querySelector('dialog:modal') !== null
    this.popover = null
    if (!over) return
    this.popover = 'manual'
    this.showPopover()
  }

  draw() {
    const { toasts, connection, connectionWhy, place } = this.state
    return [
      place === 'session' &&
        connection === 'reconnecting' &&
        h(
          'div',
          { class: 'toast warn-edge', key: 'lost' },
          h('p', { class: 'grow' }, sentence(connectionWhy || 'the connection is lost'), ' Reconnecting…'),
          h('button', { type: 'button', class: 'btn', onclick: () => this.app.reconnect() }, 'Try now'),
        ),
      place === 'session' &&
        connection === 'ended' &&
        this.app.store.branch &&
        h(
          'div',
          { class: 'toast warn-edge', key: 'ended' },
          h('p', { class: 'grow' }, sentence(connectionWhy)),
          h('button', { type: 'button', class: 'btn', onclick: () => location.reload() }, 'Try again'),
          h('button', { type: 'button', class: 'btn primary', onclick: () => openDialog('rp-sandbox-dialog') }, 'New…'),
        ),
      toasts.map(toast =>
        h(
          'div',
          { class: `toast ${toast.tone === 'warn' ? 'warn-edge' : ''}`, key: toast.id },
          h('p', { class: 'grow' }, toast.text),
          h('button', { type: 'button', class: 'btn quiet icon', 'aria-label': 'Dismiss', onclick: () => this.app.hush(toast.id) }, '✕'),
        ),
      ),
    ]
  }
}
customElements.define('rp-toasts', Toasts)
