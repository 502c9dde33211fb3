import { expect, test } from 'vitest'
import { leastInterference } from '../bounds/welch.js'
import { gaussianDictionary, givenDictionary } from './dense.js'
import { interference, minimiseInterference } from './interference.js'
import { rademacherDictionary } from './rademacher.js'
import { tightFrame } from './tight-frame.js'

test('γ is the mean of squared inner products over pairs', () => {
  const dictionary = gaussianDictionary(9, 4, [1, 2])
  let [sum, pairs] = [0, 0]
  for (let i = 0; i < 9; i++) {
    const scores = dictionary.correlate(dictionary.codeword(i))
    for (let j = 0; j < i; j++, pairs++) sum += scores[j] ** 2
  }
  expect(interference(dictionary)).toBeCloseTo(sum / pairs, 14)
  expect(interference(givenDictionary([[1], [1], [-1]]))).toBe(1)
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
    expect(() => tightFrame(N, d)).toThrow(
      `a tight frame of N codewords needs integers 1 ≤ d ≤ N, not N = ${N}, d = ${d}`,
    )
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
