import { z } from 'zod'
import { type DrawnFamily, IDEAL } from '../../src/codes/model/description.js'
import { drawnFamilySchema } from '../../src/codes/model/model-schema.js'
import { count, positiveCount, share, unit } from '../../src/io/fields.js'
import { endsToDecimals, toDecimals } from '../../src/numerics/round.js'
import { rateBy } from '../../src/success/estimation/success-rate.js'
import { recorded } from '../../src/success/records/recording-sampler.js'
import { openSampler } from '../../src/success/workers/open-sampler.js'
import { ends, listFor } from './fields.js'
import type { StoredMeasurement } from './stored-measurement.js'

const confidence = 0.99

/**
 * Designs, and dimensions at which most codes should be read; `beside` are the trials of AMP over random signs at the
 * same dimension, enough to tell it from even odds where it reads none.
 */
const places = [
  { N: 2 ** 16, k: 100, d: 592, dictionary: 'coupled:5/8/10', trials: 48, beside: 16 },
  { N: 2 ** 18, k: 256, d: 1463, dictionary: 'coupled:6/12/15', trials: 24, beside: 16 },
  { N: 2 ** 16, k: 1000, d: 2984, dictionary: 'coupled:12/48/58', trials: 12, beside: 8 },
] as const
const cells = places.flatMap(({ beside, ...place }) => [
  { decoder: 'coupled-amp', ...place },
  { decoder: 'amp-bernoulli', ...place, dictionary: 'rademacher', trials: beside } as const,
])

/** How often a decoder read a code. */
export interface CoupledRate {
  readonly decoder: string
  readonly dictionary: DrawnFamily
  readonly N: number
  readonly k: number
  readonly d: number
  readonly trials: number
  readonly rate: number
  readonly interval: readonly [number, number]
  readonly faults: number
}

interface CoupledData {
  readonly confidence: number
  readonly rates: readonly CoupledRate[]
}

const nameOf = ({ dictionary, N, k, d }: Pick<CoupledRate, 'dictionary' | 'N' | 'k' | 'd'>) =>
  `${dictionary} at N = ${N}, k = ${k}, d = ${d}`

/** AMP over coupled dictionaries and over random signs, at the same sizes, by whole decodes. */
export const coupledRecord: StoredMeasurement<CoupledData> = {
  name: 'coupled',
  schema: z.strictObject({
    confidence: share,
    rates: listFor(
      z.strictObject({
        decoder: z.string(),
        dictionary: drawnFamilySchema,
        N: positiveCount,
        k: positiveCount,
        d: positiveCount,
        trials: positiveCount,
        rate: unit,
        interval: ends(unit),
        faults: count,
      }),
      cells.map(nameOf),
      nameOf,
    ),
  }),
  async measure(seed, onProgress, record) {
    const rates: CoupledRate[] = []
    for (const { decoder, dictionary, trials, ...shape } of cells) {
      onProgress(rates.length / cells.length)
      const model = { ...IDEAL, dictionary }
      const options = { method: 'simulation', model, timeLimit: 300_000 } as const
      const sampler = recorded(await openSampler(decoder, options), record)
      try {
        const found = await rateBy(sampler, { ...shape, trials, seed, confidence })
        rates.push({
          decoder,
          dictionary,
          ...shape,
          trials,
          rate: toDecimals(found.successRate, 4),
          interval: endsToDecimals(found.interval, 4),
          faults: found.faultCount,
        })
      } finally {
        await sampler.close()
      }
    }
    record.settle()
    return { confidence, rates }
  },
}
