/** Two fingers on the diagram: apart zooms in, together zooms out, a step at a time. */

/** How much farther apart, or nearer, the fingers go for a step. */
const STEP = 1.35

/** @param {HTMLElement} root @param {(steps: number) => void} zoom  out by so many steps, in if negative */
export function watchPinch(root, zoom) {
  let from = 0
  /** @param {TouchEvent} e */
  const apart = ({ touches: [a, b] }) => Math.hypot(a.clientX - b.clientX, a.clientY - b.clientY)
  /** @param {Event} event */
  const move = event => {
    const e = /** @type {TouchEvent} */ (event)
    if (e.touches.length !== 2 || !from) return
    e.preventDefault()
    const ratio = apart(e) / from
    if (ratio < STEP && ratio > 1 / STEP) return
    from = apart(e)
    zoom(ratio > 1 ? -1 : 1)
  }
  root.addEventListener('touchstart', e => {
    from = e.touches.length === 2 ? apart(e) : 0
    // What the fingers are on is redrawn by a step: it goes on hearing of them, the root does not.
    if (from) for (const { target } of e.touches) target.addEventListener('touchmove', move, { passive: false })
  }, { passive: true })
}
