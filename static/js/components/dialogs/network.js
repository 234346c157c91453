// The network: who can reach whom, partitions by groups, single links, and one node cut off or let back.

import { h } from '../dom.js'
import { Dialog } from '../dialog.js'
import { linkState, networkWords } from '../../app/choices.js'
import { CUT, HOLDING } from '../../model/types.js'
import { nodeName } from '../../model/words.js'

/** The group of each node as sets of nodes: bit 1 is N-1. @param {number[]} groups  the group of N-1, N-2, … from 1 @returns {number[]} */
export function groupSets(groups) {
  return [1, 2, 3].map(group => groups.reduce((set, one, i) => (one === group ? set | (1 << (i + 1)) : set), 0)).filter(set => set > 0)
}

/** @param {Dialog & {keep: boolean}} dialog @param {string} kept @param {string} lost */
function keepChoice(dialog, kept, lost) {
  return h(
    'fieldset',
    { class: 'plain' },
    h('legend', { class: 'small muted' }, 'Messages in between'),
    [true, false].map(keep =>
      h(
        'label',
        { class: 'check' },
        h('input', {
          type: 'radio',
          name: 'keep',
          '.checked': dialog.keep === keep,
          onchange: () => {
            dialog.keep = keep
            dialog.refresh()
          },
        }),
        keep ? kept : lost,
      ),
    ),
  )
}

class IsolateDialog extends Dialog {
  keep = true

  get heading() {
    return `Isolate ${nodeName(this.args.node)}`
  }

  get verb() {
    return 'Isolate'
  }

  body() {
    return [keepChoice(this, 'wait at the wall until it rejoins', 'are lost')]
  }

  submit() {
    return this.app.act({ do: 'isolate', node: this.args.node, ...(this.keep ? { keep: true } : {}) }).then(done => done !== null)
  }
}
customElements.define('rp-isolate-dialog', IsolateDialog)

class RejoinDialog extends Dialog {
  keep = true

  get heading() {
    return `${nodeName(this.args.node)} rejoins`
  }

  get verb() {
    return 'Rejoin'
  }

  body() {
    return [keepChoice(this, 'go on: what was held can be delivered', 'are discarded')]
  }

  submit() {
    return this.app.act({ do: 'rejoin', node: this.args.node, ...(this.keep ? { keep: true } : {}) }).then(done => done !== null)
  }
}
customElements.define('rp-rejoin-dialog', RejoinDialog)

class NetworkDialog extends Dialog {
  static watches = /** @type {(keyof import('../../app/store.js').View)[]} */ (['cursor', 'revision', 'branch'])
  keep = true
  /** The group of N-1, N-2, … @type {number[]} */
  groups = (this.app.store.state?.nodes.slice(1) ?? []).map((_, i, all) => (i < all.length / 2 ? 1 : 2))

  get heading() {
    return 'Network'
  }

  get size() {
    return 'large'
  }

  body() {
    const { state } = this.app.store
    if (!state) return []
    const words = networkWords(state)
    const refused = this.app.store.whyNot
    /** @param {string} label @param {import('../../model/types.js').Action} action @param {string} [why] */
    const button = (label, action, why = refused) =>
      h(
        'button',
        {
          type: 'button',
          class: 'btn',
          'aria-disabled': why ? 'true' : null,
          title: why || null,
          onclick: () => void this.app.act(action),
        },
        label,
      )
    return [
      h('p', { role: 'status' }, words ? `Now: ${words}.` : 'Every link is open.'),
      h(
        'div',
        { class: 'row' },
        button('Heal, deliver what was held', { do: 'heal', keep: true }, refused || (words ? '' : 'every link is open already')),
        button('Heal, discard it', { do: 'heal' }, refused || (words ? '' : 'every link is open already')),
      ),
      h('h3', null, 'Divide into groups'),
      h(
        'div',
        { class: 'groups' },
        this.groups.map((group, i) =>
          h(
            'label',
            { class: 'field' },
            h('span', null, nodeName(i + 1)),
            h(
              'select',
              {
                '.value': String(group),
                onchange: (/** @type {any} */ event) => {
                  this.groups[i] = Number(event.currentTarget.value)
                  this.refresh()
                },
              },
              [1, 2, 3].map(one => h('option', { value: String(one) }, `group ${'ABC'[one - 1]}`)),
            ),
          ),
        ),
      ),
      keepChoice(this, 'wait at the wall', 'are lost'),
      h(
        'div',
        { class: 'row' },
        button(
          'Divide',
          { do: 'partition', groups: groupSets(this.groups), ...(this.keep ? { keep: true } : {}) },
          refused || (new Set(this.groups).size < 2 ? 'all are in one group' : ''),
        ),
      ),
      h('h3', null, 'Single links, each one way'),
      h('div', { class: 'table-scroll', tabindex: '0', role: 'region', 'aria-label': 'Links' }, this.#matrix(state, refused)),
    ]
  }

  /** @param {import('../../model/types.js').State} state @param {string} refused */
  #matrix(state, refused) {
    const ids = state.nodes.slice(1).map(node => node.id)
    return h(
      'table',
      { class: 'matrix' },
      h(
        'thead',
        null,
        h(
          'tr',
          null,
          h('th', { scope: 'col' }, 'from \\ to'),
          ids.map(id => h('th', { scope: 'col' }, nodeName(id))),
        ),
      ),
      h(
        'tbody',
        null,
        ids.map(from =>
          h(
            'tr',
            null,
            h('th', { scope: 'row' }, nodeName(from)),
            ids.map(to => {
              if (from === to) return h('td', { class: 'muted' }, '·')
              const link = linkState(state, from, to)
              const words = link === CUT ? 'cut' : link === HOLDING ? 'holds' : 'open'
              /** @type {import('../../model/types.js').Action} */
              const action = { do: link ? 'mend' : 'cut', node: from, to, ...(this.keep ? { keep: true } : {}) }
              return h(
                'td',
                null,
                h(
                  'button',
                  {
                    type: 'button',
                    class: `btn link-state ${words}`,
                    'aria-label': `Link from ${nodeName(from)} to ${nodeName(to)}: ${words}`,
                    'aria-disabled': refused ? 'true' : null,
                    onclick: () => (refused ? this.app.say(refused, 'warn') : void this.app.act(action)),
                  },
                  words,
                ),
              )
            }),
          ),
        ),
      ),
    )
  }
}
customElements.define('rp-network-dialog', NetworkDialog)
