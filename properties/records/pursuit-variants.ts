import { z } from 'zod'
import { pursuitRule } from '../../src/bounds/mp-rules.js'
import { conditionalOf } from '../../src/decoders/built-in.js'
import { positiveCount, share, unit } from '../../src/io/fields.js'
import { endsToDecimals, toDecimals } from '../../src/numerics/round.js'
import { bettingInterval } from '../../src/statistics/betting-interval.js'
import { conditionalTrial } from '../../src/success/conditional/conditional-sampler.js'
import { ends, listFor } from './fields.js'
import type { StoredMeasurement } from './stored-measurement.js'

const N = 2 ** 20
const sparsities = [1, 2, 3, 5, 10, 20, 28, 50, 75, 100]
const trials = 64
const alpha = 0.01

/** What matching pursuit may mean. */
export const variants = [
  { decoder: 'matching-pursuit', name: 'unit step' },
  { decoder: 'matching-pursuit-projection', name: 'projection step' },
  { decoder: 'orthogonal-matching-pursuit', name: 'OMP' },
]

/** The rate of one variant at d = k log2(eN/k), N = 2^20. */
export interface VariantCell {
  readonly decoder: string
  readonly k: number
  readonly rate: number
  readonly interval: readonly [number, number]
}

const asked = sparsities.flatMap((k) => variants.map(({ decoder }) => ({ k, decoder })))

/** Every variant at the dimension of “even odds”. */
export const variantRecord: StoredMeasurement<{
  readonly confidence: number
  readonly cells: readonly VariantCell[]
}> = {
  name: 'pursuit-variants',
  schema: z.strictObject({
    confidence: share,
    cells: listFor(
      z.strictObject({ decoder: z.string(), k: positiveCount, rate: unit, interval: ends(unit) }),
      asked.map(({ decoder, k }) => `${decoder} at k = ${k}`),
      ({ decoder, k }) => `${decoder} at k = ${k}`,
    ),
  }),
  measure(seed, onProgress) {
    return {
      confidence: 1 - alpha,
      cells: asked.map(({ k, decoder }, i) => {
        onProgress(i / asked.length)
        const { rule } = conditionalOf(decoder)
        const shape = { N, k, d: Math.ceil(pursuitRule(N, k, 1)) }
        const values = Array.from({ length: trials }, (_, t) => conditionalTrial(rule, shape, seed, t))
        const { point, interval } = bettingInterval(values, alpha / 2, alpha / 2)
        return {
          decoder,
          k,
          rate: toDecimals(point, 4),
          interval: endsToDecimals(interval, 4),
        }
      }),
    }
  },
}
