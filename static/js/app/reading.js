// Where a scenario stands at the cursor: its sections, and which expectations hold so far.

/** @typedef {import('./store.js').Store} Store */
/** @typedef {import('../net/wire.js').ScenarioSection} ScenarioSection */
/** @typedef {{text: string, state: 'open'|'held'|'failed', seq: number, why: string}} Expectation */
/**
 * @typedef {object} SectionReading
 * @property {number} number  from 1
 * @property {string} title
 * @property {ScenarioSection} section
 * @property {'ahead'|'now'|'done'|'failed'} state
 * @property {number} first  the event at which it begins, 0 while it is ahead
 * @property {number} last  its last event so far
 * @property {Expectation[]} expectations
 */

/** @param {Store} store @returns {SectionReading[]} */
export function sectionsAt(store) {
  const { branch, view } = store
  if (!view.scenario || !branch) return []
  const marks = branch.landmarks.sections
  const script = branch.info.script
  return view.scenario.sections.map((section, i) => {
    const first = marks[i]?.seq ?? (!section.title && script?.section ? 1 : 0)
    const last = marks[i + 1] ? marks[i + 1].seq - 1 : first ? branch.journal.length : 0
    const begun = first > 0 && first <= view.cursor
    const played = marks.length > i + 1 || Boolean(script && (script.done || script.section > i + 1 || script.step >= section.steps.length))
    const expectations = expectationsOf(section, i + 1, script?.results ?? [], view.cursor)
    const failed = expectations.some(one => one.state === 'failed')
    const over = begun && played && view.cursor >= last
    return {
      number: i + 1,
      title: section.title,
      section,
      first,
      last,
      expectations,
      state: failed ? 'failed' : over ? 'done' : begun ? 'now' : 'ahead',
    }
  })
}

/**
 * @param {ScenarioSection} section @param {number} number
 * @param {import('../net/wire.js').ExpectResult[]} results @param {number} cursor @returns {Expectation[]}
 */
function expectationsOf(section, number, results, cursor) {
  return section.steps.flatMap(
    /** @returns {Expectation[]} */ (step, i) => {
      if (!step.expect) return []
      const found = results.filter(one => one.section === number && one.step === i + 1 && one.seq <= cursor)
      if (found.length === 0) return [{ text: step.text, state: 'open', seq: 0, why: '' }]
      return found.map(
        one => /** @type {Expectation} */ ({ text: one.text, state: one.held ? 'held' : 'failed', seq: one.seq, why: one.why ?? '' }),
      )
    },
  )
}

/** The section that the cursor is in, else the first. @param {SectionReading[]} sections @param {number} cursor */
export function currentSection(sections, cursor) {
  return sections.findLast(section => section.first > 0 && section.first <= cursor) ?? sections[0]
}
