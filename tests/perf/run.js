// Long runs, played on a live server as any page could play them.

/** @typedef {import('playwright-core').Page} Page */

/**
 * Plays a run of at least so many events, with client commands and now and then a crash.
 * @param {Page} page  of the server
 * @param {{events: number, nodes: number, byHand: boolean}} wanted  byHand: nothing fires on its own at the end
 * @returns {Promise<{address: string, session: string, key: string, length: number}>}
 */
export function longRun(page, wanted) {
  return page.evaluate(async ({ events, nodes, byHand }) => {
    const made = await fetch('/api/sessions', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ config: { nodes, timers: { running: true } } }),
    })
    const { session, key } = await made.json()
    const socket = new WebSocket(`ws://${location.host}/api/sessions/${session}/live`)
    await new Promise(open => {
      socket.onopen = open
    })
    let length = 0
    let asked = 0
    /** @type {(frame: any) => void} */
    let answered = () => {}
    socket.onmessage = ({ data }) => {
      const frame = JSON.parse(data)
      if (frame.is === 'welcome') length = frame.branches[0].length
      if (frame.is === 'done') length = frame.length
      if (frame.is === 'welcome' || frame.is === 'done' || frame.is === 'rejected') answered(frame)
    }
    /** @param {Record<string, unknown>} request */
    const ask = request =>
      new Promise((/** @type {(frame: any) => void} */ done) => {
        answered = done
        socket.send(JSON.stringify({ ...request, id: ++asked }))
      })
    /** @param {Record<string, unknown>} action */
    const act = action => ask({ do: 'act', branch: 1, at: length, fork: false, action })
    await ask({ do: 'hello', v: 1, key, have: {} })
    await act({ do: 'run', policy: 'timed', until: { when: 'passed', ms: 1000 } })
    for (let round = 0; length < events; round++) {
      const node = (round % nodes) + 1
      if (round % 40 === 10) await act({ do: 'crash', node })
      if (round % 40 === 15) await act({ do: 'restart', node: ((round - 5) % nodes) + 1 })
      await act({ do: 'ask', node, command: `add x ${round}` })
      await act({ do: 'run', policy: 'timed', count: Math.max(20, Math.min(events / 100, (events - length) / 3)) | 0 })
      await new Promise(pause => setTimeout(pause, 25)) // a session takes 100 requests a second
    }
    if (byHand) await act({ do: 'timers', running: false })
    socket.close()
    return { address: `/#/s/${session}/${key}`, session, key, length }
  }, wanted)
}
