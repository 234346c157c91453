// A menu that opens at what it belongs to: arrow keys move, Escape and a click elsewhere close, focus returns.

import { h, patch } from './dom.js'

/**
 * @typedef {object} Item
 * @property {string} label
 * @property {string} [key]  shown beside it; the letter also chooses it
 * @property {string} [refused]  why it cannot be chosen; it stays in its place
 * @property {boolean} [checked]  for one of several
 * @property {boolean} [apart]  a line stands above it
 * @property {string} [note]  small words under it
 * @property {() => void} run
 */
/** @typedef {{title: string, anchor: DOMRect, opener: HTMLElement|SVGElement|null, items: Item[]}} MenuRequest */

export class Menu extends HTMLElement {
  /** @type {MenuRequest|null} */
  #request = null

  connectedCallback() {
    // Not 'auto': that closes again when the finger lifts whose long press opened the menu.
    this.popover = 'manual'
    this.addEventListener('keydown', event => this.#key(event))
    document.addEventListener('pointerdown', event => this.#elsewhere(event), true)
    this.addEventListener('toggle', event => {
      if (/** @type {ToggleEvent} */ (event).newState === 'closed') this.#closed()
    })
  }

  /** @param {MenuRequest} request */
  open(request) {
    if (this.matches(':popover-open')) this.hidePopover()
    this.#request = request
    this.setAttribute('role', 'menu')
    this.setAttribute('aria-label', request.title)
    patch(this, [h('div', { class: 'menu-title', role: 'presentation' }, request.title), request.items.map(item => this.#item(item))])
    this.showPopover()
    this.#place(request.anchor)
    this.#buttons()[0]?.focus()
    request.opener?.setAttribute('aria-expanded', 'true')
  }

  /** @param {Item} item */
  #item(item) {
    const role = item.checked === undefined ? 'menuitem' : 'menuitemradio'
    return [
      item.apart && h('div', { role: 'separator', class: 'menu-line' }),
      h(
        'button',
        {
          type: 'button',
          role,
          tabindex: -1,
          class: 'menu-item',
          'aria-checked': item.checked === undefined ? null : String(item.checked),
          'aria-disabled': item.refused ? 'true' : null,
          'aria-description': item.refused || item.note || null,
          'aria-keyshortcuts': item.key?.toUpperCase() || null,
          onclick: () => this.#choose(item),
        },
        h(
          'span',
          { class: 'menu-label' },
          item.checked !== undefined && h('span', { class: 'menu-check', 'aria-hidden': 'true' }, item.checked ? '✓' : ''),
          item.label,
        ),
        item.key && h('kbd', { 'aria-hidden': 'true' }, item.key.toUpperCase()),
        (item.refused || item.note) && h('span', { class: 'menu-note', 'aria-hidden': 'true' }, item.refused || item.note),
      ),
    ]
  }

  /** @param {Item} item */
  #choose(item) {
    if (item.refused) return
    this.hidePopover()
    item.run()
  }

  /** @param {PointerEvent} event */
  #elsewhere(event) {
    if (this.matches(':popover-open') && !this.contains(/** @type {Node} */ (event.target))) this.hidePopover()
  }

  #closed() {
    const opener = this.#request?.opener
    opener?.setAttribute('aria-expanded', 'false')
    const focused = document.activeElement
    if (opener?.isConnected && (!focused || focused === document.body || this.contains(focused))) opener.focus()
  }

  /** @returns {HTMLElement[]} */
  #buttons() {
    return [...this.querySelectorAll('button')]
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const buttons = this.#buttons()
    const at = buttons.indexOf(/** @type {HTMLButtonElement} */ (document.activeElement))
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: buttons.length - 1 }[event.key]
    event.stopPropagation()
    if (to !== undefined) {
      event.preventDefault()
      buttons[(to + buttons.length) % buttons.length].focus()
    } else if (event.key === 'Tab' || event.key === 'Escape') {
      event.preventDefault()
      this.hidePopover()
    } else if (event.key.length === 1 && event.key !== ' ' && !event.ctrlKey && !event.metaKey) {
      const item = this.#request?.items.find(one => one.key === event.key.toLowerCase())
      if (item) {
        event.preventDefault()
        this.#choose(item)
      }
    }
  }

  /** Puts the menu beside its anchor, inside the window. @param {DOMRect} anchor */
  #place(anchor) {
    const { width, height } = this.getBoundingClientRect()
    const margin = 8
    const below = anchor.bottom + 6 + height + margin <= innerHeight
    const top = below ? anchor.bottom + 6 : Math.max(margin, Math.min(anchor.top - height - 6, innerHeight - height - margin))
    const left = Math.max(margin, Math.min(anchor.left, innerWidth - width - margin))
    this.style.top = `${top}px`
    this.style.left = `${left}px`
  }
}
customElements.define('rp-menu', Menu)

/** Opens the page's menu. @param {MenuRequest} request */
export function openMenu(request) {
  ;/** @type {Menu} */ (document.querySelector('rp-menu')).open(request)
}
