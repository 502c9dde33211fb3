import { describe, expect, test } from 'vitest'
import { normalCdf, normalQuantile } from '../../numerics/special/normal.js'
import { stream } from '../../random/stream.js'
import { synthetic } from '../../testing/synthetic-sampler.js'
import { timeLeftError } from '../../testing/time-left.js'
import type { Method, Sampler } from '../trials/sampler.js'
import { type Measurement, measureBy } from './measure-dimension.js'
import { successCurve } from './success-curve.js'

const MIDDLE = 200
const WIDTH = 0.17
const SPREAD = 0.6

/**
 * A sampler whose success rate is known: Φ(ln(d/MIDDLE)/WIDTH), by outcomes that are 0 or 1, or by conditional
 * probabilities with that mean. Counts its trials.
 */
function known(method: Method, { most = 1, decoder = 'known' } = {}): Sampler & { count: number } {
  const draws = new Map<string, number[]>()
  return {
    decoder,
    method,
    count: 0,
    async run({ d }, seed, from, trials) {
      this.count += trials
      const uniforms = upTo(from + trials, draws, seed)
      const place = Math.log(d / MIDDLE) / WIDTH
      const values = Float64Array.from({ length: trials }, (_, t) => {
        const u = uniforms[from + t]
        if (method === 'simulation') return Number(u < most * normalCdf(place, 0, 1))
        const z = normalQuantile(u, 0, 1)
        return most * normalCdf(place * Math.hypot(1, SPREAD) + SPREAD * z, 0, 1)
      })
      return { values, faults: [] }
    },
    close: async () => {},
  }
}

/** The first uniform numbers of a seed, kept: trial t's is the t-th. */
function upTo(count: number, draws: Map<string, number[]>, seed: string): number[] {
  const kept = draws.get(seed) ?? []
  if (kept.length < count) {
    const { uniform } = stream(seed, kept.length)
    while (kept.length < count) kept.push(uniform())
    draws.set(seed, kept)
  }
  return kept
}

const truth = (target: number) => MIDDLE * Math.exp(WIDTH * normalQuantile(target, 0, 1))
const at = { N: 4096, k: 10 }
const halfWidth = ({ dimensionInterval: [low, high], dimension }: Measurement) => (high - low) / 2 / dimension

describe.each(['simulation', 'conditional'] as const)('by %s', (method) => {
  test.each([
    [0.5, 0.02],
    [0.99, 0.02],
    [0.1, 0.05],
    [0.5, 0.01],
  ])('the dimension at rate %d to ±%d', async (target, precision) => {
    const sampler = known(method)
    const result = await measureBy(sampler, { ...at, target, precision })
    const [low, high] = result.dimensionInterval
    expect(low).toBeLessThan(truth(target))
    expect(high).toBeGreaterThan(truth(target))
    expect(result.dimension).toBeGreaterThan(low)
    expect(result.dimension).toBeLessThan(high)
    expect(halfWidth(result)).toBeLessThanOrEqual(precision)
    expect(result.interval).toEqual([low / result.entropyBits, high / result.entropyBits])
    expect(sampler.count).toBeLessThan(9 * result.trials + 3000)
  })

  test('the interval misses no more often than it may, and not by being far too wide', async () => {
    const runs = 60
    let misses = 0
    let error = 0
    for (let i = 0; i < runs; i++) {
      const options = { ...at, precision: 0.05, confidence: 0.8, seed: `${i}` }
      const { dimension, dimensionInterval } = await measureBy(known(method), options)
      if (dimensionInterval[0] > MIDDLE || dimensionInterval[1] < MIDDLE) misses++
      error += Math.log(dimension / MIDDLE) / runs
    }
    // At a miss rate of 0.2 more than 24 of 60 have probability 1e-4.
    expect(misses).toBeLessThanOrEqual(24)
    expect(Math.abs(error)).toBeLessThan(0.01)
  })

  test('the result depends on the options alone, and on the seed', async () => {
    const one = await measureBy(known(method), { ...at, seed: 'a' })
    const two = await measureBy(known(method), { ...at, seed: 'a' })
    const other = await measureBy(known(method), { ...at, seed: 'b' })
    expect({ ...two, seconds: 0 }).toEqual({ ...one, seconds: 0 })
    expect(other.dimension).not.toBe(one.dimension)
  })
})

