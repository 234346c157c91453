/**
 * The headers of the nodes: one button each, always in sight.
 *
 * @typedef {import('../model/types.js').NodeState} NodeState
 * @typedef {import('../model/types.js').State} State
 * @typedef {import('./metrics.js').Metrics} Metrics
 */
import { CLIENT } from '../model/types.js'
import { nodeName, termColour } from '../model/words.js'
import { html, measure, svg } from './dom.js'
import { SHAPES, headSize, headWidth, logCells, roleWord, shapeOf, stateName, timerLeft } from './head.js'

/** The largest type of the role's line, and what stands in that line beside role and vote. */
const ROLE_PX = 13
const BESIDE_ROLE = 66

export class Heads {
  /** @type {HTMLButtonElement[]} */
  #buttons = []
  #client = html('span', { class: 'dg-client' }, 'client')
  /** @param {HTMLElement} root */
  constructor(root) {
    this.root = root
  }

  get buttons() {
    return this.#buttons
  }

  /**
   * @param {State} state
   * @param {Metrics} m
   * @param {{electionMax: number, now: number, selected: number, walled: number[], heldWall: boolean, menus: boolean}} about
   */
  update(state, m, about) {
    const count = state.nodes.length - 1
    if (this.#buttons.length !== count) {
      this.#buttons = Array.from({ length: count }, (_, i) =>
        html('button', { class: 'dg-head', type: 'button', 'data-node': i + 1, tabindex: i ? -1 : 0, ...(about.menus ? { 'aria-haspopup': 'menu' } : {}) }))
      this.root.replaceChildren(this.#client, ...this.#buttons)
    }
    const width = headWidth(m)
    const size = headSize(width / m.scale)
    this.root.dataset.size = size
    this.#client.hidden = m.x(CLIENT) + 22 > m.x(1) - width / 2
    this.#client.style.left = `${m.x(CLIENT)}px`
    this.#buttons.forEach((button, i) => {
      const n = state.nodes[i + 1]
      button.style.left = `${Math.round(m.x(n.id) - width / 2)}px`
      button.style.width = `${width}px`
      const key = this.#key(n, width, about)
      if (button.dataset.key !== key) {
        button.dataset.key = key
        fill(button, n, width / m.scale, size, about)
      }
      turn(button, n, about)
    })
  }

  /** @param {NodeState} n @param {number} width @param {{selected: number, walled: number[], heldWall: boolean}} about */
  #key(n, width, about) {
    const wall = about.walled.includes(n.id) ? 1 + Number(about.heldWall) : 0
    return [n.role, n.term, n.vote, n.up, n.commit, n.log.length, n.log.lastTerm, width, about.selected === n.id, wall].join()
  }
}

/** @param {HTMLButtonElement} button @param {NodeState} n @param {number} width  at scale 1 @param {string} size
 *  @param {{selected: number, walled: number[], heldWall: boolean}} about */
function fill(button, n, width, size, about) {
  const role = stateName(n)
  const walled = about.walled.includes(n.id)
  const name = `${nodeName(n.id)}, ${role}, term ${n.term}${walled ? ', cut off' : ''}`
  button.className = `dg-head ${shapeOf(n)} t${termColour(n.term)}`
  button.classList.toggle('selected', about.selected === n.id)
  button.classList.toggle('walled', walled)
  const short = size === 'wide' ? `term ${n.term}` : `t${n.term}`
  const word = size === 'wide' && walled ? `${role} · ${about.heldWall ? 'held' : 'cut off'}` : roleWord(role, width)
  const parts = [
    html('span', { class: 'glyph' }, glyph(n)),
    html('span', { class: 'name' }, walled && size !== 'wide' ? `${nodeName(n.id)} ⊘` : nodeName(n.id)),
    html('span', { class: `chip t${termColour(n.term)}` }, short),
    html('span', { class: 'role' }, word),
  ]
  const vote = n.vote ? `vote ${nodeName(n.vote)}` : 'no vote'
  const free = width - BESIDE_ROLE - measure(word, ROLE_PX)
  if (size === 'wide' && measure(vote, ROLE_PX) <= free) parts.push(html('span', { class: 'vote' }, vote))
  if (size !== 'slim') parts.push(cells(n, width - 20))
  parts.push(html('span', { class: 'commit' }, size === 'wide' ? `last ${n.log.length} · commit ${n.commit}` : `c${n.commit}`))
  for (const part of parts) part.setAttribute('aria-hidden', 'true') // the name says what matters of it
  button.replaceChildren(html('span', { class: 'unseen' }, name), ...parts)
}

/** The end of the log: solid cells are committed, dashed ones not. @param {NodeState} n @param {number} room */
function cells(n, room) {
  const out = html('span', { class: 'cells' })
  for (const { text, index, term, committed } of logCells(n, room)) {
    out.append(html('i', { class: index ? `${committed ? 'in' : 'out'}${index > 99 ? ' long' : ''} t${termColour(term)}` : 'before' }, text))
  }
  if (!n.log.length) out.append(html('i', { class: 'none' }, 'empty log'))
  return out
}

/** The role as a shape in a ring, which is the election timer. @param {NodeState} n */
function glyph(n) {
  const shape = shapeOf(n)
  return svg('svg', { viewBox: '-12 -12 24 24', 'aria-hidden': 'true' },
    svg('circle', { class: 'ring', r: 10.5 }),
    svg('circle', { class: 'arc', r: 10.5, pathLength: 100, transform: 'rotate(-90)' }),
    svg('path', { class: `shape ${shape}`, d: SHAPES[shape] }))
}

/** Turns the arc to what is left of the timer. @param {HTMLElement} button @param {NodeState} n @param {{electionMax: number, now: number}} about */
function turn(button, n, { electionMax, now }) {
  const left = timerLeft(n, electionMax, now)
  button.querySelector('.arc')?.setAttribute('stroke-dasharray', `${(left * 100).toFixed(1)} 100`)
}
