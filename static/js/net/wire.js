// The frames and answers that the server and the page exchange, as web/PROTOCOL.md documents them.

/** @typedef {import('../model/types.js').Event} Event */
/** @typedef {import('../model/types.js').Action} Action */

/** @typedef {{name: string, text: string, section: string}} NoteText */
/** @typedef {{name: string, kind: 'safety'|'comfort'|'dialect', section: string, does: string, without: string}} RuleInfo */
/** @typedef {{name: string, about: string, rules: Record<string, boolean>, maxEntries: number}} Profile */
/** @typedef {{name: string, section: string, statement: string}} Invariant */
/**
 * @typedef {object} Vocabulary
 * @property {string} engine
 * @property {Record<string, NoteText>} notes
 * @property {RuleInfo[]} rules
 * @property {Profile[]} profiles
 * @property {Invariant[]} invariants
 * @property {{code: string, name: string}[]} messages
 * @property {Record<string, number>} limits
 */

/** @typedef {{latency?: [number, number], loss?: number, duplicate?: number, reorder?: boolean}} LinkConfig */
/**
 * What a run starts from. Every part may be left out in a request.
 * @typedef {object} Config
 * @property {number} [nodes]
 * @property {string} [profile]
 * @property {Record<string, boolean>} [rules]
 * @property {number} [maxEntries]
 * @property {{running?: boolean, election?: [number, number], heartbeat?: number}} [timers]
 * @property {LinkConfig} [links]
 * @property {'immediate'|'held'} [sending]
 * @property {number} [seed]
 */

/** @typedef {{name: string, title: string, about: string, tags?: string[], nodes: number, profile: string, sections: string[]}} ScenarioCard */
/** @typedef {{text: string, expect: boolean}} ScenarioStep */
/** @typedef {{title: string, prose?: string, uses?: string[], tests?: string[], steps: ScenarioStep[]}} ScenarioSection */
/** @typedef {{name: string, title: string, about: string, tags?: string[], nodes: number, profile: string, sections: ScenarioSection[], source?: string}} Scenario */

/** @typedef {{section: number, step: number, seq: number, text: string, held: boolean, why?: string}} ExpectResult */
/** @typedef {{section: number, step: number, done: boolean, results?: ExpectResult[]}} Script */
/** @typedef {{invariant: string, section: string, event: number, nodes?: number[], text: string, edit?: number}} Violation */
/**
 * A branch as the server tells of it: it shares its parent's first `at` events.
 * @typedef {object} BranchInfo
 * @property {number} id
 * @property {string} name
 * @property {number} parent
 * @property {number} at
 * @property {number} length
 * @property {Script} [script]
 * @property {Violation[]} [violations]
 * @property {boolean} [last]
 */

/**
 * @typedef {object} Welcome
 * @property {'welcome'} is
 * @property {number} v
 * @property {string} engine
 * @property {string} session
 * @property {'act'|'watch'} may
 * @property {string} [viewKey] the key to pass on, for those who may act
 * @property {Config} config
 * @property {Scenario} [scenario]
 * @property {BranchInfo[]} branches
 * @property {number} viewers
 * @property {Record<string, number>} limits
 */
/** @typedef {{is: 'events', branch: number, from: number, events: Event[]}} EventsFrame */
/** @typedef {{is: 'branch', branch: BranchInfo}} BranchFrame */
/** @typedef {{is: 'done', id: number, branch?: number, length?: number}} Done */
/** @typedef {{is: 'rejected', id: number, why: string, code: string}} Rejected */
/** @typedef {{is: 'viewers', count: number}} Viewers */
/** @typedef {{is: 'notice', text: string}} Notice */
/** @typedef {{is: 'goodbye', why: string}} Goodbye */
/** @typedef {Welcome|EventsFrame|BranchFrame|Done|Rejected|Viewers|Notice|Goodbye} Frame */

/** @typedef {{session: string, key: string, viewKey: string, cursor?: number}} NewSession  cursor: where a run that was passed on is to be looked at */
/** @typedef {{scenario?: string, source?: string, config?: Config, link?: string, run?: string}} SessionRequest  one of them, or none */
/** @typedef {{link: string, run?: string}} Linked  a run packed for a URL, and the id under which the server keeps it */
/** @typedef {{line: number, column: number, text: string}} Mistake */
/** @typedef {{section: number, step: number, line: number, column: number, seq: number}} PlayedStep  seq: the length of the journal after it */
/**
 * A run as it was played, without a session.
 * @typedef {object} Played
 * @property {string} engine
 * @property {Config} config
 * @property {Scenario|null} scenario
 * @property {Event[]} events
 * @property {number} cursor
 * @property {ExpectResult[]} results
 * @property {string[]} failures
 * @property {Violation[]} violations
 * @property {string} table
 * @property {PlayedStep[]} [steps]  in the order in which they were played
 * @property {Mistake[]} mistakes  of a source; then there is nothing else, or what was played before them
 */

export {}
