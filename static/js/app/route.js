// The page's addresses: #/s/<session>/<key>, #/gallery, and nothing for a first visit.

/** @typedef {{place: 'session', session: string, key: string}|{place: 'gallery'}|{place: 'first'}} Route */

/** @param {string} hash @returns {Route} */
export function parseRoute(hash) {
  const parts = hash.replace(/^#\/?/, '').split('/')
  if (parts[0] === 'gallery') return { place: 'gallery' }
  if (parts[0] === 's' && parts.length === 3 && parts[1] && parts[2]) {
    return { place: 'session', session: parts[1], key: parts[2] }
  }
  return { place: 'first' }
}

/** @param {Route} route @returns {string} */
export function hashOf(route) {
  if (route.place === 'session') return `#/s/${route.session}/${route.key}`
  return route.place === 'gallery' ? '#/gallery' : '#/'
}

/** Goes to another address. @param {Route} route @param {boolean} [replace] leaves no entry in the history */
export function goTo(route, replace = false) {
  if (replace) location.replace(hashOf(route))
  else location.hash = hashOf(route)
}
