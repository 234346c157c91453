// The transport: stepping, playing, speed, policy, timers, and the scrubber.

import { h } from './dom.js'
import { Part, watching } from './part.js'
import { icon } from './icons.js'
import { movable } from '../app/store.js'
import './scrubber.js'

const POLICIES = {
  timed: 'by time of arrival',
  drain: 'drain, node by node',
  bounce: 'bounce, one each',
  random: 'random, by the seed',
}
const SPEEDS = [10, 20, 50, 100, 200, 500, 1000]

export class Transport extends Part {
  static watches = watching('cursor', 'revision', 'branch', 'playing', 'speed', 'policy', 'may', 'connection', 'room', 'place')

  connectedCallback() {
    super.connectedCallback()
    const settings = () => /** @type {HTMLDetailsElement|null} */ (this.querySelector('.settings[open]'))
    document.addEventListener('pointerdown', event => {
      const open = settings()
      if (open && !open.contains(/** @type {Node} */ (event.target))) open.open = false
    })
    this.addEventListener('keydown', event => {
      const open = settings()
      if (event.key !== 'Escape' || !open) return
      event.stopPropagation()
      open.open = false
      open.querySelector('summary')?.focus()
    })
  }

  draw() {
    const { store } = this.app
    const { cursor, room, place } = this.state
    if ((place !== 'session' && place !== 'embed') || !store.branch) return []
    const recorded = place === 'embed'
    const { length } = store
    const { start } = store.branch.landmarks
    return [
      h(
        'div',
        { class: 'transport-keys', role: 'group', 'aria-label': 'Move through the run' },
        this.#key('first', 'To the start', cursor <= start, () => this.app.seek(0)),
        this.#key('back', 'Step back', cursor <= start, () => this.app.step(-1)),
        this.#play(),
        this.#key('on', 'Step forward', store.atEnd, () => this.app.step(1)),
        this.#key('last', 'To the end', store.atEnd, () => this.app.seek(length)),
      ),
      !recorded && this.#deliverAll(),
      h('rp-scrubber', { class: 'scrubber' }),
      h('p', { class: 'position nums small', 'aria-live': 'off' }, `event ${cursor} of ${length}`),
      !recorded &&
        (room === 'phone'
          ? h(
              'details',
              { class: 'settings' },
              h('summary', { class: 'btn icon', 'aria-label': 'Speed, policy and timers' }, '⋯'),
              h('div', { class: 'settings-body' }, this.#settings()),
            )
          : h('div', { class: 'settings-row' }, this.#settings())),
    ]
  }

  /** @param {'first'|'back'|'on'|'last'} name @param {string} label @param {boolean} off @param {() => void} go */
  #key(name, label, off, go) {
    return h(
      'button',
      {
        type: 'button',
        class: `btn icon key-${name}`,
        'aria-label': label,
        title: label,
        'aria-disabled': off ? 'true' : null,
        onclick: () => !off && go(),
      },
      icon(name),
    )
  }

  #play() {
    const { playing } = this.state
    return h(
      'button',
      {
        type: 'button',
        class: 'btn primary play',
        title: this.#playTitle(),
        onclick: () => this.app.togglePlay(),
        'aria-keyshortcuts': 'Space',
      },
      icon(playing ? 'pause' : 'play'),
      playing ? 'Pause' : 'Play',
    )
  }

  #playTitle() {
    const { store } = this.app
    if (!store.atEnd) return 'Replays the run from here'
    if (this.state.place === 'embed') return 'Replays the run from its start'
    return store.scripted ? 'Plays the scenario to the end of the section' : 'Lets one thing happen after another'
  }

  #deliverAll() {
    const { store } = this.app
    const count = store.state ? movable(store.state) : 0
    const why = store.whyNot || (count === 0 ? 'Nothing waits that could be delivered' : '')
    const timed = store.state?.run
    return h(
      'button',
      {
        type: 'button',
        class: 'btn deliver-all',
        'aria-disabled': why ? 'true' : null,
        title:
          why ||
          (timed ? 'Delivers what waits now, in the order of arrival' : 'Delivers what waits, and what comes of it, until all is quiet'),
        onclick: () =>
          why ? this.app.say(why, 'warn') : void this.app.act({ do: 'run', policy: this.state.policy, ...(timed ? { count } : {}) }),
      },
      icon('forward'),
      'Deliver all',
    )
  }

  #settings() {
    const { store } = this.app
    const running = Boolean(store.state?.run)
    const refused = store.whyNot
    return [
      h(
        'label',
        { class: 'setting' },
        h('span', null, 'Timers'),
        h(
          'div',
          { class: 'segments', role: 'group', 'aria-label': 'Timers' },
          [false, true].map(on =>
            h(
              'button',
              {
                type: 'button',
                class: 'btn',
                'aria-pressed': String(on === running),
                'aria-disabled': refused ? 'true' : null,
                title: refused || (on ? 'Time flows while you play, and fires timers' : 'Nothing fires unless you fire it'),
                onclick: () => on !== running && void this.app.act({ do: 'timers', running: on }),
              },
              on ? 'running' : 'by hand',
            ),
          ),
        ),
      ),
      h(
        'label',
        { class: 'setting' },
        h('span', null, 'Policy'),
        h(
          'select',
          {
            '.value': this.state.policy,
            'aria-label': 'Delivery policy',
            title: 'By which rule Play and Deliver all move messages',
            onchange: (/** @type {any} */ event) => store.set({ policy: event.currentTarget.value }),
          },
          Object.entries(POLICIES).map(([name, words]) => h('option', { value: name }, words)),
        ),
      ),
      h(
        'label',
        { class: 'setting' },
        h('span', null, 'Speed'),
        h(
          'select',
          {
            '.value': String(this.state.speed),
            'aria-label': 'Speed of time',
            title: 'How much virtual time flows in a second',
            onchange: (/** @type {any} */ event) => store.set({ speed: Number(event.currentTarget.value) }),
          },
          SPEEDS.map(speed => h('option', { value: String(speed) }, `${speed} ms/s`)),
        ),
      ),
    ]
  }
}
customElements.define('rp-transport', Transport)
