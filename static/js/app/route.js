// The page's addresses: #/s/<session>/<key>, #/gallery, and nothing for a first visit.

/** @typedef {{place: 'session', session: string, key: string, viewKey: string}|{place: 'gallery'}|{place: 'first'}} Route */

const VIEW_KEY = 'raftplay.view.'

/** @param {string} hash @returns {Route} */
export function parseRoute(hash) {
  const parts = hash.replace(/^#\/?/, '').split('/')
  if (parts[0] === 'gallery') return { place: 'gallery' }
  if (parts[0] === 's' && parts.length === 3 && parts[1] && parts[2]) {
    return { place: 'session', session: parts[1], key: parts[2], viewKey: kept(parts[1]) }
  }
  return { place: 'first' }
}

/** @param {Route} route @returns {string} */
export function hashOf(route) {
  if (route.place === 'session') return `#/s/${route.session}/${route.key}`
  return route.place === 'gallery' ? '#/gallery' : '#/'
}

/** Goes to another address; a session's view key is kept for this tab, so that it can be shared. @param {Route} route @param {boolean} [replace] leaves no entry in the history */
export function goTo(route, replace = false) {
  if (route.place === 'session' && route.viewKey) sessionStorage.setItem(VIEW_KEY + route.session, route.viewKey)
  if (replace) location.replace(hashOf(route))
  else location.hash = hashOf(route)
}

/** @param {string} session */
function kept(session) {
  return typeof sessionStorage === 'undefined' ? '' : (sessionStorage.getItem(VIEW_KEY + session) ?? '')
}
