import { entropyBits } from '../../src/bounds/entropy.js'
import { equation4Dimension } from '../../src/bounds/equation-4.js'
import { pursuitRule } from '../../src/bounds/mp-rules.js'
import { erratum } from '../../src/ledger/erratum.js'

const N = 2 ** 20

/** Whether 2.7 and 0.8 are `ratio`(dimensions, bits) at the dimensions of Equation 4 and of Appendix G. */
function reads(ratio: (d: number, bits: number) => number, unit: string) {
  const oneStep = ratio(equation4Dimension(N, 1), entropyBits(N, 1))
  const pursuit = ratio(pursuitRule(N, 28, 0.8), entropyBits(N, 28))
  return {
    truth: Math.abs(oneStep - 2.7) < 0.1 && Math.abs(pursuit - 0.8) < 0.05,
    because:
      `4k ln N at k = 1 is ${oneStep.toFixed(2)} ${unit}, and 0.8 k log2(eN/k) at k = 28 is ` +
      `${pursuit.toFixed(2)} ${unit}`,
  }
}

/** Section 3.5 and Appendix G. */
export const unitsSlip = erratum({
  id: 'slip-08-units',
  source: 'Section 3.5 and Appendix G',
  account: {
    quantifiers: 'The numbers 2.7 and 0.8 at the dimensions that the paper gives them for.',
    proof: 'd/H is dimensions per bit; H/d, bits per dimension, is its reciprocal.',
    computed: 'Both ratios at both places.',
    sampled: 'Nothing.',
  },
  printed: {
    text: '2.7, and 0.8, bits per dimension',
    holds: () => reads((d, bits) => bits / d, 'bits per dimension'),
  },
  corrected: {
    text: '2.7, and 0.8, dimensions per bit',
    holds: () => reads((d, bits) => d / bits, 'dimensions per bit'),
  },
})
