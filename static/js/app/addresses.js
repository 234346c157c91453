// The addresses under which a run is passed on, and the frame that shows it in another page.

import { hashOf } from './route.js'

/** Beyond so many characters some chats cut a link. */
export const SAFE_LENGTH = 2000

/** @param {string} hostname @returns {boolean} whether nobody but this machine can call it */
export const atHome = hostname => /^(localhost|.*\.localhost|127(\.\d+){3}|\[::1\])$/.test(hostname)

/** @param {string} origin @param {string} payload @returns {string} the address that carries the run itself */
export function linkAddress(origin, payload) {
  return `${origin}/${hashOf({ place: 'link', payload })}`
}

/** @param {string} origin @param {string} id @returns {string} */
export function shortAddress(origin, id) {
  return `${origin}/s/${id}`
}

/** @param {string} origin @param {string} session @param {string} key @returns {string} of a live session, for what the key allows */
export function liveAddress(origin, session, key) {
  return `${origin}/${hashOf({ place: 'session', session, key })}`
}

/** @param {string} origin @param {{link: string}|{run: string}} of @param {'auto'|'light'|'dark'} theme @returns {string} */
export function embedAddress(origin, of, theme) {
  return `${origin}/embed${theme === 'auto' ? '' : `?theme=${theme}`}#${'run' in of ? `k/${of.run}` : of.link}`
}

/** @param {string} src @param {string} title @param {number} height in pixels @returns {string} the HTML to put into another page */
export function frameOf(src, title, height) {
  return `<iframe src="${escaped(src)}" title="${escaped(title)}" width="100%" height="${height}" style="border:0" loading="lazy"></iframe>`
}

/** @param {string} text */
function escaped(text) {
  return text.replace(/[&<>"]/g, sign => `&#${sign.charCodeAt(0)};`)
}
