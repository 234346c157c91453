/**
 * The small tags beside a lifeline: what an event changed there.
 *
 * @typedef {import('../model/types.js').Event} Event
 * @typedef {import('./metrics.js').Metrics} Metrics
 *
 * @typedef {object} Tag
 * @property {string[]} texts  from the longest form to the shortest
 * @property {'plain'|'term'|'leader'|'candidate'|'commit'|'warn'|'edit'|'bad'} style
 * @property {number} [term]  whose colour it has
 *
 * @typedef {{text: string, full: string, style: Tag['style'], term: number, x: number, w: number}} PlacedTag  full: what it says where there is room
 */
import { CANDIDATE, FOLLOWER, LEADER, PRE_CANDIDATE } from '../model/types.js'
import { valueOf } from '../model/fold.js'
import { nodeName } from '../model/words.js'

/** Decisions by which a message has no effect. */
const IGNORED = new Set(['pre-vote-late', 'vote-sticky', 'vote-late', 'vote-old-term', 'append-to-leader', 'answer-late',
  'answer-old-term', 'refusal-stale', 'already-leader', 'not-a-voter', 'not-leader'])

/**
 * @param {Event} e
 * @param {{term: number, role: number}} node  after the event
 * @param {string} violated  an invariant that breaks here, "" if none
 * @returns {Tag[]} the most important first
 */
export function tags(e, node, violated) {
  /** @type {Tag[]} */
  const out = []
  if (violated) out.push({ texts: [`breaks ${violated}`, 'invariant broken', 'broken', '✗'], style: 'bad' })
  out.push(...happened(e))
  if (e.k === 'start') return out
  roleTags(e, node, out)
  const vote = valueOf(e, 'vote')
  if (vote && valueOf(e, 'role') !== CANDIDATE) out.push({ texts: vote === e.at ? ['votes for itself', 'own vote', '✓'] : [`votes for ${nodeName(vote)}`, `vote ${nodeName(vote)}`, '✓'], style: 'term', term: node.term })
  const counted = e.why?.find(n => n[0] === 'vote-counted')
  if (counted) out.push({ texts: [`${counted[1]} of ${counted[2]} votes`, `votes ${counted[1]}/${counted[2]}`], style: 'candidate' })
  logTags(e, out)
  if (e.why?.some(n => IGNORED.has(n[0]))) out.push({ texts: ['no effect', '∅'], style: 'plain' })
  return out
}

/** @param {Event} e @returns {Tag[]} what a hand, or a timer, did */
function happened(e) {
  /** @param {Tag['style']} style @param {string[]} texts @returns {Tag[]} */
  const one = (style, ...texts) => [{ texts, style }]
  switch (e.k) {
    case 'timeout':
      if (e.why?.some(n => n[0] === 'quorum-held')) return one('plain', 'quorum held', 'quorum', '✓')
      return one('warn', 'times out', 'timeout', '◷')
    case 'heartbeat':
      return one('plain', 'heartbeat', 'beat', 'hb')
    case 'crash':
      return one('warn', 'crashes', 'crash', '✕')
    case 'restart':
      return one('plain', 'restarts', '↻')
    case 'wipe':
      return one('edit', 'disk wiped', 'wiped', '×')
    case 'edit':
      return one('edit', 'edited · outside the protocol', 'edited by hand', 'edited', '✎')
    case 'start':
      return one('plain', 'the cluster starts', 'start', '·')
    case 'network':
      return networkTag(e)
    case 'clock': {
      const timers = valueOf(e, 'timers')
      if (e.at) return one('plain', 'timer set', 'timer', '◷')
      return timers === undefined ? one('plain', 'time passes', '◷') : one('plain', timers ? 'timers run' : 'timers stand still', '◷')
    }
    default:
      return []
  }
}

/** @param {Event} e @returns {Tag[]} */
function networkTag(e) {
  const links = e.net ?? []
  const mended = links.every(l => l[2] === 0)
  const holds = links.some(l => l[2] === 2) ? ' · held' : ''
  if (links.length === 1) {
    const [from, to] = links[0]
    const name = `${nodeName(from)} → ${nodeName(to)}`
    return [{ texts: [`link ${name} ${mended ? 'mended' : 'cut'}${holds}`, mended ? 'mended' : 'cut', '≠'], style: 'warn' }]
  }
  if (mended) return [{ texts: [e.at ? 'rejoins' : 'network healed', e.at ? 'rejoins' : 'healed', '='], style: 'plain' }]
  return [{ texts: [`${e.at ? 'isolated' : 'partition'}${holds}`, e.at ? 'isolated' : 'partition', '≠'], style: 'warn' }]
}

