import { ruleThreshold } from '../src/bounds/rules-of-thumb.js'
import { thresholdFiniteDimension } from '../src/bounds/threshold-finite.js'
import { thresholdUnion } from '../src/bounds/threshold-union.js'
import type { Claim } from '../src/ledger/claim.js'
import { range, sizes, sparsities } from './paper-range.js'
import { testConditional } from './simulate.js'

const reliable = 0.85
/** Even odds lie between this share of the dimension that marks them and itself. */
const near = 0.6
const probes = sizes.flatMap((N) => [2, 8, 30].map((k) => [N, k]))

/** d = 8k ln N marks where threshold decoding becomes reliable. */
export const ruleThresholdClaim: Claim = {
  id: 'rule-threshold',
  source: 'Section 3.3, Figure 3',
  kind: 'empirical',
  statement: 'd = 8k ln N marks where threshold decoding becomes reliable.',
  expected: 'supported',
  weight: 1,
  check({ seed, alpha }) {
    const cells = sizes.flatMap((N) => sparsities.map((k) => ({ N, k, rule: ruleThreshold(N, k) })))
    const success = cells.map(({ N, k, rule }) => -Math.expm1(thresholdUnion(N, k, Math.ceil(rule))))
    const even = cells.map(({ N, k, rule }) => thresholdFiniteDimension(N, k, 0.5) / rule)
    const tests = probes.flatMap(([N, k]) =>
      [near, 1].map((share) => {
        const d = Math.ceil(share * ruleThreshold(N, k))
        const options = { bar: 0.5, alpha: alpha / (2 * probes.length), cap: 300 }
        return { share, test: testConditional('threshold', { N, k, d }, seed, options) }
      }),
    )
    const decided = tests.filter(({ share, test }) => test.verdict === (share < 1 ? 'below' : 'above')).length
    const [least] = range(success)
    const [low, high] = range(even)
    const trials = tests.reduce((sum, { test }) => sum + test.trials, 0)
    return {
      verdict:
        least >= reliable && low >= near && high <= 1 && decided === tests.length ? 'supported' : 'refuted',
      evidence: `at it success is at least ${least.toFixed(3)} for every k ≤ 100 and N = 2^8 … 2^20 (exact union bound); even odds lie at ${low.toFixed(2)} to ${high.toFixed(2)} of it (Gaussian law), and between ${near} and 1 by ${decided} of ${tests.length} sequential tests, ${trials} trials given the members`,
      data: { least, even: [low, high] },
    }
  },
}
