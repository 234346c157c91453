import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Branches } from '../../static/js/app/branches.js'

/** @typedef {import('../../static/js/model/types.js').Event} Event */

/** Events that only let time pass. @param {number} from @param {number} to @param {number} [action] @returns {Event[]} */
const passing = (from, to, action = 1) => Array.from({ length: to - from }, (_, i) => ({ n: from + i + 1, t: from + i, k: 'clock', a: action }))

/** @param {number} id @param {number} parent @param {number} at */
const info = (id, parent, at) => ({ id, name: `branch ${id}`, parent, at, length: 0 })

/** @returns {Branches} */
function main() {
  const branches = new Branches(3)
  branches.update(info(1, 0, 0))
  return branches
}

test('events arrive once, however often they are sent', () => {
  const branches = main()
  assert.ok(branches.append(1, 0, passing(0, 5)))
  assert.ok(branches.append(1, 3, passing(3, 8)))
  assert.ok(branches.append(1, 0, passing(0, 2)))
  assert.equal(branches.get(1)?.journal.length, 8)
  assert.deepEqual(branches.have(), { 1: 8 })
})

test('a gap is told, and nothing is taken', () => {
  const branches = main()
  assert.equal(branches.append(1, 4, passing(4, 6)), false)
  assert.equal(branches.get(1)?.journal.length, 0)
})

test('a branch shares its parent’s first events and goes its own way', () => {
  const branches = main()
  branches.append(1, 0, passing(0, 10))
  branches.update(info(2, 1, 4))
  assert.equal(branches.get(2)?.journal.length, 4)
  branches.append(2, 4, passing(4, 6, 9))
  assert.equal(branches.get(2)?.journal.event(4), branches.get(1)?.journal.event(4))
  assert.equal(branches.get(2)?.journal.event(5).a, 9)
  assert.equal(branches.get(1)?.journal.length, 10)
})

test('a branch that arrives before its parent’s events waits for them', () => {
  const branches = main()
  branches.update(info(2, 1, 4))
  assert.ok(branches.append(2, 4, passing(4, 6)))
  assert.equal(branches.get(2), undefined)
  branches.append(1, 0, passing(0, 4))
  assert.equal(branches.get(2)?.journal.length, 6)
})
