import { expect, test } from 'vitest'
import { gaussianDictionary, givenDictionary } from '../codes/dense.js'
import type { Dictionary } from '../codes/problem.js'
import { rademacherDictionary } from '../codes/rademacher.js'
import { everySubset } from '../numerics/subsets.js'
import { type Stream, stream } from '../random/stream.js'
import { exactRecovery } from './exact-recovery.js'
import { nullSpaceConstant } from './null-space.js'

test('by hand', () => {
  // A simplex: its only null vector has equal entries.
  const simplex = [0, 1, 2].map((m) => [Math.cos((2 * Math.PI * m) / 3), Math.sin((2 * Math.PI * m) / 3)])
  for (const k of [0, 1, 2, 3]) expect(nullSpaceConstant(givenDictionary(simplex), k)).toBeCloseTo(k / 3, 12)
  // f_2 = (3f_0 + 4f_1)/5, and f_3 stands apart.
  const rows = [
    [1, 0, 0],
    [0, 1, 0],
    [0.6, 0.8, 0],
    [0, 0, 1],
  ]
  expect(nullSpaceConstant(givenDictionary(rows), 1)).toBeCloseTo(1 / 2.4, 12)
  expect(nullSpaceConstant(givenDictionary(rows.slice(0, 2)), 1)).toBe(0)
  // A codeword twice.
  expect(nullSpaceConstant(givenDictionary([rows[0], rows[0], rows[1]]), 1)).toBeCloseTo(0.5, 12)
})

test('no null vector gives k entries a larger share; coefficients below 1 for all subsets keep it below ½', () => {
  for (let instance = 0; instance < 20; instance++) {
    const random = stream('null', instance)
    const [N, d, k] = [7, 4 + (instance % 3), 1 + (instance % 2)]
    const dictionary =
      instance % 4 ? gaussianDictionary(N, d, random.key()) : rademacherDictionary(N, d, random.key())
    const constant = nullSpaceConstant(dictionary, k)
    const recovery = Math.max(...[...everySubset(N, k)].map((subset) => exactRecovery(dictionary, subset)))
    if (recovery < 1) expect(constant).toBeLessThan(0.5)
    for (let draw = 0; draw < 50; draw++) {
      const v = nullVector(dictionary, random)
      const sizes = v.map(Math.abs).sort((a, b) => b - a)
      const share = sizes.slice(0, k).reduce((a, b) => a + b, 0) / sizes.reduce((a, b) => a + b, 0)
      expect(share).toBeLessThanOrEqual(constant + 1e-9)
    }
  }
})

/** A vector of coefficients less its part in the row space of F, by Gram–Schmidt. */
function nullVector(dictionary: Dictionary, random: Stream): number[] {
  const codewords = Array.from({ length: dictionary.size }, (_, i) => dictionary.codeword(i))
  const rows = Array.from({ length: dictionary.dimension }, (_, j) => codewords.map((f) => f[j]))
  const v = codewords.map(() => random.uniform() - 0.5)
  const basis: number[][] = []
  for (const row of [...rows, v]) {
    for (const unit of [...basis, ...basis]) {
      const along = dot(row, unit)
      for (let i = 0; i < row.length; i++) row[i] -= along * unit[i]
    }
    const norm = Math.sqrt(dot(row, row))
    if (norm > 1e-9) basis.push(row.map((entry) => entry / norm))
  }
  return v
}

const dot = (a: readonly number[], b: readonly number[]): number => a.reduce((sum, x, i) => sum + x * b[i], 0)

test('refuses what it cannot go through', () => {
  expect(() => nullSpaceConstant(gaussianDictionary(40, 20, [1, 2]), 2)).toThrow(
    'the null space constant goes through',
  )
  expect(() => nullSpaceConstant(gaussianDictionary(4, 2, [1, 2]), 5)).toThrow(
    'k must be an integer from 0 to 4, not 5',
  )
})
