// The dialogs that ask for more before an action: a client's command, a delay, an edit.

import { h } from '../dom.js'
import { Dialog } from '../dialog.js'
import { nodeName } from '../../model/words.js'

const EXAMPLES = ['set x 1', 'add x 1', 'get x', 'delete x']
const HOLDS = { '': 'Nothing', request: 'The request', answer: 'The answer', both: 'Both' }

class CommandDialog extends Dialog {
  command = 'add x 1'
  hold = ''

  get heading() {
    return `The client asks ${nodeName(this.args.node)}`
  }

  get verb() {
    return 'Ask'
  }

  get refused() {
    return this.command.trim() ? '' : 'A command is needed'
  }

  body() {
    return [
      h(
        'label',
        { class: 'field' },
        h('span', null, 'Command'),
        h('input', {
          type: 'text',
          autofocus: true,
          autocomplete: 'off',
          spellcheck: 'false',
          '.value': this.command,
          oninput: this.keeps('command'),
        }),
      ),
      h(
        'div',
        { class: 'row', role: 'group', 'aria-label': 'Examples' },
        EXAMPLES.map(example =>
          h(
            'button',
            {
              type: 'button',
              class: 'btn',
              onclick: () => {
                this.command = example
                this.refresh()
              },
            },
            h('samp', null, example),
          ),
        ),
      ),
      h(
        'fieldset',
        { class: 'plain' },
        h('legend', { class: 'small muted' }, 'What waits until it is delivered by hand'),
        h(
          'div',
          { class: 'row' },
          Object.entries(HOLDS).map(([value, words]) =>
            h(
              'label',
              { class: 'check' },
              h('input', { type: 'radio', name: 'hold', value, '.checked': this.hold === value, onchange: this.keeps('hold') }),
              words,
            ),
          ),
        ),
      ),
    ]
  }

  submit() {
    const { command, hold } = this
    return this.app.act({ do: 'ask', node: this.args.node, command: command.trim(), ...(hold ? { hold } : {}) }).then(done => done !== null)
  }
}
customElements.define('rp-command-dialog', CommandDialog)

class DelayDialog extends Dialog {
  ms = 50
  forever = !this.app.store.state?.run

  get heading() {
    return 'Hold the message back'
  }

  get verb() {
    return 'Delay'
  }

  get refused() {
    return this.forever || (this.ms >= 1 && this.ms <= 600000) ? '' : 'From 1 to 600000 ms'
  }

  body() {
    return [
      h(
        'label',
        { class: 'check' },
        h('input', {
          type: 'radio',
          name: 'until',
          '.checked': this.forever,
          onchange: () => {
            this.forever = true
            this.refresh()
          },
        }),
        'until it is released',
      ),
      h(
        'label',
        { class: 'check' },
        h('input', {
          type: 'radio',
          name: 'until',
          '.checked': !this.forever,
          onchange: () => {
            this.forever = false
            this.refresh()
          },
        }),
        'for some virtual time',
      ),
      !this.forever &&
        h(
          'label',
          { class: 'field' },
          h('span', null, 'Milliseconds'),
          h('input', { type: 'number', min: 1, max: 600000, '.value': String(this.ms), oninput: this.keeps('ms') }),
        ),
    ]
  }

  submit() {
    return this.app.act({ do: 'delay', message: this.args.message, ...(this.forever ? {} : { ms: this.ms }) }).then(done => done !== null)
  }
}
customElements.define('rp-delay-dialog', DelayDialog)

class EditDialog extends Dialog {
  term = ''
  vote = ''
  truncate = ''
  clear = ''

  get heading() {
    return `Edit ${nodeName(this.args.node)}`
  }

  get verb() {
    return 'Change it'
  }

  get refused() {
    return this.term || this.vote || this.truncate || this.clear ? '' : 'Nothing is changed yet'
  }

  body() {
    const { state } = this.app.store
    const node = state?.nodes[this.args.node]
    if (!state || !node) return []
    const ids = state.nodes.slice(1).map(one => one.id)
    return [
      h(
        'p',
        { class: 'note small' },
        'Outside the protocol: no server can do this to itself. The diagram marks it, and a broken invariant names it.',
      ),
      h(
        'div',
        { class: 'grid' },
        h(
          'label',
          { class: 'field' },
          h('span', null, `currentTerm, now ${node.term}`),
          h('input', { type: 'text', inputmode: 'numeric', pattern: '[0-9]*', '.value': this.term, oninput: this.keeps('term') }),
        ),
        h(
          'label',
          { class: 'field' },
          h('span', null, `votedFor, now ${nodeName(node.vote)}`),
          h(
            'select',
            { '.value': this.vote, onchange: this.keeps('vote') },
            h('option', { value: '' }, 'as it is'),
            h('option', { value: '0' }, 'none'),
            ids.map(id => h('option', { value: String(id) }, nodeName(id))),
          ),
        ),
        h(
          'label',
          { class: 'field' },
          h('span', null, `Cut the log from entry on, of ${node.log.length}`),
          h('input', { type: 'text', inputmode: 'numeric', pattern: '[0-9]*', '.value': this.truncate, oninput: this.keeps('truncate') }),
        ),
        h(
          'label',
          { class: 'field' },
          h('span', null, 'Empty its queues'),
          h(
            'select',
            { '.value': this.clear, onchange: this.keeps('clear') },
            Object.entries({ '': 'no', inbox: 'inbox', outbox: 'outbox', both: 'both' }).map(([value, words]) =>
              h('option', { value }, words),
            ),
          ),
        ),
      ),
    ]
  }

  submit() {
    const edit = {
      ...(this.term ? { term: Number(this.term) } : {}),
      ...(this.vote ? { vote: Number(this.vote) } : {}),
      ...(this.truncate ? { truncateFrom: Number(this.truncate) } : {}),
    }
    const action = {
      do: 'edit',
      node: this.args.node,
      ...(Object.keys(edit).length ? { edit } : {}),
      ...(this.clear ? { clear: this.clear } : {}),
    }
    return this.app.act(action).then(done => done !== null)
  }
}
customElements.define('rp-edit-dialog', EditDialog)
