/**
 * One tab stop for the headers and one for the handles; arrow keys go around
 * within each, and up and down between them.
 */

/**
 * @param {HTMLElement} root
 * @param {() => HTMLElement[]} heads
 * @param {() => HTMLElement[]} handles
 */
export function watchRoving(root, heads, handles) {
  root.addEventListener('keydown', e => {
    if (e.ctrlKey || e.metaKey || e.altKey || !(e.target instanceof HTMLElement)) return
    const next = neighbour(e.key, e.target, heads(), handles())
    if (!next) return
    e.preventDefault()
    e.stopPropagation()
    next.focus()
  })
  root.addEventListener('focusin', e => {
    for (const group of [heads(), handles()]) {
      if (group.some(b => b === e.target)) for (const b of group) b.tabIndex = b === e.target ? 0 : -1
    }
  })
}

/**
 * @param {string} key @param {HTMLElement} from @param {HTMLElement[]} heads @param {HTMLElement[]} handles
 * @returns {HTMLElement | undefined}
 */
function neighbour(key, from, heads, handles) {
  const h = heads.indexOf(from)
  if (h >= 0) {
    if (key === 'ArrowRight') return heads[(h + 1) % heads.length]
    if (key === 'ArrowLeft') return heads[(h + heads.length - 1) % heads.length]
    return key === 'ArrowDown' ? handles[0] : undefined
  }
  const i = handles.indexOf(from)
  if (i < 0) return undefined
  if (key === 'ArrowDown') return handles[Math.min(i + 1, handles.length - 1)]
  if (key === 'ArrowUp') return i ? handles[i - 1] : (heads.find(b => b.tabIndex === 0) ?? heads[0])
  return undefined
}
