/**
 * What hands do to the diagram: clicks, long presses, letters, and dragging a
 * handle down past others (Alt and the down arrow by keyboard). It only tells what is wanted.
 *
 * @typedef {import('./handles.js').Handles} Handles
 * @typedef {import('../model/pending.js').Waiting} Waiting
 */
import { HELD } from '../model/types.js'
import { emit } from './dom.js'

const LONG_PRESS_MS = 500
const DRAG_PX = 8

/** @param {HTMLElement} button @returns {{kind: 'node' | 'message', id: number}} */
const target = button =>
  button.dataset.node ? { kind: 'node', id: Number(button.dataset.node) } : { kind: 'message', id: Number(button.dataset.message) }

/** @param {EventTarget | null} t @returns {HTMLElement | null} the header or handle that an event is about */
const buttonOf = t => (t instanceof Element ? t.closest('.dg-head, .dg-handle') : null)

/** @param {HTMLElement} button */
function openMenu(button) {
  emit(button, 'rp-select', target(button))
  emit(button, 'rp-menu', { ...target(button), anchor: button.getBoundingClientRect(), element: button })
}

/** Delivers a message, or shows what else can be done if it cannot be delivered. @param {HTMLElement} button @param {Waiting} w */
function deliver(button, w) {
  if (w.refused.deliver) openMenu(button)
  else emit(button, 'rp-act', { action: { do: 'deliver', message: w.m.id } })
}

/** @type {Record<string, (w: Waiting) => {do: string, message: number} | null>} */
const LETTERS = {
  d: w => ({ do: 'deliver', message: w.m.id }),
  l: w => ({ do: w.hold === HELD ? 'release' : 'delay', message: w.m.id }),
  x: w => ({ do: 'drop', message: w.m.id }),
  u: w => ({ do: 'duplicate', message: w.m.id }),
}

/** @param {HTMLElement} root @param {Handles} handles */
export function watchGestures(root, handles) {
  let press = 0
  let swallow = false // the click that ends a long press or a drag
  root.addEventListener('click', e => {
    if (!swallow) return
    swallow = false
    e.stopPropagation()
  }, true)
  root.addEventListener('click', e => {
    const button = buttonOf(e.target)
    if (!button) return
    const w = handles.waiting(target(button).id)
    if (button.dataset.node) openMenu(button)
    else if (w) deliver(button, w)
  })
  root.addEventListener('contextmenu', e => {
    const button = buttonOf(e.target)
    if (!button) return
    e.preventDefault()
    openMenu(button)
  })
  root.addEventListener('pointerdown', e => {
    const button = buttonOf(e.target)
    swallow = false
    clearTimeout(press)
    if (!button || e.button !== 0 || !e.isPrimary) return
    if (e.pointerType !== 'mouse') {
      press = window.setTimeout(() => {
        swallow = true
        openMenu(button)
      }, LONG_PRESS_MS)
    }
    if (button.dataset.message) drag(button, e, handles, () => {
      clearTimeout(press)
      swallow = true
    })
  })
  for (const end of ['pointerup', 'pointercancel']) root.addEventListener(end, () => clearTimeout(press))
  root.addEventListener('keydown', e => onKey(e, handles))
}

/** @param {KeyboardEvent} e @param {Handles} handles */
function onKey(e, handles) {
  const button = buttonOf(e.target)
  if (!button || e.ctrlKey || e.metaKey) return
  const w = button.dataset.message ? handles.waiting(target(button).id) : undefined
  const letter = e.key.toLowerCase()
  if (e.altKey) {
    const next = w && e.key === 'ArrowDown' ? queue(handles, w)[0] : undefined
    if (!w || !next) return
    emit(button, 'rp-act', { action: { do: 'reorder', message: w.m.id, after: target(next).id } })
  } else if (e.key === 'ContextMenu' || (e.key === 'F10' && e.shiftKey)) openMenu(button)
  else if (w && letter === 'i') emit(button, 'rp-select', target(button))
  else if (w && LETTERS[letter]) emit(button, 'rp-act', { action: LETTERS[letter](w) })
  else return
  e.preventDefault()
  e.stopPropagation()
}

/** @param {Handles} handles @param {Waiting} w @returns {HTMLButtonElement[]} those behind a message in its queue, in order */
function queue(handles, w) {
  return handles.buttons.filter(b => {
    const other = handles.waiting(target(b).id)
    return other && other.at === w.at && other.outbox === w.outbox && other.place > w.place
  })
}

/**
 * Follows a pointer that drags a handle. Let go below others of its queue, the
 * message goes behind the last of them.
 * @param {HTMLElement} button @param {PointerEvent} down @param {Handles} handles @param {() => void} begun
 */
function drag(button, down, handles, begun) {
  const moved = handles.waiting(target(button).id)
  if (!moved || moved.refused.reorder) return
  let dragging = false
  /** @param {PointerEvent} e */
  const behind = e => queue(handles, moved).filter(b => b.getBoundingClientRect().top < e.clientY).pop()
  /** @param {PointerEvent} e */
  const move = e => {
    if (!dragging && Math.abs(e.clientY - down.clientY) < DRAG_PX) return
    if (!dragging) {
      begun()
      button.classList.add('dragged')
    }
    dragging = true
    button.style.translate = `0 ${e.clientY - down.clientY}px`
    const over = behind(e)
    for (const b of handles.buttons) b.classList.toggle('passed', b === over)
  }
  /** @param {PointerEvent} e */
  const end = e => {
    document.removeEventListener('pointermove', move)
    document.removeEventListener('pointerup', end)
    document.removeEventListener('pointercancel', end)
    button.style.translate = ''
    button.classList.remove('dragged')
    for (const b of handles.buttons) b.classList.remove('passed')
    const over = dragging && e.type === 'pointerup' ? behind(e) : undefined
    if (over) emit(button, 'rp-act', { action: { do: 'reorder', message: moved.m.id, after: target(over).id } })
  }
  document.addEventListener('pointermove', move)
  document.addEventListener('pointerup', end)
  document.addEventListener('pointercancel', end)
}
