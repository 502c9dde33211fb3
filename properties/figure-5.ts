import { pursuitRule } from '../src/bounds/mp-rules.js'
import type { Claim } from '../src/ledger/claim.js'
import { sizeText } from '../src/results/number-text.js'
import { range, sizes } from './paper-range.js'
import { pursuitRecord, reliable } from './records/matching-pursuit.js'
import { stored } from './records/stored-measurement.js'
import { testConditional } from './simulate.js'

const probes = [
  { N: 2 ** 8, k: 40, expected: 'below' },
  { N: 2 ** 12, k: 7, expected: 'above' },
  { N: 2 ** 16, k: 20, expected: 'above' },
  { N: 2 ** 20, k: 20, expected: 'above' },
]

/** Success-rate maps for MP over k ≤ 100, d ≤ 2048, the same N, with 1.0 and 1.3 × k log2(eN/k) drawn. */
export const figure5Claim: Claim = {
  id: 'figure-5',
  source: 'Figure 5',
  kind: 'empirical',
  statement:
    'Matching pursuit jumps to success between 1.0 and 1.3 × k log2(eN/k), the sharper the larger N.',
  expected: 'in part',
  besides: 'recorded tests, each at error 10⁻³',
  account: {
    quantifiers: `
      Checked for k = 1 … 100 at N = 2^8, 2^12, 2^16, 2^20, unit steps, Rademacher dictionaries; “success” is taken as
      90 % at 1.3.`,
    computed: 'Nothing beyond the sampled rates.',
    sampled: `
      Recorded rates at 1.0 and 1.3, every column, each interval and test at error 10⁻³; four tests again in each run.`,
  },
  check({ seed, alpha }) {
    const tests = probes.filter(({ N, k, expected }) => {
      const d = Math.ceil(pursuitRule(N, k, 1.3))
      const options = { bar: reliable, alpha: alpha / probes.length, cap: 1000 }
      return testConditional('matching-pursuit', { N, k, d }, seed, options).verdict === expected
    }).length
    const { cells } = stored(pursuitRecord).data
    const found = sizes.map((N) => {
      const at = cells.filter((cell) => cell.N === N)
      return {
        N,
        even: range(at.map(({ rate }) => rate)),
        reliable: range(at.map(({ rateAt13 }) => rateAt13)),
      }
    })
    const sharper = found.every(({ reliable: [low] }, i) => i === 0 || low > found[i - 1].reliable[0])
    const text = ([low, high]: readonly [number, number]) => `${low.toFixed(2)} to ${high.toFixed(2)}`
    return {
      verdict: tests === probes.length && sharper ? 'in part' : 'refuted',
      part: 'for N ≥ 2^16 at every k ≤ 100, for smaller N at small k only',
      evidence:
        'recorded rates at 1.0 and at 1.3: ' +
        `${found.map(({ N, even, reliable }) => `${sizeText(N)} ${text(even)} and ${text(reliable)}`).join('; ')}; ` +
        `at 1.3 against ${reliable}: ${tests} of ${probes.length} sequential tests, below it at N = 2^8, ` +
        'k = 40; dpb figure 5 draws it',
      data: { found },
    }
  },
}
