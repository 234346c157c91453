// Playing: what the next tick does, and the flow of virtual time between ticks.

import { LEADER } from '../model/types.js'
import { movable } from './store.js'

/** @typedef {import('./store.js').Store} Store */
/** @typedef {import('../model/types.js').State} State */
/** @typedef {import('../model/types.js').Action} Action */
/** @typedef {{do: 'seek', seq: number}|{do: 'script'}|{do: 'act', action: Action}|{do: 'flow', until: number, action: Action}|{do: 'stop'}} Tick */

/** Milliseconds between two steps while time does not flow. */
export const TICK = 700
/** What is due within so many real milliseconds happens together. */
const TOGETHER = 40

/** What playing does next. @param {Store} store @param {boolean} begin whether Play has just been pressed @returns {Tick} */
export function nextTick(store, begin) {
  const { view, branch, state } = store
  if (!branch || !state) return { do: 'stop' }
  if (!store.atEnd) return { do: 'seek', seq: branch.landmarks.stopAfter(view.cursor) }
  if (store.whyNot) return { do: 'stop' }
  if (store.scripted) return { do: 'script' }
  if (state.run) return flow(state, view.speed)
  if (movable(state) > 0) return { do: 'act', action: { do: 'run', policy: view.policy, count: 1 } }
  const action = begin ? stir(state) : null
  return action ? { do: 'act', action } : { do: 'stop' }
}

/** Time goes on to what is due next, and takes along what is due soon after. @param {State} state @param {number} speed @returns {Tick} */
function flow(state, speed) {
  const times = dues(state)
  if (times.length === 0) return { do: 'stop' }
  const next = Math.min(...times)
  const soon = state.t + (speed * TOGETHER) / 1000
  const until = Math.max(next, ...times.filter(time => time <= soon))
  const action =
    until > state.t
      ? { do: 'run', policy: 'timed', until: { when: 'passed', ms: until - state.t } }
      : { do: 'run', policy: 'timed', count: 1 }
  return { do: 'flow', until, action }
}

/** The times at which the clock brings something about. @param {State} state @returns {number[]} */
export function dues(state) {
  const packets = [...state.client, ...state.nodes.flatMap(node => [...node.in, ...node.out])]
  const timers = state.run ? state.nodes.flatMap(node => [node.electionDue, node.heartbeatDue]).filter(due => due > 0) : []
  return [...packets.filter(packet => packet.hold === 0).map(packet => packet.due), ...timers].map(due => Math.max(due, state.t))
}

/** What a timer would do in a quiet cluster: a leader's heartbeat, else a time-out. @param {State} state @returns {Action|null} */
export function stir(state) {
  const up = state.nodes.filter(node => node.id > 0 && node.up)
  const leaders = up.filter(node => node.role === LEADER).sort((a, b) => b.term - a.term)
  if (leaders.length > 0) return { do: 'heartbeat', node: leaders[0].id }
  return up.length > 0 ? { do: 'timeout', node: up[0].id } : null
}

/**
 * Runs ticks while the view says that it plays.
 * @typedef {object} Hands
 * @property {(seq: number) => void} seek
 * @property {() => Promise<boolean>} script  plays one step; false if it was refused or the section has ended
 * @property {(action: Action) => Promise<boolean>} act  false if it was refused
 */
export class Playback {
  #store
  #hands
  #run = 0

  /** @param {Store} store @param {Hands} hands */
  constructor(store, hands) {
    this.#store = store
    this.#hands = hands
  }

  play() {
    if (this.#store.view.playing) return
    this.#store.set({ playing: true })
    void this.#loop(++this.#run)
  }

  pause() {
    this.#run++
    this.#store.set({ playing: false, virtualNow: null })
  }

  /** @param {number} run */
  async #loop(run) {
    for (let begin = true; run === this.#run; begin = false) {
      const tick = nextTick(this.#store, begin)
      if (tick.do === 'stop') break
      const started = performance.now()
      if (tick.do === 'flow') {
        const { length } = this.#store
        await this.#flow(run, tick.until)
        if (run !== this.#run) return
        if (this.#store.length === length && !(await this.#hands.act(tick.action))) break
        continue
      }
      if (tick.do === 'seek') this.#hands.seek(tick.seq)
      else if (!(await (tick.do === 'script' ? this.#hands.script() : this.#hands.act(tick.action)))) break
      if (run === this.#run) await new Promise(done => setTimeout(done, TICK - (performance.now() - started)))
    }
    if (run === this.#run) this.pause()
  }

  /** Lets virtual time pass before the eyes. @param {number} run @param {number} until */
  #flow(run, until) {
    const from = this.#store.state?.t ?? 0
    const started = performance.now()
    const still = matchMedia('(prefers-reduced-motion: reduce)').matches
    return new Promise((/** @type {(done?: undefined) => void} */ done) => {
      const frame = () => {
        const now = from + ((performance.now() - started) * this.#store.view.speed) / 1000
        if (now >= until || run !== this.#run) {
          done()
          return
        }
        if (!still) this.#store.set({ virtualNow: now })
        requestAnimationFrame(frame)
      }
      frame()
    })
  }
}
