import { ruleThreshold } from '../src/bounds/rules-of-thumb.js'
import { thresholdUnion } from '../src/bounds/threshold-union.js'
import type { Claim } from '../src/ledger/claim.js'
import { sizeText } from '../src/results/number-text.js'
import { asPrinted, range, sizes } from './paper-range.js'
import { oneStepRecord, reliable } from './records/one-step.js'
import { stored } from './records/stored-measurement.js'
import { testConditional } from './simulate.js'

const bar = reliable.threshold
const [low, high] = asPrinted(8)
const probes = sizes.flatMap((N) => [2, 8, 30].map((k) => [N, k]))

/** d = 8k ln N marks where threshold decoding becomes reliable. */
export const ruleThresholdClaim: Claim = {
  id: 'rule-threshold',
  source: 'Section 3.3, Figure 3',
  kind: 'empirical',
  statement: 'd = 8k ln N marks where threshold decoding becomes reliable.',
  expected: 'in part',
  besides: 'recorded tests, each at error 10⁻³',
  account: {
    quantifiers: `
      Checked for k = 1 … 100 at N = 2^8, 2^12, 2^16, 2^20, Rademacher dictionaries, a fixed subset. “Reliable” is
      taken as 90 %, and 8 as 7.5 to 8.5.`,
    computed: `
      At 8.5k ln N success is at least 90 % in all 400 columns, by the exact union bound: that half is proved there.`,
    sampled: `
      Recorded sequential tests of the rate at 7.5k ln N, one a column, each at error 10⁻³; twelve of them again in
      each run.`,
  },
  check({ seed, alpha }) {
    const { data, command } = stored(oneStepRecord)
    const shorts = data.cells.filter(({ threshold }) => threshold.verdict === 'below').length
    const early = data.cells.filter(({ threshold }) => threshold.verdict === 'above')
    const [least] = range(
      data.cells.map(({ N, k }) => -Math.expm1(thresholdUnion(N, k, Math.ceil(high * ruleThreshold(N, k))))),
    )
    const tests = probes.map(([N, k]) => {
      const d = Math.floor(low * ruleThreshold(N, k))
      return testConditional('threshold', { N, k, d }, seed, { bar, alpha: alpha / probes.length, cap: 4000 })
    })
    const below = tests.filter(({ verdict }) => verdict === 'below').length
    const trials = tests.reduce((sum, test) => sum + test.trials, 0)
    const holds = least >= bar && 2 * shorts > data.cells.length && below === tests.length
    return {
      verdict: holds ? 'in part' : 'refuted',
      part:
        'for all N = 2^8 … 2^20 and k ≤ 100 but ' +
        `${early.map(({ N, k }) => `N = ${sizeText(N)}, k = ${k}`).join(', and ')}, where it is reliable ` +
        'earlier',
      evidence:
        `with “reliable” as ${100 * bar} % and 8 as 7.5 to 8.5: at 8.5k ln N success is at least ` +
        `${least.toFixed(3)} for every k ≤ 100 and N = 2^8 … 2^20 (exact union bound); at 7.5k ln N it ` +
        `is below ${100 * bar} % in ${shorts} of the ${data.cells.length} (recorded, each at error ` +
        `${data.alpha}), and by ${below} of ${tests.length} sequential tests now, ${trials} trials given ` +
        'the members',
      data: { least, shorts, command },
    }
  },
}
