import { z } from 'zod'
import { pursuitRule } from '../../src/bounds/mp-rules.js'
import { builtInDecoder } from '../../src/decoders/built-in.js'
import { count, positive, positiveCount, share } from '../../src/io/fields.js'
import type { RateVerdict } from '../../src/statistics/rate-rule.js'
import { asPrinted } from '../paper-range.js'
import { testDecoder } from '../simulate.js'
import { listFor, verdict } from './fields.js'
import type { StoredMeasurement } from './stored-measurement.js'

export const N = 2 ** 16
const sparsities = [10, 20, 30, 40, 50, 60, 70, 80, 90, 100]
/** Multiples of k log2(eN/k): the ends of 0.8 as printed, and 1. */
export const [lower, upper] = asPrinted(0.8, 1).map((share) => 0.8 * share)
const factors = [lower, upper, 1]

/** Basis pursuit denoising at one k, against even odds. */
export interface BasisPursuitCell {
  readonly k: number
  readonly factor: number
  readonly d: number
  readonly verdict: RateVerdict
  readonly successes: number
  readonly trials: number
}

/** Error probability of each verdict. */
const alpha = 1e-3
const cap = 160

const shapes = sparsities.flatMap((k) => factors.map((factor) => [k, factor] as const))

/** Whole decodes by basis pursuit denoising about the dimensions that Figure 6 draws. */
export const basisPursuitRecord: StoredMeasurement<{
  readonly alpha: number
  readonly cells: readonly BasisPursuitCell[]
}> = {
  name: 'basis-pursuit',
  schema: z.strictObject({
    alpha: share,
    cells: listFor(
      z
        .strictObject({
          k: positiveCount,
          factor: positive,
          d: positiveCount,
          verdict,
          successes: count,
          trials: positiveCount.max(cap),
        })
        .refine(({ successes, trials }) => successes <= trials, {
          path: ['successes'],
          message: 'expected at most the trials',
        }),
      shapes.map(([k, factor]) => `k = ${k}, factor ${factor}`),
      ({ k, factor }) => `k = ${k}, factor ${factor}`,
    ),
  }),
  measure(seed, onProgress) {
    const cells = shapes.map(([k, factor], i) => {
      onProgress(i / shapes.length)
      const d = Math.ceil(pursuitRule(N, k, factor))
      const test = testDecoder(builtInDecoder('bpdn')!, { N, k, d }, seed, { bar: 0.5, alpha, cap })
      return { k, factor, d, verdict: test.verdict, successes: test.successes, trials: test.trials }
    })
    return { alpha, cells }
  },
}
