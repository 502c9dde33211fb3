import { expect, test } from 'vitest'
import { leastInterference } from '../bounds/welch.js'
import { type DenseDictionary, gaussianDictionary, givenDictionary } from '../codes/dense.js'
import { tightFrame } from '../codes/ensembles/tight-frame.js'
import { rademacherDictionary } from '../codes/rademacher.js'
import { interference, minimiseInterference } from './interference.js'

test('γ is the mean of squared inner products over pairs', () => {
  const dictionary = gaussianDictionary(9, 4, [1, 2])
  let [sum, pairs] = [0, 0]
  for (let i = 0; i < 9; i++) {
    const scores = dictionary.correlate(dictionary.codeword(i))
    for (let j = 0; j < i; j++, pairs++) sum += scores[j] ** 2
  }
  expect(interference(dictionary)).toBeCloseTo(sum / pairs, 14)
  expect(interference(givenDictionary([[1], [1], [-1]]))).toBe(1)
  expect(() => interference(givenDictionary([[1]]))).toThrow('the number of codewords must be an integer')
  expect(() => interference(givenDictionary([[1], [2]]))).toThrow('codeword 1 has squared norm 4')
})

/** The largest part of FFᵀf that is orthogonal to f, over the codewords f. */
function slope(dictionary: DenseDictionary): number {
  const all = Array.from({ length: dictionary.size }, (_, i) => dictionary.codeword(i))
  const norms = all.map((f) => {
    const pull = dictionary.combine([...all.keys()], dictionary.correlate(f))
    const radial = pull.reduce((sum, entry, a) => sum + entry * f[a], 0)
    return Math.hypot(...pull.map((entry, a) => entry - radial * f[a]))
  })
  return Math.max(...norms)
}

test('descent stops at the first dictionary whose slope is at most a share of max(1, N/d)', () => {
  for (const [N, d] of [
    [24, 6],
    [5, 9],
  ]) {
    const start = gaussianDictionary(N, d, [3, 4])
    const bar = 0.05 * Math.max(1, N / d)
    const { dictionary, steps, converged } = minimiseInterference(start, { tolerance: 0.05 })
    expect(converged).toBe(true)
    expect(slope(dictionary)).toBeLessThan(bar)
    const before = minimiseInterference(start, { tolerance: 0.05, limit: steps - 1 })
    expect(before.converged).toBe(false)
    expect(slope(before.dictionary)).toBeGreaterThan(bar)
    const none = minimiseInterference(start, { limit: 0 })
    for (let i = 0; i < N; i++) expect(none.dictionary.codeword(i)).toEqual(start.codeword(i))
  }
  const basis = givenDictionary([
    [1, 0],
    [0, 1],
  ])
  expect(minimiseInterference(basis, { tolerance: 0 })).toMatchObject({ steps: 0, converged: true })
})

test('tight frames have FFᵀ = (N/d)·I and unit codewords, at every d ≤ N', () => {
  for (const N of [1, 2, 3, 7, 8, 31]) {
    for (let d = 1; d <= N; d++) {
      const frame = tightFrame(N, d)
      const codewords = Array.from({ length: N }, (_, i) => frame.codeword(i))
      let worst = 0
      for (const f of codewords) worst = Math.max(worst, Math.abs(Math.hypot(...f) - 1))
      for (let a = 0; a < d; a++) {
        for (let b = 0; b <= a; b++) {
          const entry = codewords.reduce((sum, f) => sum + f[a] * f[b], 0)
          worst = Math.max(worst, Math.abs(entry - (a === b ? N / d : 0)))
        }
      }
      expect(worst).toBeLessThan(1e-12)
    }
  }
  for (const [N, d] of [
    [4, 5],
    [4, 0],
    [4, 1.5],
    [4.5, 2],
  ])
    expect(() => tightFrame(N, d)).toThrow(/^(N|d) must be an integer (≥ 1|from 1 to 4), not /)
})

test('descent never rises, keeps unit codewords, leaves its start alone and ends at the least γ', () => {
  const start = rademacherDictionary(24, 6, [5, 6])
  let last = interference(start)
  for (const limit of [1, 2, 4, 8]) {
    const { dictionary, steps, converged } = minimiseInterference(start, { tolerance: 1e-12, limit })
    expect({ steps, converged }).toEqual({ steps: limit, converged: false })
    expect(interference(dictionary)).toBeLessThan(last)
    last = interference(dictionary)
    for (let i = 0; i < 24; i++) expect(Math.hypot(...dictionary.codeword(i))).toBeCloseTo(1, 12)
  }
  expect(interference(start)).toBeGreaterThan(last)
  const loose = minimiseInterference(start, { tolerance: 0.5 })
  expect(loose.converged).toBe(true)
  expect(loose.steps).toBeLessThan(minimiseInterference(start, { tolerance: 0.02 }).steps)
  for (const [N, d] of [
    [24, 6],
    [6, 6],
    [5, 9],
  ]) {
    const { dictionary, converged } = minimiseInterference(rademacherDictionary(N, d, [1, N]))
    expect(converged).toBe(true)
    expect(interference(dictionary)).toBeCloseTo(leastInterference(N, d), 11)
  }
})
