import { pursuitRule } from '../src/bounds/mp-rules.js'
import type { Claim } from '../src/ledger/claim.js'
import { power, range, sizes, sparsities } from './paper-range.js'
import { near, pursuitRecord } from './records/matching-pursuit.js'
import { kept } from './records/record.js'
import { testConditional } from './simulate.js'

const probes = sizes.flatMap((N) => [3, 16].map((k) => [N, k]))

/** MP succeeds with even odds near d = k log2(eN/k). */
export const mpEvenOdds: Claim = {
  id: 'mp-even-odds',
  source: 'Section 3.5, Figure 5',
  kind: 'empirical',
  statement: 'Matching pursuit succeeds with even odds near d = k log2(eN/k).',
  expected: 'supported',
  weight: 1,
  check({ seed, alpha }) {
    const tests = probes.flatMap(([N, k]) =>
      [1 - near, 1 + near].map((factor) => {
        const d = Math.ceil(pursuitRule(N, k, factor))
        const options = { bar: 0.5, alpha: alpha / (2 * probes.length), cap: 300 }
        const { verdict } = testConditional('matching-pursuit', { N, k, d }, seed, options)
        return verdict === (factor < 1 ? 'below' : 'above')
      }),
    )
    const { data, command } = kept(pursuitRecord)
    const found = sizes.map((N) => {
      const cells = data.cells.filter((cell) => cell.N === N)
      const outside = cells
        .filter(({ short, long }) => short !== 'below' || long !== 'above')
        .map(({ k }) => k)
      const [low, high] = range(cells.map(({ rate }) => rate))
      return { N, within: cells.length - outside.length, outside, low, high }
    })
    const asSaid = tests.filter(Boolean).length
    const whole = found.every(({ N, within }) => N < 2 ** 12 || within >= 0.95 * sparsities.length)
    return {
      verdict: asSaid === tests.length && whole ? 'supported' : 'refuted',
      evidence: `${asSaid} of ${tests.length} sequential tests at 0.85 and 1.15 times it, k = 3 and 16; recorded for every k ≤ 100, even odds within 15 % of it for ${found.map(({ N, within }) => `${within} k at N = ${power(N)}`).join(', ')}; at it the rate is ${found.map(({ N, low, high }) => `${low.toFixed(2)} to ${high.toFixed(2)} (${power(N)})`).join(', ')}`,
      data: { found, command },
    }
  },
}
