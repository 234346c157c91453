/**
 * One sentence for each event, for lists and for screen readers.
 *
 * @typedef {import('./types.js').Event} Event
 * @typedef {import('./types.js').Vocabulary} Vocabulary
 * @typedef {import('./journal.js').Journal} Journal
 */
import { CLIENT } from './types.js'
import { valueOf } from './fold.js'
import { messageLabels, nodeName, nodesOf, noteText, roleName, spokenName, timeText } from './words.js'

/**
 * @param {Event} e
 * @param {Journal} journal
 * @param {Vocabulary | null} vocabulary
 * @returns {string} "N-2 handles the vote request from N-1 (RequestVote t1 · last 0/t0): vote granted: …"
 */
export function eventSentence(e, journal, vocabulary) {
  const notes = (e.why ?? []).map(n => noteText(n, vocabulary))
  const what = happening(e, journal)
  const changed = changes(e)
  const reasons = notes.length ? `: ${notes.join('; ')}` : ''
  return `${what}${reasons}${changed.length ? ` (${changed.join(', ')})` : ''}`
}

/** @param {Event} e @param {Journal} journal @returns {string} */
function happening(e, journal) {
  const at = nodeName(e.at ?? 0)
  const m = e.m ? journal.message(e.m).message : undefined
  const name = m ? `the ${spokenName(m)} from ${nodeName(m.f)} to ${nodeName(m.o)}` : ''
  switch (e.k) {
    case 'start':
      return `${at} starts`
    case 'section':
      return `Section: ${e.text}`
    case 'timeout':
      return `The election timer of ${at} runs out`
    case 'heartbeat':
      return `It is time for a heartbeat at ${at}`
    case 'ask':
      return `The client asks ${at}: ${m?.x ?? ''}`
    case 'send':
      return `${at} sends ${name}`
    case 'handle':
      return m && e.at === CLIENT
        ? `The client gets the answer of ${nodeName(m.f)}: ${messageLabels(m)[0]}`
        : `${at} handles the ${m ? `${spokenName(m)} from ${nodeName(m.f)} (${messageLabels(m)[0]})` : ''}`
    case 'lose':
      return `${capital(name)} is lost`
    case 'drop':
      return `${capital(name)} is dropped by hand`
    case 'duplicate':
      return `${capital(name)} is repeated`
    case 'delay':
      return `${capital(name)} is held back${valueOf(e, 'due') === undefined ? '' : ` until ${timeText(valueOf(e, 'due') ?? 0)}`}`
    case 'release':
      return `${capital(name)} may go on`
    case 'reorder':
      return `${capital(name)} is put behind message m${valueOf(e, 'after')}`
    case 'park':
      return `${capital(name)} waits at the wall`
    case 'crash':
      return `${at} crashes`
    case 'restart':
      return `${at} restarts`
    case 'wipe':
      return `The disk of ${at} is wiped`
    case 'network':
      return networkSentence(e)
    case 'edit':
      return `${at} is edited by hand`
    default:
      return clockSentence(e)
  }
}

/** @param {string} s */
const capital = s => s.charAt(0).toUpperCase() + s.slice(1)

/** @param {Event} e */
function networkSentence(e) {
  const links = e.net ?? []
  const mended = links.every(l => l[2] === 0)
  const holds = links.some(l => l[2] === 2)
  if (e.at && links.length > 1) return mended ? `${nodeName(e.at)} rejoins the others` : `${nodeName(e.at)} is cut off${holds ? ', its messages are held' : ''}`
  if (e.at) return `The link from ${nodeName(links[0][0])} to ${nodeName(links[0][1])} is ${mended ? 'mended' : 'cut'}`
  return mended ? 'The network is healed' : `The network is divided${holds ? ', messages are held' : ''}`
}

/** @param {Event} e */
function clockSentence(e) {
  const timers = valueOf(e, 'timers')
  if (timers !== undefined) return timers ? 'The timers run' : 'The timers stand still'
  return `It is ${timeText(e.t ?? 0)}`
}

/** @param {Event} e @returns {string[]} the changes that a reader wants told */
function changes(e) {
  if (e.k === 'start') return []
  const out = []
  for (const [field, value, peer] of e.c ?? []) {
    if (field === 'role') out.push(roleName(value))
    else if (field === 'term') out.push(`term ${value}`)
    else if (field === 'vote' && value) out.push(`votes for ${nodeName(value)}`)
    else if (field === 'granted' && value) out.push(`votes from ${nodesOf(value).map(nodeName).join(' and ')}`)
    else if (field === 'last') out.push(`log cut back to ${value}`)
    else if (field === 'commit') out.push(`commitIndex ${value}`)
    else if (field === 'next' && !e.c?.some(c => c[0] === 'role')) out.push(`nextIndex of ${nodeName(peer ?? 0)} ${value}`)
  }
  if (e.log) out.push(`${e.log.length === 1 ? 'one entry' : `${e.log.length} entries`} added to the log`)
  return out
}
