/** @typedef {import('./journal.js').Journal} Journal */

/**
 * @param {Journal} a
 * @param {Journal} b
 * @returns {number} the first event at which two runs differ; 0 if one is the beginning of the other, or both are equal
 */
export function firstDifference(a, b) {
  const both = Math.min(a.length, b.length)
  for (let seq = 1; seq <= both; seq++) {
    const x = a.event(seq)
    const y = b.event(seq)
    if (x !== y && JSON.stringify({ ...x, a: 0, v: 0 }) !== JSON.stringify({ ...y, a: 0, v: 0 })) return seq
  }
  return 0
}
