// What this browser remembers: the theme, and whether hints are wanted.

/** @typedef {import('./store.js').Store} Store */
/** @typedef {'auto'|'light'|'dark'} Theme */

const THEME = 'raftplay.theme'
const HINTS = 'raftplay.hints'

/** @param {unknown} name @returns {Theme} */
export function themeOf(name) {
  return name === 'light' || name === 'dark' ? name : 'auto'
}

/** Puts the kept preferences into force. @param {Store} store */
export function loadPrefs(store) {
  showTheme(store, themeOf(recall(THEME)))
  store.set({ hints: recall(HINTS) !== 'off' })
}

/** Changes the theme for good. @param {Store} store @param {Theme} theme */
export function setTheme(store, theme) {
  keep(THEME, theme)
  showTheme(store, theme)
}

/** Shows a theme. @param {Store} store @param {Theme} theme */
export function showTheme(store, theme) {
  const root = document.documentElement
  if (theme === 'auto') delete root.dataset.theme
  else root.dataset.theme = theme
  const sheet = /** @type {HTMLLinkElement} */ (document.getElementById('dark'))
  sheet.media = { auto: '(prefers-color-scheme: dark)', light: 'not all', dark: 'all' }[theme]
  store.set({ theme })
}

/** @param {Store} store @param {boolean} hints */
export function setHints(store, hints) {
  keep(HINTS, hints ? 'on' : 'off')
  store.set({ hints })
}

/** What the browser refuses to keep holds until the page is left. @type {Map<string, string>} */
const here = new Map()

/** What was kept under a name. @param {string} name @returns {string|null} */
export function recall(name) {
  try {
    return here.get(name) ?? localStorage.getItem(name)
  } catch {
    return null
  }
}

/** Keeps something for the next visit. @param {string} name @param {string} value */
export function keep(name, value) {
  try {
    localStorage.setItem(name, value)
    here.delete(name)
  } catch {
    here.set(name, value)
  }
}
