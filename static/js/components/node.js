// The node panel: every field of Figure 2 at the cursor, what the last event changed, the log, what waits, and why.

import { h } from './dom.js'
import { Part, watching } from './part.js'
import { logCells } from './logcells.js'
import { waitingList } from './waiting.js'
import { openNodeMenu } from './menus.js'
import { whyButton } from './why.js'
import { LEADER } from '../model/types.js'
import { nodeName, nodesOf, roleName, termColour } from '../model/words.js'
import { pending } from '../model/pending.js'
import { lastRoleChange } from '../app/changes.js'

/** @typedef {import('../model/types.js').NodeState} NodeState */
/** @typedef {import('./dom.js').Child} Child */

export class NodePanel extends Part {
  static watches = watching('cursor', 'revision', 'branch', 'selection', 'may', 'connection', 'virtualNow')

  /** The first index of the log that is shown; 0 for the end. */
  logFrom = 0

  draw() {
    const { store } = this.app
    const { state, branch } = store
    if (!state || !branch) return []
    const { selection, cursor } = this.state
    const id = selection?.kind === 'node' && state.nodes[selection.id] ? selection.id : 1
    const node = state.nodes[id]
    const last = branch.landmarks.stopBefore(cursor)
    const before = last > 0 ? branch.journal.at(last).nodes[id] : node
    return [
      this.#choose(state.nodes.length - 1, id),
      this.#head(node),
      h('dl', { class: 'fields' }, this.#fields(node, before)),
      h('h3', null, `log, ${node.log.length === 1 ? '1 entry' : `${node.log.length} entries`}`),
      logCells(this.app, node, this.logFrom, from => {
        this.logFrom = from
        this.refresh()
      }),
      h('h3', null, 'store'),
      node.kv.length > 0
        ? h(
            'dl',
            { class: 'fields mono' },
            node.kv.map(([key, value]) => [h('dt', null, key), h('dd', null, value)]),
          )
        : h('p', { class: 'small muted' }, 'empty: no command is applied yet'),
      h('h3', null, `waiting for ${nodeName(id)}`),
      waitingList(
        this.app,
        pending(state).filter(one => one.m.o === id && !one.outbox),
        'nothing in the inbox',
      ),
      h('h3', null, `from ${nodeName(id)}, under way`),
      waitingList(
        this.app,
        pending(state).filter(one => one.m.f === id),
        'nothing sent that still waits',
      ),
    ]
  }

  /** @param {number} count @param {number} id */
  #choose(count, id) {
    const ids = Array.from({ length: count }, (_, i) => i + 1)
    return h(
      'div',
      { class: 'segments nodes', role: 'group', 'aria-label': 'Node' },
      ids.map(one =>
        h(
          'button',
          {
            type: 'button',
            class: 'btn',
            'aria-pressed': String(one === id),
            onclick: () => this.app.select({ kind: 'node', id: one }),
          },
          nodeName(one),
        ),
      ),
    )
  }

  /** @param {NodeState} node */
  #head(node) {
    const name = nodeName(node.id)
    return h(
      'div',
      { class: 'row panel-head' },
      h('span', { class: 'chip term', style: { '--term': `var(--term-${termColour(node.term)})` } }, `term ${node.term}`),
      h('strong', { class: 'grow' }, node.up ? roleName(node.role) : 'down'),
      h(
        'button',
        {
          type: 'button',
          class: 'btn',
          'aria-haspopup': 'menu',
          onclick: (/** @type {MouseEvent} */ event) => openNodeMenu(this.app, node.id, /** @type {HTMLElement} */ (event.currentTarget)),
        },
        'Do…',
        h('span', { class: 'unseen' }, ` with ${name}`),
      ),
    )
  }

  /** @param {NodeState} node @param {NodeState} before @returns {Child[]} */
  #fields(node, before) {
    const journal = /** @type {import('../app/branches.js').Branch} */ (this.app.store.branch).journal
    const name = nodeName(node.id)
    const since = lastRoleChange(journal, node.id, this.state.cursor)
    const role = node.up ? `${roleName(node.role)}${node.role === LEADER ? ` of term ${node.term}` : ''}` : 'down'
    const votes = (/** @type {number} */ set) => nodesOf(set).map(nodeName).join(', ') || 'none'
    const out = [
      field(
        'role',
        role,
        before.up ? roleName(before.role) : 'down',
        node.up ? roleName(node.role) : 'down',
        since > 0 && [
          h('button', { type: 'button', class: 'link small', onclick: () => this.app.seek(since) }, `since event ${since}`),
          ' ',
          whyButton(this.app, { role: node.id }, `${name} is ${role}`),
        ],
      ),
      field('currentTerm', node.term, before.term),
      field(
        'votedFor',
        nodeName(node.vote),
        nodeName(before.vote),
        undefined,
        node.vote > 0 && whyButton(this.app, { vote: node.id }, `${name} voted for ${nodeName(node.vote)}`),
      ),
      field(
        'commitIndex',
        node.commit,
        before.commit,
        undefined,
        node.commit > 0 && whyButton(this.app, { commit: node.id, index: node.commit }, `entry ${node.commit} is committed on ${name}`),
      ),
      field('lastApplied', node.applied, before.applied),
      field('leader', node.leader ? nodeName(node.leader) : 'not known', before.leader ? nodeName(before.leader) : 'not known'),
    ]
    if (node.role === 1 || node.role === 2) out.push(field('votes granted', votes(node.granted), votes(before.granted)))
    if (node.role === LEADER) {
      out.push(
        this.#progress('nextIndex', node.id, node.next, before.next),
        this.#progress('matchIndex', node.id, node.match, before.match),
      )
    }
    const { t } = /** @type {import('../model/types.js').State} */ (this.app.store.state)
    const now = this.state.virtualNow ?? t
    const left = (/** @type {number} */ due) => `in ${Math.max(0, Math.round(due - now))} ms`
    if (node.electionDue) out.push(field('election timer', left(node.electionDue), left(node.electionDue)))
    if (node.heartbeatDue) out.push(field('heartbeat timer', left(node.heartbeatDue), left(node.heartbeatDue)))
    return out
  }

  /** @param {string} name @param {number} self @param {number[]} now @param {number[]} before */
  #progress(name, self, now, before) {
    const peers = now.map((_, id) => id).filter(id => id > 0 && id !== self && id < (this.app.store.state?.nodes.length ?? 0))
    return [
      h('dt', null, name),
      h(
        'dd',
        { class: 'peers' },
        peers.map(id =>
          h(
            'span',
            { class: now[id] !== before[id] ? 'changed' : '' },
            `${nodeName(id)}: ${now[id]}`,
            now[id] !== before[id] && h('span', { class: 'was' }, ` was ${before[id]}`),
          ),
        ),
      ),
    ]
  }
}
customElements.define('rp-node', NodePanel)

/**
 * @param {string} name @param {string|number} now @param {string|number} before
 * @param {string|number} [compare]  what to compare with before, if it is not what is shown @param {Child} [more]
 */
function field(name, now, before, compare = now, more = null) {
  const changed = compare !== before
  return [
    h('dt', null, name),
    h('dd', { class: changed ? 'changed' : '' }, now, changed && h('span', { class: 'was' }, ` was ${before}`), ' ', more),
  ]
}
