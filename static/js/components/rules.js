// The rules panel: what the run obeys, explained on demand, and the invariants with what broke them.

import { h } from './dom.js'
import { Part, watching } from './part.js'
import { openDialog } from './dialog.js'

/** @typedef {import('../net/wire.js').RuleInfo} RuleInfo */
/** @typedef {import('../net/wire.js').Violation} Violation */

export const KINDS = {
  safety: 'Safety: without it an invariant can break',
  comfort: 'Progress and comfort',
  dialect: 'Other ways of doing the same',
}

export class RulesPanel extends Part {
  static watches = watching('cursor', 'revision', 'branch', 'config', 'vocabulary')

  draw() {
    const { vocabulary, config, cursor } = this.state
    const broken = (this.app.store.branch?.info.violations ?? []).filter(one => one.event <= cursor)
    return [
      h('h3', null, `invariants, after ${cursor} events`),
      h(
        'ul',
        { class: 'invariants' },
        vocabulary.invariants.map(one =>
          this.#invariant(
            one,
            broken.find(violation => violation.invariant === one.name),
          ),
        ),
      ),
      h(
        'div',
        { class: 'row panel-head' },
        h('span', { class: 'grow' }, 'Profile ', h('strong', null, config.profile || 'of its own')),
        h('button', { type: 'button', class: 'btn', onclick: () => openDialog('rp-sandbox-dialog', { config }) }, 'Change rules…'),
      ),
      h('p', { class: 'small muted' }, 'Rules are fixed for a run: changing them starts a new one with the same settings.'),
      ['safety', 'comfort', 'dialect'].map(kind => [
        h('h3', null, KINDS[/** @type {keyof typeof KINDS} */ (kind)]),
        h(
          'ul',
          { class: 'rules' },
          vocabulary.rules.filter(rule => rule.kind === kind).map(rule => this.#rule(rule, isOn(rule.name, config, vocabulary))),
        ),
      ]),
    ]
  }

  /** @param {import('../net/wire.js').Invariant} invariant @param {Violation|undefined} violation */
  #invariant(invariant, violation) {
    return h(
      'li',
      { class: violation ? 'broken' : '', key: invariant.name },
      h('span', { class: violation ? 'warn' : 'good', 'aria-hidden': 'true' }, violation ? '✗' : '✓'),
      h(
        'div',
        null,
        h('span', { title: invariant.statement }, invariant.name),
        ' ',
        h('span', { class: 'muted small' }, invariant.section),
        h('span', { class: 'unseen' }, violation ? ', broken' : ', holds'),
        violation &&
          h(
            'p',
            { class: 'small' },
            violation.text,
            ' ',
            h('button', { type: 'button', class: 'link', onclick: () => this.app.seek(violation.event) }, `at event ${violation.event}`),
            violation.edit
              ? [
                  ' · an edit outside the protocol came before, ',
                  h(
                    'button',
                    { type: 'button', class: 'link', onclick: () => this.app.seek(violation.edit ?? 0) },
                    `event ${violation.edit}`,
                  ),
                ]
              : null,
          ),
      ),
    )
  }

  /** @param {RuleInfo} rule @param {boolean} on */
  #rule(rule, on) {
    const off = rule.kind === 'safety' && !on
    return h(
      'li',
      { key: rule.name },
      h(
        'details',
        null,
        h(
          'summary',
          null,
          h('span', { class: `switch ${on ? 'on' : ''}` }, on ? 'on' : 'off'),
          h('span', { class: off ? 'warn' : '' }, spaced(rule.name)),
          h('span', { class: 'muted small' }, rule.section),
        ),
        h('p', { class: 'small' }, rule.does),
        h('p', { class: 'small muted' }, h('strong', null, 'Without it: '), rule.without),
      ),
    )
  }
}
customElements.define('rp-rules', RulesPanel)

/** Whether a rule is on in a configuration, with its profile's word where it says nothing. @param {string} name @param {import('../net/wire.js').Config} config @param {import('../net/wire.js').Vocabulary} vocabulary */
export function isOn(name, config, vocabulary) {
  const profile = vocabulary.profiles.find(one => one.name === (config.profile || 'paper')) ?? vocabulary.profiles[0]
  return config.rules?.[name] ?? profile?.rules[name] ?? false
}

/** "preVote" as words. @param {string} name */
export function spaced(name) {
  return name.replace(/[A-Z]/g, letter => ` ${letter.toLowerCase()}`)
}
