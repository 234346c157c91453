// The middle of the page: the diagram (two while branches are compared) between the scenario and the panels, or the gallery, or the editor.

import { h } from './dom.js'
import { Part, watching } from './part.js'
import { opening } from './opening.js'
import { choose, inspect, openMessageMenu, openNodeMenu } from './menus.js'
import { openDialog } from './dialog.js'
import { nodeChoices } from '../app/choices.js'
import { hintFor } from '../app/hint.js'
import { setHints } from '../app/prefs.js'
import { firstDifference } from '../model/compare.js'
import { eventSentence } from '../model/sentences.js'
import { sentence } from '../model/words.js'
import './side.js'
import './gallery.js'
import '../diagram/diagram.js'

/** @typedef {import('../app/branches.js').Branch} Branch */
/** @typedef {import('../net/wire.js').Scenario} Scenario */

export class Stage extends Part {
  /** The explanation that the diagram has been scrolled to. @type {import('../app/store.js').Why|null} */
  #told = null
  /** A message that was chosen is shown in its panel, unless its menu opens. */
  #look = 0

  static watches = watching(
    'place',
    'branches',
    'branch',
    'revision',
    'cursor',
    'selection',
    'why',
    'compare',
    'may',
    'connection',
    'connectionWhy',
    'virtualNow',
    'room',
    'hints',
    'scenario',
    'vocabulary',
    'config',
    'linkWhy',
    'passedOn',
  )

