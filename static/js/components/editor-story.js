// The story of a scenario that is being written: its words as fields, its sections and their steps. All of it changes the text.

import { h } from './dom.js'
import { addStep, beginSection, joinSection, removeStep, setAbout, setProse, setSectionTitle, setTitle } from '../app/edits.js'
import { expectStep } from '../app/expecting.js'
import { tidy } from '../app/scalars.js'

/** @typedef {import('./editor.js').Editor} Editor */
/** @typedef {import('../app/outline.js').Outline} Outline */
/** @typedef {import('../app/outline.js').OutlineSection} OutlineSection */
/** @typedef {import('../app/outline.js').OutlineStep} OutlineStep */
/** @typedef {import('../app/scalars.js').Scalar} Scalar */
/** @typedef {{section: number, step: number}} Spot */

const MARKDOWN = 'Markdown: **strong**, *emphasis*, `code`'

/** @param {Editor} editor @param {Outline} outline */
export function story(editor, outline) {
  return [
    h(
      'div',
      { class: 'story-words', key: 'words' },
      field(editor, 'title', 'Title', outline.title, value => setTitle(editor.writing.text, value)),
      field(editor, 'about', 'About', outline.about, value => setAbout(editor.writing.text, value), `What the scenario is for. ${MARKDOWN}`),
    ),
    outline.locked && h('p', { class: 'note', key: 'locked' }, 'The sections are written in a form that only the text can change.'),
    outline.sections.map((section, number) => sectionCard(editor, outline, section, number)),
  ]
}

/**
 * A field for one of the scenario's texts; the text keeps no blanks at the ends of lines, the field does while it is typed in.
 * @param {Editor} editor @param {string} name @param {string} label @param {Scalar|null} scalar
 * @param {(value: string) => string} changed  the text after it @param {string} [hint]  for a text of several lines
 */
function field(editor, name, label, scalar, changed, hint) {
  const { value = '', locked = false } = scalar ?? {}
  const [shown] = label.split(' of section')
  const raw = editor.typed.name === name ? editor.typed.text : ''
  return h(
    'label',
    { class: 'field' },
    h('span', null, shown),
    h(hint ? 'textarea' : 'input', {
      type: hint ? null : 'text',
      rows: hint ? Math.min(8, value.split('\n').length + 1) : null,
      name,
      'aria-label': shown === label ? null : label,
      placeholder: hint ?? null,
      maxlength: hint ? null : 200,
      readonly: locked,
      title: locked ? 'Written in a form that only the text can change' : null,
      '.value': raw.trim() === value || tidy(raw) === value ? raw : value,
      oninput: (/** @type {any} */ event) => {
        editor.typed = { name, text: event.currentTarget.value }
        editor.writing.edit(changed(event.currentTarget.value), name)
      },
    }),
  )
}

/** @param {Editor} editor @param {Outline} outline @param {OutlineSection} section @param {number} number */
function sectionCard(editor, outline, section, number) {
  const titled = outline.sections.filter((one, i) => one.title && i <= number).length
  const before = outline.sections[number - 1]
  const joins = Boolean(section.title && before?.title && before.steps?.items.length && section.steps?.items.length)
  const { writing } = editor
  return h(
    'section',
    { class: 'story-section', key: `section ${number}`, 'aria-label': section.title?.value || 'Before the first section' },
    section.title
      ? [
          h('div', { class: 'story-head' }, field(editor, `title ${number}`, `Section ${titled}`, section.title, value => setSectionTitle(writing.text, number, value)), joins && join(editor, number)),
          field(editor, `prose ${number}`, `Prose of section ${titled}`, section.prose, value => setProse(writing.text, number, value), `What the reader should watch. ${MARKDOWN}`),
        ]
      : h('p', { class: 'small muted' }, section.indent > 0 ? 'This section has no title yet: give it one in the text.' : 'Before the first section. Choose a step, and begin a section there, to give what follows a title and words.'),
    section.steps?.locked && h('p', { class: 'small muted' }, 'The steps are written in a form that only the text can change.'),
    h('p', { class: 'small muted', 'aria-hidden': 'true' }, 'Steps'),
    h(
      'ol',
      { class: 'story-steps', 'aria-label': 'Steps' },
      (section.steps?.items ?? []).map((one, step) => stepRow(editor, one, { section: number, step })),
    ),
  )
}

