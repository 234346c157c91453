// The HTTP interface of the server.

/** @typedef {import('./wire.js').Vocabulary} Vocabulary */
/** @typedef {import('./wire.js').ScenarioCard} ScenarioCard */
/** @typedef {import('./wire.js').NewSession} NewSession */
/** @typedef {import('./wire.js').SessionRequest} SessionRequest */
/** @typedef {import('./wire.js').Linked} Linked */
/** @typedef {import('./wire.js').Played} Played */

/** The server said no; the message is the server's. */
export class ApiError extends Error {
  /** @param {string} message @param {number} status */
  constructor(message, status) {
    super(message)
    this.status = status
  }
}

/** @param {string} path @param {RequestInit} [init] @returns {Promise<Response>} */
async function ask(path, init) {
  let response
  try {
    response = await fetch(path, init)
  } catch {
    throw new ApiError('The server does not answer. It may have stopped, or you are offline: try again.', 0)
  }
  if (response.ok) return response
  let message = `The server answered ${response.status}.`
  try {
    const { error } = await response.json()
    const at = error.at ? `${error.at.file}:${error.at.line}:${error.at.column}: ` : ''
    message = at + error.message
  } catch {
    // Not one of the server's own errors: the status has to do.
  }
  throw new ApiError(message, response.status)
}

/** @returns {Promise<Vocabulary>} */
export async function vocabulary() {
  return (await ask('/api/vocabulary')).json()
}

/** @returns {Promise<ScenarioCard[]>} */
export async function scenarios() {
  return (await ask('/api/scenarios')).json()
}

/** The text of a scenario of the library. @param {string} name @returns {Promise<string>} */
export async function scenarioSource(name) {
  const { source } = await (await ask(`/api/scenarios/${encodeURIComponent(name)}`)).json()
  return source
}

/** The reference of the scenario format, in Markdown. @returns {Promise<string>} */
export async function scenarioFormat() {
  return (await ask('/api/scenario-format.md')).text()
}

/** @param {string} path @param {unknown} body @param {Record<string, string>} [headers] @returns {Promise<any>} */
async function post(path, body, headers) {
  const response = await ask(path, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...headers },
    body: JSON.stringify(body),
  })
  return response.json()
}

/** Starts a session. @param {SessionRequest} request @returns {Promise<NewSession>} */
export function createSession(request) {
  return post('/api/sessions', request)
}

/**
 * Packs a branch into a link, which opens at the cursor. A short one is kept by the server.
 * @param {string} session @param {string} key @param {{branch: number, cursor: number, short: boolean}} what @returns {Promise<Linked>}
 */
export function shareLink(session, key, what) {
  return post(`/api/sessions/${session}/link`, what, { Authorization: `Bearer ${key}` })
}

/** Plays a run that no session keeps. @param {{link: string}|{run: string}|{source: string}} request @returns {Promise<Played>} */
export function play(request) {
  return post('/api/play', request)
}

/** @typedef {{format: string, branch: number, section?: number}} ExportRequest */

/** Returns a run in another form. @param {string} session @param {string} key @param {ExportRequest} what @returns {Promise<Blob>} */
export async function exportRun(session, key, what) {
  const query = new URLSearchParams({ format: what.format, branch: String(what.branch) })
  if (what.section) query.set('section', String(what.section))
  const response = await ask(`/api/sessions/${session}/export?${query}`, { headers: { Authorization: `Bearer ${key}` } })
  return response.blob()
}
