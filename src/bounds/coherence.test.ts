import fc from 'fast-check'
import { expect, test } from 'vitest'
import { evenly } from '../arbitraries/evenly.js'
import { share } from '../testing/regimes.js'
import { coherenceLevel, coherenceSparsity } from './coherence-guarantee.js'
import { incoherenceLevel, incoherentSparsity } from './incoherence.js'
import { interferenceDimension, kappa, leastCoherence, leastInterference } from './welch.js'

test('levels and sparsities are inverse to each other', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1e6 }), evenly(1e-6, 0.998), (k, mu) => {
      expect(incoherentSparsity(incoherenceLevel(k))).toBe(k)
      expect(coherenceSparsity(coherenceLevel(k))).toBe(k - 1)
      expect(coherenceSparsity(coherenceLevel(k) * (1 - 1e-15))).toBe(k)
      const most = coherenceSparsity(mu)
      expect(mu < coherenceLevel(most) && mu >= coherenceLevel(most + 1)).toBe(true)
      const held = incoherentSparsity(mu)
      expect(mu <= incoherenceLevel(held) && mu > incoherenceLevel(held + 1)).toBe(true)
    }),
    { seed: 1, numRuns: 300 },
  )
  expect(coherenceLevel(3)).toBe(0.2)
  expect(incoherenceLevel(4)).toBe(0.125)
  expect([coherenceSparsity(0), coherenceSparsity(1), coherenceSparsity(7)]).toEqual([Infinity, 0, 0])
})

test('levels refuse what is no sparsity', () => {
  expect(() => coherenceLevel(0)).toThrow('k must be an integer ≥ 1, not 0')
  for (const k of [1.5, -1]) expect(() => incoherenceLevel(k)).toThrow(`k must be an integer ≥ 0, not ${k}`)
  expect(() => coherenceSparsity(-1)).toThrow('mu must be at least 0, not -1')
  expect(() => incoherentSparsity(0)).toThrow('epsilon must be a positive number, not 0')
})

/** Mean squared inner product over ordered pairs of distinct codewords. */
function interference(codewords: number[][]): number {
  let sum = 0
  for (const f of codewords)
    for (const g of codewords) if (f !== g) sum += f.reduce((s, x, j) => s + x * g[j], 0) ** 2
  return sum / (codewords.length * (codewords.length - 1))
}

test('tight frames have the least interference', () => {
  for (const N of [3, 4, 7, 20]) {
    const circle = Array.from({ length: N }, (_, i) => [
      Math.cos((Math.PI * i) / N),
      Math.sin((Math.PI * i) / N),
    ])
    expect(leastInterference(N, 2)).toBeCloseTo(interference(circle), 14)
  }
  expect(leastCoherence(3, 2)).toBeCloseTo(0.5, 15)
  expect([leastInterference(5, 5), leastInterference(5, 9), leastInterference(1, 1)]).toEqual([0, 0, 0])
  expect(() => leastInterference(5, 0.5)).toThrow('d must be at least 1, not 0.5')
})

test('γ_opt·d = κ(d/N)·N/(N − 1), and it inverts', () => {
  fc.assert(
    fc.property(fc.integer({ min: 2, max: 1e6 }), share, (N, at) => {
      const d = 1 + at * (N - 1) * 0.999
      const gamma = leastInterference(N, d)
      expect((gamma * d * (N - 1)) / N).toBeCloseTo(kappa(d / N), 12)
      expect(interferenceDimension(N, gamma) / d).toBeCloseTo(1, 12)
    }),
    { seed: 2, numRuns: 100 },
  )
  expect(kappa(0.25)).toBe(0.75)
  expect(kappa(2)).toBe(0)
})
