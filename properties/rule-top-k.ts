import { ruleTopK } from '../src/bounds/rules-of-thumb.js'
import { topKUnion } from '../src/bounds/top-k-union.js'
import type { Claim } from '../src/ledger/claim.js'
import { sizeText } from '../src/results/number-text.js'
import { asPrinted, largeSizes, range, runs, sizes } from './paper-range.js'
import { oneStepRecord, reliable } from './records/one-step.js'
import { stored } from './records/stored-measurement.js'
import { testConditional } from './simulate.js'

const bar = reliable['top-k']
const [low, high] = asPrinted(4)
const probes = sizes.flatMap((N) => [16, 30].map((k) => [N, k]))

/** d = 4k ln(kN) is very close to the smallest dimension at which top-k succeeds with high probability. */
export const ruleTopKClaim: Claim = {
  id: 'rule-top-k',
  source: 'Section 3.3, Appendix F, Figure 3',
  kind: 'empirical',
  statement:
    'd = 4k ln(kN) is very close to the smallest dimension at which top-k succeeds with high probability.',
  expected: 'in part',
  besides: 'recorded tests, each at error 10⁻³',
  account: {
    quantifiers: `
      Checked for k = 1 … 100 at N = 2^8, 2^12, 2^16, 2^20, Rademacher dictionaries, a fixed subset, ties to the
      lowest index. “High probability” is taken as 99 %, and 4 as 3.5 to 4.5.`,
    computed: 'The success at 4.5k ln(kN), by the exact union bound with ties as failures.',
    sampled: `
      Recorded sequential tests of the rate at 3.5k ln(kN), one a column, each at error 10⁻³; eight of them again in
      each run.`,
  },
  check({ seed, alpha }) {
    const { data, command } = stored(oneStepRecord)
    const cells = data.cells.map(({ N, k, topK }) => ({
      N,
      k,
      short: topK.verdict === 'below',
      success: -Math.expm1(topKUnion(N, k, Math.ceil(high * ruleTopK(N, k)))),
    }))
    const held = cells.filter(({ short, success }) => short && success >= bar)
    const [least] = range(cells.map(({ success }) => success))
    const tests = probes.map(([N, k]) => {
      const d = Math.floor(low * ruleTopK(N, k))
      return testConditional('top-k', { N, k, d }, seed, { bar, alpha: alpha / probes.length, cap: 4000 })
    })
    const below = tests.filter(({ verdict }) => verdict === 'below').length
    const where = sizes.map((N) => `k = ${runs(held.filter((cell) => cell.N === N))} at N = ${sizeText(N)}`)
    const mostly = largeSizes.every(
      (N) => 2 * held.filter((cell) => cell.N === N).length > cells.filter((cell) => cell.N === N).length,
    )
    return {
      verdict: mostly && below === tests.length ? 'in part' : 'refuted',
      part: `for ${where.join(', ')}`,
      evidence:
        `with “high probability” as ${100 * bar} % and 4 as 3.5 to 4.5: at 4.5k ln(kN) success is at ` +
        `least ${least.toFixed(3)} for every k ≤ 100 and N = 2^8 … 2^20 (exact union bound), at 3.5k ` +
        `ln(kN) below ${100 * bar} % but for the smallest k (recorded, each at error ${data.alpha}; ` +
        `${below} of ${tests.length} sequential tests now)`,
      data: { least, held: held.length, of: cells.length, command },
    }
  },
}
