// The ways to pass one run on, from where its viewer is: what stands in each link, asked of the server as it is needed.

import * as api from '../net/api.js'
import { SAFE_LENGTH, embedAddress, frameOf, linkAddress, liveAddress, shortAddress } from './addresses.js'

/** @typedef {'link'|'short'|'embed'|'watch'|'act'} Way */
/** @typedef {Pick<import('./store.js').View, 'session'|'key'|'viewKey'|'branch'|'cursor'|'scenario'>} Shared */

const HEIGHT = 560

export class Sharing {
  #origin
  #ask
  /** The packed run, '' until it is here. */
  payload = ''
  /** The id under which the server keeps it, '' if it does not. */
  run = ''
  /** Why the server gave no link. */
  failure = ''
  making = false
  /** How the embed looks. */
  frame = { height: String(HEIGHT), theme: /** @type {'auto'|'light'|'dark'} */ ('auto') }

  /** @param {Shared} shared @param {string} origin @param {typeof api.shareLink} [ask] */
  constructor(shared, origin, ask = api.shareLink) {
    const { session, key, viewKey, branch, cursor, scenario } = shared
    this.shared = { session, key, viewKey, branch, cursor, scenario }
    this.#origin = origin
    this.#ask = ask
  }

  /** Asks for the link, or also for the short one, which the server keeps. It throws what the server says. @param {boolean} short */
  async make(short) {
    const { session, key, branch, cursor } = this.shared
    this.making = true
    try {
      const { link, run } = await this.#ask(session, key, { branch, cursor, short })
      Object.assign(this, { payload: link, run: run ?? this.run, failure: '' })
    } catch (error) {
      this.failure = error instanceof Error ? error.message : String(error)
      throw error
    } finally {
      this.making = false
    }
  }

  /** What a way passes on, '' while there is nothing. @param {Way} way @returns {string} */
  text(way) {
    const { session, key, viewKey } = this.shared
    switch (way) {
      case 'link':
        return this.payload && linkAddress(this.#origin, this.payload)
      case 'short':
        return this.run && shortAddress(this.#origin, this.run)
      case 'watch':
        return viewKey && liveAddress(this.#origin, session, viewKey)
      case 'act':
        return liveAddress(this.#origin, session, key)
      case 'embed':
        return this.embed && frameOf(this.embed, `Raft: ${this.shared.scenario?.title ?? 'a run'}`, this.height)
    }
  }

  /** The address of the embed, which holds the run itself: the page of a course may be older than what a server keeps. Only a long run is named by its id. */
  get embed() {
    const long = this.run && this.payload.length > SAFE_LENGTH
    return this.payload && embedAddress(this.#origin, long ? { run: this.run } : { link: this.payload }, this.frame.theme)
  }

  /** In pixels; what cannot be one is the usual. */
  get height() {
    const height = Math.round(Number(this.frame.height))
    return height >= 300 && height <= 4000 ? height : HEIGHT
  }
}
