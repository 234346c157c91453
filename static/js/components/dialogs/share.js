// Sharing: the link that carries the run is copied at once; the other ways to pass it on stand below it.

import { SAFE_LENGTH, atHome } from '../../app/addresses.js'
import { copy } from '../../app/passing.js'
import { Sharing } from '../../app/sharing.js'
import { h } from '../dom.js'
import { Dialog } from '../dialog.js'
import { qrCode, spelt } from '../shortlink.js'
import { sentence } from '../../model/words.js'

/** @typedef {import('../../app/sharing.js').Way} Way */

const COPIED = {
  link: 'The link is copied.',
  short: 'The short link is copied.',
  embed: 'The frame is copied.',
  watch: 'The link to watch is copied.',
  act: 'The link to act is copied.',
}
const THEMES = { auto: 'As the system', light: 'Light', dark: 'Dark' }

class ShareDialog extends Dialog {
  sharing = new Sharing(this.state, location.origin)
  #length = this.app.store.length
  /** What was copied last. @type {Way|''} */
  copied = ''
  /** What the browser did not let the page copy. @type {Way|''} */
  byHand = ''
  /** The short link alone, for a projector. */
  large = false

  get heading() {
    return this.large ? 'Open this run' : 'Share this run'
  }

  get size() {
    return this.large ? 'whole' : 'large'
  }

  connectedCallback() {
    super.connectedCallback()
    void this.#copy('link', this.#make(false))
  }

  /** Enter in a field does nothing. */
  submit() {
    return false
  }

