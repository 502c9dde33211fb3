import { entropyBits } from '../src/bounds/entropy.js'
import { thresholdFiniteDimension } from '../src/bounds/threshold-finite.js'
import { topKFiniteDimension } from '../src/bounds/top-k-finite.js'
import { topKUnion } from '../src/bounds/top-k-union.js'
import type { Claim } from '../src/ledger/claim.js'
import { power, range, sizes, sparsities } from './paper-range.js'
import { testConditional } from './simulate.js'

const least = 2.7
const largest = 2 ** 20

/** One-step estimates need at least 2.7 dims per bit. */
export const oneStep27: Claim = {
  id: 'one-step-2.7',
  source: 'Abstract',
  kind: 'empirical',
  statement: 'One-step estimates need at least 2.7 dimensions per bit.',
  expected: 'refuted',
  weight: 1,
  check({ seed, alpha }) {
    // Top-k succeeds this often with fewer dimensions, whatever is drawn.
    const d = Math.floor(2.5 * entropyBits(largest, 3))
    const proved = 1 - Math.exp(topKUnion(largest, 3, d))
    const perBit = d / entropyBits(largest, 3)
    const even = (k: number, N: number) => topKFiniteDimension(N, k, 0.5) / entropyBits(N, k)
    const from = sizes.map((N) => sparsities.find((k) => even(k, N) >= least)!)
    const reliable = sparsities.find(
      (k) => topKFiniteDimension(largest, k, 0.01) / entropyBits(largest, k) >= least,
    )!
    const [threshold] = range(
      sizes.flatMap((N) => sparsities.map((k) => thresholdFiniteDimension(N, k, 0.5) / entropyBits(N, k))),
    )
    const at = (k: number) =>
      testConditional('top-k', { N: largest, k, d: Math.floor(least * entropyBits(largest, k)) }, seed, {
        bar: 0.5,
        alpha: alpha / 2,
        cap: 400,
      })
    const [few, many] = [at(12), at(48)]
    const asFound = few.verdict === 'above' && many.verdict === 'below'
    const refuted = proved > 0.5 && perBit < least
    return {
      verdict: refuted && asFound ? 'refuted' : refuted ? 'inconclusive' : 'supported',
      evidence: `top-k at N = 2^20, k = 3 succeeds at ${perBit.toFixed(2)} dims per bit with probability ≥ ${proved.toFixed(3)} (exact union bound); at even odds it needs 2.7 from k = ${from.map((k, i) => `${k} (${power(sizes[i])})`).join(', ')} on (Gaussian law; tested at N = 2^20: above even odds at k = 12, below at k = 48), at 99 % from k = ${reliable} (2^20); threshold decoding never needs less than ${threshold.toFixed(1)}`,
      data: { d, proved, from, reliable, threshold },
    }
  },
}
