import { pursuitRule } from '../src/bounds/mp-rules.js'
import type { Claim } from '../src/ledger/claim.js'
import { sizeText } from '../src/results/number-text.js'
import { range, largeSizes as sizes } from './paper-range.js'
import { pursuitRecord, reliable } from './records/matching-pursuit.js'
import { stored } from './records/stored-measurement.js'
import { testConditional } from './simulate.js'

const probes = sizes.flatMap((N) => [4, 16].map((k) => [N, k]))

/** At d = 1.3 k log2(eN/k) MP is very reliable for N = 2^16 and 2^20. */
export const mp13: Claim = {
  id: 'mp-1.3',
  source: 'Abstract, Figure 5',
  kind: 'empirical',
  statement: 'At d = 1.3 k log2(eN/k) matching pursuit is very reliable for N = 2^16 and 2^20.',
  expected: 'supported',
  besides: 'recorded tests, each at error 10⁻³',
  account: {
    quantifiers: `
      Checked for k = 1 … 100 at N = 2^16 and 2^20, unit steps, Rademacher dictionaries. “Very reliable” is taken as
      90 %.`,
    computed: 'Nothing beyond the sampled rates.',
    sampled: `
      Recorded sequential tests against 90 %, every column, each at error 10⁻³; four of them again in each run.`,
  },
  check({ seed, alpha }) {
    const tests = probes.map(([N, k]) => {
      const d = Math.ceil(pursuitRule(N, k, 1.3))
      const options = { bar: reliable, alpha: alpha / probes.length, cap: 1000 }
      return testConditional('matching-pursuit', { N, k, d }, seed, options)
    })
    const above = tests.filter(({ verdict }) => verdict === 'above').length
    const { data, command } = stored(pursuitRecord)
    const found = sizes.map((N) => {
      const cells = data.cells.filter((cell) => cell.N === N)
      const [low, high] = range(cells.map(({ rateAt13 }) => rateAt13))
      const short = cells.filter(({ at13 }) => at13 === 'below').length
      return { N, held: cells.filter(({ at13 }) => at13 === 'above').length, short, low, high }
    })
    const whole = found.every(({ short, low }) => short === 0 && low >= reliable)
    const trials = tests.reduce((sum, { trials }) => sum + trials, 0)
    const shown = found.map(
      ({ N, held, low, high }) =>
        `${held} k at N = ${sizeText(N)} (rates ${low.toFixed(3)} to ${high.toFixed(3)})`,
    )
    return {
      verdict: above === tests.length && whole ? 'supported' : 'refuted',
      evidence:
        `taken as at least ${100 * reliable} %: so by ${above} of ${tests.length} sequential tests at k ` +
        `= 4 and 16, ${trials} trials given the members; recorded at every k ≤ 100 (each at error ` +
        `${data.alpha}), none below it, and shown above it for ${shown.join(', ')}`,
      data: { found, command },
    }
  },
}
