// The dialogs about branches: a name for one, another to lay beside.

import { h } from '../dom.js'
import { Dialog } from '../dialog.js'
import { firstDifference } from '../../model/compare.js'

class RenameDialog extends Dialog {
  name = ''

  connectedCallback() {
    this.name = this.state.branches?.get(this.args.branch)?.info.name ?? ''
    super.connectedCallback()
  }

  get heading() {
    return 'Rename the branch'
  }

  get verb() {
    return 'Rename'
  }

  get refused() {
    const { length } = this.name.trim()
    return length >= 1 && length <= 60 ? '' : 'From 1 to 60 characters'
  }

  body() {
    return [
      h(
        'label',
        { class: 'field' },
        h('span', null, 'Name'),
        h('input', { type: 'text', autofocus: true, autocomplete: 'off', '.value': this.name, oninput: this.keeps('name') }),
      ),
    ]
  }

  async submit() {
    await this.app.rename(this.args.branch, this.name.trim())
    return true
  }
}
customElements.define('rp-rename-dialog', RenameDialog)

class CompareDialog extends Dialog {
  get heading() {
    return 'Lay beside this branch'
  }

  body() {
    const { branch } = this.app.store
    const others = (this.state.branches?.list() ?? []).filter(one => one !== branch)
    return [
      h(
        'ul',
        { class: 'choices' },
        others.map(one => {
          const difference = branch ? firstDifference(branch.journal, one.journal) : 0
          return h(
            'li',
            null,
            h(
              'button',
              {
                type: 'button',
                class: 'btn choice',
                onclick: () => {
                  this.app.compareWith(one.info.id)
                  this.close()
                },
              },
              h('strong', null, one.info.name),
              h(
                'span',
                { class: 'small muted' },
                `${one.journal.length} events, ${difference ? `differs from event ${difference} on` : 'no difference so far'}`,
              ),
            ),
          )
        }),
      ),
    ]
  }
}
customElements.define('rp-compare-dialog', CompareDialog)
