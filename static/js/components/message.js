// The message panel: every field by its name in the paper, its way through the run, and what can be done to it.

import { h } from './dom.js'
import { Part, watching } from './part.js'
import { choose } from './menus.js'
import { whyButton } from './why.js'
import { messageChoices } from '../app/choices.js'
import { pending } from '../model/pending.js'
import { isReply, messageName, nodeName, waitingName } from '../model/words.js'

/** @typedef {import('../model/types.js').Message} Message */
/** @typedef {import('../model/journal.js').Passage} Passage */
/** @typedef {import('./dom.js').Child} Child */

export class MessagePanel extends Part {
  static watches = watching('cursor', 'revision', 'branch', 'selection', 'may', 'connection')

  draw() {
    const { store } = this.app
    const { selection, cursor } = this.state
    const passage = selection?.kind === 'message' ? store.branch?.journal.message(selection.id) : undefined
    if (!passage || !store.state || passage.created > cursor) {
      return [
        h(
          'p',
          { class: 'muted' },
          'Choose a message in the diagram to see all its fields. A message that waits has a round handle below the now line; press I on it, or click the label of one that has been handled.',
        ),
      ]
    }
    const { message } = passage
    const all = pending(store.state)
    const waiting = all.find(one => one.m.id === message.id)
    return [
      h(
        'div',
        { class: 'panel-head' },
        h('h2', null, messageName(message)),
        h(
          'p',
          { class: 'small muted' },
          `m${message.id} · ${nodeName(message.f)} → ${nodeName(message.o)} · ${waiting ? waitingName(waiting) : fate(passage, cursor)}`,
        ),
      ),
      waiting &&
        h(
          'div',
          { class: 'row' },
          messageChoices(waiting, all)
            .filter(choice => !choice.look)
            .map(choice =>
              h(
                'button',
                {
                  type: 'button',
                  class: `btn ${choice.label === 'Deliver' ? 'primary' : ''}`,
                  'aria-disabled': choice.refused || store.whyNot ? 'true' : null,
                  title: choice.refused || store.whyNot || null,
                  onclick: () => choose(this.app, choice, { message: message.id }),
                },
                choice.label,
              ),
            ),
        ),
      h(
        'dl',
        { class: 'fields' },
        fieldsOf(message).map(([name, value]) => [h('dt', null, name), h('dd', null, value)]),
      ),
      message.e && this.#entries(message),
      h('h3', null, 'its way'),
      h('ol', { class: 'way' }, this.#way(passage, cursor)),
      message.of &&
        h(
          'p',
          { class: 'small' },
          'It is a duplicate of ',
          h(
            'button',
            { type: 'button', class: 'link', onclick: () => this.app.select({ kind: 'message', id: message.of ?? 0 }) },
            `m${message.of}`,
          ),
          '.',
        ),
    ]
  }

  /** @param {Message} message */
  #entries(message) {
    const first = (message.pi ?? 0) + 1
    return [
      h('h3', null, 'entries'),
      h(
        'ol',
        { class: 'plain small nums' },
        (message.e ?? []).map(([term, , command], i) =>
          h('li', null, h('span', { class: 'muted' }, `${first + i} · t${term} `), command ?? 'no-op'),
        ),
      ),
    ]
  }

  /** @param {Passage} passage @param {number} cursor @returns {Child[]} */
  #way(passage, cursor) {
    const name = messageName(passage.message)
    const ends = { handle: 'handled', lose: 'lost', drop: 'dropped', '': '' }[passage.how]
    /** @param {number} seq @param {string} words */
    const stop = (seq, words) =>
      seq > 0 &&
      seq <= cursor &&
      h(
        'li',
        { class: 'row' },
        h('button', { type: 'button', class: 'link', onclick: () => this.app.seek(seq) }, `${words} at event ${seq}`),
        whyButton(this.app, { event: seq }, `${name} was ${words}`),
      )
    return [stop(passage.created, 'made'), passage.sent !== passage.created && stop(passage.sent, 'sent'), stop(passage.ended, ends)]
  }
}
customElements.define('rp-message', MessagePanel)

/** @param {Passage} passage @param {number} cursor */
function fate(passage, cursor) {
  if (!passage.ended || passage.ended > cursor) return 'under way'
  return { handle: 'handled', lose: 'lost', drop: 'dropped by hand', '': '' }[passage.how]
}

/** The fields that a message of its type has, zero or not. @param {Message} m @returns {[string, string|number][]} */
export function fieldsOf(m) {
  /** @type {[string, string|number]} */
  const term = ['term', m.t ?? 0]
  const yes = m.ok ? 'true' : 'false'
  switch (m.y) {
    case 'pv':
    case 'rv':
      return [
        term,
        ['candidateId', nodeName(m.f)],
        ['lastLogIndex', m.li ?? 0],
        ['lastLogTerm', m.lt ?? 0],
        ...(m.fd ? [/** @type {[string, string]} */ (['forced', 'true'])] : []),
      ]
    case 'pvr':
    case 'rvr':
      return [term, ['voteGranted', yes]]
    case 'ae':
      return [
        term,
        ['leaderId', nodeName(m.f)],
        ['prevLogIndex', m.pi ?? 0],
        ['prevLogTerm', m.pt ?? 0],
        ['entries', m.e?.length ?? 'none: a heartbeat'],
        ['leaderCommit', m.lc ?? 0],
      ]
    case 'aer':
      return m.ok
        ? [term, ['success', yes], ['prevLogIndex', m.pi ?? 0], ['matchIndex', m.mi ?? 0]]
        : [
            term,
            ['success', yes],
            ['prevLogIndex', m.pi ?? 0],
            ['lastLogIndex', m.li ?? 0],
            ['conflictIndex', m.ci ?? 0],
            ['conflictTerm', m.ct ?? 0],
          ]
    default:
      return [
        [isReply(m) ? 'answer' : 'command', m.x ?? ''],
        ['serial number', m.s ?? 0],
        ...(m.st ? [/** @type {[string, string]} */ (['status', m.st === 'redirect' ? `redirect to ${nodeName(m.ld ?? 0)}` : m.st])] : []),
      ]
  }
}
