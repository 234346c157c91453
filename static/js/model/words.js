/**
 * Names and sentences: how the page calls nodes, messages and events.
 *
 * @typedef {import('./types.js').Event} Event
 * @typedef {import('./types.js').Message} Message
 * @typedef {import('./types.js').MessageType} MessageType
 * @typedef {import('./types.js').Note} Note
 * @typedef {import('./types.js').Packet} Packet
 * @typedef {import('./types.js').Vocabulary} Vocabulary
 */
import { AT_WALL, CLIENT, HELD } from './types.js'

/** How many colours the terms cycle through; the style sheet has as many. */
const TERM_COLOURS = 8

/** @param {number} term from 1 @returns {number} its colour, 1 to TERM_COLOURS; 0 before the first term */
export const termColour = term => (term > 0 ? ((term - 1) % TERM_COLOURS) + 1 : 0)

/** @param {number} id */
export const nodeName = id => (id === CLIENT ? 'client' : id > 0 ? `N-${id}` : 'none')

/** @param {number} role */
export const roleName = role => ['follower', 'pre-candidate', 'candidate', 'leader'][role]

/** @param {number} set bit 1 is N-1 @returns {number[]} */
export const nodesOf = set => Array.from({ length: 15 }, (_, i) => i + 1).filter(id => set & (1 << id))

/** @type {Record<MessageType, {paper: string, short: string, icon: string, spoken: string, family: string}>} */
const types = {
  pv: { paper: 'PreVote', short: 'PV', icon: 'PV', spoken: 'pre-vote request', family: 'vote' },
  pvr: { paper: 'PreVoteReply', short: 'pre-vote', icon: 'pv', spoken: 'pre-vote answer', family: 'vote' },
  rv: { paper: 'RequestVote', short: 'Vote', icon: 'RV', spoken: 'vote request', family: 'vote' },
  rvr: { paper: 'RequestVoteReply', short: 'vote', icon: 'rv', spoken: 'vote answer', family: 'vote' },
  ae: { paper: 'AppendEntries', short: 'Append', icon: 'AE', spoken: 'append request', family: 'append' },
  aer: { paper: 'AppendEntriesReply', short: 'append', icon: 'ae', spoken: 'append answer', family: 'append' },
  cq: { paper: 'ClientRequest', short: 'request', icon: '?', spoken: 'client request', family: 'client' },
  ca: { paper: 'ClientReply', short: 'answer', icon: '=', spoken: 'client answer', family: 'client' },
}

/** @param {Message} m @returns {string} the paper's name */
export const messageName = m => types[m.y].paper

/** @param {Message} m @returns {'vote'|'append'|'client'} what its colour stands for */
export const messageFamily = m => /** @type {'vote'|'append'|'client'} */ (types[m.y].family)

/** @param {Message} m */
export const isReply = m => m.y === 'pvr' || m.y === 'rvr' || m.y === 'aer' || m.y === 'ca'

/** @param {Message} m @returns {string} as it is spoken: "pre-vote request" */
export const spokenName = m => (m.y === 'ae' && !m.e ? 'heartbeat' : types[m.y].spoken)

/** @param {number} n @param {string} one */
const count = (n, one) => `${n} ${n === 1 ? one : one.replace(/y$/, 'ie') + 's'}`

/** @param {Message} m @returns {string[]} what a message says, from the longest form to the shortest */
export function messageLabels(m) {
  const t = m.t ?? 0
  const type = types[m.y]
  const entries = m.e?.length ?? 0
  switch (m.y) {
    case 'pv':
    case 'rv':
      return [`${type.paper} t${t} · last ${m.li ?? 0}/t${m.lt ?? 0}`, `${type.paper} t${t}`, `${type.short} t${t}`, type.icon]
    case 'pvr':
      return m.ok ? ['pre-vote: yes', 'yes', '✓'] : ['pre-vote: no', 'no', '✗']
    case 'rvr':
      return m.ok ? ['vote granted', 'granted', 'yes', '✓'] : ['vote refused', 'refused', 'no', '✗']
    case 'ae': {
      const what = entries ? count(entries, 'entry') : 'heartbeat'
      const prev = `prev ${m.pi ?? 0}/t${m.pt ?? 0}`
      return entries
        ? [`AppendEntries t${t} · ${prev} · ${what}`, `AppendEntries ${prev} · ${what}`, `Append · ${what}`, what, `+${entries}`]
        : [`AppendEntries t${t} · heartbeat · commit ${m.lc ?? 0}`, `heartbeat t${t} · commit ${m.lc ?? 0}`, `heartbeat t${t}`, 'heartbeat', 'beat', 'hb']
    }
    case 'aer':
      return m.ok ? [`ok · match ${m.mi ?? 0}`, `ok ${m.mi ?? 0}`, '✓'] : [`refused · log ends at ${m.li ?? 0}`, `refused · ${m.li ?? 0}`, 'refused', '✗']
    case 'cq':
      return [m.x ?? '', ...shorter(m.x ?? ''), type.icon]
    default:
      return answerLabels(m)
  }
}

/** @param {Message} m @returns {string[]} */
function answerLabels(m) {
  if (m.st === 'redirect') return [`redirect: ask ${nodeName(m.ld ?? 0)}`, `ask ${nodeName(m.ld ?? 0)}`, '↪']
  if (m.st === 'retry') return ['retry later', 'retry', '↻']
  return [m.x ?? '', ...shorter(m.x ?? ''), '=']
}

/** @param {string} text @returns {string[]} the text cut ever shorter */
function shorter(text) {
  return [24, 16, 11, 7].filter(n => text.length > n).map(n => text.slice(0, n - 1).trimEnd() + '…')
}

/**
 * @param {Message} m
 * @param {number} width how many characters there is room for
 * @returns {string} the longest label that fits, or else the shortest there is
 */
export function messageLabel(m, width) {
  const labels = messageLabels(m)
  return labels.find(l => l.length <= width) ?? labels[labels.length - 1]
}

/** @param {{hold: number, outbox?: boolean}} p @returns {string} why, and where, a message waits */
export function waitingName(p) {
  if (p.hold === HELD) return 'held back'
  if (p.hold === AT_WALL) return 'at the wall'
  return p.outbox ? 'in the outbox' : 'waiting'
}

/** @param {{m: Message, hold: number, outbox?: boolean}} p @returns {string} the name of a waiting message's handle */
export function handleName(p) {
  const copy = p.m.of ? 'copy of a ' : ''
  return `${copy}${spokenName(p.m)} from ${nodeName(p.m.f)} to ${nodeName(p.m.o)}, ${waitingName(p)}`
}

/**
 * @param {Note} note
 * @param {Vocabulary | null} vocabulary
 * @returns {string} the decision in the paper's words, with the section that it rests on
 */
export function noteText([name, ...args], vocabulary) {
  const known = vocabulary?.notes[name]
  if (!known) return name.replaceAll('-', ' ')
  const text = known.text.replace(/\{(n?)([0-3])\}/g, (_, named, i) => (named ? nodeName(args[i]) : String(args[i] ?? 0)))
  return known.section ? `${text}, ${known.section}` : text
}

/** @param {number} ms @returns {string} */
export const timeText = ms => `${ms} ms`

/** The server's words as a sentence. @param {string} text @returns {string} */
export function sentence(text) {
  return text.charAt(0).toUpperCase() + text.slice(1) + (/[.!?]$/.test(text) ? '' : '.')
}
