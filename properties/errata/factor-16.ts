import { corollary1Dimension } from '../../src/bounds/corollary-1.js'
import { erratum } from '../../src/ledger/erratum.js'

const sizes = [2 ** 8, 2 ** 20, 2 ** 40]
const sparsities = [1, 28, 100]

/** Whether Corollary 1's dimension as p → 1 is factor·k²·`logarithm`(N). */
function is(factor: number, logarithm: (N: number) => number, text: string) {
  const ratios = sizes.flatMap((N) =>
    sparsities.map((k) => (factor * k * k * logarithm(N)) / corollary1Dimension(N, k, 1 - 1e-12)),
  )
  const [least, most] = [Math.min(...ratios), Math.max(...ratios)]
  return {
    truth: Math.max(most - 1, 1 - least) < 1e-12,
    because: `${text} is ${least.toFixed(3)} times Corollary 1’s dimension as p → 1, at every N and k tried`,
  }
}

/** Section 3.3. */
export const factor16Slip = erratum({
  id: 'slip-11-factor-16',
  source: 'Section 3.3 against Corollary 1',
  account: {
    quantifiers: 'All N, k, p → 1.',
    proof: '8k²(2 ln N + ln 1/p) = 16k² ln N + 8k² ln 1/p.',
    computed: 'Both readings at nine sizes.',
    sampled: 'Nothing.',
  },
  printed: {
    text: 'the factor is 16k², read as Corollary 1 is written: 16k²(2 ln N + ln 1/p)',
    holds: () => is(16, (N) => 2 * Math.log(N), '16k²·2 ln N'),
  },
  corrected: {
    text: 'both are right: 8k²·2 ln N = 16k² ln N',
    holds: () => is(16, Math.log, '16k² ln N'),
  },
})
