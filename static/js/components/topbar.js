// The top bar: what is on show, its branches, and what can be done with the run as a whole.

import { h } from './dom.js'
import { Part, watching } from './part.js'
import { icon } from './icons.js'
import { openMenu } from './menu.js'
import { openDialog } from './dialog.js'
import { networkWords } from '../app/choices.js'
import { setHints, setTheme } from '../app/prefs.js'
import { goTo } from '../app/route.js'
import { EXPORTS, exportAs } from '../app/passing.js'
import { saveAsScenario } from '../app/drafts.js'

/** @typedef {import('./menu.js').Item} Item */

export class Topbar extends Part {
  static watches = watching(
    'place',
    'scenario',
    'branches',
    'branch',
    'revision',
    'cursor',
    'room',
    'theme',
    'may',
    'viewers',
    'connection',
    'viewKey',
    'key',
    'compare',
  )

  refresh() {
    super.refresh()
    document.title = `${this.#title} · Raftplay`
  }

  get #title() {
    const { place, scenario } = this.state
    const titles = { gallery: 'Gallery', write: 'Write a scenario', link: 'A link', session: '', embed: '' }
    return titles[place] || (scenario?.title ?? 'Sandbox')
  }

  draw() {
    const { place, room, viewers, may } = this.state
    const phone = room === 'phone'
    const live = place === 'session' && Boolean(this.app.store.branch)
    return [
      h(
        'h1',
        { class: 'brand' },
        h('a', { href: '#/gallery', class: 'brand-link' }, h('img', { src: 'favicon.svg', alt: '', width: 22, height: 22 }), 'Raftplay'),
      ),
      !phone && h('p', { class: 'run-title' }, this.#title),
      may === 'watch' && live && h('span', { class: 'chip', title: this.app.store.whyNot }, 'watching'),
      viewers > 1 && live && !phone && h('span', { class: 'chip' }, `${viewers} here`),
      h('span', { class: 'grow' }),
      live && this.#branches(room),
      live && !phone && this.#network(),
      !phone && h('button', { key: 'new', type: 'button', class: 'btn', onclick: () => openDialog('rp-sandbox-dialog') }, 'New…'),
      !phone &&
        (place === 'gallery' ? live : true) &&
        h('a', { key: 'gallery', class: 'btn', href: '#/gallery', 'aria-current': place === 'gallery' ? 'page' : null }, 'Gallery'),
      live && !phone && this.#button('Export', button => this.#export(button)),
      live && this.#share(),
      !phone &&
        h(
          'button',
          {
            type: 'button',
            key: 'theme',
            class: 'btn icon quiet',
            'aria-label': `Theme: ${this.state.theme}`,
            'aria-haspopup': 'menu',
            title: 'Theme',
            onclick: (/** @type {MouseEvent} */ event) => this.#theme(/** @type {HTMLElement} */ (event.currentTarget)),
          },
          icon('theme'),
        ),
      phone
        ? this.#button('More', button => this.#more(button), '☰')
        : h(
            'button',
            {
              type: 'button',
              key: 'help',
              class: 'btn icon quiet',
              'aria-label': 'Help and keys',
              title: 'Help and keys (?)',
              onclick: () => openDialog('rp-keys-dialog'),
            },
            '?',
          ),
    ]
  }

  /** @param {string} label @param {(button: HTMLElement) => void} open @param {string} [sign] */
  #button(label, open, sign) {
    return h(
      'button',
      {
        type: 'button',
        class: 'btn',
        'aria-haspopup': 'menu',
        'aria-label': sign ? label : null,
        onclick: (/** @type {MouseEvent} */ event) => open(/** @type {HTMLElement} */ (event.currentTarget)),
      },
      sign ?? label,
      !sign && icon('down'),
    )
  }

  /** @param {import('../app/store.js').Room} room */
  #branches(room) {
    const { branches, branch } = this.state
    const list = branches?.list() ?? []
    const name = branches?.get(branch)?.info.name ?? ''
    return h(
      'button',
      {
        type: 'button',
        class: 'btn quiet branch-button',
        'aria-haspopup': 'menu',
        onclick: (/** @type {MouseEvent} */ event) => this.#branchMenu(/** @type {HTMLElement} */ (event.currentTarget)),
      },
      h('span', { class: room === 'wide' ? 'muted' : 'unseen' }, 'branch '),
      h('strong', { class: 'branch-name' }, name),
      h('span', { class: 'unseen' }, `, ${list.length} in all`),
      icon('down'),
    )
  }

  /** @param {HTMLElement} opener */
  #branchMenu(opener) {
    const { branches, branch, compare } = this.state
    /** @type {Item[]} */
    const items = (branches?.list() ?? []).map(({ info, journal }) => ({
      label: info.name,
      checked: info.id === branch,
      note: `${journal.length} events${info.parent ? `, from event ${info.at} of ${branches?.get(info.parent)?.info.name ?? ''}` : ''}${info.script ? ', the script' : ''}`,
      run: () => this.app.switchTo(info.id),
    }))
    const alone = items.length < 2 ? 'There is one branch only: step back and act to make another' : ''
    items.push({
      label: 'Rename this branch…',
      apart: true,
      refused: this.app.store.whyNot,
      run: () => openDialog('rp-rename-dialog', { branch }),
    })
    if (compare) items.push({ label: 'Close the comparison', run: () => this.app.compareWith(0) })
    else items.push({ label: 'Compare side by side…', refused: alone, run: () => openDialog('rp-compare-dialog') })
    openMenu({ title: 'Branches', anchor: opener.getBoundingClientRect(), opener, items })
  }

  #network() {
    const words = this.app.store.state ? networkWords(this.app.store.state) : ''
    return h(
      'button',
      {
        type: 'button',
        class: `btn ${words ? 'warn' : ''}`,
        'aria-label': words ? `Network: ${words}` : 'Network: every link is open',
        title: words || 'Every link is open',
        onclick: () => openDialog('rp-network-dialog'),
      },
      icon('network'),
      this.state.room === 'wide' && h('span', { class: 'network-words' }, words || 'Network'),
    )
  }

  #share() {
    const why = this.state.viewKey ? '' : 'The session is not connected yet'
    return h(
      'button',
      {
        type: 'button',
        class: 'btn primary',
        'aria-disabled': why ? 'true' : null,
        title: why || 'Copies a link that carries this run',
        onclick: () => (why ? this.app.say(why, 'warn') : openDialog('rp-share-dialog')),
      },
      'Share',
    )
  }

  /** @param {HTMLElement} opener */
  #export(opener) {
    /** @type {Item[]} */
    const items = [
      { label: 'Picture (SVG, PNG)…', note: 'the diagram, whole or in part', run: () => void this.#picture() },
      {
        label: 'Save as a scenario…',
        note: 'sections, prose, expectations: a file to keep and to teach with',
        run: () => void saveAsScenario(this.app),
      },
      ...EXPORTS.map(({ format, label, note }, i) => ({ label, note, apart: i === 0, run: () => void exportAs(this.app, format) })),
    ]
    openMenu({ title: 'Export this branch', anchor: opener.getBoundingClientRect(), opener, items })
  }

  /** Few take pictures: what draws them is loaded only then. */
  async #picture() {
    try {
      await import('./dialogs/picture.js')
      openDialog('rp-picture-dialog')
    } catch {
      this.app.say('Pictures could not be loaded: reload the page.', 'warn')
    }
  }

  /** @param {HTMLElement} opener */
  #theme(opener) {
    const names = { auto: 'As the system', light: 'Light', dark: 'Dark' }
    const items = Object.entries(names).map(([theme, label]) => ({
      label,
      checked: theme === this.state.theme,
      run: () => setTheme(this.app.store, /** @type {'auto'|'light'|'dark'} */ (theme)),
    }))
    openMenu({ title: 'Theme', anchor: opener.getBoundingClientRect(), opener, items })
  }

  /** @param {HTMLElement} opener */
  #more(opener) {
    const { place, hints } = this.state
    const live = place === 'session' && Boolean(this.app.store.branch)
    /** @type {Item[]} */
    const items = [
      { label: 'New…', run: () => openDialog('rp-sandbox-dialog') },
      { label: 'Gallery', run: () => goTo({ place: 'gallery' }) },
      { label: 'Theme', run: () => this.#theme(opener) },
      { label: 'Help and keys', run: () => openDialog('rp-keys-dialog') },
      { label: hints ? 'Hide hints' : 'Show hints', run: () => setHints(this.app.store, !hints) },
    ]
    if (live)
      items.unshift({ label: 'Network…', run: () => openDialog('rp-network-dialog') }, { label: 'Export', run: () => this.#export(opener) })
    openMenu({ title: 'More', anchor: opener.getBoundingClientRect(), opener, items })
  }
}
customElements.define('rp-topbar', Topbar)
