// The page's few icons, as paths in a box of 16 by 16.

import { h } from './dom.js'

const PATHS = {
  play: 'M4 2.6v10.8c0 .5.6.8 1 .5l8.2-5.4c.4-.2.4-.8 0-1L5 2.1c-.4-.3-1 0-1 .5z',
  pause: 'M4 2.5h2.7v11H4zM9.3 2.5H12v11H9.3z',
  first: 'M3 2.5h1.8v11H3zM13 3.2v9.6c0 .4-.5.7-.9.4L6 8.5a.6.6 0 0 1 0-1l6.1-4.7c.4-.3.9 0 .9.4z',
  last: 'M11.2 2.5H13v11h-1.8zM3 3.2v9.6c0 .4.5.7.9.4L10 8.5a.6.6 0 0 0 0-1L3.9 2.8c-.4-.3-.9 0-.9.4z',
  back: 'M10.6 2.4 5 8l5.6 5.6 1.2-1.2L7.4 8l4.4-4.4z',
  on: 'M5.4 2.4 11 8l-5.6 5.6-1.2-1.2L8.6 8 4.2 3.6z',
  down: 'M3 5.8 8 10.8l5-5L11.9 4.7 8 8.6 4.1 4.7z',
  close: 'M3.9 2.8 8 6.9l4.1-4.1 1.1 1.1L9.1 8l4.1 4.1-1.1 1.1L8 9.1l-4.1 4.1-1.1-1.1L6.9 8 2.8 3.9z',
  theme: 'M8 1.5a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13zm0 1.6v9.8a4.9 4.9 0 0 1 0-9.8z',
  network:
    'M3.5 1.8a2 2 0 0 1 1 3.7v5a2 2 0 1 1-1.9 0v-5a2 2 0 0 1 .9-3.7zm9 0a2 2 0 0 1 .9 3.7v5a2 2 0 1 1-1.8 0v-5a2 2 0 0 1 .9-3.7zM6.5 7.2h3v1.6h-3z',
  forward: 'M2 3.2v9.6c0 .4.5.7.9.4L8 9.4v3.4c0 .4.5.7.9.4l5.9-4.7a.6.6 0 0 0 0-1L8.9 2.8c-.4-.3-.9 0-.9.4v3.4L2.9 2.8c-.4-.3-.9 0-.9.4z',
}

/** @param {keyof typeof PATHS} name @returns {import('./dom.js').VNode} */
export function icon(name) {
  return h('svg', { viewBox: '0 0 16 16', 'aria-hidden': 'true', focusable: 'false' }, h('path', { d: PATHS[name] }))
}
