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
  expected: 'supported',
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
      verdict: success >= 0.97 && test.verdict === 'below' ? 'supported' : 'refuted',
      evidence: `within a tenth, for top-k at high reliability: success ≥ ${success.toFixed(3)} at ${(enough / bits).toFixed(2)} (exact union bound), below 99 % at ${(short / bits).toFixed(2)} (${test.trials} trials given the members), 99 % at ${reliable.toFixed(2)}; at even odds it is ${topK.toFixed(2)} for top-k and ${threshold.toFixed(2)} for the threshold (Gaussian laws)`,
      data: { success, reliable, topK, threshold },
    }
  },
}
