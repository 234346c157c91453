// What a user can do, as verbs: the parts call them, they change the store and ask the server.

import * as api from '../net/api.js'
import { why } from '../model/causes.js'
import { Playback } from './playback.js'
import { Session } from './session.js'
import { EMPTY } from './store.js'
import { goTo } from './route.js'

/** @typedef {import('./store.js').Store} Store */
/** @typedef {import('./store.js').Panel} Panel */
/** @typedef {import('./store.js').Selection} Selection */
/** @typedef {import('../net/wire.js').SessionRequest} SessionRequest */
/** @typedef {import('../net/wire.js').Done} Done */
/** @typedef {import('../model/types.js').Action} Action */
/** @typedef {import('../model/causes.js').Target} Target */

const TOAST_MS = 6000

export class App {
  /** @type {Session|null} */
  #session = null
  #toasts = 0

  /** @param {Store} store */
  constructor(store) {
    this.store = store
    this.playback = new Playback(store, {
      seek: seq => this.seek(seq, true),
      act: async action => (await this.act(action, true)) !== null,
      script: async () => this.#playedStep(await this.script('step', true)),
    })
  }

  /** Opens a session that exists. @param {string} session @param {string} key */
  open(session, key) {
    this.close()
    this.store.set({ ...EMPTY, place: 'session', session, key, viewKey: '', revision: this.store.view.revision + 1 })
    this.#session = new Session(this.store, session, key, (text, tone) => this.say(text, tone))
    this.#session.start()
  }

  /** Leaves the session, if there is one. */
  close() {
    this.playback.pause()
    this.#session?.stop()
    this.#session = null
  }

  /**
   * Starts a session and goes there.
   * @param {SessionRequest} request @param {boolean} [replace] in the place of the address that led here
   * @returns {Promise<boolean>} false if the server refused
   */
  async begin(request, replace = false) {
    try {
      const { session, key } = await api.createSession(request)
      goTo({ place: 'session', session, key }, replace)
      return true
    } catch (error) {
      this.say(error instanceof Error ? error.message : String(error), 'warn')
      return false
    }
  }

  /** Tries the connection again now. */
  reconnect() {
    this.#session?.retry()
  }

  /** Acts at the cursor, and goes where that leads. @param {Action} action @param {boolean} [playing] @returns {Promise<Done|null>} */
  async act(action, playing = false) {
    if (!playing) this.playback.pause()
    return this.#arrive(await (this.#session?.act(action) ?? null))
  }

  /** Plays the scenario on. @param {'step'|'section'|'end'} to @param {boolean} [playing] @returns {Promise<Done|null>} */
  async script(to, playing = false) {
    if (!playing) this.playback.pause()
    return this.#arrive(await (this.#session?.script(to) ?? null))
  }

  /** @param {Done|null} done @returns {Done|null} */
  #arrive(done) {
    if (!done) return null
    const { view } = this.store
    const branch = done.branch ?? view.branch
    if (branch !== view.branch) {
      const name = view.branches?.get(branch)?.info.name
      this.say(`A new branch${name ? `, “${name}”` : ''}. The run you came from is kept.`)
    }
    this.store.set({ branch, follow: true, why: null })
    this.store.set({ cursor: this.store.length })
    return done
  }

  /** Whether playing goes on after a step: up to the end of a section. @param {Done|null} done */
  #playedStep(done) {
    const script = this.store.branch?.info.script
    if (!done || !script) return false
    const steps = this.store.view.scenario?.sections[script.section - 1]?.steps.length ?? 0
    return !script.done && script.step < steps
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

  togglePlay() {
    if (this.store.view.playing) this.playback.pause()
    else if (this.store.atEnd && this.store.whyNot) this.say(this.store.whyNot, 'warn')
    else this.playback.play()
  }

  /** Shows another branch, at its end. @param {number} id */
  switchTo(id) {
    this.playback.pause()
    this.store.set({ branch: id, follow: true, why: null, selection: this.#keptSelection() })
    this.store.set({ cursor: this.store.length })
  }

  /** A node exists on every branch; a message or an event need not. */
  #keptSelection() {
    const { selection } = this.store.view
    return selection?.kind === 'node' ? selection : null
  }

  /** @param {number} id @param {string} name */
  async rename(id, name) {
    await this.#session?.name(id, name)
  }

  /** Lays another branch beside, 0 for none. @param {number} id */
  compareWith(id) {
    this.store.set({ compare: id })
  }

  /** @param {Selection|null} selection */
  select(selection) {
    const panel = selection?.kind === 'node' ? 'node' : selection?.kind === 'message' ? 'message' : this.store.view.panel
    this.store.set({ selection, panel })
  }

  /** Opens a panel. @param {Panel} panel */
  show(panel) {
    this.store.set({ panel, sheet: true })
  }

  /** Lights up why something is so. @param {Target} target @param {string} title */
  explain(target, title) {
    const { branch, view } = this.store
    if (!branch) return
    const chain = why(branch.journal, target, { upTo: view.cursor, vocabulary: view.vocabulary })
    if (chain.events.length === 0) this.say('Nothing led to that: it was so from the start.')
    this.store.set({ why: chain.events.length > 0 ? { title, steps: chain.steps, events: new Set(chain.events) } : null })
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
