// What a scrubber and a list of sections show of a journal, and where one step ends: kept up as events come.

/** @typedef {import('../model/journal.js').Journal} Journal */
/** @typedef {import('../model/types.js').Event} Event */
/** @typedef {{seq: number, term: number}} TermSpan a later term begins at seq */
/** @typedef {{seq: number, node: number}} Mark */
/** @typedef {{seq: number, title: string}} SectionMark */

const LEADER = 3

/** The last value a field was set to by the event, if it was. @param {Event} event @param {string} field */
export function changed(event, field) {
  return event.c?.find(change => change[0] === field)?.[1]
}

export class Landmarks {
  #length = 0
  /** How many events the start of the cluster takes: before its end there is nothing to see. */
  start = 0
  /** The events at which a move ends, ascending: where stepping stops. @type {number[]} */
  stops = []
  /** @type {TermSpan[]} */
  terms = []
  /** Who became leader. @type {Mark[]} */
  elections = []
  /** @type {Mark[]} */
  crashes = []
  /** @type {SectionMark[]} */
  sections = []
  /** How many commands the client has got a result for. */
  answers = 0

  /** Reads on to the end of the journal. @param {Journal} journal */
  extend(journal) {
    for (let seq = this.#length + 1; seq <= journal.length; seq++) this.#read(journal.event(seq), journal)
    this.#length = journal.length
  }

  /** @param {Event} event @param {Journal} journal */
  #read(event, journal) {
    const seq = event.n
    if (event.k === 'start') this.start = seq
    const before = seq > 1 ? journal.event(seq - 1) : null
    if (before && before.a === event.a && before.v === event.v) this.stops[this.stops.length - 1] = seq
    else this.stops.push(seq)

    const term = changed(event, 'term')
    if (term && term > (this.terms.at(-1)?.term ?? 0)) this.terms.push({ seq, term })
    if (event.at && changed(event, 'role') === LEADER) this.elections.push({ seq, node: event.at })
    if (event.k === 'crash' && event.at) this.crashes.push({ seq, node: event.at })
    if (event.k === 'section') this.sections.push({ seq, title: event.text ?? '' })
    if (event.k === 'handle' && event.m) {
      const { message } = journal.message(event.m)
      if (message.y === 'ca' && message.st === 'result') this.answers++
    }
  }

  /** The nearest stop after seq; the end if there is none. @param {number} seq @returns {number} */
  stopAfter(seq) {
    return this.stops[firstAbove(this.stops, seq)] ?? this.#length
  }

  /** The nearest stop before seq; the end of the start if there is none. @param {number} seq @returns {number} */
  stopBefore(seq) {
    return this.stops[firstAbove(this.stops, seq - 1) - 1] ?? this.start
  }

  /** The number of the section that seq lies in, from 1; 0 before the first. @param {number} seq @returns {number} */
  sectionAt(seq) {
    return firstAbove(
      this.sections.map(section => section.seq),
      seq,
    )
  }
}

/** The index of the first number above a limit, in ascending numbers. @param {number[]} numbers @param {number} limit */
function firstAbove(numbers, limit) {
  let low = 0
  let high = numbers.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (numbers[middle] > limit) high = middle
    else low = middle + 1
  }
  return low
}
