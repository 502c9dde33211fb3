import { entropyBits } from '../src/bounds/entropy.js'
import { thresholdFiniteDimension } from '../src/bounds/threshold-finite.js'
import { topKFiniteDimension } from '../src/bounds/top-k-finite.js'
import { topKUnion } from '../src/bounds/top-k-union.js'
import type { Claim } from '../src/ledger/claim.js'
import { testConditional } from './simulate.js'

const [N, k] = [2 ** 20, 100]
const bits = entropyBits(N, k)
const tolerance = 0.1

/** At N = 2^20, k = 100 one-step estimates need about 5 dims per bit. */
export const oneStep5: Claim = {
  id: 'one-step-5',
  source: 'Section 2, Figure 2',
  kind: 'empirical',
  statement: 'At N = 2^20, k = 100 one-step estimates need about 5 dimensions per bit.',
  expected: 'in part',
  account: {
    quantifiers: `
      At N = 2^20, k = 100 only, Rademacher dictionaries; “about 5” is taken as 4.5 to 5.5, and success as 99 %.`,
    computed: `
      Success of top-k at 5.5 dims per bit by the exact union bound. The Gaussian laws at even odds and at 99 % for
      both decoders.`,
    sampled: 'A sequential test of top-k against 99 % at 4.5 dims per bit.',
  },
  check({ seed, alpha }) {
    const [enough, short] = [Math.ceil(5 * (1 + tolerance) * bits), Math.floor(5 * (1 - tolerance) * bits)]
    const success = 1 - Math.exp(topKUnion(N, k, enough))
    const test = testConditional('top-k', { N, k, d: short }, seed, { bar: 0.99, alpha, cap: 400 })
    const reliable = topKFiniteDimension(N, k, 0.01) / bits
    const [topK, threshold] = [
      topKFiniteDimension(N, k, 0.5) / bits,
      thresholdFiniteDimension(N, k, 0.5) / bits,
    ]
    return {
      verdict: success >= 0.97 && test.verdict === 'below' ? 'in part' : 'refuted',
      part: 'for top-k decoding at 99 %, within a tenth; not at even odds, and not for threshold decoding',
      evidence:
        `top-k: success ≥ ${success.toFixed(3)} at ${(enough / bits).toFixed(2)} (exact union bound), ` +
        `below 99 % at ${(short / bits).toFixed(2)} (${test.trials} trials given the members), 99 % at ` +
        `${reliable.toFixed(2)}; at even odds it is ${topK.toFixed(2)} for top-k and ` +
        `${threshold.toFixed(2)} for the threshold (Gaussian laws)`,
      data: { success, reliable, topK, threshold },
    }
  },
}
