import { countingBound } from '../../src/bounds/counting-bound.js'
import { pursuitRule } from '../../src/bounds/mp-rules.js'
import { matchingPursuit } from '../../src/decoders/greedy/matching-pursuit.js'
import type { Context } from '../../src/ledger/claim.js'
import { erratum } from '../../src/ledger/erratum.js'
import { described, testDecoder } from '../simulate.js'

const [N, k] = [2 ** 12, 10]

/** Whether matching pursuit succeeds at least nine times in ten from d on. */
const reliable = (dimension: number) => ({
  holds({ seed, alpha }: Context) {
    const d = Math.ceil(dimension)
    const test = testDecoder(matchingPursuit(), { N, k, d }, seed, { bar: 0.9, alpha: alpha / 2, cap: 2000 })
    return {
      truth: test.verdict === 'above',
      because:
        `at N = 2^12, k = ${k} that is d = ${d}, any decoder needs ${Math.ceil(countingBound(N, k))}; ` +
        `${described(test)}`,
    }
  },
})

/** Section 3.5. */
export const missingSparsitySlip = erratum({
  id: 'slip-09-missing-sparsity',
  source: 'Section 3.5',
  account: {
    quantifiers: 'N = 2^12, k = 10, unit steps, Rademacher dictionaries; “reliable” is taken as 90 %.',
    proof: `
      Without the factor k the dimension at k = 10 is below the counting bound of every decoder.`,
    computed: 'The counting bound.',
    sampled: 'Sequential tests of whole decodes at both dimensions.',
  },
  printed: {
    text: 'matching pursuit is reliable (90 %) from d ≥ 1.3 log2(eN/k) on',
    ...reliable(pursuitRule(N, k, 1.3) / k),
  },
  corrected: { text: 'it is from d ≥ 1.3 k log2(eN/k) on', ...reliable(pursuitRule(N, k, 1.3)) },
})
