import { ruleTopK } from '../src/bounds/rules-of-thumb.js'
import { topKFiniteDimension } from '../src/bounds/top-k-finite.js'
import { topKUnion } from '../src/bounds/top-k-union.js'
import type { Claim } from '../src/ledger/claim.js'
import { range, sizes, sparsities } from './paper-range.js'
import { testConditional } from './simulate.js'

/** High probability, and what is close to the dimension that it takes. */
const [reliable, close] = [0.99, 0.2]
/** From here on the sentence holds. */
const leastK = 3
const probes = sizes.flatMap((N) => [8, 16, 30].map((k) => [N, k]))

/** d = 4k ln(kN) is very close to the smallest dimension at which top-k succeeds with high probability. */
export const ruleTopKClaim: Claim = {
  id: 'rule-top-k',
  source: 'Section 3.3, Appendix F, Figure 3',
  kind: 'empirical',
  statement:
    'd = 4k ln(kN) is very close to the smallest dimension at which top-k succeeds with high probability.',
  expected: 'supported',
  weight: 1,
  check({ seed, alpha }) {
    const cells = sizes.flatMap((N) => sparsities.map((k) => ({ N, k, rule: ruleTopK(N, k) })))
    const failure = cells.map(({ N, k, rule }) => Math.exp(topKUnion(N, k, Math.ceil((1 + close) * rule))))
    const needed = cells.map(({ N, k, rule }) => ({
      k,
      share: topKFiniteDimension(N, k, 1 - reliable) / rule,
    }))
    const [, worst] = range(failure)
    const held = range(needed.filter(({ k }) => k >= leastK).map(({ share }) => share))
    const outside = range(needed.filter(({ k }) => k < leastK).map(({ share }) => share))
    const tests = probes.map(([N, k]) => {
      const d = Math.floor((1 - close) * ruleTopK(N, k))
      return testConditional('top-k', { N, k, d }, seed, {
        bar: reliable,
        alpha: alpha / probes.length,
        cap: 1000,
      })
    })
    const below = tests.filter(({ verdict }) => verdict === 'below').length
    const holds =
      worst <= 1 - reliable && held[0] >= 1 - close && held[1] <= 1 + close && below === tests.length
    return {
      verdict: holds ? 'supported' : 'refuted',
      evidence: `within a fifth for k ≥ ${leastK}: at 1.2 times it success is at least ${(1 - worst).toFixed(3)} for every k ≤ 100 and N = 2^8 … 2^20 (exact union bound), at 0.8 times it below 99 % by ${below} of ${tests.length} sequential tests; 99 % is reached at ${held[0].toFixed(2)} to ${held[1].toFixed(2)} of it (Gaussian law), but for k = 1, 2 at ${outside[0].toFixed(2)} to ${outside[1].toFixed(2)}`,
      data: { worst, held, outside },
    }
  },
}
