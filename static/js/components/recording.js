// What an embed shows beside its transport: the diagram, a line of title above it, and what went wrong.

import { h } from './dom.js'
import { Part, watching } from './part.js'
import { hashOf, parseEmbed } from '../app/route.js'
import { sentence } from '../model/words.js'
import '../diagram/diagram.js'

export class Recording extends Part {
  static watches = watching('branches', 'revision', 'cursor', 'linkWhy')

  connectedCallback() {
    super.connectedCallback()
    this.addEventListener('rp-seek', event => this.app.seek(/** @type {CustomEvent} */ (event).detail.seq))
    for (const name of ['rp-menu', 'rp-act']) this.addEventListener(name, () => this.app.say(this.app.store.whyNot))
  }

  draw() {
    const { cursor, config, vocabulary, linkWhy } = this.state
    const { branch } = this.app.store
    if (linkWhy)
      return [
        h(
          'div',
          { class: 'embed-said', role: 'alert' },
          h('h2', null, 'This run cannot be shown'),
          h('p', null, sentence(linkWhy)),
          h('p', null, h('a', { href: '/', target: '_blank', rel: 'noopener' }, 'Open Raftplay')),
        ),
      ]
    if (!branch) return [h('div', { class: 'embed-said', role: 'status' }, h('p', { class: 'muted' }, 'Playing the run…'))]
    const { journal, info } = branch
    const model = { journal, cursor, config, vocabulary, may: 'look', live: cursor >= journal.length, violations: info.violations ?? [] }
    return [h('rp-diagram', { id: 'diagram', '.model': model })]
  }
}
customElements.define('rp-recording', Recording)

class EmbedBar extends Part {
  static watches = watching('branches', 'toasts')

  get #title() {
    const { scenario, config } = this.state
    return scenario?.title ?? `A run of ${config.nodes ?? 3} nodes`
  }

  refresh() {
    super.refresh()
    if (this.state.branches) document.title = `${this.#title} · Raftplay`
  }

  draw() {
    const { branches, toasts } = this.state
    const asked = parseEmbed(location.hash)
    const there = hashOf('run' in asked ? { place: 'run', id: asked.run } : { place: 'link', payload: asked.link })
    return [
      h('h1', { class: `embed-title ${toasts.length > 0 ? 'unseen' : ''}` }, branches ? this.#title : 'Raftplay'),
      h('p', { class: 'embed-word grow', role: 'status' }, toasts.at(-1)?.text),
      branches && h('a', { class: 'btn quiet embed-open', href: `/${there}`, target: '_blank', rel: 'noopener' }, 'Open in Raftplay'),
    ]
  }
}
customElements.define('rp-embed-bar', EmbedBar)
