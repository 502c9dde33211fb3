import { entropyBits } from '../../src/bounds/entropy.js'
import { thresholdFiniteDimension } from '../../src/bounds/threshold-finite.js'
import { thresholdUnionDimension } from '../../src/bounds/threshold-union.js'
import { erratum } from '../../src/ledger/erratum.js'

const k = 8
const fourLn2 = 4 * Math.LN2
const bars = [0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.97]

/**
 * Dims per bit at which top-k decoding succeeds at least every other time, proved: where threshold decoding at any
 * bar recovers Y, so does top-k, and threshold decoding has its exact union bound.
 */
const topKEnough = (N: number): number =>
  Math.min(...bars.map((tau) => thresholdUnionDimension(N, k, 0.5, tau))) / entropyBits(N, k)

/** Dims per bit of threshold decoding at even odds. */
const thresholdEven = (N: number): number => thresholdFiniteDimension(N, k, 0.5) / entropyBits(N, k)

/** Which of the three limits in question a number of dims per bit is nearest to. */
const nearest = (dimsPerBit: number): number =>
  [fourLn2 / 2, fourLn2, 2 * fourLn2].reduce((a, b) =>
    Math.abs(b - dimsPerBit) < Math.abs(a - dimsPerBit) ? b : a,
  )

/** Whether each is less than half of the one before: the sizes’ logarithms grow by three and more. */
const falling = (values: readonly number[]): boolean =>
  values.every((value, i) => i === 0 || value < values[i - 1] / 2)

/** The abstract against Equation 4. */
export const oneStepFloorSlip = erratum({
  id: 'slip-10-one-step-floor',
  source: 'Abstract, Equation 4',
  account: {
    quantifiers: `
      k = 8 and N = 2^60, 2^200, 2^900, at even odds; the corrected limits are for N → ∞ with ln k/ln N → 0.`,
    proof: `
      Where decoding by a threshold at τ < 1 recovers Y top-k does, and by chernoff and a union the former fails with
      probability at most k e^(−(1 − τ)²d/2(k − 1)) + N e^(−τ²d/2k). At d = (1 + η)·2k ln N/τ² both terms tend to 0
      for τ near enough to 1 while ln k/ln N → 0, and H = (1 + o(1)) k log2 N: so at most 2 ln 2 = 1.39 dims per bit
      suffice. For fixed k it is less, for the exact rate of a sum of kd signs exceeds the Gaussian one: 1 at k = 1,
      at most 1.21 at k = 2. At τ = ½ the second term gives 8 ln 2 = 5.55, again an upper bound that the exact rate
      lowers by a factor 1 − O(1/k²).`,
    computed: `
      The exact union bound of top-k through thresholds; the Gaussian law of the threshold.`,
    sampled: 'Nothing.',
  },
  printed: {
    text: 'with k fixed and N growing, one-step estimates come down to 4 ln 2 = 2.77 dimensions per bit, and no lower',
    holds: () => {
      const needed = topKEnough(2 ** 60)
      return {
        truth: needed >= fourLn2,
        because:
          `at N = 2^60, k = ${k} top-k needs, for even odds, at most ${needed.toFixed(2)}, by an exact ` +
          'union bound',
      }
    },
  },
  corrected: {
    text:
      'top-k comes down to 2 ln 2 = 1.39 or less, half of that, and threshold decoding to about 8 ln 2 = ' +
      '5.55, twice that',
    holds: () => {
      const sizes = [60, 200, 900].map((power) => 2 ** power)
      const [topK, threshold] = [sizes.map(topKEnough), sizes.map(thresholdEven)]
      const approaching = (limit: number, values: readonly number[]) =>
        nearest(values[2]) === limit && falling(values.map((value) => Math.abs(value - limit)))
      return {
        truth: approaching(fourLn2 / 2, topK) && approaching(2 * fourLn2, threshold),
        because:
          `at N = 2^60, 2^200, 2^900, k = ${k}: top-k at most ` +
          `${topK.map((d) => d.toFixed(2)).join(', ')} (exact union bound), threshold ` +
          `${threshold.map((d) => d.toFixed(2)).join(', ')} (Gaussian law)`,
      }
    },
  },
})
