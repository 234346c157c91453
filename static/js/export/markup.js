/**
 * Elements that become text: SVG that stands alone, without scripts, styles or
 * references. Whatever a person typed is text in it, never markup.
 *
 * @typedef {{name: string, attributes: Record<string, string | number>, children: (Element | string)[]}} Element
 */

/** @type {import('../diagram/draw.js').Make<Element>} */
export const element = (name, attributes = {}, ...children) => ({ name, attributes, children })

/** Without the ground of a row that has no colour, which is there for hands. @param {Element | string} e */
const seen = e => typeof e === 'string' || e.name !== 'rect' || e.attributes.fill !== 'none'

/** What a picture leaves out: these are for the page. @param {string} key */
const kept = key => key !== 'class' && !key.startsWith('data-')

/**
 * @param {Element | string} e
 * @param {Record<string, string>} colours  by name: a value that begins with "--" is one of them
 * @returns {string}
 */
export function markup(e, colours) {
  if (typeof e === 'string') return escaped(e)
  const attributes = Object.entries(e.attributes).filter(([key]) => kept(key))
    .map(([key, value]) => ` ${key}="${escaped(colours[value] ?? String(value))}"`).join('')
  const inside = e.children.filter(seen).map(child => markup(child, colours)).join('')
  if (e.name === 'g' && (!inside || !attributes)) return inside
  return inside ? `<${e.name}${attributes}>${inside}</${e.name}>${e.name === 'svg' ? '' : '\n'}` : `<${e.name}${attributes}/>\n`
}

const SIGNS = /** @type {Record<string, string>} */ ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' })

/** Everything that XML does not allow, or reads as markup. @param {string} text */
function escaped(text) {
  return text.replace(/[\u0000-\u001f\u007f-\u009f\ufffe\uffff\p{Cs}]/gu, '\ufffd').replace(/[&<>"']/g, sign => SIGNS[sign])
}
