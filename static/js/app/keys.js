// The page's keys, and the list of them that help shows.

/** @typedef {import('./viewer.js').Viewer} Viewer */

/** @type {{title: string, keys: [string, string][]}[]} */
export const KEYS = [
  {
    title: 'Anywhere',
    keys: [
      ['←', 'a step back'],
      ['→', 'a step on'],
      ['Space', 'play or pause'],
      ['Home', 'to the start'],
      ['End', 'to the end'],
      ['G', 'deliver all'],
      ['?', 'this help'],
    ],
  },
  {
    title: 'On a node’s header',
    keys: [
      ['Enter', 'its menu'],
      ['T', 'time out'],
      ['N', 'start an election now'],
      ['H', 'heartbeat'],
      ['C', 'client command'],
      ['X', 'crash or restart'],
      ['I', 'isolate or rejoin'],
      ['E', 'edit'],
    ],
  },
  {
    title: 'On a message’s handle',
    keys: [
      ['Enter', 'deliver'],
      ['D', 'deliver'],
      ['L', 'delay'],
      ['X', 'drop'],
      ['U', 'duplicate'],
      ['Alt ↓', 'put behind the next'],
      ['I', 'inspect'],
      ['Shift F10', 'its menu'],
    ],
  },
]

/** Where a key belongs to what is focused. */
const OWNERS = 'input, select, textarea, dialog, [role="menu"], [role="tablist"], [contenteditable]'

/** @param {Viewer} app @param {() => void} [help] shows the list of keys */
export function listenForKeys(app, help) {
  document.addEventListener('keydown', event => {
    const target = /** @type {Element} */ (event.target)
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || target.closest(OWNERS)) return
    if (event.key === 'Escape' && app.store.view.room === 'phone') app.store.set({ sheet: false })
    else if (event.key === '?' && help) help()
    else if (!['session', 'embed'].includes(app.store.view.place) || !app.store.branch) return
    else if (event.key === ' ' && !target.closest('button, a, summary')) app.togglePlay()
    else if (event.key === 'ArrowLeft') app.step(-1)
    else if (event.key === 'ArrowRight') app.step(1)
    else if (event.key === 'Home') app.seek(0)
    else if (event.key === 'End') app.seek(app.store.length)
    else if (event.key === 'g') /** @type {HTMLElement|null} */ (document.querySelector('.deliver-all'))?.click()
    else return
    event.preventDefault()
  })
}