  connectedCallback() {
    super.connectedCallback()
    /** @param {string} name @param {(detail: any) => void} then */
    const on = (name, then) =>
      this.addEventListener(name, event => {
        const beside = /** @type {Element} */ (event.target).closest('#other')
        if (beside && name !== 'rp-seek')
          this.app.say('This branch is only shown beside the other: switch to it in the branch list to act on it.')
        else then(/** @type {CustomEvent} */ (event).detail)
      })
    on('rp-act', detail => {
      if (detail.action.do === 'delay' && !this.app.store.whyNot) openDialog('rp-delay-dialog', { message: detail.action.message })
      else void this.app.act(detail.action)
    })
    on('rp-seek', detail => this.app.seek(detail.seq))
    on('rp-select', detail => {
      this.app.select({ kind: detail.kind, id: detail.id })
      if (detail.kind === 'message') this.#look = window.setTimeout(() => inspect(this.app, 'message', detail.id))
    })
    on('rp-menu', detail => {
      clearTimeout(this.#look)
      if (detail.kind === 'node') openNodeMenu(this.app, detail.id, detail.element, detail.anchor)
      else openMessageMenu(this.app, detail.id, detail.element, detail.anchor)
    })
    this.addEventListener('keydown', event => this.#letter(event))
  }

  /** A letter on a node's header does what its menu says. @param {KeyboardEvent} event */
  #letter(event) {
    const head = /** @type {Element} */ (event.target).closest('.dg-head')
    const { state } = this.app.store
    if (!(head instanceof HTMLElement) || head.closest('#other') || !state || event.ctrlKey || event.metaKey || event.altKey) return
    const node = Number(head.dataset.node)
    const choice = nodeChoices(state, node).find(one => one.key === event.key.toLowerCase())
    if (!choice) return
    event.preventDefault()
    choose(this.app, choice, { node })
  }

  refresh() {
    super.refresh()
    const { why } = this.state
    if (why && why !== this.#told)
      /** @type {import('../diagram/diagram.js').Diagram|null} */ (this.querySelector('#diagram'))?.reveal(Math.max(...why.events))
    this.#told = why
  }

  draw() {
    const { place, room, scenario, compare } = this.state
    if (place === 'gallery') return [h('rp-gallery', { key: 'gallery', class: 'gallery' })]
    if (place === 'write') {
      void this.#loadEditor()
      return [h('rp-editor', { key: 'editor', class: 'editor' })]
    }
    if (place === 'link') return [opening(this.state.linkWhy)]
    const { branch } = this.app.store
    if (!branch) return [this.#waiting()]
    const wide = room === 'wide' && scenario && !compare
    return [
      wide && h('aside', { class: 'left', key: 'left', 'aria-label': 'Scenario' }, h('rp-scenario', null)),
      h('div', { class: 'centre', key: 'centre' }, this.#diagrams(branch), this.#hint(branch)),
      h('rp-side', { class: 'right', key: 'right' }),
    ]
  }

  /** Few write: the editor is loaded only then, and fills its element when it is there. */
  async #loadEditor() {
    try {
      await import('./editor.js')
    } catch {
      this.app.say('The editor could not be loaded: reload the page.', 'warn')
    }
  }

  #waiting() {
    const { connection, connectionWhy } = this.state
    return h(
      'div',
      { class: 'empty', key: 'empty' },
      connection === 'ended'
        ? [
            h('h2', null, 'There is nothing to see here'),
            h('p', null, sentence(connectionWhy)),
            h(
              'div',
              { class: 'row' },
              h('a', { class: 'btn primary', href: '#/' }, 'Start a cluster'),
              h('a', { class: 'btn', href: '#/gallery' }, 'Gallery'),
            ),
          ]
        : h('p', { class: 'muted' }, 'Connecting…'),
    )
  }

  /** @param {Branch} branch */
  #diagrams(branch) {
    const { cursor, compare, branches } = this.state
    const other = compare && compare !== branch.info.id ? branches?.get(compare) : undefined
    if (!other) return h('rp-diagram', { key: 'diagram', id: 'diagram', '.model': this.#model(branch, cursor, true) })
    const difference = firstDifference(branch.journal, other.journal)
    const words = difference ? `They differ from event ${difference} on` : 'One is the beginning of the other: nothing differs'
    return [
      h(
        'div',
        { class: 'compare-bar', key: 'bar' },
        this.#side(branch, difference, 'side'),
        h('span', { class: 'small' }, words),
        difference > 0 && h('button', { type: 'button', class: 'btn', onclick: () => this.app.seek(difference) }, 'Go there'),
        h('button', { type: 'button', class: 'btn', onclick: () => this.app.compareWith(0) }, 'Close'),
        this.#side(other, difference, 'side other'),
      ),
      h(
        'div',
        { class: 'pair', key: 'pair' },
        h('rp-diagram', { key: 'diagram', id: 'diagram', '.model': this.#model(branch, cursor, true, difference) }),
        h('rp-diagram', {
          key: 'other',
          id: 'other',
          '.model': this.#model(other, Math.min(cursor, other.journal.length), false, difference),
        }),
      ),
    ]
  }

  /** A branch that is compared: its name, and what it does where they part. @param {Branch} branch @param {number} difference @param {string} look */
  #side({ info, journal }, difference, look) {
    const event = difference > 0 && difference <= journal.length ? journal.event(difference) : null
    return h(
      'div',
      { class: look },
      h('strong', null, info.name),
      event && h('span', { class: 'small muted' }, eventSentence(event, journal, this.state.vocabulary).split(/[:(]/)[0]),
    )
  }

  /** @param {Branch} branch @param {number} cursor @param {boolean} main @param {number} [difference] */
  #model(branch, cursor, main, difference = 0) {
    const { store } = this.app
    const { selection, why, virtualNow, config, vocabulary } = this.state
    return {
      journal: branch.journal,
      name: this.state.compare ? branch.info.name : '',
      cursor,
      selection,
      mark: difference,
      vocabulary,
      config,
      why: main ? (why?.events ?? null) : null,
      may: main && !store.whyNot ? /** @type {const} */ ('act') : /** @type {const} */ ('watch'),
      live: cursor >= branch.journal.length,
      violations: branch.info.violations ?? [],
      virtualNow: main ? virtualNow : null,
    }
  }

  /** @param {Branch} branch */
  #hint(branch) {
    const { hints, may, scenario, branches, room, compare, passedOn } = this.state
    const { state, atEnd, scripted } = this.app.store
    let words = ''
    if (passedOn) words = `This run was passed on to you. ${atEnd ? 'Go on from here' : 'Go on from here, or look at what came next'}: this copy is yours.`
    else if (hints && may === 'act' && state && !compare) {
      if (!scenario) words = hintFor(state, { atEnd, answers: branch.landmarks.answers, branches: branches?.list().length ?? 1 })
      else if (scripted && atEnd && room !== 'wide') words = scriptHint(scenario, branch)
    }
    return (
      words &&
      h(
        'div',
        { class: 'hint', key: 'hint', role: 'status' },
        h('p', { class: 'grow' }, words),
        h(
          'button',
          {
            type: 'button',
            class: 'btn quiet icon',
            'aria-label': passedOn ? 'Dismiss' : 'No more hints',
            title: passedOn ? 'Dismiss' : 'No more hints',
            onclick: () => (passedOn ? this.app.store.set({ passedOn: false }) : setHints(this.app.store, false)),
          },
          '✕',
        ),
      )
    )
  }
}
customElements.define('rp-stage', Stage)

/** What Play does next, where the scenario's own panel is out of sight. @param {Scenario} scenario @param {Branch} branch */
function scriptHint(scenario, branch) {
  const { section = 0, step = 0 } = branch.info.script ?? {}
  const under = scenario.sections[section - 1]
  const next = under && step < under.steps.length ? under : scenario.sections[section]
  return next ? `Play shows “${next.title}”. The Scenario panel tells the story.` : ''
}
