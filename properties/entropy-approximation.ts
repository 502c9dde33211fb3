import fc from 'fast-check'
import { logChoose } from '../src/bounds/entropy.js'
import { entropyApproximation as approximation } from '../src/bounds/entropy-approximation.js'
import type { Claim } from '../src/ledger/claim.js'
import { forAll } from '../src/ledger/for-all.js'

const relativeError = (N: number, k: number) => approximation(N, k) / logChoose(N, k) - 1

/** ln C(N, k) ≤ k ln(eN/k), tight for k ≪ N: relative error about 0.3 % at the printed example. */
export const entropyApproximation: Claim = {
  id: 'entropy-approximation',
  source: 'Section 3.1',
  kind: 'arithmetic',
  statement: 'ln C(N,k) ≤ k ln(eN/k), within about 0.3 % at N = 2^20, k = 2^7.',
  expected: 'proved',
  account: {
    quantifiers: `
      All integers 1 ≤ k ≤ N for the inequality; “about 0.3 %” at N = 2^20, k = 2^7 only; tight: the relative error
      tends to 0 as N/k → ∞, whatever k does.`,
    proof: `
      C(N,k) ≤ N^k/k! ≤ (eN/k)^k, as in binomial-bounds. And k ln(eN/k) − ln C(N,k) = ln(k! e^k/k^k) − Σ_{i<k} ln(1 −
      i/N) ≤ 1 + ½ ln k + k²/N for k ≤ N/2, by k! ≤ e√k (k/e)^k. Over k ln(eN/k) that is at most (1 + k/N)/ln(eN/k),
      up to the same factor for ln C(N,k), and tends to 0 as N/k → ∞. The example is arithmetic.`,
    computed: 'The relative error at the example; its fall at k = 2, N = 2^8 … 2^64.',
    sampled: '1,000 drawn (N, k) up to N = 2^50, k = 2^12.',
  },
  async check({ seed }) {
    const sizes = fc
      .integer({ min: 2, max: 2 ** 50 })
      .chain((N) => fc.tuple(fc.constant(N), fc.integer({ min: 1, max: Math.min(N - 1, 2 ** 12) })))
    const instances = await forAll(sizes, ([N, k]) => relativeError(N, k) > 0, { seed })
    const example = relativeError(2 ** 20, 2 ** 7)
    const falling = [8, 16, 32, 64].map((power) => relativeError(2 ** power, 2))
    const tight = falling.every((error, i) => i === 0 || error < falling[i - 1])
    const about = Math.abs(example - 0.003) < 0.0005
    return {
      verdict: tight && about ? 'proved' : 'refuted',
      evidence:
        `exact, ${instances} drawn (N, k) up to 2^50; ${(100 * example).toFixed(2)} % at the example ` +
        '(printed: 0.3 %); falling in N at k = 2',
      data: { example, falling },
    }
  },
}
