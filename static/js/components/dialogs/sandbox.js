// New…: a cluster of one's own. Every setting has a default that is fine.

import { h } from '../dom.js'
import { Dialog } from '../dialog.js'
import { KINDS, isOn, spaced } from '../rules.js'

/** @typedef {import('../../net/wire.js').Config} Config */

class SandboxDialog extends Dialog {
  nodes = 3
  profile = 'paper'
  /** What differs from the profile. @type {Record<string, boolean>} */
  rules = {}
  maxEntries = 0
  running = false
  electionMin = 150
  electionMax = 300
  heartbeat = 50
  latencyMin = 5
  latencyMax = 15
  loss = 0
  duplicate = 0
  reorder = false
  held = false
  seed = 1

  connectedCallback() {
    const config = /** @type {Config|undefined} */ (this.args.config)
    if (config) this.#take(config)
    super.connectedCallback()
  }

  get heading() {
    return this.args.config ? 'A new run with these rules' : 'A new cluster'
  }

  get verb() {
    return 'Start'
  }

  get size() {
    return 'large'
  }

  /** @param {Config} config */
  #take(config) {
    const { timers, links } = config
    this.nodes = config.nodes ?? this.nodes
    this.profile = config.profile || this.profile
    this.maxEntries = config.maxEntries ?? 0
    this.running = timers?.running ?? false
    ;[this.electionMin, this.electionMax] = timers?.election ?? [150, 300]
    this.heartbeat = timers?.heartbeat ?? 50
    ;[this.latencyMin, this.latencyMax] = links?.latency ?? [5, 15]
    this.loss = links?.loss ?? 0
    this.duplicate = links?.duplicate ?? 0
    this.reorder = links?.reorder ?? false
    this.held = config.sending === 'held'
    this.seed = config.seed ?? 1
    for (const { name } of this.state.vocabulary.rules) this.#setRule(name, isOn(name, config, this.state.vocabulary))
  }

  get #profile() {
    const { profiles } = this.state.vocabulary
    return profiles.find(one => one.name === this.profile) ?? profiles[0]
  }

  /** @param {string} name @param {boolean} on */
  #setRule(name, on) {
    const { [name]: _, ...others } = this.rules
    this.rules = this.#profile?.rules[name] === on ? others : { ...others, [name]: on }
  }

  body() {
    return [
      h(
        'div',
        { class: 'grid' },
        this.#number('nodes', 'Nodes', 1, Math.min(9, this.state.vocabulary.limits.nodes || 9)),
        h(
          'label',
          { class: 'field' },
          h('span', null, 'Profile'),
          h(
            'select',
            { '.value': this.profile, onchange: this.keeps('profile') },
            this.state.vocabulary.profiles.map(one => h('option', { value: one.name }, one.name)),
          ),
        ),
        h(
          'label',
          { class: 'field' },
          h('span', null, 'Timers'),
          h(
            'select',
            {
              '.value': this.running ? '1' : '',
              onchange: (/** @type {any} */ event) => this.#set({ running: event.currentTarget.value === '1' }),
            },
            h('option', { value: '' }, 'by hand'),
            h('option', { value: '1' }, 'running'),
          ),
        ),
        this.#number('seed', 'Seed', 0, Number.MAX_SAFE_INTEGER),
      ),
      h('p', { class: 'small muted' }, this.#profile?.about),
      this.#rules(),
      h(
        'details',
        null,
        h('summary', null, 'Timers, links and sending'),
        h(
          'div',
          { class: 'grid' },
          this.#number('electionMin', 'Election timeout from, ms', 1, 60000),
          this.#number('electionMax', 'to, ms', 1, 60000),
          this.#number('heartbeat', 'Heartbeat every, ms', 1, 60000),
          this.#number('latencyMin', 'Latency from, ms', 0, 60000),
          this.#number('latencyMax', 'to, ms', 0, 60000),
          this.#number('loss', 'Lost, of a thousand', 0, 1000),
          this.#number('duplicate', 'Repeated, of a thousand', 0, 1000),
        ),
        this.#check('reorder', 'Messages of a link may overtake each other'),
        this.#check('held', 'Messages wait in the sender’s outbox until they are sent by hand'),
      ),
      !this.args.config &&
        h('p', { class: 'small' }, 'Or with a story: ', h('a', { href: '#/write', onclick: () => this.close() }, 'write a scenario'), '.'),
    ]
  }

  #rules() {
    const changed = Object.keys(this.rules).length
    return h(
      'details',
      null,
      h('summary', null, `Rules of the protocol${changed ? `, ${changed} changed` : ''}`),
      ['safety', 'comfort', 'dialect'].map(kind =>
        h(
          'fieldset',
          { class: 'plain' },
          h('legend', { class: 'small muted' }, KINDS[/** @type {keyof typeof KINDS} */ (kind)]),
          this.state.vocabulary.rules
            .filter(rule => rule.kind === kind)
            .map(rule => {
              const on = this.rules[rule.name] ?? this.#profile?.rules[rule.name] ?? false
              return h(
                'label',
                { class: 'check top', title: `Without it: ${rule.without}` },
                h('input', {
                  type: 'checkbox',
                  '.checked': on,
                  onchange: (/** @type {any} */ event) => {
                    this.#setRule(rule.name, event.currentTarget.checked)
                    this.refresh()
                  },
                }),
                h(
                  'span',
                  null,
                  h('strong', { class: rule.name in this.rules ? 'changed' : '' }, spaced(rule.name)),
                  ' ',
                  h('span', { class: 'small muted' }, `${rule.section} · ${on ? rule.does : `Off: ${rule.without}`}`),
                ),
              )
            }),
        ),
      ),
      this.#number('maxEntries', 'Entries in one AppendEntries at most, 0: as the profile', 0, this.state.vocabulary.limits.entries || 1000),
    )
  }

  /** @param {Partial<SandboxDialog>} values */
  #set(values) {
    Object.assign(this, values)
    this.refresh()
  }

  /** @param {keyof SandboxDialog & string} field @param {string} label @param {number} min @param {number} max */
  #number(field, label, min, max) {
    return h(
      'label',
      { class: 'field' },
      h('span', null, label),
      h('input', { type: 'number', min, max, required: true, '.value': String(this[field]), onchange: this.keeps(field) }),
    )
  }

  /** @param {'reorder'|'held'} field @param {string} label */
  #check(field, label) {
    return h('label', { class: 'check' }, h('input', { type: 'checkbox', '.checked': this[field], onchange: this.keeps(field) }), label)
  }

  submit() {
    /** @type {Config} */
    const config = {
      nodes: this.nodes,
      profile: this.profile,
      rules: this.rules,
      seed: this.seed,
      sending: this.held ? 'held' : 'immediate',
      timers: { running: this.running, election: [this.electionMin, this.electionMax], heartbeat: this.heartbeat },
      links: { latency: [this.latencyMin, this.latencyMax], loss: this.loss, duplicate: this.duplicate, reorder: this.reorder },
    }
    if (this.maxEntries > 0) config.maxEntries = this.maxEntries
    return this.app.begin({ config })
  }
}
customElements.define('rp-sandbox-dialog', SandboxDialog)
