// How long frames take while something is done to a page.

/** @typedef {import('playwright-core').Page} Page */
/** @typedef {{frames: number, worst: number, over50: number, longTask: number}} Frames  milliseconds; longTask: the longest piece of script */

/**
 * Does something frame by frame and watches the frames.
 * @param {Page} page
 * @param {number} frames
 * @param {string} step  the body of a function of the frame's number and of `tools`
 * @returns {Promise<Frames>}
 */
export function watchFrames(page, frames, step) {
  return page.evaluate(
    async ({ frames: count, step: body }) => {
      const act = new Function('i', 'tools', body)
      /** @param {string} selector @returns {any} */
      const find = selector => document.querySelector(selector)
      const slider = find('.scrub-input')
      const tools = {
        find,
        scroll: find('#diagram .dg-scroll'),
        /** @param {number} seq */
        seek(seq) {
          slider.value = String(seq)
          slider.dispatchEvent(new InputEvent('input', { bubbles: true }))
        },
        random: (() => {
          let seed = 7
          return () => {
            seed = (seed * 16807) % 2147483647
            return seed / 2147483647
          }
        })(),
      }
      let longTask = 0
      const observer = new PerformanceObserver(list => {
        for (const entry of list.getEntries()) longTask = Math.max(longTask, entry.duration)
      })
      observer.observe({ entryTypes: ['longtask'] })
      /** @type {number[]} */
      const deltas = []
      await new Promise((/** @type {(done?: undefined) => void} */ done) => {
        let last = 0
        let i = 0
        /** @param {number} now */
        const frame = now => {
          if (last) deltas.push(now - last)
          last = now
          if (i > count) {
            done()
            return
          }
          if (i < count) act(i, tools)
          i++
          requestAnimationFrame(frame)
        }
        requestAnimationFrame(frame)
      })
      await new Promise(done => setTimeout(done, 60))
      observer.disconnect()
      return { frames: deltas.length, worst: Math.max(...deltas), over50: deltas.filter(delta => delta > 50).length, longTask }
    },
    { frames, step },
  )
}