  /** @param {boolean} short @returns {Promise<string>} the link */
  async #make(short) {
    try {
      const made = this.sharing.make(short)
      this.refresh()
      await made
      return this.sharing.text(short ? 'short' : 'link')
    } finally {
      this.refresh()
    }
  }

  /** @param {Way} way @param {string|Promise<string>} text */
  async #copy(way, text) {
    const done = await copy(text)
    this.copied = done ? way : ''
    this.byHand = done || this.sharing.failure ? '' : way
    this.refresh()
    if (this.byHand) /** @type {HTMLInputElement|null} */ (this.querySelector(`[data-way="${way}"]`))?.select()
  }

  body() {
    const { may } = this.state
    const short = this.sharing.text('short')
    if (this.large)
      return [h('div', { class: 'projected' }, qrCode(short), spelt(short), h('button', { type: 'button', class: 'btn', onclick: () => this.#show(false) }, 'Back'))]
    return [
      h('p', { class: 'share-status', role: 'status' }, this.#status()),
      atHome(location.hostname) &&
        h('p', { class: 'note small' }, 'You play on a server of your own, which others cannot reach. The link opens for whoever runs Raftplay, too, at the same address; all other ways work on this machine only.'),
      this.#link(),
      this.#short(short),
      this.#way('embed', 'Embed', 'A frame for a page of a course: the diagram and its transport. Nothing in it can be acted on.', this.#frame()),
      this.#way('watch', 'Watch live', 'Others see what you do while you do it. They can look, not act.'),
      may === 'act' && this.#way('act', 'Act together', 'Take care: whoever has this link can act in this very run, and pass the link on. It cannot be taken back.'),
    ]
  }

  #status() {
    const { failure, making } = this.sharing
    if (failure) return h('span', { class: 'warn' }, sentence(failure))
    if (this.byHand) return 'The browser does not let the page copy. The text is selected below: press Ctrl+C or ⌘C.'
    if (this.copied) return [h('span', { class: 'good', 'aria-hidden': 'true' }, '✓ '), COPIED[this.copied]]
    return making ? 'Packing the run…' : ''
  }

  #link() {
    const text = this.sharing.text('link')
    const { cursor } = this.sharing.shared
    const where = cursor < this.#length ? `at event ${cursor} of ${this.#length}` : 'at its end'
    const length = `${text.length.toLocaleString('en')} characters`
    return h(
      'section',
      { class: 'share-way' },
      h('h3', { id: 'share-link' }, 'Link'),
      h('p', { class: 'small muted' }, `Opens a copy of this run anywhere, ${where}, ready to go on. The link itself holds the run.`),
      text && h('div', { class: 'share-row' }, this.#field('link'), this.#button('link')),
      this.sharing.failure && !text && h('button', { type: 'button', class: 'btn primary', onclick: () => void this.#again() }, 'Try again'),
      text.length > SAFE_LENGTH
        ? h('p', { class: 'small' }, `${length}. `, h('span', { class: 'warn' }, 'Some chats cut links of more than 2,000: the short link is safer.'))
        : text && h('p', { class: 'small muted' }, `${length}.`),
    )
  }

  /** @param {string} text  '' until it is asked for */
  #short(text) {
    const words = 'For a projector, for paper, or for a long run: this server keeps the run under this address.'
    return h(
      'section',
      { class: 'share-way' },
      h('h3', { id: 'share-short' }, 'Short link'),
      h('p', { class: 'small muted' }, words),
      text
        ? h(
            'div',
            { class: 'short-link', key: 'made' },
            qrCode(text),
            h(
              'div',
              { class: 'short-words' },
              this.byHand === 'short' ? this.#field('short') : spelt(text),
              h('div', { class: 'row' }, this.#button('short'), h('button', { type: 'button', class: 'btn', onclick: () => this.#show(true) }, 'Show large')),
            ),
          )
        : h('button', { type: 'button', class: 'btn make-short', key: 'make', 'aria-disabled': this.sharing.making ? 'true' : null, onclick: () => this.#shorten() }, 'Make a short link'),
    )
  }

  async #again() {
    await this.#copy('link', this.#make(false))
    if (!this.byHand) document.getElementById('copy-link')?.focus()
  }

  async #shorten() {
    if (this.sharing.making) return
    this.copied = ''
    await this.#copy('short', this.#make(true))
    if (!this.byHand) document.getElementById('copy-short')?.focus()
  }

  /** @param {boolean} large */
  #show(large) {
    this.large = large
    this.refresh()
    ;/** @type {HTMLElement|null} */ (this.querySelector(large ? '.projected .btn' : '#copy-short'))?.focus()
  }

  #frame() {
    const { frame, embed } = this.sharing
    const open = this.byHand === 'embed' ? { open: true } : {}
    return h(
      'details',
      { class: 'embed-choices', ...open },
      h('summary', { class: 'small' }, 'Height, theme, preview'),
      h(
        'div',
        { class: 'grid' },
        h('label', { class: 'field' }, h('span', null, 'Height in pixels'), h('input', { type: 'number', min: 300, max: 4000, step: 20, '.value': frame.height, oninput: this.#frames('height') })),
        h(
          'label',
          { class: 'field' },
          h('span', null, 'Theme'),
          h(
            'select',
            { '.value': frame.theme, onchange: this.#frames('theme') },
            Object.entries(THEMES).map(([value, words]) => h('option', { value }, words)),
          ),
        ),
        h('a', { class: 'btn', href: embed || null, target: '_blank', rel: 'noopener' }, 'Preview'),
      ),
      this.#field('embed'),
    )
  }

  /** @param {'height'|'theme'} what @returns {(event: any) => void} */
  #frames(what) {
    return event => {
      Object.assign(this.sharing.frame, { [what]: event.currentTarget.value })
      this.copied = ''
      this.refresh()
    }
  }

  /** A way that takes one row. @param {Way} way @param {string} title @param {string} about @param {import('../dom.js').Child} [more] */
  #way(way, title, about, more = this.byHand === way && this.#field(way)) {
    return h(
      'section',
      { class: 'share-way', key: way },
      h('div', { class: 'share-row' }, h('div', { class: 'grow' }, h('h3', { id: `share-${way}` }, title), h('p', { class: 'small muted' }, about)), this.#button(way)),
      more,
    )
  }

  /** @param {Way} way */
  #field(way) {
    return h('input', {
      type: 'text',
      class: 'share-text',
      readonly: true,
      'data-way': way,
      'aria-labelledby': `share-${way}`,
      '.value': this.sharing.text(way),
      onfocus: (/** @type {any} */ event) => event.currentTarget.select(),
    })
  }

  /** @param {Way} way */
  #button(way) {
    const text = this.sharing.text(way)
    return h(
      'button',
      {
        type: 'button',
        class: `btn share-copy ${way === 'link' ? 'primary' : ''}`,
        id: `copy-${way}`,
        'aria-labelledby': `copy-${way} share-${way}`,
        'aria-disabled': text ? null : 'true',
        onclick: () => text && void this.#copy(way, text),
      },
      this.copied === way ? 'Copied' : 'Copy',
    )
  }
}
customElements.define('rp-share-dialog', ShareDialog)
