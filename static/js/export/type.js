/**
 * How wide text is where it cannot be measured: an upper estimate, so that it
 * fits whatever font it is shown in.
 *
 * @typedef {import('../diagram/metrics.js').Measure} Measure
 */

/** Of " " to "~", in hundredths of the size: those of DejaVu Sans, the widest font of the page's list. */
const WIDTHS = ('32 40 46 84 64 95 78 27 39 39 50 84 32 36 32 34 64 64 64 64 64 64 64 64 64 64 34 34 84 84 84 53 ' +
  '100 68 69 70 77 63 58 77 75 29 29 66 56 86 75 79 60 79 69 63 61 73 68 99 69 61 69 39 34 39 84 50 ' +
  '50 61 63 55 63 62 35 63 63 28 28 58 28 97 63 61 63 63 41 52 39 63 59 82 59 59 52 64 34 64 84').split(' ').map(Number)

const BOLDER = 1.18
const MIDDLE_DOT = 0xb7

/** @type {Measure} */
export function estimate(text, size, weight = 400) {
  let width = 0
  for (const sign of text) width += widthOf(/** @type {number} */ (sign.codePointAt(0)))
  return (width * size * (weight > 500 ? BOLDER : 1)) / 100
}

/** @param {number} code */
function widthOf(code) {
  if (code >= 0x20 && code < 0x7f) return WIDTHS[code - 0x20]
  if (code === MIDDLE_DOT) return 32
  return code < 0x500 ? 90 : code < 0x10000 ? 105 : 140
}

/** @param {string} text @param {number} room @param {number} size @param {number} weight @returns {string} as much of it as fits */
export function fitted(text, room, size, weight) {
  if (estimate(text, size, weight) <= room) return text
  const signs = [...text]
  let [low, high] = [0, signs.length]
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    if (estimate(`${signs.slice(0, middle).join('')}…`, size, weight) <= room) low = middle
    else high = middle - 1
  }
  return `${signs.slice(0, low).join('').trimEnd()}…`
}
