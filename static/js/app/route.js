// The page's addresses: #/s/<session>/<key>, #/r/<payload> and #/k/<id> for a run that was passed on,
// #/scenario/<name> for one of the library from its start, #/gallery, #/write, and nothing for a first visit.

/** @typedef {{place: 'session', session: string, key: string}|{place: 'link', payload: string}|{place: 'run', id: string}|{place: 'scenario', name: string}|{place: 'gallery'}|{place: 'write'}|{place: 'first'}} Route */

/** @param {string} hash @returns {Route} */
export function parseRoute(hash) {
  const [place, ...rest] = hash.replace(/^#\/?/, '').split('/')
  if (place === 'gallery' || place === 'write') return { place }
  if (place === 'scenario') return rest[0] ? { place, name: rest.join('/') } : { place: 'gallery' }
  if (place === 'r') return { place: 'link', payload: rest.join('/') }
  if (place === 'k') return { place: 'run', id: rest.join('/') }
  if (place === 's' && rest.length === 2 && rest[0] && rest[1]) return { place: 'session', session: rest[0], key: rest[1] }
  return { place: 'first' }
}

/** @param {Route} route @returns {string} */
export function hashOf(route) {
  if (route.place === 'session') return `#/s/${route.session}/${route.key}`
  if (route.place === 'link') return `#/r/${route.payload}`
  if (route.place === 'run') return `#/k/${route.id}`
  if (route.place === 'scenario') return `#/scenario/${route.name}`
  return route.place === 'first' ? '#/' : `#/${route.place}`
}

/** What an embed's address asks for: #<payload>, or #k/<id>. @param {string} hash @returns {{link: string}|{run: string}} */
export function parseEmbed(hash) {
  const asked = hash.slice(1)
  return asked.startsWith('k/') ? { run: asked.slice(2) } : { link: asked }
}

/** Goes to another address. @param {Route} route @param {boolean} [replace] leaves no entry in the history */
export function goTo(route, replace = false) {
  if (replace) location.replace(hashOf(route))
  else location.hash = hashOf(route)
}
