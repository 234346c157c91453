// Looking at a run without acting on it, as verbs: moving in time, playing what is there, selecting, and telling the user something.

import { Playback } from './playback.js'

/** @typedef {import('./store.js').Store} Store */
/** @typedef {import('./store.js').Selection} Selection */

const TOAST_MS = 6000

export class Viewer {
  #toasts = 0

  /** @param {Store} store @param {Partial<import('./playback.js').Hands>} [hands] for what playing does beyond the end of the run */
  constructor(store, hands = {}) {
    this.store = store
    const none = async () => false
    this.playback = new Playback(store, { seek: seq => this.seek(seq, true), act: none, script: none, ...hands })
  }

  /** Looks at the state after an event. @param {number} seq @param {boolean} [playing] */
  seek(seq, playing = false) {
    if (!playing) this.playback.pause()
    const cursor = Math.min(Math.max(seq, this.store.branch?.landmarks.start ?? 0), this.store.length)
    this.store.set({ cursor, follow: cursor >= this.store.length })
  }

  /** One step back or on. @param {1|-1} direction */
  step(direction) {
    const { branch, view } = this.store
    if (branch) this.seek(direction > 0 ? branch.landmarks.stopAfter(view.cursor) : branch.landmarks.stopBefore(view.cursor))
  }

  /** Plays on, or pauses. A recording that is at its end begins again. */
  togglePlay() {
    if (this.store.view.playing) {
      this.playback.pause()
      return
    }
    if (this.store.atEnd && this.store.view.place === 'embed') this.seek(0)
    if (this.store.atEnd && this.store.whyNot) this.say(this.store.whyNot, 'warn')
    else this.playback.play()
  }

  /** @param {Selection|null} selection */
  select(selection) {
    const panel = selection?.kind === 'node' ? 'node' : selection?.kind === 'message' ? 'message' : this.store.view.panel
    this.store.set({ selection, panel })
  }

  /** Tells the user something. @param {string} text @param {'plain'|'warn'} [tone] */
  say(text, tone = 'plain') {
    const id = ++this.#toasts
    const others = this.store.view.toasts.filter(toast => toast.text !== text).slice(-2)
    this.store.set({ toasts: [...others, { id, text, tone }] })
    setTimeout(() => this.hush(id), TOAST_MS)
  }

  /** @param {number} id of a toast */
  hush(id) {
    this.store.set({ toasts: this.store.view.toasts.filter(toast => toast.id !== id) })
  }
}
