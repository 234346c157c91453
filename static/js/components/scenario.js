// The scenario panel: what it is about, its sections, their prose, and what is expected ticking off.

import { h } from './dom.js'
import { Part, watching } from './part.js'
import { inline, markdown } from './markdown.js'
import { currentSection, sectionsAt } from '../app/reading.js'
import { editCopy } from '../app/drafts.js'

/** @typedef {import('../app/reading.js').SectionReading} SectionReading */

/** What the server calls a scenario that is not of its library. */
const OWN = 'scenario'
const MARKS = { open: '○', held: '✓', failed: '✗' }
const SPOKEN = { open: 'not yet', held: 'holds', failed: 'does not hold' }
const STATES = { ahead: 'still ahead', now: 'under way', done: 'done', failed: 'an expectation failed' }

export class ScenarioPanel extends Part {
  static watches = watching('scenario', 'cursor', 'revision', 'branch', 'may', 'connection', 'busy')

  draw() {
    const { scenario, cursor } = this.state
    if (!scenario) return [h('p', { class: 'muted' }, 'This run follows no scenario. The gallery has some that tell a story.')]
    const sections = sectionsAt(this.app.store)
    const current = currentSection(sections, cursor)
    return [
      h('h2', null, scenario.title),
      h(
        'details',
        { class: 'about small muted', open: sections.every(section => section.state === 'ahead') },
        h('summary', null, 'About'),
        markdown(scenario.about),
        scenario.name !== OWN && h('button', { type: 'button', class: 'link', onclick: () => void editCopy(this.app, scenario.name) }, 'Edit a copy'),
      ),
      h(
        'ol',
        { class: 'sections', 'aria-label': 'Sections' },
        sections.map(section => this.#row(section, section === current)),
      ),
      current && this.#section(current),
      this.#controls(),
    ]
  }

  /** @param {SectionReading} section @param {boolean} on */
  #row(section, on) {
    const mark = { ahead: '', now: '', done: '✓', failed: '✗' }[section.state]
    return h(
      'li',
      { key: section.number },
      h(
        'button',
        {
          type: 'button',
          class: 'section',
          'aria-current': on ? 'step' : null,
          'aria-disabled': section.first ? null : 'true',
          onclick: () => section.first && this.app.seek(section.last),
        },
        h('span', { class: 'section-number' }, section.number),
        h('span', { class: 'grow' }, section.title, h('span', { class: 'unseen' }, `, ${STATES[section.state]}`)),
        h('span', { class: section.state === 'failed' ? 'warn' : 'good', 'aria-hidden': 'true' }, mark),
      ),
    )
  }

  /** @param {SectionReading} current */
  #section(current) {
    const { section, expectations } = current
    const features = [...(section.tests ?? []), ...(section.uses ?? [])]
    return h(
      'section',
      { class: 'prose', 'aria-label': current.title },
      markdown(section.prose ?? ''),
      features.length > 0 &&
        h(
          'details',
          { class: 'small' },
          h('summary', null, `Features of Raft: ${features.length}`),
          this.#features('The point here', section.tests),
          this.#features('Used on the way', section.uses),
        ),
      expectations.length > 0 && h('h3', null, 'Expected here'),
      h(
        'ul',
        { class: 'expectations' },
        expectations.map(one =>
          h(
            'li',
            { class: `expectation ${one.state}` },
            h('span', { class: 'expect-mark', 'aria-hidden': 'true' }, MARKS[one.state]),
            h(
              'span',
              null,
              one.text,
              h('span', { class: 'unseen' }, `, ${SPOKEN[one.state]}`),
              one.why && one.state === 'failed' && h('span', { class: 'warn' }, ` (${one.why})`),
            ),
          ),
        ),
      ),
    )
  }

  /** @param {string} title @param {string[]|undefined} list */
  #features(title, list) {
    return (
      list &&
      list.length > 0 && [
        h('p', { class: 'muted' }, title),
        h(
          'ul',
          { class: 'bullets' },
          list.map(one => h('li', null, inline(one))),
        ),
      ]
    )
  }

  #controls() {
    const { store } = this.app
    const script = store.branch?.info.script
    if (!script)
      return h(
        'p',
        { class: 'note small' },
        'This branch left the script: it goes where you take it. The script’s own branch is kept, in the branch list.',
      )
    if (script.done)
      return h(
        'p',
        { class: 'note small' },
        'The scenario is at its end. Go on by hand, or step back and do something else: that starts a branch.',
      )
    const refused = store.whyNot
    const next = this.state.scenario?.sections[script.section - 1]?.steps[script.step]
    const begin = script.section === 0 || !next
    /** @param {string} label @param {'step'|'section'|'end'} to @param {boolean} [primary] */
    const button = (label, to, primary) =>
      h(
        'button',
        {
          type: 'button',
          class: `btn ${primary ? 'primary' : ''}`,
          'aria-disabled': refused ? 'true' : null,
          title: refused || null,
          onclick: () => void this.app.script(to),
        },
        label,
      )
    return h(
      'section',
      { class: 'script', 'aria-label': 'Play the script' },
      h('p', { class: 'small' }, h('span', { class: 'muted' }, 'Next: '), begin ? 'the next section begins' : h('code', null, next.text)),
      h('div', { class: 'row' }, button('Play step', 'step'), button('Play section', 'section', true), button('Play all', 'end')),
      h('p', { class: 'small muted' }, 'Or do something else: act on any node or message, and a branch of your own begins.'),
    )
  }
}
customElements.define('rp-scenario', ScenarioPanel)
