import fc from 'fast-check'
import { expect, test } from 'vitest'
import { evenly } from '../../../arbitraries/evenly.js'
import { IDEAL } from '../../../codes/model/description.js'
import { modelOf } from '../../../codes/model/general.js'
import { mapThresholdDecoder } from '../../../decoders/one-step/map-threshold.js'
import { threshold } from '../../../decoders/one-step/threshold.js'
import { addMoment, noMoments } from '../../../statistics/moments.js'
import { recoveryMetrics } from '../../estimation/recovery-metrics.js'
import { rateBy } from '../../estimation/success-rate.js'
import { simulationSampler } from '../../trials/simulation-sampler.js'
import { fixedBarCounts } from './fixed-bar-counts.js'
import { generalSampler } from './general-sampler.js'

/** Mean, and its standard error squared. */
function meanOf(values: ArrayLike<number>): readonly [number, number] {
  const { mean, m2, count } = Array.from(values).reduce(addMoment, noMoments)
  return [mean, m2 / count / (count - 1)]
}

const apart = (a: ArrayLike<number>, b: ArrayLike<number>): number => {
  const [[x, u], [y, v]] = [meanOf(a), meanOf(b)]
  return Math.abs(x - y) / Math.sqrt(u + v + 1e-9)
}

test('what a fixed bar reads is what it reads of whole dictionaries, within 4.5 standard errors', {
  tags: ['slow'],
}, async () => {
  const laws = ['constant', 'half-normal', 'exponential', 'lognormal:0.5', 'uniform:0.5']
  const property = fc.asyncProperty(
    fc.constantFrom(...laws),
    fc.constantFrom('subset', 'bernoulli', 'zipf:1'),
    evenly(0.05, 0.3),
    fc.integer({ min: 3, max: 8 }),
    fc.integer({ min: 48, max: 80 }),
    evenly(0.4, 0.9),
    async (amplitudes, active, noise, k, d, tau) => {
      const [model, shape] = [
        { ...IDEAL, amplitudes, active, noise },
        { N: 100, k, d },
      ]
      const whole = (await simulationSampler(threshold(tau), modelOf(model)).run(shape, 's', 0, 400)).counts!
      const given = (await generalSampler(threshold(tau), model).run(shape, 's', 0, 400)).counts!
      const { hits, falsePositives } = fixedBarCounts(tau, model, shape, given.active, 's', 0)!
      for (const { hits: seen, falsePositives: crossed } of [whole, given]) {
        expect(apart(hits, seen)).toBeLessThan(4.5)
        expect(apart(falsePositives, crossed)).toBeLessThan(4.5)
      }
    },
  )
  await fc.assert(property, { seed: 2, numRuns: 12 })
})

const atReference = [
  // A heavy tail of energies, whose mean is known.
  { decoder: mapThresholdDecoder(), amplitudes: 'exponential', noise: 0.2 },
  { decoder: threshold(1.15), amplitudes: 'half-normal', noise: 0.1 },
  { decoder: threshold(0.5), amplitudes: 'half-normal', noise: 0.1 },
  { decoder: mapThresholdDecoder(), amplitudes: 'lognormal:0.5', noise: 0.5 },
  { decoder: threshold(4, true), amplitudes: 'exponential', noise: 0.1 },
]
test.each(atReference)(
  'at the reference sizes recall, precision, F1 and bits are within half a point: $decoder.name, $amplitudes, $noise',
  { tags: ['slow'] },
  async ({ decoder, amplitudes, noise }) => {
    const model = { ...IDEAL, amplitudes, noise }
    const shape = { N: 131072, k: 64, d: 768 }
    const H = 785
    const sampler = { ...generalSampler(decoder, model), traits: decoder }
    const { metrics } = await rateBy(sampler, { ...shape, confidence: 0.95 })
    const { recall, precision, f1, bitsRead } = metrics!
    for (const [{ value, interval }, whole] of [
      [recall, 1],
      [precision, 1],
      [f1, 1],
      [bitsRead, H],
    ] as const) {
      expect((interval[1] - value) / whole).toBeLessThan(0.005)
      expect((value - interval[0]) / whole).toBeLessThan(0.005)
    }
  },
)

test('with the control, precision and F1 are those of more codes without, from intervals a third as long', () => {
  const [model, shape] = [
    { ...IDEAL, amplitudes: 'exponential', noise: 0.2 },
    { N: 131072, k: 64, d: 768 },
  ]
  const at = (trials: number) => fixedBarCounts(1, model, shape, new Float64Array(trials).fill(64), 's', 0)!
  const few = at(125)
  const unaided = recoveryMetrics(shape, few, 0.99, model, [])
  const controlled = recoveryMetrics(shape, few, 0.99, model, few.controls)
  const more = recoveryMetrics(shape, at(400), 0.99, model, [])
  for (const metric of ['precision', 'f1'] as const) {
    const [{ value, interval }, plain] = [controlled[metric], more[metric]]
    expect(plain.interval[0]).toBeLessThan(value)
    expect(value).toBeLessThan(plain.interval[1])
    const length = ([low, high]: readonly [number, number]) => high - low
    expect(length(interval)).toBeLessThan(length(unaided[metric].interval) / 3)
  }
})

test('scores on a lattice, or nearly, are left to the members', () => {
  const shape = { N: 500, k: 24, d: 60 }
  const of = (amplitudes: string, noise: number, given = shape) =>
    fixedBarCounts(0.5, { ...IDEAL, amplitudes, noise }, given, Float64Array.of(given.k), '1', 0)
  expect(of('constant', 0)).toBeUndefined()
  expect(of('uniform:0.01', 0)).toBeUndefined()
  expect(of('half-normal', 0.1, { ...shape, d: 5 })).toBeUndefined()
  expect(of('half-normal', 0)).toBeDefined()
  expect(of('constant', 0.1)).toBeDefined()
})
