// What a user can do with a live session, as verbs: the parts call them, they change the store and ask the server.

import * as api from '../net/api.js'
import { why } from '../model/causes.js'
import { Session } from './session.js'
import { EMPTY } from './store.js'
import { goTo } from './route.js'
import { Viewer } from './viewer.js'

/** @typedef {import('./store.js').Store} Store */
/** @typedef {import('./store.js').Panel} Panel */
/** @typedef {import('../net/wire.js').SessionRequest} SessionRequest */
/** @typedef {import('../net/wire.js').Done} Done */
/** @typedef {import('../model/types.js').Action} Action */
/** @typedef {import('../model/causes.js').Target} Target */

export class App extends Viewer {
  /** @type {Session|null} */
  #session = null
  /** The session that a link has just started, and the event that it leads to. */
  #landing = { session: '', cursor: 0 }

  /** @param {Store} store */
  constructor(store) {
    super(store, {
      act: async action => (await this.act(action, true)) !== null,
      script: async () => this.#playedStep(await this.script('step', true)),
    })
  }

  /** Opens a session that exists. @param {string} session @param {string} key */
  open(session, key) {
    this.close()
    const passedOn = this.#landing.session === session
    const cursor = passedOn ? this.#landing.cursor : 0
    this.#landing.session = ''
    this.store.set({ ...EMPTY, place: 'session', session, key, passedOn, viewKey: '', revision: this.store.view.revision + 1 })
    this.#session = new Session(this.store, session, key, (text, tone) => this.say(text, tone), cursor)
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

  /**
   * Opens a run that was passed on, or a scenario of the library: a session of one's own begins where the
   * link leads. If it cannot be opened, the page says why, and the address stays, so that it can be corrected.
   * @param {{link: string}|{run: string}|{scenario: string}} request
   */
  async openLink(request) {
    this.close()
    this.store.set({ ...EMPTY, place: 'link', session: '', key: '' })
    const address = location.hash
    try {
      const { session, key, cursor = 0 } = await api.createSession(request)
      if (location.hash !== address) return
      if (!('scenario' in request)) this.#landing = { session, cursor: Math.max(1, cursor) }
      goTo({ place: 'session', session, key }, true)
    } catch (error) {
      if (location.hash === address) this.store.set({ linkWhy: error instanceof Error ? error.message : String(error) })
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
    this.store.set({ branch, follow: true, why: null, passedOn: false })
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
}
