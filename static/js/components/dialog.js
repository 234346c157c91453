// The frame of every dialog: a native <dialog> with a title, a form, and focus that returns.

import { h, patch } from './dom.js'
import { Part } from './part.js'

/** @typedef {import('./dom.js').Child} Child */

/** A dialog is opened by {@link openDialog}, and goes when it closes. */
export class Dialog extends Part {
  /** What it is about, from who opened it. @type {Record<string, any>} */
  args = {}
  /** @type {Element|null} */
  #opener = document.activeElement

  /** The words above it. */
  get heading() {
    return ''
  }

  /** The words on the button that does it; '' for a dialog that only shows. */
  get verb() {
    return ''
  }

  /** A class for a dialog that needs more room. */
  get size() {
    return ''
  }

  /** Why it cannot be done, '' if it can. */
  get refused() {
    return ''
  }

  /** What stands inside. @returns {Child[]} */
  body() {
    return []
  }

  /** Does it. Returns whether the dialog may close. @returns {boolean|Promise<boolean>} */
  submit() {
    return true
  }

  connectedCallback() {
    super.connectedCallback()
    const dialog = this.dialog
    dialog.addEventListener('close', () => this.#closed())
    dialog.addEventListener('keydown', event => event.stopPropagation())
    dialog.showModal()
    ;/** @type {HTMLElement|null} */ (dialog.querySelector('[autofocus]'))?.focus()
  }

  get dialog() {
    return /** @type {HTMLDialogElement} */ (this.querySelector('dialog'))
  }

  close() {
    this.dialog.close()
  }

  /** @param {keyof this & string} field @returns {(event: any) => void} a handler that keeps an input's value and redraws */
  keeps(field) {
    return event => {
      const input = event.currentTarget
      const value = input.type === 'checkbox' ? input.checked : input.type === 'number' ? input.valueAsNumber : input.value
      Object.assign(this, { [field]: value })
      this.refresh()
    }
  }

  draw() {
    const why = this.refused
    return [
      h(
        'dialog',
        { class: `dialog ${this.size}`, 'aria-labelledby': 'dialog-title' },
        h(
          'form',
          { method: 'dialog', onsubmit: (/** @type {SubmitEvent} */ event) => this.#submitted(event) },
          h(
            'header',
            { class: 'dialog-head' },
            h('h2', { id: 'dialog-title' }, this.heading),
            h('button', { type: 'button', class: 'btn quiet icon', 'aria-label': 'Close', onclick: () => this.close() }, '✕'),
          ),
          h('div', { class: 'dialog-body' }, this.body()),
          this.verb &&
            h(
              'footer',
              { class: 'dialog-foot' },
              h('p', { class: 'small warn grow', role: 'status' }, why),
              h('button', { type: 'button', class: 'btn', onclick: () => this.close() }, 'Cancel'),
              h('button', { type: 'submit', class: 'btn primary', 'aria-disabled': why ? 'true' : null }, this.verb),
            ),
        ),
      ),
    ]
  }

  /** @param {SubmitEvent} event */
  async #submitted(event) {
    event.preventDefault()
    if (this.verb && this.refused) return
    if (await this.submit()) this.close()
  }

  #closed() {
    this.remove()
    const opener = this.#opener
    if (opener instanceof HTMLElement && opener.isConnected) opener.focus()
  }

  refresh() {
    patch(this, this.draw())
  }
}

/** Opens a dialog by its element's name. @param {string} name @param {Record<string, any>} [args] */
export function openDialog(name, args = {}) {
  const dialog = /** @type {Dialog} */ (document.createElement(name))
  dialog.args = args
  document.body.append(dialog)
}
