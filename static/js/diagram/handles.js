/**
 * The handles of waiting messages: real buttons over the drawing.
 *
 * @typedef {import('./scene.js').Handle} Handle
 * @typedef {import('../model/pending.js').Waiting} Waiting
 */
import { handleName, messageFamily } from '../model/words.js'
import { html, svg } from './dom.js'
import { ICONS, iconOf } from './handle.js'

export class Handles {
  /** @type {Map<number, HTMLButtonElement>} */
  #buttons = new Map()
  /** @type {Map<number, Waiting>} */
  #waiting = new Map()

  /** @param {HTMLElement} root */
  constructor(root) {
    this.root = root
  }

  /** @returns {HTMLButtonElement[]} from top to bottom */
  get buttons() {
    return [...this.#buttons.values()]
  }

  /** @param {number} id @returns {Waiting | undefined} */
  waiting(id) {
    return this.#waiting.get(id)
  }

  /** @param {Handle[]} handles @param {number} radius @param {boolean} watching @param {number} selected */
  update(handles, radius, watching, selected) {
    const focused = document.activeElement
    const lost = this.buttons.findIndex(b => b === focused)
    const old = this.#buttons
    this.#buttons = new Map()
    this.#waiting = new Map()
    for (const h of handles) {
      const { id } = h.waiting.m
      const button = old.get(id) ?? html('button', { class: 'dg-handle', type: 'button', 'data-message': id })
      old.delete(id)
      this.#buttons.set(id, button)
      this.#waiting.set(id, h.waiting)
      dress(button, h, radius, watching, selected === id)
    }
    for (const gone of old.values()) gone.remove()
    this.#arrange()
    if (lost >= 0 && !this.root.contains(document.activeElement)) this.buttons[Math.min(lost, this.buttons.length - 1)]?.focus({ preventScroll: true })
  }

  /** Keeps the buttons' order that of the rows, moving as few as possible: moving one loses its focus. */
  #arrange() {
    let next = /** @type {ChildNode | null} */ (this.root.firstChild)
    for (const button of this.#buttons.values()) {
      if (button === next) next = next.nextSibling
      else this.root.insertBefore(button, next)
    }
    const all = this.buttons
    const stop = all.find(b => b === document.activeElement) ?? all[0]
    for (const b of all) b.tabIndex = b === stop ? 0 : -1
  }
}

/** @param {HTMLButtonElement} button @param {Handle} h @param {number} radius @param {boolean} watching @param {boolean} selected */
function dress(button, { waiting: w, x, y, hint }, radius, watching, selected) {
  button.style.transform = `translate(${(x - radius).toFixed(1)}px, ${(y - radius).toFixed(1)}px)`
  button.style.width = button.style.height = `${2 * radius}px`
  const icon = iconOf(w)
  button.className = `dg-handle ${messageFamily(w.m)} ${icon}${hint ? ' hint' : ''}${selected ? ' selected' : ''}`
  const name = handleName(w)
  if (button.getAttribute('aria-label') !== name) {
    button.setAttribute('aria-label', name)
    button.title = name
  }
  button.setAttribute('aria-disabled', String(watching))
  if (button.dataset.icon !== icon) {
    button.dataset.icon = icon
    button.replaceChildren(svg('svg', { viewBox: '-9 -9 18 18', 'aria-hidden': 'true' }, svg('path', { d: ICONS[icon] })))
  }
}
