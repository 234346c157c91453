// Single values of a scenario file: how a text is read from YAML, and written so that YAML reads it back.

/** @typedef {{value: string, from: number, to: number, locked: boolean}} Scalar  the lines of a key and its value; locked: written in a way that only a person should change */

const PLAIN = /^[A-Za-z0-9](?:[A-Za-z0-9 _./=§()-]*[A-Za-z0-9_./=§()-])?$/
const KEYWORD = /^(?:true|false|yes|no|on|off|null|y|n)$/i
/** What a block keeps as it is: printable, and not indented at its start. */
const BLOCK = /^[^\s\p{C}](?:[^\p{C}\p{Zl}\p{Zp}]|\n)*$/u
const ESCAPES = /** @type {Record<string, string>} */ ({ '0': '\0', a: '\x07', b: '\b', t: '\t', n: '\n', v: '\v', f: '\f', r: '\r', e: '\x1b' })

/** A text as a value on one line, in quotes if it needs them. @param {string} text */
export function plain(text) {
  return PLAIN.test(text) && !KEYWORD.test(text) ? text : quoted(text)
}

/** @param {string} text */
function quoted(text) {
  return JSON.stringify(text).replace(/[^ -~\p{L}\p{N}\p{P}\p{S}\p{M}]/gu, c => `\\U${(c.codePointAt(0) ?? 0).toString(16).padStart(8, '0')}`)
}

/** The lines of a key with a text of several lines: none for an empty text. @param {string} indent @param {string} key @param {string} text @returns {string[]} */
export function block(indent, key, text) {
  const words = tidy(text)
  if (!words) return []
  if (!BLOCK.test(words)) return [`${indent}${key}: ${quoted(words)}`]
  return [`${indent}${key}: |`, ...words.split('\n').map(line => line && `${indent}  ${line}`)]
}

/** A text without the blanks at the ends of its lines and of itself: a file keeps none. @param {string} text */
export const tidy = text => text.replace(/[^\S\n]+$/gm, '').replace(/\n+$/, '')

/**
 * Reads the value of a key.
 * @param {string} rest  what follows the colon @param {string[]} below  the lines under it, up to the next key
 * @returns {{value: string, locked: boolean}}
 */
export function read(rest, below) {
  const text = rest.trim()
  const filled = below.some(line => line.trim() && !line.trim().startsWith('#'))
  if (/^\|[-+]?(\s+#.*)?$/.test(text)) {
    const indent = below.find(line => line.trim())?.match(/^ */)?.[0].length ?? 0
    return { value: tidy(below.map(line => line.slice(indent)).join('\n')), locked: false }
  }
  const found = /^"((?:[^"\\]|\\.)*)"\s*(#.*)?$/.exec(text) ?? /^'((?:[^']|'')*)'\s*(#.*)?$/.exec(text)
  if (found && !filled) return { value: text[0] === '"' ? unescape(found[1]) : found[1].replaceAll("''", "'"), locked: false }
  return { value: text.replace(/(^|\s)#.*$/, '').trim(), locked: filled || /^[[{>&*!|"']/.test(text) }
}

/** @param {string} text  between double quotes */
function unescape(text) {
  return text.replace(/\\(x[\da-fA-F]{2}|u[\da-fA-F]{4}|U[\da-fA-F]{8}|.)/g, (_, code) =>
    code.length > 1 ? String.fromCodePoint(Math.min(parseInt(code.slice(1), 16), 0x10ffff)) : (ESCAPES[code] ?? code),
  )
}
