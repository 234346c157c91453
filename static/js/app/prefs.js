// What this browser remembers: the theme, and whether hints are wanted.

/** @typedef {import('./store.js').Store} Store */
/** @typedef {'auto'|'light'|'dark'} Theme */

const THEME = 'raftplay.theme'
const HINTS = 'raftplay.hints'

/** Puts the kept preferences into force. @param {Store} store */
export function loadPrefs(store) {
  const kept = localStorage.getItem(THEME)
  setTheme(store, kept === 'light' || kept === 'dark' ? kept : 'auto')
  store.set({ hints: localStorage.getItem(HINTS) !== 'off' })
}

/** @param {Store} store @param {Theme} theme */
export function setTheme(store, theme) {
  const root = document.documentElement
  if (theme === 'auto') {
    localStorage.removeItem(THEME)
    delete root.dataset.theme
  } else {
    localStorage.setItem(THEME, theme)
    root.dataset.theme = theme
  }
  const sheet = /** @type {HTMLLinkElement} */ (document.getElementById('dark'))
  sheet.media = { auto: '(prefers-color-scheme: dark)', light: 'not all', dark: 'all' }[theme]
  store.set({ theme })
}

/** @param {Store} store @param {boolean} hints */
export function setHints(store, hints) {
  localStorage.setItem(HINTS, hints ? 'on' : 'off')
  store.set({ hints })
}
