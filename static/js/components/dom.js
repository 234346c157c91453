// A small tree of elements, described and patched in place: what stays the same
// keeps its element, and with it focus, scroll position and selection.

/** @typedef {Record<string, unknown>} Props */
/** @typedef {{tag: string, props: Props, children: Child[], key: string|number|undefined}} VNode */
/** @typedef {VNode|string|number|boolean|null|undefined|Child[]} Child */

const SVG = 'http://www.w3.org/2000/svg'

/** The description of which an element was made. @type {WeakMap<Node, VNode>} */
const made = new WeakMap()

/**
 * Describes an element. Props: `on…` are handlers, `.name` sets a property, `style`
 * is a record of CSS properties, `key` keeps identity in a list; all others are attributes,
 * left out when false, null or undefined. A description that is kept, and given again, is not looked at again.
 * @param {string} tag @param {Props|null} [props] @param {...Child} children @returns {VNode}
 */
export function h(tag, props, ...children) {
  const { key, ...rest } = props ?? {}
  return { tag, props: rest, children, key: /** @type {string|number|undefined} */ (key) }
}

/** Makes an element's children what is described. @param {Element} parent @param {Child[]} children */
export function patch(parent, children) {
  const wanted = flat(children, [])
  /** @type {Map<string|number, Node>} */
  const keyed = new Map()
  /** @type {Node[]} */
  const loose = []
  const kept = new Set(wanted.map(child => (typeof child === 'object' ? child.key : undefined)))
  for (const node of [...parent.childNodes]) {
    const key = made.get(node)?.key
    if (key === undefined) loose.push(node)
    else if (kept.has(key)) keyed.set(key, node)
    else node.remove()
  }
  let next = 0
  /** @type {ChildNode|null} */
  let place = parent.firstChild
  for (const child of wanted) {
    let old
    if (typeof child === 'object' && child.key !== undefined) {
      old = keyed.get(child.key)
      keyed.delete(child.key)
    } else {
      old = loose[next++]
    }
    const node = /** @type {ChildNode} */ (fit(old, child, parent))
    if (node === place) place = place.nextSibling
    else {
      if (old === place && place) place = place.nextSibling
      parent.insertBefore(node, place)
    }
    if (old && old !== node) old.parentNode?.removeChild(old)
  }
  for (const node of loose.slice(next)) node.parentNode?.removeChild(node)
}

/** @param {Child[]} children @param {(VNode|string)[]} out @returns {(VNode|string)[]} */
function flat(children, out) {
  for (const child of children) {
    if (child === null || child === undefined || child === false || child === true || child === '') continue
    if (Array.isArray(child)) flat(child, out)
    else if (typeof child === 'object') out.push(child)
    else out.push(String(child))
  }
  return out
}

/** @param {Node|undefined} old @param {VNode|string} child @param {Element} parent @returns {Node} */
function fit(old, child, parent) {
  if (typeof child === 'string') {
    if (old?.nodeType === 3) {
      if (old.nodeValue !== child) old.nodeValue = child
      return old
    }
    return document.createTextNode(child)
  }
  const before = old && made.get(old)
  if (old && before === child) return old // described once, and as it was
  const same = before && before.tag === child.tag && before.key === child.key
  const element = same ? /** @type {HTMLElement} */ (old) : create(child.tag, parent)
  made.set(element, child)
  const was = same ? before.props : {}
  // Options come before the value that selects one of them.
  if (child.tag === 'select') patch(element, child.children)
  for (const name in was) if (!(name in child.props)) assign(element, name, undefined, was[name])
  for (const name in child.props) assign(element, name, child.props[name], was[name])
  if (child.tag !== 'select' && !child.tag.includes('-')) patch(element, child.children) // custom elements fill themselves
  return element
}

/** @param {string} tag @param {Element} parent @returns {HTMLElement} */
function create(tag, parent) {
  const inside = parent.namespaceURI === SVG && parent.localName !== 'foreignObject'
  if (tag === 'svg' || inside) return /** @type {any} */ (document.createElementNS(SVG, tag))
  return document.createElement(tag)
}

/** @param {any} element @param {string} name @param {unknown} value @param {unknown} was */
function assign(element, name, value, was) {
  if (name[0] === '.') {
    const property = name.slice(1)
    if (element[property] !== value) element[property] = value
  } else if (name.startsWith('on')) {
    element[name] = value ?? null
  } else if (name === 'style') {
    style(element, /** @type {any} */ (value ?? {}), /** @type {any} */ (was ?? {}))
  } else if (value === was) {
    return
  } else if (value === false || value === null || value === undefined) {
    element.removeAttribute(name)
  } else {
    element.setAttribute(name, value === true ? '' : String(value))
  }
}

/** @param {HTMLElement} element @param {Record<string, string>} now @param {Record<string, string>} was */
function style(element, now, was) {
  for (const name in was) if (!(name in now)) element.style.removeProperty(name)
  for (const name in now) if (now[name] !== was[name]) element.style.setProperty(name, now[name])
}
