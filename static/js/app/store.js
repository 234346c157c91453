// The one store: what the page knows and what it shows. Parts subscribe to it; only the app changes it.

import { CLIENT } from '../model/types.js'

/** @typedef {import('./branches.js').Branches} Branches */
/** @typedef {import('./branches.js').Branch} Branch */
/** @typedef {import('../model/types.js').State} State */
/** @typedef {import('../net/wire.js').Config} Config */
/** @typedef {import('../net/wire.js').Scenario} Scenario */
/** @typedef {import('../net/wire.js').Vocabulary} Vocabulary */
/** @typedef {import('../net/live.js').Connection} Connection */
/** @typedef {{kind: 'node'|'message'|'event', id: number}} Selection */
/** @typedef {{title: string, steps: {seq: number, text: string}[], events: Set<number>}} Why */
/** @typedef {{id: number, text: string, tone: 'plain'|'warn'}} Toast */
/** @typedef {'scenario'|'node'|'message'|'table'|'rules'} Panel */
/** @typedef {'wide'|'middle'|'phone'} Room */

/**
 * Everything that the page shows.
 * @typedef {object} View
 * @property {'session'|'gallery'|'write'|'link'|'embed'} place
 * @property {string} linkWhy  why the link or the embed cannot be opened, '' while it opens
 * @property {boolean} passedOn  the run has just been opened from a link
 * @property {Connection} connection
 * @property {string} connectionWhy  the server's word on why it is not open
 * @property {string} session
 * @property {string} key
 * @property {string} viewKey  the key that a shared link carries, '' before the welcome
 * @property {'act'|'watch'} may
 * @property {number} viewers
 * @property {Config} config
 * @property {Scenario|null} scenario
 * @property {Vocabulary} vocabulary
 * @property {Branches|null} branches  null until the session's welcome
 * @property {number} revision  grows with every change of a journal or a branch
 * @property {number} branch  the id of the branch on show
 * @property {number} cursor  the event looked at; 0 is before the first
 * @property {boolean} follow  the cursor stays at the end as events come
 * @property {Selection|null} selection
 * @property {Why|null} why
 * @property {number} compare  the id of the branch beside, 0 for none
 * @property {boolean} playing
 * @property {number} speed  virtual milliseconds per second while time flows
 * @property {string} policy
 * @property {number|null} virtualNow  while time flows
 * @property {number} busy  requests under way
 * @property {Panel} panel
 * @property {boolean} sheet  the panel is open, where it is a sheet
 * @property {Room} room
 * @property {'auto'|'light'|'dark'} theme
 * @property {boolean} hints
 * @property {Toast[]} toasts
 */

/** @type {Vocabulary} */
const NO_VOCABULARY = { engine: '', notes: {}, rules: [], profiles: [], invariants: [], messages: [], limits: {} }

/** What belongs to one session, before its welcome. */
export const EMPTY = /** @type {const} */ ({
  connection: 'connecting',
  connectionWhy: '',
  viewers: 0,
  may: 'watch',
  config: {},
  scenario: null,
  linkWhy: '',
  passedOn: false,
  branches: null,
  branch: 1,
  cursor: 0,
  follow: true,
  selection: null,
  why: null,
  compare: 0,
  playing: false,
  virtualNow: null,
  busy: 0,
})

export class Store {
  /** @type {View} */
  view = {
    ...EMPTY,
    place: 'session',
    session: '',
    key: '',
    viewKey: '',
    vocabulary: NO_VOCABULARY,
    revision: 0,
    speed: 50,
    policy: 'timed',
    panel: 'node',
    sheet: false,
    room: 'wide',
    theme: 'auto',
    hints: true,
    toasts: [],
  }
  /** @type {Set<(changed: Set<keyof View>) => void>} */
  #listeners = new Set()
  /** @type {Set<keyof View>} */
  #changed = new Set()

  /** Calls back after changes, once for all that were made together. @param {(changed: Set<keyof View>) => void} listener @returns {() => void} */
  subscribe(listener) {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** @param {Partial<View>} values */
  set(values) {
    if (this.#changed.size === 0) queueMicrotask(() => this.flush())
    for (const key of /** @type {(keyof View)[]} */ (Object.keys(values))) {
      if (this.view[key] !== values[key]) this.#changed.add(key)
    }
    Object.assign(this.view, values)
  }

  /** Tells the listeners now. */
  flush() {
    const changed = this.#changed
    this.#changed = new Set()
    if (changed.size > 0) for (const listener of [...this.#listeners]) listener(changed)
  }

  /** The branch on show, once it is here. @returns {Branch|undefined} */
  get branch() {
    return this.view.branches?.get(this.view.branch)
  }

  /** The number of events on the branch on show. */
  get length() {
    return this.branch?.journal.length ?? 0
  }

  /** Whether the cursor is at the end, where acting goes on instead of starting a branch. */
  get atEnd() {
    return this.view.cursor >= this.length
  }

  /** The visible state at the cursor. @returns {State|undefined} */
  get state() {
    return this.branch?.journal.at(Math.min(this.view.cursor, this.length))
  }

  /** Why nothing can be done just now, '' if something can. */
  get whyNot() {
    if (this.view.place === 'embed') return 'This is a recording: open it in Raftplay to act.'
    if (this.view.connection === 'ended') return this.view.connectionWhy
    if (!this.branch) return 'The session is not here yet.'
    if (this.view.may !== 'act') return 'This is a view link: you are watching. Who started the session can act.'
    if (this.view.connection !== 'open') return 'The connection is lost; the page is trying again.'
    return ''
  }

  /** Whether the branch on show still follows its script. */
  get scripted() {
    const script = this.branch?.info.script
    return Boolean(script && !script.done)
  }
}

/** The number of messages that wait anywhere and could move. @param {State} state */
export function movable(state) {
  let count = state.client.filter(packet => packet.hold === 0).length
  for (const node of state.nodes) {
    if (node.id !== CLIENT) count += [...node.out, ...node.in].filter(packet => packet.hold === 0).length
  }
  return count
}
