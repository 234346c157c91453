// The run as a picture: what of it, how, and a preview that is the picture itself.

import { h } from '../dom.js'
import { Dialog } from '../dialog.js'
import { download } from '../../app/passing.js'
import { WIDTHS, drawPicture, sectionRange, usualWidth } from '../../export/picture.js'
import { pngOf, scaleFor, sizeOf } from '../../export/png.js'

/** @typedef {import('../../export/picture.js').PictureOptions} PictureOptions */
/** @typedef {import('../../app/branches.js').Branch} Branch */

/** A run of more events is not drawn whole unless that is asked for. */
const LARGE = 300

class PictureDialog extends Dialog {
  /** 'whole', 'sight', or the number of a section. */
  shown = 'whole'
  format = 'svg'
  theme = /** @type {'light'|'dark'} */ ('light')
  legend = true
  width = 0
  /** What the picture was drawn for, the picture, and where the browser finds it. */
  #drawn = { key: '', svg: '', why: '', url: '' }
  /** What became of copying the picture, and of which. */
  #copied = { key: '', words: '' }
  /** The events that were in sight. */
  #sight = { from: 1, to: 1 }

  connectedCallback() {
    const { branch } = this.app.store
    const diagram = /** @type {import('../../diagram/diagram.js').Diagram|null} */ (document.getElementById('diagram'))
    this.theme = getComputedStyle(document.documentElement).colorScheme === 'dark' ? 'dark' : 'light'
    if (branch) this.width = usualWidth(branch.journal.nodes)
    if (diagram) this.#sight = diagram.sight
    if (branch && branch.journal.length > LARGE) this.shown = 'sight'
    super.connectedCallback()
  }

  disconnectedCallback() {
    URL.revokeObjectURL(this.#drawn.url)
    super.disconnectedCallback()
  }

  get heading() {
    return 'A picture of this run'
  }

  get verb() {
    return 'Download'
  }

  get size() {
    return 'large'
  }

  get refused() {
    return this.#picture().why
  }

  /** The picture of what is chosen; drawn anew only when that changes. */
  #picture() {
    const { branch } = this.app.store
    const { shown, theme, legend, width, format } = this
    const key = JSON.stringify([shown, theme, legend, width, format])
    if (!branch || this.#drawn.key === key) return this.#drawn
    URL.revokeObjectURL(this.#drawn.url)
    this.#drawn = { key, svg: '', why: '', url: '' }
    try {
      const svg = drawPicture(branch.journal, this.#options(branch))
      if (format === 'png' && !scaleFor(sizeOf(svg))) throw new RangeError('the picture is too large for a PNG: choose a part of the run, or SVG')
      Object.assign(this.#drawn, { svg, url: URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' })) })
    } catch (error) {
      if (!(error instanceof RangeError)) throw error
      this.#drawn.why = error.message[0].toUpperCase() + error.message.slice(1)
    }
    return this.#drawn
  }

  /** @param {Branch} branch @returns {PictureOptions} */
  #options({ journal, info }) {
    const { config, scenario, cursor } = this.state
    const { theme, legend, width, shown } = this
    const about = { config, title: scenario?.title ?? 'A Raft run', theme, legend, width, violations: info.violations ?? [] }
    if (shown === 'whole') return about
    if (shown === 'sight') return { ...about, ...this.#sight, cursor }
    const range = sectionRange(journal, Number(shown))
    return { ...about, ...range, cursor: range?.to }
  }

  body() {
    const { branch } = this.app.store
    const { key, url, svg } = this.#picture()
    const sections = branch?.journal.events().filter(e => e.k === 'section') ?? []
    return [
      h(
        'div',
        { class: 'grid' },
        this.#choice('shown', 'What', [
          ['whole', 'The whole run'],
          ['sight', 'What is in sight'],
          ...sections.map((e, i) => [String(i + 1), `${i + 1} · ${e.text ?? ''}`]),
        ]),
        this.#choice('format', 'Format', [
          ['svg', 'SVG'],
          ['png', 'PNG'],
        ]),
        this.#choice('theme', 'Theme', [
          ['light', 'Light'],
          ['dark', 'Dark'],
        ]),
        h(
          'label',
          { class: 'field' },
          h('span', null, 'Width, pixels'),
          h('input', { type: 'number', min: WIDTHS.least, max: WIDTHS.most, '.value': String(this.width), onchange: this.keeps('width') }),
        ),
      ),
      h(
        'div',
        { class: 'row' },
        h('label', { class: 'check grow' }, h('input', { type: 'checkbox', '.checked': this.legend, onchange: this.keeps('legend') }), 'Legend'),
        h('span', { class: 'small', role: 'status' }, this.#copied.key === key && this.#copied.words),
        svg && h('span', { class: 'small muted' }, this.#pixels(svg)),
        svg && 'ClipboardItem' in window && h('button', { type: 'button', class: 'btn', onclick: () => void this.#copy(key, svg) }, 'Copy as PNG'),
      ),
      h(
        'div',
        { class: 'picture', tabindex: 0, role: 'group', 'aria-label': 'Preview' },
        url && h('img', { key: url, src: url, decoding: 'async', alt: `The picture: ${this.#drawn.svg.match(/<desc>(.*?)<\/desc>/)?.[1] ?? ''}` }),
      ),
    ]
  }

  /** @param {'shown'|'format'|'theme'} field @param {string} label @param {string[][]} options */
  #choice(field, label, options) {
    return h(
      'label',
      { class: 'field' },
      h('span', null, label),
      h(
        'select',
        { '.value': this[field], autofocus: field === 'shown', onchange: this.keeps(field) },
        options.map(([value, words]) => h('option', { value }, words)),
      ),
    )
  }

  /** @param {string} svg */
  #pixels(svg) {
    const size = sizeOf(svg)
    const scale = this.format === 'png' ? scaleFor(size) : 1
    return `${size.width * scale} × ${size.height * scale} pixels`
  }

  /** Copies the picture, and says so beside the button: a toast would lie over the dialog. @param {string} key @param {string} svg */
  async #copy(key, svg) {
    /** @param {string} words */
    const say = words => {
      this.#copied = { key, words }
      this.refresh()
    }
    const scale = scaleFor(sizeOf(svg))
    if (!scale) return say('Too large to copy: choose a part of the run.')
    say('Copying…')
    try {
      await navigator.clipboard.write([new ClipboardItem({ 'image/png': pngOf(svg, scale) })])
      say('✓ The picture is copied.')
    } catch {
      say('The browser does not let the page copy: download the picture.')
    }
  }

  async submit() {
    const { svg } = this.#picture()
    const name = `${this.state.scenario?.name ?? 'raftplay'}${Number(this.shown) ? `-${this.shown}` : ''}.${this.format}`
    try {
      download(this.format === 'svg' ? new Blob([svg], { type: 'image/svg+xml' }) : await pngOf(svg, scaleFor(sizeOf(svg))), name)
      return true
    } catch (error) {
      this.app.say(error instanceof Error ? error.message : String(error), 'warn')
      return false
    }
  }
}
customElements.define('rp-picture-dialog', PictureDialog)
