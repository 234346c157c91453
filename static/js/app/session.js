// One session: its live connection, and what arrives on it, put into the store.

import { Live, Refused } from '../net/live.js'
import { Branches } from './branches.js'

/** @typedef {import('./store.js').Store} Store */
/** @typedef {import('../net/wire.js').Frame} Frame */
/** @typedef {import('../net/wire.js').Done} Done */
/** @typedef {import('../net/wire.js').Welcome} Welcome */
/** @typedef {import('../model/types.js').Action} Action */

/** How often a long run that is still arriving is shown, in milliseconds. */
const GLIMPSE = 200

export class Session {
  #store
  #say
  #live
  #shown = 0
  /** The event to look at once it is here, 0 for the end. */
  #landing
  /** @type {number|undefined} */
  #later

  /**
   * @param {Store} store @param {string} id @param {string} key
   * @param {(text: string, tone?: 'plain'|'warn') => void} say tells the user something
   * @param {number} [landing] the event to look at first, 0 for the end
   */
  constructor(store, id, key, say, landing = 0) {
    this.#store = store
    this.#say = say
    this.#landing = landing
    this.#live = new Live({
      url: `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/api/sessions/${encodeURIComponent(id)}/live`,
      key,
      have: () => store.view.branches?.have() ?? {},
      onFrame: frame => this.receive(frame),
      onChange: (connection, connectionWhy) => store.set({ connection, connectionWhy }),
    })
  }

  start() {
    this.#live.start()
  }

  stop() {
    clearTimeout(this.#later)
    this.#live.stop()
  }

  retry() {
    this.#live.retry()
  }

  /** Takes in a frame. @param {Frame} frame */
  receive(frame) {
    const { view } = this.#store
    if (frame.is === 'welcome') this.#welcome(frame)
    else if (frame.is === 'viewers') this.#store.set({ viewers: frame.count })
    else if (frame.is === 'notice') this.#say(frame.text)
    else if (frame.is === 'branch') {
      this.#broken(frame.branch)
      view.branches?.update(frame.branch)
      this.#moved()
    } else if (frame.is === 'events') {
      if (view.branches && !view.branches.append(frame.branch, frame.from, frame.events)) this.#live.resume()
      this.#grew(view.branches?.get(frame.branch))
    }
  }

  /** Tells of the first invariant that breaks on the branch on show. @param {import('../net/wire.js').BranchInfo} info */
  #broken(info) {
    const before = this.#store.view.branches?.get(info.id)?.info
    const first = info.violations?.[0]
    if (first && before && !before.violations?.length && info.id === this.#store.view.branch) {
      this.#say(`${first.invariant} is broken at event ${first.event}: ${first.text}`, 'warn')
    }
  }

  /** @param {Welcome} welcome */
  #welcome(welcome) {
    const branches = this.#store.view.branches ?? new Branches(welcome.config.nodes ?? 3)
    for (const info of welcome.branches) branches.update(info)
    this.#store.set({
      branches,
      config: welcome.config,
      may: welcome.may,
      viewKey: welcome.viewKey ?? this.#store.view.key,
      viewers: welcome.viewers,
      scenario: welcome.scenario ?? null,
    })
    this.#moved()
  }

  /** A branch has more events. All of them are here, or else one looks now and then. @param {import('./branches.js').Branch|undefined} branch */
  #grew(branch) {
    const wait = branch?.journal.length === branch?.info.length ? 0 : this.#shown + GLIMPSE - performance.now()
    if (wait <= 0) this.#moved()
    else this.#later ??= window.setTimeout(() => this.#moved(), wait)
  }

  /** The journals or branches changed: the cursor follows the end if it was there. */
  #moved() {
    clearTimeout(this.#later)
    this.#later = undefined
    this.#shown = performance.now()
    const { view } = this.#store
    const cursor = view.follow ? this.#store.length : view.cursor
    this.#store.set({ revision: view.revision + 1, cursor })
    if (this.#landing) this.#land()
  }

  /** Goes to the event that a link leads to, or as far towards it as there are events. */
  #land() {
    const { branch, length } = this.#store
    if (!branch) return
    const cursor = Math.max(this.#landing, branch.landmarks.start)
    this.#store.set({ cursor: Math.min(cursor, length), follow: cursor >= branch.info.length })
    if (length >= Math.min(cursor, branch.info.length)) this.#landing = 0
  }

  /** Sends a request and says why if it is refused. @param {Record<string, unknown>} frame @returns {Promise<Done|null>} */
  async #request(frame) {
    const why = this.#store.whyNot
    if (why) {
      this.#say(why, 'warn')
      return null
    }
    this.#store.set({ busy: this.#store.view.busy + 1 })
    try {
      return await this.#live.request(frame)
    } catch (error) {
      if (!(error instanceof Refused)) throw error
      this.#say(error.message, 'warn')
      return null
    } finally {
      this.#store.set({ busy: this.#store.view.busy - 1 })
    }
  }

  /** Acts where the cursor is; in the past that makes a branch. @param {Action} action @returns {Promise<Done|null>} */
  act(action) {
    const { view, length } = this.#store
    const at = Math.min(view.cursor, length)
    return this.#request({ do: 'act', branch: view.branch, at, fork: at < length, action })
  }

  /** Plays the scenario on. @param {'step'|'section'|'end'} to @returns {Promise<Done|null>} */
  script(to) {
    return this.#request({ do: 'script', branch: this.#store.view.branch, to })
  }

  /** @param {number} branch @param {string} name @returns {Promise<Done|null>} */
  name(branch, name) {
    return this.#request({ do: 'name', branch, name })
  }
}
