// The live connection to a session: it says hello with what the page already holds, carries requests,
// and comes back after a loss. It knows frames, not what they mean.

/** @typedef {import('./wire.js').Frame} Frame */
/** @typedef {import('./wire.js').Done} Done */
/** @typedef {'connecting'|'open'|'reconnecting'|'ended'} Connection */

/** Close codes after which trying again is of no use. */
const FINAL = new Map([
  [4002, 'This session has ended.'],
  [4003, 'This link does not open the session.'],
  [4004, 'This session is not there (any more).'],
])

const FIRST_WAIT = 250
const LONGEST_WAIT = 8000

/** The server did not carry out a request. */
export class Refused extends Error {
  /** @param {string} why @param {string} code */
  constructor(why, code) {
    super(why)
    this.code = code
  }
}

/**
 * @typedef {object} LiveOptions
 * @property {string} url
 * @property {string} key
 * @property {() => Record<string, number>} have  how many events of each branch the page holds
 * @property {(frame: Frame) => void} onFrame  every frame but answers to requests
 * @property {(connection: Connection, why: string) => void} onChange
 * @property {(url: string) => WebSocket} [open]
 * @property {{set: (f: () => void, ms: number) => unknown, clear: (id: any) => void, random: () => number}} [clock]
 */

export class Live {
  #options
  #open
  #clock
  /** @type {WebSocket|null} */
  #socket = null
  #next = 0
  #failures = 0
  #stopped = false
  #ready = false
  #why = ''
  /** @type {unknown} */
  #timer = null
  /** @type {Map<number, {resolve: (done: Done) => void, reject: (error: Error) => void}>} */
  #waiting = new Map()

  /** @param {LiveOptions} options */
  constructor(options) {
    this.#options = options
    this.#open = options.open ?? (url => new WebSocket(url))
    this.#clock = options.clock ?? { set: (f, ms) => setTimeout(f, ms), clear: id => clearTimeout(id), random: Math.random }
  }

  start() {
    this.#stopped = false
    this.#options.onChange(this.#failures ? 'reconnecting' : 'connecting', this.#why)
    this.#connect()
  }

  /** Closes the connection for good. */
  stop() {
    this.#stopped = true
    this.#clock.clear(this.#timer)
    this.#socket?.close(1000)
    this.#socket = null
    this.#rejectAll('The page left this session.')
  }

  /** Tries again at once, for example because the network is back. */
  retry() {
    if (this.#stopped || this.#socket) return
    this.#clock.clear(this.#timer)
    this.#connect()
  }

  /** Drops the connection and says hello anew: something was missed. */
  resume() {
    this.#socket?.close(4000)
  }

  /** @param {Record<string, unknown>} frame @returns {Promise<Done>} */
  request(frame) {
    const socket = this.#socket
    if (!socket || !this.#ready) return Promise.reject(new Refused('Not connected just now: nothing was done.', 'offline'))
    return new Promise((resolve, reject) => {
      this.#waiting.set(this.#send(socket, frame), { resolve, reject })
    })
  }

  /** @param {WebSocket} socket @param {Record<string, unknown>} frame @returns {number} */
  #send(socket, frame) {
    const id = ++this.#next
    socket.send(JSON.stringify({ ...frame, id }))
    return id
  }

  #connect() {
    const socket = this.#open(this.#options.url)
    this.#socket = socket
    socket.onopen = () => this.#send(socket, { do: 'hello', v: 1, key: this.#options.key, have: this.#options.have() })
    socket.onmessage = message => {
      if (socket === this.#socket) this.#receive(JSON.parse(message.data))
    }
    socket.onclose = close => {
      if (socket === this.#socket) this.#lost(close.code, close.reason)
    }
  }

  /** @param {Frame} frame */
  #receive(frame) {
    if (frame.is === 'done' || frame.is === 'rejected') {
      const waiting = this.#waiting.get(frame.id)
      this.#waiting.delete(frame.id)
      if (frame.is === 'done') waiting?.resolve(frame)
      else if (waiting) waiting.reject(new Refused(frame.why, frame.code))
      else this.#why = frame.why
      return
    }
    if (frame.is === 'goodbye') this.#why = frame.why
    this.#options.onFrame(frame)
    if (frame.is === 'welcome') {
      this.#ready = true
      this.#failures = 0
      this.#why = ''
      this.#options.onChange('open', '')
    }
  }

  /** @param {number} code @param {string} reason */
  #lost(code, reason) {
    this.#socket = null
    this.#ready = false
    this.#rejectAll('The connection was lost: it is not known whether this was done.')
    if (this.#stopped) return
    const final = FINAL.get(code)
    if (final) {
      this.#stopped = true
      this.#options.onChange('ended', this.#why || reason || final)
      return
    }
    const wait = Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** this.#failures++) * (0.75 + this.#clock.random() / 2)
    this.#options.onChange('reconnecting', this.#why)
    this.#timer = this.#clock.set(() => this.#connect(), wait)
  }

  /** @param {string} why */
  #rejectAll(why) {
    for (const { reject } of this.#waiting.values()) reject(new Refused(why, 'offline'))
    this.#waiting.clear()
  }
}