test('success at a real dimension is interpolated, and averaged over a window', async () => {
  const staircase: Sampler = {
    ...known('simulation'),
    run: async ({ d }, _seed, _from, trials) => ({
      values: new Float64Array(trials).fill(d / 100),
      faults: [],
    }),
  }
  const options = { ...at, seed: '1', from: 0, trials: 20_000, onFaults: () => {}, signal: undefined }
  const average = (values: Float64Array) => values.reduce((sum, value) => sum + value) / values.length
  const plain = successCurve(staircase, { ...options, window: 1 })
  expect(new Set(await plain.at(30))).toEqual(new Set([0.3]))
  expect(new Set(await plain.at(30.25))).toEqual(new Set([0.3, 0.31]))
  expect(average(await plain.at(30.25))).toBeCloseTo(0.3025, 3)
  const wide = successCurve(staircase, { ...options, window: 4 })
  expect(new Set(await wide.at(30.5))).toEqual(new Set([0.29, 0.3, 0.31, 0.32]))
  expect(average(await wide.at(30.5))).toBeCloseTo(0.305, 3)
  const nearly = successCurve(staircase, { ...options, window: 1, N: 4, k: 1 })
  expect(average(await nearly.at(0.5))).toBeCloseTo((0.25 + 0.01) / 2, 2)
})

test('a ripple of period 4 does not move what is measured of threshold decoding', async () => {
  const smooth = known('conditional', { decoder: 'threshold' })
  const rippled: Sampler = {
    ...smooth,
    traits: { ripple: 4 },
    run: (shape, ...rest) => smooth.run({ ...shape, d: shape.d + [3, -3, -1, 1][shape.d % 4] }, ...rest),
  }
  const { dimensionInterval } = await measureBy(rippled, { ...at, precision: 0.005 })
  expect(dimensionInterval[0]).toBeLessThan(MIDDLE)
  expect(dimensionInterval[1]).toBeGreaterThan(MIDDLE)
})

describe('what cannot be measured is said', () => {
  test.each([
    [{ N: 64, k: 0 }, /^N = 64, k = 0 has one subset: H = 0/],
    [{ N: 64, k: 64 }, /^N = 64, k = 64 has one subset/],
    [{ N: 2, k: 1 }, /^a guess meets the target 0\.5/],
    [{ N: 64, k: 65 }, /^k must be at most N = 64/],
    [{ ...at, target: 1 }, /^target must lie strictly between 0 and 1/],
    [{ ...at, precision: 0 }, /^precision must lie/],
    [{ ...at, precision: 1e-6 }, /^a precision of 0\.000001 would take \d+ trials a dimension/],
  ])('%o', async (options, message) => {
    const failure = measureBy(known('simulation'), options)
    await expect(failure).rejects.toThrow(message)
    await expect(failure).rejects.toBeInstanceOf(RangeError)
  })

  test('a target that is never reached', async () => {
    const failure = measureBy(known('simulation', { most: 0.3 }), at)
    await expect(failure).rejects.toThrow(
      /^known does not reach the target 0\.5 at N = 4096, k = 10: its rate at d = \d+ is 0\.\d+ in 128 trials$/,
    )
  })

  test('a decoder that always breaks its contract', async () => {
    const broken: Sampler = {
      ...known('simulation'),
      run: async (shape, seed, from, trials) => ({
        values: new Float64Array(trials),
        faults: Array.from({ length: trials }, (_, t) => ({
          kind: 'throw',
          message: 'threw: no',
          ...shape,
          seed,
          trial: from + t,
        })),
      }),
    }
    await expect(measureBy(broken, at)).rejects.toThrow(
      /breaks its contract at N = \d+, k = \d+, d = \d+, in each of 8 trials: it threw: no/,
    )
  })
})

test.each([
  ['simulation', 0.05],
  ['simulation', 0.1],
  ['conditional', 0.05],
] as const)(
  'the time left is right to a factor of two where one stage does: %s, ±%d',
  async (method, precision) => {
    const error = timeLeftError(synthetic({ dimension: MIDDLE, method }), (sampler, onProgress) =>
      measureBy(sampler, { ...at, precision, onProgress }),
    )
    expect(await error).toBeLessThan(2)
  },
)
