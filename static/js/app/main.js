// The page begins here: the store, the app, the parts, and the address that says what to show.

import * as api from '../net/api.js'
import { App } from './app.js'
import { listenForKeys } from './keys.js'
import { loadPrefs } from './prefs.js'
import { parseRoute } from './route.js'
import { Store } from './store.js'
import { openDialog } from '../components/dialog.js'
import { setApp } from '../components/part.js'

const store = new Store()
const app = new App(store)
setApp(app)
loadPrefs(store)
watchRoom()
listenForKeys(app, () => openDialog('rp-keys-dialog'))
addEventListener('hashchange', follow)
addEventListener('online', () => app.reconnect())
document.querySelector('.skip')?.addEventListener('click', event => {
  event.preventDefault()
  ;/** @type {HTMLElement|null} */ (document.querySelector('rp-editor input, rp-editor textarea, rp-diagram button, rp-gallery input'))?.focus()
})

follow()
api.vocabulary().then(
  vocabulary => store.set({ vocabulary }),
  error => app.say(error.message, 'warn'),
)
await Promise.all([
  import('../components/menu.js'),
  import('../components/topbar.js'),
  import('../components/stage.js'),
  import('../components/transport.js'),
  import('../components/toasts.js'),
  import('../components/dialogs/sandbox.js'),
  import('../components/dialogs/acts.js'),
  import('../components/dialogs/network.js'),
  import('../components/dialogs/branches.js'),
  import('../components/dialogs/keys.js'),
  import('../components/dialogs/share.js'),
])

/** Shows what the address says. */
function follow() {
  const route = parseRoute(location.hash)
  if (route.place === 'gallery' || route.place === 'write') {
    app.close()
    store.set({ place: route.place })
  } else if (route.place === 'link') {
    void app.openLink({ link: route.payload })
  } else if (route.place === 'run') {
    void app.openLink({ run: route.id })
  } else if (route.place === 'scenario') {
    void app.openLink({ scenario: route.name })
  } else if (route.place === 'session') {
    if (route.session !== store.view.session || route.key !== store.view.key || store.view.place !== 'session')
      app.open(route.session, route.key)
  } else {
    void app.begin({}, true)
  }
}

/** Keeps the store's word on how much room there is. */
function watchRoom() {
  const wide = matchMedia('(min-width: 1180px)')
  const middle = matchMedia('(min-width: 760px)')
  const look = () => store.set({ room: wide.matches ? 'wide' : middle.matches ? 'middle' : 'phone', sheet: false })
  wide.addEventListener('change', look)
  middle.addEventListener('change', look)
  look()
}
