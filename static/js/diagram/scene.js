/**
 * What a layout consists of: plain shapes with a place, nothing of how they are
 * drawn. Coordinates are pixels in the whole diagram, y from the top of its first row.
 *
 * @typedef {import('../model/pending.js').Waiting} Waiting
 * @typedef {import('./tags.js').PlacedTag} PlacedTag
 *
 * @typedef {object} Row
 * @property {number} row
 * @property {number} seq  its first event
 * @property {number} last  the event to go to when it is chosen
 * @property {number} y  its middle
 * @property {number} time
 * @property {boolean} moved  time has moved since the row before
 * @property {boolean} lit  part of the answer to "why?"
 * @property {boolean} bad  an invariant breaks here
 *
 * @typedef {object} Arrow
 * @property {number} id  the message
 * @property {string} d  the path
 * @property {'vote'|'append'|'client'} family
 * @property {'sent'|'reply'|'copy'|'parked'} stroke
 * @property {boolean} lit
 * @property {boolean} waits
 * @property {[number, number, number] | null} head  x, y, 1 to the right or -1 to the left
 *
 * @typedef {object} Label
 * @property {number} id  the message
 * @property {string} text
 * @property {'vote'|'append'|'client'} family
 * @property {number} x
 * @property {number} y
 * @property {number} w
 * @property {boolean} lit
 *
 * @typedef {object} Mark
 * @property {'cross'|'pause'|'dot'|'down'} shape
 * @property {number} x
 * @property {number} y
 * @property {boolean} lit
 *
 * @typedef {object} Life  a piece of a lifeline
 * @property {number} node
 * @property {number} from
 * @property {number} to
 * @property {'client'|'follower'|'candidate'|'leader'|'down'} role
 * @property {number} term
 *
 * @typedef {object} Handle  of a waiting message
 * @property {Waiting} waiting
 * @property {number} x
 * @property {number} y
 * @property {boolean} hint  the first that can be delivered
 *
 * @typedef {object} Scene
 * @property {{seq: number, number: number, title: string, y: number, h: number}[]} bands
 * @property {{node: number, from: number, to: number, holds: boolean}[]} walls
 * @property {Life[]} lives
 * @property {{node: number, from: number, to: number}[]} chains  pieces of lifelines between lit events
 * @property {Row[]} rows
 * @property {Arrow[]} arrows
 * @property {Label[]} labels
 * @property {(PlacedTag & {y: number, node: number, lit: boolean, seq: number})[]} tags
 * @property {Mark[]} marks
 * @property {Handle[]} handles
 * @property {number} more  waiting messages that are not shown
 * @property {number} moreY
 * @property {number} nowY
 * @property {number} futureEnd
 * @property {number} bottom  of what is visible
 * @property {number} height
 */
export const TOP = 8

/** @returns {Scene} */
export function emptyScene() {
  return {
    bands: [], walls: [], lives: [], chains: [], rows: [], arrows: [], labels: [], tags: [], marks: [], handles: [],
    more: 0, moreY: 0, nowY: 0, futureEnd: 0, bottom: 0, height: 0,
  }
}
