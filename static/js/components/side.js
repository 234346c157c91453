// The panels: tabs beside the diagram, a sheet over it on a phone.

import { h } from './dom.js'
import { Part, watching } from './part.js'
import { whyCard } from './why.js'
import './scenario.js'
import './node.js'
import './message.js'
import './table.js'
import './rules.js'

/** @typedef {import('../app/store.js').Panel} Panel */

const NAMES = { scenario: 'Scenario', node: 'Node', message: 'Message', table: 'Table', rules: 'Rules' }

export class Side extends Part {
  static watches = watching('panel', 'sheet', 'room', 'scenario', 'why', 'cursor', 'revision', 'branch')

  /** @returns {Panel[]} */
  get #panels() {
    const beside = this.state.room === 'wide' || !this.state.scenario
    return beside ? ['node', 'message', 'table', 'rules'] : ['scenario', 'node', 'message', 'table', 'rules']
  }

  draw() {
    const { room, sheet, why } = this.state
    const panels = this.#panels
    const panel = panels.includes(this.state.panel) ? this.state.panel : panels[0]
    const phone = room === 'phone'
    const open = !phone || sheet
    const broken = this.app.store.branch?.info.violations?.length ?? 0
    return [
      h(
        'div',
        { class: 'tab-bar' },
        h(
          'div',
          { class: 'tabs', role: 'tablist', 'aria-label': 'Panels', onkeydown: (/** @type {KeyboardEvent} */ event) => this.#key(event) },
          panels.map(name =>
            h(
              'button',
              {
                type: 'button',
                role: 'tab',
                class: 'tab',
                id: `tab-${name}`,
                key: name,
                'aria-selected': String(open && name === panel),
                'aria-controls': open ? 'panel' : null,
                tabindex: name === panel ? 0 : -1,
                onclick: () => this.#choose(name, open && name === panel),
              },
              NAMES[name],
              name === 'rules' && broken > 0 && h('span', { class: 'badge' }, broken, h('span', { class: 'unseen' }, ' invariants broken')),
            ),
          ),
        ),
        phone &&
          sheet &&
          h(
            'button',
            {
              type: 'button',
              class: 'btn quiet icon sheet-close',
              'aria-label': 'Close the panel',
              onclick: () => this.app.store.set({ sheet: false }),
            },
            '✕',
          ),
      ),
      open &&
        h(
          'div',
          { class: 'panel', id: 'panel', key: panel, role: 'tabpanel', tabindex: '0', 'aria-labelledby': `tab-${panel}` },
          h('h2', { class: 'unseen', key: 'heading' }, NAMES[panel]),
          why && whyCard(this.app),
          h(`rp-${panel}`, { key: panel }),
        ),
    ]
  }

  /** @param {Panel} name @param {boolean} on */
  #choose(name, on) {
    const phone = this.state.room === 'phone'
    this.app.store.set({ panel: name, sheet: phone ? !on : true })
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const panels = this.#panels
    const at = panels.indexOf(this.state.panel)
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: panels.length - 1 }[event.key]
    if (to === undefined) return
    event.preventDefault()
    event.stopPropagation()
    const name = panels[(to + panels.length) % panels.length]
    this.app.store.set({ panel: name })
    this.app.store.flush()
    document.getElementById(`tab-${name}`)?.focus()
  }
}
customElements.define('rp-side', Side)
