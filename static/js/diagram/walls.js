/**
 * Who was cut off from a majority, and when.
 *
 * @typedef {import('../model/types.js').Event} Event
 * @typedef {import('../model/types.js').Message} Message
 * @typedef {{seq: number, nodes: number[], holds: boolean}} Wall  from this event on
 */
import { newState } from '../model/fold.js'
import { minorities } from '../model/table.js'
import { HOLDING } from '../model/types.js'

export class WallIndex {
  /** @type {Wall[]} */
  #walls = [{ seq: 0, nodes: [], holds: false }]
  #state

  /** @param {number} nodes */
  constructor(nodes) {
    this.#state = newState(nodes)
  }

  /** @param {Event} e */
  add(e) {
    if (!e.net) return
    for (const [from, to, state] of e.net) this.#state.links[16 * from + to] = state
    const nodes = minorities(this.#state).flatMap((minority, id) => (minority ? [id] : []))
    this.#walls.push({ seq: e.n, nodes, holds: this.#state.links.includes(HOLDING) })
  }

  /** @param {number} seq @returns {Wall} as it is after the event */
  at(seq) {
    let i = this.#walls.length - 1
    while (this.#walls[i].seq > seq) i--
    return this.#walls[i]
  }

  /** @param {number} from @param {number} to @returns {Wall[]} the one at from, and those that follow up to to */
  within(from, to) {
    return [this.at(from), ...this.#walls.filter(w => w.seq > from && w.seq <= to)]
  }

  /** @param {Message} m @param {number} seq @returns {number} the walled node that stops the message, 0 if there is none */
  stops(m, seq) {
    const { nodes } = this.at(seq)
    return nodes.includes(m.o) ? m.o : nodes.includes(m.f) ? m.f : 0
  }
}
