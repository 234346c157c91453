// The gallery: all scenarios, with search and tags; a card opens a session that plays it.

import * as api from '../net/api.js'
import { h } from './dom.js'
import { Part, watching } from './part.js'
import { inline } from './markdown.js'
import { openDialog } from './dialog.js'

/** @typedef {import('../net/wire.js').ScenarioCard} ScenarioCard */

export class Gallery extends Part {
  /** @type {ScenarioCard[]|null} */
  cards = null
  failed = ''
  query = ''
  tag = ''
  opening = ''
  /** The tags are shown, where there is little room. */
  unfolded = false

  static watches = watching('room')

  connectedCallback() {
    super.connectedCallback()
    api
      .scenarios()
      .then(
        cards => {
          this.cards = cards
        },
        error => {
          this.failed = error.message
        },
      )
      .then(() => this.refresh())
  }

  draw() {
    const cards = this.cards ?? []
    const phone = this.state.room === 'phone'
    const tags = [...new Set(cards.flatMap(card => card.tags ?? []))].sort()
    const found = cards.filter(card => matches(card, this.query) && (!this.tag || card.tags?.includes(this.tag)))
    return [
      h(
        'div',
        { class: 'gallery-head' },
        h(
          'div',
          { class: 'grow' },
          h('h2', null, 'Gallery'),
          h('p', { class: 'muted' }, 'Scenarios to play step by step. At any point you can leave the script and do something else.'),
        ),
        h('a', { class: 'btn', href: '#/write' }, 'Write a scenario'),
        h('button', { type: 'button', class: 'btn primary', onclick: () => openDialog('rp-sandbox-dialog') }, 'New cluster…'),
      ),
      h(
        'div',
        { class: 'gallery-find' },
        h('input', {
          type: 'search',
          placeholder: 'Search',
          'aria-label': 'Search scenarios',
          '.value': this.query,
          oninput: (/** @type {any} */ event) => this.#find({ query: event.currentTarget.value }),
        }),
        phone && h('button', { type: 'button', class: 'btn', 'aria-expanded': String(this.unfolded), onclick: () => this.#find({ unfolded: !this.unfolded }) }, 'Tags'),
        h(
          'div',
          { class: 'row tags', role: 'group', 'aria-label': 'Tags', hidden: phone && !this.unfolded && !this.tag },
          tags.map(tag =>
            h(
              'button',
              {
                type: 'button',
                class: 'btn tag',
                'aria-pressed': String(tag === this.tag),
                onclick: () => this.#find({ tag: tag === this.tag ? '' : tag }),
              },
              tag,
            ),
          ),
        ),
      ),
      h(
        'p',
        { class: 'small muted', role: 'status' },
        this.failed || (this.cards ? `${found.length} of ${cards.length} scenarios` : 'Loading…'),
      ),
      SHELVES.map((shelf, i) => {
        const there = found.filter(card => shelfOf(card) === i).sort((a, b) => rank(a) - rank(b))
        return (
          there.length > 0 &&
          h(
            'section',
            { class: 'shelf', key: shelf.title },
            h('h3', null, shelf.title),
            h('p', { class: 'small muted' }, shelf.about),
            h(
              'ul',
              { class: 'cards' },
              there.map(card => this.#card(card)),
            ),
          )
        )
      }),
    ]
  }

  /** @param {{query?: string, tag?: string, unfolded?: boolean}} what */
  #find(what) {
    Object.assign(this, what)
    this.refresh()
  }

  /** @param {ScenarioCard} card */
  #card(card) {
    return h(
      'li',
      { key: card.name, class: 'card' },
      h(
        'h4',
        { class: 'card-title' },
        h(
          'button',
          {
            type: 'button',
            class: 'card-open',
            'aria-busy': this.opening === card.name ? 'true' : null,
            onclick: () => void this.#open(card.name),
          },
          card.title,
        ),
      ),
      h('p', { class: 'small card-about' }, inline(card.about)),
      h(
        'ol',
        { class: 'card-sections small muted' },
        card.sections.slice(0, 4).map(title => h('li', null, title)),
        card.sections.length > 4 && h('li', null, `and ${card.sections.length - 4} more`),
      ),
      h(
        'p',
        { class: 'card-foot small muted' },
        h('span', null, `${card.nodes} nodes`),
        h('span', null, card.profile),
        (card.tags ?? []).map(tag => h('span', { class: 'chip' }, tag)),
      ),
    )
  }

  /** @param {string} name */
  async #open(name) {
    if (this.opening) return
    this.opening = name
    this.refresh()
    await this.app.begin({ scenario: name })
    this.opening = ''
    this.refresh()
  }
}
customElements.define('rp-gallery', Gallery)

const FIRST = ['first-election', 'log-replication', 'client-redirected', 'leader-crash']

/** Where a card stands on its shelf: a newcomer's way, then as they come. @param {ScenarioCard} card */
function rank(card) {
  const at = FIRST.indexOf(card.name)
  return at < 0 ? FIRST.length : at
}

/** The shelves, in a newcomer's order. */
const SHELVES = [
  { title: 'Start here', about: 'An election, a command, a crash: Raft in a few minutes each.' },
  { title: 'Reference runs', about: 'Runs with a published trace table; the Table panel shows it, row by row.' },
  { title: 'Further on', about: 'The hard cases, and what the dissertation adds.' },
  { title: 'Deliberate bugs', about: 'Each leaves out one rule of Raft, and shows the shortest way in which an invariant breaks.' },
]

/** @param {ScenarioCard} card @returns {number} its place among SHELVES */
function shelfOf({ tags = [] }) {
  if (tags.includes('bug')) return 3
  if (tags.includes('reference')) return 1
  return tags.includes('basics') ? 0 : 2
}

/** Whether every word of a query is somewhere in a card. @param {ScenarioCard} card @param {string} query */
export function matches(card, query) {
  const text = [card.name, card.title, card.about, card.profile, ...(card.tags ?? []), ...card.sections].join(' ').toLowerCase()
  return query
    .toLowerCase()
    .split(/\s+/)
    .every(word => text.includes(word))
}
