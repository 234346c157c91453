/** Making elements: text is always text, never markup. */

const SVG = 'http://www.w3.org/2000/svg'

/**
 * @param {string} name
 * @param {Record<string, string | number>} [attributes]  a value that begins with "--" is a colour of the style sheet
 * @param {...(Node | string)} children
 * @returns {SVGElement}
 */
export function svg(name, attributes = {}, ...children) {
  const e = /** @type {SVGElement} */ (document.createElementNS(SVG, name))
  for (const [key, value] of Object.entries(attributes)) {
    const text = String(value)
    e.setAttribute(key, text.startsWith('--') ? `var(${text})` : text)
  }
  e.append(...children)
  return e
}

/**
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} name
 * @param {Record<string, string | number>} [attributes]
 * @param {...(Node | string)} children
 * @returns {HTMLElementTagNameMap[K]}
 */
export function html(name, attributes = {}, ...children) {
  const e = document.createElement(name)
  for (const [key, value] of Object.entries(attributes)) e.setAttribute(key, String(value))
  e.append(...children)
  return e
}

/**
 * Announces something to the page around the diagram.
 * @param {Element} from @param {string} type @param {object} detail
 */
export function emit(from, type, detail) {
  from.dispatchEvent(new CustomEvent(type, { bubbles: true, composed: true, detail }))
}

/** @param {string} text @param {number} size @param {number} [weight] @returns {number} its width in the page's font */
export function measure(text, size, weight = 400) {
  const font = `${weight} ${size}px ${family()}`
  const key = font + text
  let width = widths.get(key)
  if (width === undefined) {
    if (widths.size > 5000) widths.clear()
    pen ??= /** @type {CanvasRenderingContext2D} */ (document.createElement('canvas').getContext('2d'))
    pen.font = font
    width = pen.measureText(text).width
    widths.set(key, width)
  }
  return width
}

/** @type {Map<string, number>} */
const widths = new Map()
/** @type {CanvasRenderingContext2D | undefined} */
let pen
let fontFamily = ''

const family = () => (fontFamily ||= getComputedStyle(document.body).fontFamily || 'sans-serif')