/** @param {Event} e @param {{term: number, role: number}} node @param {Tag[]} out */
function roleTags(e, node, out) {
  const role = valueOf(e, 'role')
  const term = valueOf(e, 'term')
  if (role === LEADER) out.push({ texts: [`leader of term ${node.term}`, `leader t${node.term}`, 'leader', '♛'], style: 'leader', term: node.term })
  if (term !== undefined) out.push({ texts: [`term ${term}`, `t${term}`], style: 'term', term })
  if (role === CANDIDATE) out.push({ texts: ['candidate', 'cand.', '◇'], style: 'candidate' })
  if (role === PRE_CANDIDATE) out.push({ texts: ['asks for pre-votes', 'pre-cand.', '◇'], style: 'candidate' })
  if (role === FOLLOWER && e.k !== 'crash' && e.k !== 'wipe') out.push({ texts: ['follower', 'foll.', '●'], style: 'plain' })
}

/** @param {Event} e @param {Tag[]} out */
function logTags(e, out) {
  const last = valueOf(e, 'last')
  if (last !== undefined && e.k !== 'crash') out.push({ texts: [`log cut back to ${last}`, `cut to ${last}`, '✂'], style: 'warn' })
  if (e.log) out.push({ texts: [`log +${e.log.length}`, 'log'], style: 'term', term: e.log[e.log.length - 1][0] })
  const commit = valueOf(e, 'commit')
  if (commit) out.push({ texts: [`commit ${commit}`, `c${commit}`], style: 'commit' })
}

const PAD = 7
const BETWEEN = 4

/**
 * Places tags beside a lifeline, shortened until they fit, the least important
 * first; what then still finds no room is counted in a last one, "…+2".
 * @param {Tag[]} list
 * @param {[number, number]} slot
 * @param {-1 | 1} side  the lifeline's side from which they grow
 * @param {Metrics} m
 * @returns {PlacedTag[]}
 */
export function placeTags(list, [from, to], side, m) {
  if (!list.length) return []
  const pad = to - from < 60 ? 3 : to - from < 110 ? 4 : PAD
  /** @param {string} text @param {Tag['style']} style */
  const widthOf = (text, style) => Math.max(Math.ceil(m.measure(text, m.small, style === 'leader' || style === 'commit' ? 600 : 400)) + 2 * pad, m.small + 6)
  /** @param {Tag} t @param {number} level */
  const size = (t, level) => ({ text: t.texts[level], full: t.texts[0], style: t.style, term: t.term ?? 0, w: widthOf(t.texts[level], t.style) })
  const sized = list.map(t => size(t, 0))
  const longest = Math.max(...list.map(t => t.texts.length))
  for (let level = 1; level < longest; level++) {
    for (let i = list.length - 1; i >= 0 && total(sized) > to - from; i--) {
      if (level < list[i].texts.length) sized[i] = size(list[i], level)
    }
  }
  /** Gives room that is left to the most important. @param {typeof sized} shown @param {number} count */
  const lengthen = (shown, count) => {
    for (let i = 0; i < count; i++) {
      const left = to - from - total(shown) + shown[i].w
      const level = list[i].texts.findIndex((_, k) => size(list[i], k).w <= left)
      if (level >= 0) shown[i] = size(list[i], level)
    }
    return shown
  }
  if (total(sized) <= to - from) return spread(lengthen(sized, sized.length), from, to, side)
  const more = widthOf('…+9', 'plain')
  let kept = sized.length - 1
  while (kept > 0 && total(sized.slice(0, kept)) + BETWEEN + more > to - from) kept--
  const full = list.slice(kept).map(t => t.texts[0]).join(', ')
  /** @type {typeof sized[number]} */
  const rest = kept
    ? { text: `…+${sized.length - kept}`, full, style: 'plain', term: 0, w: more }
    : { text: '…', full, style: sized[0].style, term: sized[0].term, w: widthOf('…', sized[0].style) }
  const shown = [...sized.slice(0, kept), rest]
  return total(shown) <= to - from ? spread(lengthen(shown, kept), from, to, side) : []
}

/** @param {{w: number}[]} sized */
const total = sized => sized.reduce((sum, t) => sum + t.w, 0) + BETWEEN * (sized.length - 1)

/**
 * @param {Omit<PlacedTag, 'x'>[]} sized
 * @param {number} from
 * @param {number} to
 * @param {-1 | 1} side
 * @returns {PlacedTag[]}
 */
function spread(sized, from, to, side) {
  let at = side > 0 ? from : to
  return sized.map(t => {
    const x = side > 0 ? at : at - t.w
    at += side * (t.w + BETWEEN)
    return { ...t, x }
  })
}
