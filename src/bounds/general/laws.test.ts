import fc from 'fast-check'
import { expect, test } from 'vitest'
import { evenly } from '../../arbitraries/evenly.js'
import { IDEAL } from '../../codes/model/description.js'
import { relative } from '../../testing/regimes.js'
import { coordinateEntropy } from '../counting-bound.js'
import { entropyBits } from '../entropy.js'
import { ampDimension } from '../state-evolution.js'
import { amplitudesCost, bitsPerDimension, listBits } from './capacity.js'
import { evolution } from './evolution.js'
import { bestFixedBar, fixedBar } from './fixed-bar.js'
import { generalPlan } from './general-plan.js'
import { modelProblem } from './model-problem.js'
import { noiseAt } from './recall-laws.js'
import { correlationWall, separateBits, topKBitsPerDimension } from './walls.js'
import { whatIsRead } from './what-is-read.js'

const N = 131072
const problemOf = (k: number, noise: number, amplitudes: string, active = 'subset', size = N) =>
  modelProblem({ ...IDEAL, noise, amplitudes, active }, size, k)

test('amplitudes 1 without noise: AMP’s dimension is today’s d*', () => {
  for (const [size, k] of [
    [2 ** 20, 28],
    [2 ** 12, 20],
  ]) {
    const curve = evolution(problemOf(k, 0, 'constant', 'subset', size))
    const d = ampDimension(size, k)
    expect(relative(curve.ampDimension(0.02), d)).toBeLessThan(1e-6)
    expect(curve.amp(1.001 * d)).toBe(0)
    expect(curve.amp(0.999 * d)).toBeGreaterThan(0.1)
  }
})

test('half-normal, k = 64, η = 10 %: dimensions of 50, 80 and 90 % recall by other code', () => {
  // By numpy, from the closed form of the density, on a fixed grid.
  const golden = [
    [0.5, 1829.5454, 434.0803],
    [0.8, 15301.083, 1689.8468],
    [0.9, 68292.416, 6945.211],
  ]
  const problem = problemOf(64, 0.1, 'half-normal')
  const curve = evolution(problem)
  for (const [share, oneStep, amp] of golden) {
    const tau = noiseAt(curve, share)
    expect(relative(problem.energy / tau ** 2, oneStep)).toBeLessThan(1e-6)
    expect(relative(curve.ampDimension(tau), amp)).toBeLessThan(1e-6)
    expect(curve.reader(curve.amp(amp * 1.0001)).mostLikely().recall).toBeGreaterThan(share)
  }
  for (const none of [-0.1, 1.1]) expect(noiseAt(curve, none)).toBeNaN()
})

test('where more noise always needs less, the ideal reader needs what AMP needs; elsewhere less', () => {
  const steady = evolution(problemOf(10, 0.5, 'constant', 'subset', 1000))
  for (const tau of [0.2, 0.4, 0.8]) {
    const d = steady.ampDimension(tau)
    expect(steady.idealDimension(tau)).toBe(d)
    expect(steady.amp(d) / tau).toBeCloseTo(1, 9)
    expect(steady.ideal(d).tau / tau).toBeCloseTo(1, 9)
  }
  const jump = evolution(problemOf(10, 0.1, 'constant', 'subset', 1000))
  const d = jump.idealDimension(0.2)
  expect(d).toBeLessThan(0.9 * jump.ampDimension(0.2))
  expect([jump.ideal(1.0001 * d).tau <= 0.2, jump.ideal(0.9999 * d).tau <= 0.2]).toEqual([true, false])
  expect(jump.amp(1.01 * d)).toBeGreaterThan(0.2)
})

test('what is read of 768 dimensions: recall and soft bits of the model as simulated elsewhere', () => {
  // Simulated over whole dictionaries, to about a point: AMP 69 and top-k 33 %; constant amplitudes 23 % at k = 128.
  const read = (k: number, amplitudes: string) =>
    whatIsRead(problemOf(k, 0.1, amplitudes), evolution(problemOf(k, 0.1, amplitudes)), 768)
  const recall = (rows: ReturnType<typeof read>) =>
    Object.fromEntries(rows.readers.map(({ decoder, recall }) => [decoder, recall]))
  expect(recall(read(64, 'half-normal'))).toMatchObject({
    'top-k': expect.closeTo(0.322, 3),
    'amp-bernoulli': expect.closeTo(0.688, 3),
    'any decoder, at most': expect.closeTo(0.727, 3),
  })
  expect(recall(read(128, 'constant'))['amp-bernoulli']).toBeCloseTo(0.228, 3)
})

test('a fixed bar pays for codes of more energy', () => {
  // Exact conditional estimates over 1,050 draws at the same MAP bar: 2.61, 2.49, 2.98 false positives.
  for (const [size, k, d, noise, amplitudes, exact] of [
    [2 ** 14, 16, 256, 0.1, 'half-normal', 2.61],
    [2 ** 13, 32, 400, 0.2, 'exponential', 2.49],
    [2 ** 14, 20, 400, 0.1, 'lognormal:0.5', 2.98],
  ] as const) {
    const problem = problemOf(k, noise, amplitudes, 'subset', size)
    const reader = evolution(problem).reader(Math.sqrt(problem.energy / d))
    const { bar, falsePositives } = reader.map()
    const fixed = fixedBar(problem, d, bar).falsePositives
    expect(fixed).toBeGreaterThan(2 * falsePositives)
    expect(relative(fixed, exact)).toBeLessThan(0.15)
    expect(bestFixedBar(problem, d).f1).toBeLessThan(reader.bestF1().f1)
  }
  const constant = problemOf(32, 0.1, 'constant')
  const { bar, falsePositives } = evolution(constant).reader(0.2).map()
  expect(
    relative(fixedBar(constant, constant.energy / 0.04, bar).falsePositives, falsePositives),
  ).toBeLessThan(1e-9)
})

