// A link that carries a long run made by hand.

/** @typedef {import('playwright-core').Page} Page */

/**
 * Plays so many single actions on a server: what a person clicks, in the order of a fixed dice.
 * @param {Page} page  of the server
 * @param {number} actions
 * @returns {Promise<{payload: string, length: number}>} the link's payload, and the events of its run
 */
export function linkOf(page, actions) {
  return page.evaluate(async wanted => {
    const body = JSON.stringify({ config: { nodes: 5 } })
    const made = await fetch('/api/sessions', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body })
    const { session, key } = await made.json()
    const socket = new WebSocket(`ws://${location.host}/api/sessions/${session}/live`)
    await new Promise(open => {
      socket.onopen = open
    })
    let length = 0
    let id = 0
    let dice = 7
    /** @param {number} sides */
    const roll = sides => (dice = (dice * 48271) % 2147483647) % sides
    /** @type {Set<number>} */
    const waiting = new Set()
    /** @type {(frame: any) => void} */
    let answered = () => {}
    socket.onmessage = ({ data }) => {
      const frame = JSON.parse(data)
      if (frame.is === 'events')
        for (const event of frame.events) for (const message of event.new ?? []) waiting.add(message.id)
      if (frame.is === 'welcome') length = frame.branches[0].length
      if (frame.is === 'done') length = frame.length
      if (frame.is === 'welcome' || frame.is === 'done' || frame.is === 'rejected') answered(frame)
    }
    /** @param {Record<string, unknown>} request @returns {Promise<any>} */
    const ask = request =>
      new Promise(done => {
        answered = done
        socket.send(JSON.stringify({ ...request, id: ++id }))
      })
    await ask({ do: 'hello', v: 1, key, have: {} })
    for (let done = 0; done < wanted; ) {
      const node = 1 + roll(5)
      const chance = roll(20)
      const message = [...waiting][roll(Math.max(1, Math.min(6, waiting.size)))]
      const action =
        message && chance < 14 ? { do: 'deliver', message }
        : message && chance === 14 ? { do: 'drop', message }
        : chance < 17 ? { do: 'ask', node, command: `add x ${roll(100)}` }
        : chance < 19 ? { do: 'heartbeat', node }
        : { do: 'timeout', node }
      const frame = await ask({ do: 'act', branch: 1, at: length, fork: false, action })
      if (frame.is === 'done') done++
      if (action.message) waiting.delete(action.message)
      await new Promise(pause => setTimeout(pause, 10)) // a session takes 100 requests a second
    }
    socket.close()
    const passed = await fetch(`/api/sessions/${session}/link`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${key}` },
      body: JSON.stringify({ branch: 1, cursor: length, short: false }),
    })
    return { payload: (await passed.json()).link, length }
  }, actions)
}
