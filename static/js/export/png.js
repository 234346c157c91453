/** Pictures as PNG, by the browser's own drawing. */

/** What browsers agree to: pixels in all, and on a side. */
const MOST_PIXELS = 48 << 20
const LONGEST_SIDE = 16384

/** @param {string} svg  of drawPicture @returns {{width: number, height: number}} */
export function sizeOf(svg) {
  const found = /^<svg [^>]*?width="(\d+)" height="(\d+)"/.exec(svg)
  return { width: Number(found?.[1]), height: Number(found?.[2]) }
}

/** @param {{width: number, height: number}} size @returns {number} how many pixels there are for one of the picture's, 0 if it is too large */
export function scaleFor({ width, height }) {
  return [2, 1].find(scale => width * height * scale ** 2 <= MOST_PIXELS && Math.max(width, height) * scale <= LONGEST_SIDE) ?? 0
}

/**
 * @param {string} svg  of drawPicture @param {number} scale
 * @returns {Promise<Blob>}
 */
export async function pngOf(svg, scale) {
  const { width, height } = sizeOf(svg)
  const url = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }))
  try {
    const image = new Image(width, height)
    image.src = url
    await image.decode()
    const canvas = document.createElement('canvas')
    canvas.width = width * scale
    canvas.height = height * scale
    canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height)
    return await new Promise((done, fail) => canvas.toBlob(blob => (blob ? done(blob) : fail(new Error('The browser cannot make this PNG: choose a part of the run, or SVG.')))))
  } finally {
    URL.revokeObjectURL(url)
  }
}