test('capacity of a coordinate: the counting bound, a sign in Gaussian noise, and never above Gaussian', () => {
  for (const k of [1, 5, 28]) expect(bitsPerDimension(problemOf(k, 0, 'constant'))).toBe(coordinateEntropy(k))
  // I(±1; ±1 + g): the binary-input Gaussian channel at 0 dB.
  expect(bitsPerDimension(problemOf(1, 0.5, 'constant'))).toBeCloseTo(0.485944, 5)
  for (const amplitudes of ['constant', 'half-normal', 'uniform:0.5']) {
    for (const k of [2, 8, 64]) {
      const i = bitsPerDimension(problemOf(k, 0.1, amplitudes))
      const gaussian = 0.5 * Math.log2(10)
      expect(i).toBeLessThanOrEqual(gaussian)
      expect(gaussian - i).toBeLessThan(0.6 / k)
    }
  }
  expect(bitsPerDimension(problemOf(8, 0, 'half-normal'))).toBe(Infinity)
  expect(listBits(N, 64, 0, 1e-9)).toBeCloseTo(entropyBits(N, 64) - 1, 4)
})

test('top-k over few active signs passes the Gaussian wall, and comes down to it', () => {
  const found = [1, 2, 3, 4, 8, 28].map((k) => topKBitsPerDimension(k, 0))
  expect(found).toEqual([1, 1, 0.85, 0.82, 0.77, 0.734].map((x) => expect.closeTo(x, 2)))
  for (const noise of [0.05, 0.3]) {
    const wall = separateBits(problemOf(64, noise, 'constant'))
    expect(relative(topKBitsPerDimension(64, noise), wall * (1 + (1 - noise) / 128))).toBeLessThan(1e-3)
  }
})

const models = fc.record({
  size: fc.integer({ min: 200, max: 1e6 }),
  k: fc.integer({ min: 16, max: 90 }),
  d: fc.integer({ min: 20, max: 4000 }),
  noise: evenly(0.02, 0.6),
  amplitudes: fc.constantFrom('constant', 'half-normal', 'exponential', 'lognormal:0.5', 'uniform:0.7'),
  active: fc.constantFrom('bernoulli', 'zipf:1'),
})

test('laws and converses agree: who knows more reads more, and nobody more than capacity or the wall', () => {
  const property = fc.property(models, ({ size, k, d, noise, amplitudes, active }) => {
    const problem = problemOf(k, noise, amplitudes, active, size)
    const { readers, capacityLessAmplitudes, oneStepWall } = whatIsRead(problem, evolution(problem), d)
    const row = (name: string) => readers.find(({ decoder }) => decoder === name)!
    const chain = ['top-k', 'amp-bernoulli', 'ideal reader', 'any decoder, at most'].map(row)
    chain.slice(1).forEach((better, i) => {
      expect(better.recall).toBeGreaterThanOrEqual(chain[i].recall - 1e-6)
      expect(better.softBitsRead).toBeGreaterThanOrEqual(chain[i].softBitsRead! - 1e-6)
    })
    for (const { bitsRead, softBitsRead } of [...chain.slice(0, 3), row('jump-relu, bar ∝ ‖X‖')]) {
      expect(bitsRead).toBeLessThanOrEqual(capacityLessAmplitudes! + 1e-6)
      if (softBitsRead !== null) expect(bitsRead).toBeLessThanOrEqual(softBitsRead + 1e-6)
    }
    // The wall is of amplitudes and all; p_i = ½ is no small x_i.
    if (active === 'bernoulli' && k < size / 20) {
      expect(chain[0].softBitsRead).toBeLessThanOrEqual(1.03 * oneStepWall!)
    }
    expect(amplitudesCost(problem, d)).toBeGreaterThanOrEqual(0)
    expect(correlationWall(problem, d)).toBeLessThanOrEqual(d)
  })
  fc.assert(property, { seed: 1, numRuns: 6 })
})

test('a plan: one-step reading needs 1/η times the genie, and N is no cost', () => {
  const model = { ...IDEAL, noise: 0.1, amplitudes: 'half-normal', active: 'bernoulli' }
  const { bounds } = generalPlan({ N: 2 ** 60, k: 64, p: 0.01, model })
  const d = Object.fromEntries(bounds.map(({ id, dimension }) => [id, dimension!]))
  for (const share of [50, 80, 90]) {
    expect(relative(d[`one-step-${share}`] * 0.1, d[`genie-${share}`])).toBeLessThan(1e-9)
    expect(relative(d[`ceiling-${share}`], d[`genie-${share}`])).toBeLessThan(1e-9)
    expect(d[`ideal-${share}`]).toBeGreaterThan(d[`genie-${share}`])
    expect(d[`amp-${share}`]).toBeGreaterThanOrEqual(d[`ideal-${share}`])
  }
  expect(d['amplitudes-cost']).toBeGreaterThan(d.capacity)
  expect(bounds.find(({ id }) => id === 'list-fano')).toMatchObject({
    dimension: null,
    reason: expect.any(String),
  })
})
