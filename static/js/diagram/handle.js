/**
 * The signs in the handles of waiting messages, around 0 0.
 *
 * @typedef {import('../model/pending.js').Waiting} Waiting
 */
import { FREE } from '../model/types.js'

export const ICONS = { play: 'M-3 -5L5.5 0L-3 5z', pause: 'M-2.8 -4.5v9M2.8 -4.5v9', out: 'M-4 3.5L4 -3.5M-1.5 -4H4.5V2' }

/** @param {Waiting} w @returns {keyof typeof ICONS} */
export const iconOf = w => (w.hold !== FREE ? 'pause' : w.outbox ? 'out' : 'play')
