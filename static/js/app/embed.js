// The embed begins here: a run that was passed on, to look at in the frame of another page. No session is made, and nothing can be acted on.

import * as api from '../net/api.js'
import { Branches } from './branches.js'
import { listenForKeys } from './keys.js'
import { showTheme, themeOf } from './prefs.js'
import { parseEmbed } from './route.js'
import { Store } from './store.js'
import { Viewer } from './viewer.js'
import { setApp } from '../components/part.js'

const store = new Store()
const viewer = new Viewer(store)
// The parts that an embed loads ask no more of it than to look.
setApp(/** @type {import('./app.js').App} */ (viewer))
showTheme(store, themeOf(new URLSearchParams(location.search).get('theme')))
store.set({ place: 'embed' })
listenForKeys(viewer)
addEventListener('hashchange', () => location.reload())

await Promise.all([
  import('../components/recording.js'),
  import('../components/transport.js'),
])
try {
  const [played, vocabulary] = await Promise.all([api.play(parseEmbed(location.hash)), api.vocabulary()])
  const { config, scenario, events, cursor, violations } = played
  const branches = new Branches(config.nodes ?? 3)
  branches.update({ id: 1, name: '', parent: 0, at: 0, length: events.length, violations })
  branches.append(1, 0, events)
  store.set({ branches, config, scenario, vocabulary, revision: 1 })
  viewer.seek(cursor)
} catch (error) {
  store.set({ linkWhy: error instanceof Error ? error.message : String(error) })
}
