import { bignumber, log } from 'mathjs'
import { logChoose } from '../../src/bounds/entropy.js'
import { entropyApproximation } from '../../src/bounds/entropy-approximation.js'
import { erratum } from '../../src/ledger/erratum.js'

const N = 2 ** 20

/** Whether k ln(eN/k) is `text`, and its relative error against ln C(2^20, k) rounds to the one stated, in per cent. */
function example(k: number, text: number, percent: string) {
  const approximation = entropyApproximation(N, k)
  const error = (100 * (approximation - logChoose(N, k))) / logChoose(N, k)
  return {
    truth: Math.abs(approximation / text - 1) < 1e-12 && error.toFixed(percent.length - 2) === percent,
    because:
      `k = ${k}: k ln(eN/k) = ${approximation.toFixed(2)}, printed value ${text.toFixed(2)}, relative ` +
      `error ${error.toFixed(2)} %`,
  }
}

const ln2 = Number(log(bignumber(2)))

/** Section 3.1, the worked example at N = 2^20. */
export const entropyExampleSlip = erratum({
  id: 'slip-02-entropy-example',
  source: 'Section 3.1',
  account: {
    quantifiers: 'N = 2^20, k = 2^7 and 2^8 only.',
    proof: `
      Arithmetic: k ln(eN/k) = k(1 + ln N − ln k), with ln N = 20 ln 2 and ln k = 7 ln 2 or 8 ln 2.`,
    computed: 'Both values and their relative errors.',
    sampled: 'Nothing.',
  },
  printed: {
    text: 'for k = 2^8, k ln(eN/k) = 128(1 + 12 ln 2), within 0.3 %',
    holds: () => example(2 ** 8, 128 * (1 + 12 * ln2), '0.3'),
  },
  corrected: {
    text: 'for k = 2^8 it is 256(1 + 12 ln 2), within 0.16 %; for k = 2^7 it is 128(1 + 13 ln 2), within 0.26 %',
    holds: () => {
      const both = [
        example(2 ** 8, 256 * (1 + 12 * ln2), '0.16'),
        example(2 ** 7, 128 * (1 + 13 * ln2), '0.26'),
      ]
      return {
        truth: both.every(({ truth }) => truth),
        because: both.map(({ because }) => because).join('; '),
      }
    },
  },
})
