// "Why?": the chain of causes in words; each step leads to its event.

import { h } from './dom.js'

/** @typedef {import('../app/app.js').App} App */
/** @typedef {import('../model/causes.js').Target} Target */

/** The button that asks. @param {App} app @param {Target} target @param {string} title what is asked about, as "commit 3 on N-2" */
export function whyButton(app, target, title) {
  return h(
    'button',
    { type: 'button', class: 'link small', 'aria-label': `Why ${title}?`, onclick: () => app.explain(target, title) },
    'why?',
  )
}

/** The answer, if there is one on show. @param {App} app */
export function whyCard(app) {
  const { why, cursor } = app.store.view
  if (!why) return null
  return h(
    'section',
    { class: 'why', key: 'why', 'aria-label': `Why ${why.title}?` },
    h(
      'div',
      { class: 'row' },
      h('h3', { class: 'grow' }, `Why ${why.title}?`),
      h(
        'button',
        { type: 'button', class: 'btn quiet icon', 'aria-label': 'Close the explanation', onclick: () => app.store.set({ why: null }) },
        '✕',
      ),
    ),
    h(
      'ol',
      { class: 'why-steps' },
      why.steps.map(step =>
        h(
          'li',
          null,
          h(
            'button',
            { type: 'button', class: 'why-step', 'aria-current': step.seq === cursor ? 'true' : null, onclick: () => app.seek(step.seq) },
            h('span', { class: 'nums muted' }, step.seq),
            h('span', null, step.text),
          ),
        ),
      ),
    ),
  )
}
