import { z } from 'zod'
import { hasConditional } from '../../src/decoders/built-in.js'
import { count, positive, positiveCount, share, unit } from '../../src/io/fields.js'
import { endsToDecimals, toDecimals } from '../../src/numerics/round.js'
import { measureBy } from '../../src/success/estimation/measure-dimension.js'
import { rateBy } from '../../src/success/estimation/success-rate.js'
import { recorded } from '../../src/success/records/recording-sampler.js'
import type { TrialRecord } from '../../src/success/records/trial-record.js'
import type { Sampler } from '../../src/success/trials/sampler.js'
import { openSampler } from '../../src/success/workers/open-sampler.js'
import { ends, listFor } from './fields.js'
import type { StoredMeasurement } from './stored-measurement.js'

export const k = 28
const confidence = 0.99

/** Where even odds are measured, at k = 28. */
const even = {
  [2 ** 12]: [
    'matching-pursuit',
    'bpdn',
    'bpdn-non-negative',
    'bpdn-coordinate-descent',
    'ista',
    'fista',
    'amp-bernoulli',
    'amp-bernoulli-without-onsager',
    'amp-soft',
    'amp-soft-signed',
    'amp-soft-without-onsager',
    'lista',
  ],
  [2 ** 16]: [
    'matching-pursuit',
    'bpdn',
    'bpdn-non-negative',
    'amp-bernoulli',
    'amp-bernoulli-without-onsager',
    'amp-soft',
    'amp-soft-signed',
    'amp-soft-without-onsager',
    'lista',
  ],
}
const tasks = Object.entries(even).flatMap(([N, decoders]) =>
  decoders.map((decoder) => ({ N: Number(N), decoder })),
)

/** Rates where a search would take hours. */
const slow = {
  N: 2 ** 16,
  decoders: ['bpdn-coordinate-descent', 'ista', 'fista'],
  dimensions: [300, 340],
  trials: 24,
}

/** Even odds of one decoder. */
export interface EvenOdds {
  readonly decoder: string
  readonly N: number
  readonly dimension: number
  readonly dimensionInterval: readonly [number, number]
  readonly dimsPerBit: number
  readonly interval: readonly [number, number]
  readonly faults: number
}

export interface SlowRate {
  readonly decoder: string
  readonly N: number
  readonly d: number
  readonly trials: number
  readonly rate: number
  readonly interval: readonly [number, number]
  readonly faults: number
}

interface IterativeData {
  readonly confidence: number
  readonly even: readonly EvenOdds[]
  readonly slow: readonly SlowRate[]
}

/** The recorded even odds of a decoder. */
export const evenOdds = ({ even }: IterativeData, decoder: string, N: number): EvenOdds =>
  even.find((row) => row.decoder === decoder && row.N === N)!

/** Even odds in a phrase. */
export const evenText = ({ dimension, dimsPerBit, interval: [low, high] }: EvenOdds): string =>
  `d = ${dimension.toFixed(0)}, ${dimsPerBit.toFixed(3)} dims per bit [${low.toFixed(3)}, ${high.toFixed(3)}]`

/** Even odds of the iterative decoders by whole decodes, at N = 2^12 and 2^16. */
export const iterativeRecord: StoredMeasurement<IterativeData> = {
  name: 'iterative-decoders',
  schema: z.strictObject({
    confidence: share,
    even: listFor(
      z.strictObject({
        decoder: z.string(),
        N: positiveCount,
        dimension: positive,
        dimensionInterval: ends(positive),
        dimsPerBit: positive,
        interval: ends(positive),
        faults: count,
      }),
      tasks.map(({ decoder, N }) => `${decoder} at N = ${N}`),
      ({ decoder, N }) => `${decoder} at N = ${N}`,
    ),
    slow: listFor(
      z.strictObject({
        decoder: z.string(),
        N: positiveCount,
        d: positiveCount,
        trials: positiveCount,
        rate: unit,
        interval: ends(unit),
        faults: count,
      }),
      slow.decoders.flatMap((decoder) => slow.dimensions.map((d) => `${decoder} at d = ${d}`)),
      ({ decoder, d }) => `${decoder} at d = ${d}`,
    ),
  }),
  async measure(seed, onProgress, record) {
    const total = tasks.length + slow.decoders.length
    const found: EvenOdds[] = []
    for (const { N, decoder } of tasks) {
      onProgress(found.length / total)
      found.push(await findEvenOdds(decoder, N, seed, record))
    }
    const rates: SlowRate[] = []
    for (const decoder of slow.decoders) {
      onProgress((found.length + rates.length / slow.dimensions.length) / total)
      rates.push(...(await slowRates(decoder, seed, record)))
    }
    record.settle()
    return { confidence, even: found, slow: rates }
  },
}

async function open(decoder: string, record: TrialRecord): Promise<Sampler> {
  const method = hasConditional(decoder) ? 'conditional' : 'simulation'
  return recorded(await openSampler(decoder, { method, timeLimit: 60_000 }), record)
}

async function findEvenOdds(
  decoder: string,
  N: number,
  seed: string,
  record: TrialRecord,
): Promise<EvenOdds> {
  const sampler = await open(decoder, record)
  try {
    const found = await measureBy(sampler, { N, k, precision: 0.04, confidence, seed })
    const { dimension, dimensionInterval, dimsPerBit, interval, faultCount } = found
    return {
      decoder,
      N,
      dimension: toDecimals(dimension, 2),
      dimensionInterval: endsToDecimals(dimensionInterval, 2),
      dimsPerBit: toDecimals(dimsPerBit, 4),
      interval: endsToDecimals(interval, 4),
      faults: faultCount,
    }
  } finally {
    await sampler.close()
  }
}

async function slowRates(decoder: string, seed: string, record: TrialRecord): Promise<SlowRate[]> {
  const { N, dimensions, trials } = slow
  const sampler = await open(decoder, record)
  try {
    const rates: SlowRate[] = []
    for (const d of dimensions) {
      const {
        successRate: rate,
        interval,
        faultCount,
      } = await rateBy(sampler, { N, k, d, trials, seed, confidence })
      rates.push({
        decoder,
        N,
        d,
        trials,
        rate: toDecimals(rate, 4),
        interval: endsToDecimals(interval, 4),
        faults: faultCount,
      })
    }
    return rates
  } finally {
    await sampler.close()
  }
}
