// The base of the page's custom elements: a view of the store, redrawn when what it watches changes.

import { patch } from './dom.js'

/** @typedef {import('../app/app.js').App} App */
/** @typedef {import('../app/store.js').View} View */
/** @typedef {import('./dom.js').Child} Child */

/** @type {App|undefined} */
let theApp

/** Tells the parts which app they belong to; once, before they are defined. @param {App} app */
export function setApp(app) {
  theApp = app
}

/** Names what a part watches. @param {...keyof View} keys */
export function watching(...keys) {
  return keys
}

export class Part extends HTMLElement {
  /** What of the view this part shows. @type {(keyof View)[]} */
  static watches = []

  /** @type {() => void} */
  #leave = () => {}

  /** @returns {App} */
  get app() {
    if (!theApp) throw new Error('the app is not there yet')
    return theApp
  }

  /** @returns {View} */
  get state() {
    return this.app.store.view
  }

  connectedCallback() {
    const watched = new Set(/** @type {typeof Part} */ (this.constructor).watches)
    this.#leave = this.app.store.subscribe(changed => {
      for (const key of changed) {
        if (watched.has(key)) {
          this.refresh()
          return
        }
      }
    })
    this.refresh()
  }

  disconnectedCallback() {
    this.#leave()
  }

  /** Redraws the part. */
  refresh() {
    patch(this, this.draw())
  }

  /** What the part shows now. @returns {Child[]} */
  draw() {
    return []
  }
}
