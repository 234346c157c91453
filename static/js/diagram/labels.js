/**
 * Labels of messages, fitted to the room beside a lifeline.
 *
 * @typedef {import('./metrics.js').Metrics} Metrics
 */

/**
 * @param {string[]} texts  from the longest to the shortest
 * @param {[number, number]} slot
 * @param {-1 | 1} side  the side of the thing it belongs to, next to which it is put
 * @param {Metrics} m
 * @returns {{text: string, x: number, w: number} | null} null if not even the shortest fits
 */
export function fitLabel(texts, [from, to], side, m) {
  const pad = to - from < 60 ? 2 : 5
  for (const text of texts) {
    const w = Math.ceil(m.measure(text, m.small)) + 2 * pad
    if (w <= to - from) return { text, w, x: side > 0 ? from : to - w }
  }
  return null
}