/** @param {Editor} editor @param {number} number */
function join(editor, number) {
  const onclick = () => {
    editor.edit(joinSection(editor.writing.text, number))
    editor.focusTitle(number - 1)
  }
  return h('button', { type: 'button', class: 'btn quiet small', title: 'Its steps follow on those of the section before; its title and prose go', onclick }, 'Join with the one before')
}

/**
 * The row of a step. A long story has hundreds: one that is as it was at the last change keeps its description.
 * @param {Editor} editor @param {OutlineStep} one @param {Spot} spot
 */
function stepRow(editor, one, spot) {
  const key = `${spot.section}.${spot.step}`
  const chosen = editor.chosen?.section === spot.section && editor.chosen.step === spot.step
  const mark = editor.marks.get(one.from)
  const told = `${mark} ${one.text}`
  const before = editor.rows.get(key)
  if (!chosen && before?.told === told) return before.row
  const row = describedRow(editor, one, spot, mark, chosen)
  if (chosen) editor.rows.delete(key)
  else editor.rows.set(key, { told, row })
  return row
}

/** @param {Editor} editor @param {OutlineStep} one @param {Spot} spot @param {import('./editor.js').Mark|undefined} mark @param {boolean} chosen */
function describedRow(editor, one, spot, mark, chosen) {
  const [words, remark] = one.text.split(/\s#\s(?=[^\n]*$)/)
  return h(
    'li',
    { key: `${spot.section}.${spot.step}` },
    h(
      'button',
      { type: 'button', class: `story-step ${mark ?? ''}`, 'aria-expanded': String(chosen), onclick: () => editor.choose(chosen ? null : spot) },
      h('span', { class: 'expect-mark' }, mark ? SIGNS[mark] : '·', mark && h('span', { class: 'unseen' }, SPOKEN[mark])),
      h('span', null, h('code', null, words), remark && h('span', { class: 'small muted' }, ` ${remark}`)),
    ),
    chosen && stepActions(editor, spot),
  )
}

const SIGNS = { held: '✓', failed: '✗', wrong: '!' }
const SPOKEN = { held: ' holds:', failed: ' does not hold:', wrong: ' a mistake:' }

/** What can be done at the step that is chosen. @param {Editor} editor @param {Spot} spot */
function stepActions(editor, { section, step }) {
  const { writing } = editor
  const outline = editor.outline
  /** @param {string} label @param {string} refused @param {() => void} run */
  const action = (label, refused, run) =>
    h(
      'button',
      { type: 'button', class: 'btn', 'aria-disabled': refused ? 'true' : null, title: refused || null, onclick: () => (refused ? editor.app.say(refused, 'warn') : run()) },
      label,
    )
  const begins = step === 0 && outline.sections[section].indent > 0
  return h(
    'div',
    { class: 'row story-actions', key: 'actions' },
    action('Begin a section here', begins ? 'A section begins here already' : '', () => {
      editor.edit(beginSection(writing.text, section, step, 'New section'))
      editor.focusTitle(section + (step > 0 || outline.sections[section].indent > 0 ? 1 : 0))
    }),
    action('Expect what is so now', editor.seqOf({ section, step }) ? '' : 'Wait until the text has been checked, up to this step', () => {
      const { journal, played } = /** @type {import('../app/writing.js').Preview} */ (writing.preview)
      const seq = editor.seqOf({ section, step })
      const broken = played.violations.filter(one => one.event <= seq).map(one => one.invariant)
      editor.edit(addStep(writing.text, section, step, expectStep(journal.at(seq), broken)))
      editor.focusStep({ section, step: step + 1 })
    }),
    action('Remove', '', () => {
      editor.edit(removeStep(writing.text, section, step))
      editor.focusStep({ section, step: Math.max(0, Math.min(step, (editor.outline.sections[section]?.steps?.items.length ?? 0) - 1)) })
    }),
  )
}
