/*!
 * @module-tag slow
 */

import { expect, test } from 'vitest'
import { memoryFigures, peakMemory } from './memory.js'
import { reaches } from './timing.js'

test("a decode's peak is that of its own process, however large the one that starts it", () => {
  const [alone] = memoryFigures()
  const held = Buffer.alloc(500 * 2 ** 20, 1)
  expect(peakMemory()).toBeGreaterThan(held.length / 2 ** 20)
  const [beside] = memoryFigures()
  expect(beside.value / alone.value).toBeCloseTo(1, 0)
  expect([alone, beside].every(reaches)).toBe(true)
})
