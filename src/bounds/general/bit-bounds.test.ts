import { expect, test } from 'vitest'
import { parseActivity } from '../../codes/model/activity.js'
import { IDEAL } from '../../codes/model/description.js'
import { InputError } from '../../io/input-error.js'
import { countSubsets } from '../../numerics/subsets.js'
import { coordinateEntropy } from '../counting-bound.js'
import { entropyBits } from '../entropy.js'
import { hardBits } from './bits-read.js'
import { amplitudesCost, bitsPerDimension, listBits } from './capacity.js'
import { recallThatMeets } from './criterion-share.js'
import { evolution } from './evolution.js'
import { generalPlan, modelBounds, planned } from './general-plan.js'
import { always, type ModelBound, type ModelPlace } from './model-bound.js'
import { modelProblem } from './model-problem.js'
import { supportEntropy } from './support-entropy.js'
import { topKBitsPerDimension } from './walls.js'

/** Rows of a plan by their ids, each worked out where it is asked for. */
function plan(model: Partial<typeof IDEAL>, N: number, k: number, p = 0.01) {
  const problem = modelProblem({ ...IDEAL, ...model }, N, k)
  const entropyBits = supportEntropy(problem.activity, N, k)
  const place = { problem, evolution: evolution(problem), entropyBits, p }
  return {
    get: (id: string) => planned(modelBounds.find((bound) => bound.id === id)!, place),
  }
}

test('the bits that a list leaves, counted one by one', () => {
  for (const [N, k, alpha, p] of [
    [20, 5, 0.2, 0.01],
    [20, 5, 0.39, 0.5],
    [12, 10, 0.5, 0],
    [30, 4, 0, 0.1],
    [9, 3, 1, 0.1],
  ]) {
    let list = 0
    for (let j = 0; j <= Math.min(Math.floor(alpha * k), N - k); j++) {
      list += countSubsets(k, j) * countSubsets(N - k, j)
    }
    const bits = (1 - p) * Math.log2(countSubsets(N, k) / list) - 1
    expect(listBits(N, k, alpha, p)).toBeCloseTo(Math.max(0, bits), 9)
  }
})

test('correlation: N/(2(1 − η)) dimensions, one codeword fewer where it is known how many are active', () => {
  for (const noise of [0, 0.1, 0.5]) {
    const at = (active: string) => plan({ noise, active, amplitudes: 'half-normal' }, 4096, 32)
    expect(at('bernoulli').get('correlation-wall').dimension).toBeCloseTo(4096 / (2 * (1 - noise)), 9)
    expect(at('subset').get('correlation-wall').dimension).toBeCloseTo(4095 / (2 * (1 - noise)), 9)
  }
})

test('capacity: entropy over ½ log2(1/η) for unit codewords, more for signs, and why where there is no end', () => {
  const H = entropyBits(4096, 8)
  const capacity = (model: Partial<typeof IDEAL>) => plan(model, 4096, 8).get('capacity')
  expect(capacity({ dictionary: 'sphere', noise: 0.1 }).dimension!).toBeCloseTo(
    H / (-0.5 * Math.log2(0.1)),
    9,
  )
  expect(capacity({ noise: 0.1 }).dimension!).toBeGreaterThan(H / (-0.5 * Math.log2(0.1)))
  expect(capacity({}).dimension!).toBeCloseTo(H / coordinateEntropy(8), 9)
  expect(capacity({ amplitudes: 'half-normal' })).toMatchObject({
    dimension: null,
    reason: 'without noise a coordinate tells real numbers without end',
  })
})

test('recall laws name the noise at which their share is read, each from its own energy', () => {
  const rows = plan({ noise: 0.1, amplitudes: 'half-normal' }, 131072, 64)
  for (const share of [50, 80, 90]) {
    const at = (id: string) => rows.get(`${id}-${share}`)
    // τ² = k/(d(1 − η)) for scores one by one; of the noise alone, η/(1 − η)·k/d; and η·d is the ceiling.
    expect(at('genie').dimension! / at('one-step').dimension!).toBeCloseTo(0.1, 9)
    expect(at('ceiling').dimension! / at('one-step').dimension!).toBeCloseTo(0.1, 9)
    expect(at('genie').dimension!).toBeLessThanOrEqual(at('ideal').dimension!)
    expect(at('ideal').dimension!).toBeLessThanOrEqual(at('amp').dimension!)
    expect(at('amp').dimension!).toBeLessThan(at('one-step').dimension!)
    expect(at('one-step').criterion).toBe(`recall:${share / 100}`)
    for (const id of ['genie', 'ideal', 'amp', 'one-step', 'ceiling'])
      expect(at(id).statement).toContain(`${share} %`)
  }
  const quiet = plan({ amplitudes: 'half-normal' }, 131072, 64)
  for (const id of ['genie-50', 'ideal-80', 'ceiling-90']) {
    expect(quiet.get(id)).toMatchObject({ dimension: null, reason: 'without noise it forbids nothing' })
  }
})

test('what amplitudes cost, lists and walls: by their formulas, or why not', () => {
  const at = (id: string, model: Partial<typeof IDEAL>, k = 3) => plan(model, 64, k, 0.1).get(id)
  const H = entropyBits(64, 3)
  const noisy = { noise: 0.2, amplitudes: 'half-normal' }
  const problem = modelProblem({ ...IDEAL, ...noisy }, 64, 3)
  const i = bitsPerDimension(problem)
  const cost = at('amplitudes-cost', noisy).dimension!
  expect(cost * i - amplitudesCost(problem, cost)).toBeCloseTo(H, 9)
  expect(at('list-fano', noisy).dimension).toBeCloseTo(listBits(64, 3, 0.2, 0.1) / i, 9)
  expect(at('one-step-wall', { noise: 0.2 }, 16).dimension).toBeCloseTo(
    (2 * Math.LN2 * entropyBits(64, 16)) / 0.8,
    9,
  )
  expect(at('one-step-few', { noise: 0.2 }).dimension).toBeCloseTo(H / topKBitsPerDimension(3, 0.2), 9)
  expect(at('one-step-few', { noise: 0.2 }).dimsPerBit).toBeCloseTo(1 / topKBitsPerDimension(3, 0.2), 9)
  const ofSigns = 'it is of k random signs of amplitude 1'
  for (const [id, model, reason] of [
    ['amplitudes-cost', { noise: 0.2 }, 'amplitudes are all 1'],
    [
      'amplitudes-cost',
      { amplitudes: 'half-normal' },
      'without noise a coordinate tells real numbers without end',
    ],
    ['list-fano', { noise: 0.2, active: 'bernoulli' }, 'how many are active is not known'],
    ['list-fano', { dictionary: 'sphere' }, 'without noise a coordinate tells real numbers without end'],
    ['one-step-wall', { noise: 0.2 }, 'with fewer than 16 active codewords top-k passes it'],
    ['one-step-few', noisy, ofSigns],
    ['one-step-few', { active: 'bernoulli' }, ofSigns],
    ['one-step-few', { dictionary: 'sphere', noise: 0.2 }, ofSigns],
  ] as const)
    expect(at(id, model)).toMatchObject({ dimension: null, dimsPerBit: null, reason })
  for (const [active, kind] of [
    ['subset', 'law'],
    ['bernoulli', 'converse'],
  ])
    expect(at('genie-50', { active })).toMatchObject({ kind, reason: 'without noise it forbids nothing' })
})

test('a plan of a criterion has the laws of the recall that meets it', () => {
  const at = { N: 131072, k: 64, p: 0.01 }
  const of = (criterion?: string) =>
    generalPlan({ ...at, model: { ...IDEAL, noise: 0.1, amplitudes: 'half-normal', criterion } }).bounds
  const dimensions = (bounds: ReturnType<typeof of>) => bounds.map(({ dimension }) => dimension)
  const usual = of().filter(({ criterion }) => criterion === 'recall:0.8')
  const asked = of('f1:0.8')
  expect(dimensions(asked)).toEqual(dimensions(usual))
  expect(asked.every(({ criterion }) => criterion === 'f1:0.8')).toBe(true)
  const activity = parseActivity('subset')
  const recall = recallThatMeets({ kind: 'bits', level: 0.7 }, activity, at)
  const rates = { recall, falsePositiveRate: (64 * (1 - recall)) / (131072 - 64) }
  expect(hardBits(activity, 131072, 64, rates) / supportEntropy(activity, 131072, 64)).toBeCloseTo(0.7, 9)
  expect(dimensions(of('bits:0.7'))).toEqual(dimensions(of(`recall:${recall}`)))
})

test('a general plan is for what can be read: some codewords, not all, none of them coupled', () => {
  expect(() => modelProblem({ ...IDEAL, dictionary: 'coupled:1/1/1' }, 9, 2)).toThrow(
    new InputError('the laws of models are not for coupled:1/1/1'),
  )
  for (const k of [0, 9])
    expect(() => modelProblem(IDEAL, 9, k)).toThrow(
      new InputError(`a model's laws need 1 ≤ k < N = 9, not k = ${k}`),
    )
  expect(() => generalPlan({ model: IDEAL, N: 9, k: 2, p: 0.1 }, 0)).toThrow(
    'd must be a positive number, not 0',
  )
  expect(() => generalPlan({ model: IDEAL, N: 9, k: 2, p: 1 })).toThrow('p must lie strictly between 0 and 1')
  const { reading, model, ...rest } = generalPlan({ model: IDEAL, N: 9, k: 2, p: 0.1 })
  expect([reading, model, rest.N, rest.k, rest.p]).toEqual([undefined, IDEAL, 9, 2, 0.1])
  expect(modelBounds.length).toBe(rest.bounds.length)
})

test('a bound that finds no dimension is a row that says so', () => {
  for (const found of [Number.NaN, Infinity]) {
    const lost: ModelBound = {
      ...modelBounds[0],
      kind: always('law'),
      silent: () => undefined,
      dimension: () => found,
    }
    expect(planned(lost, {} as ModelPlace)).toMatchObject({
      dimension: null,
      dimsPerBit: null,
      reason: 'no dimension is found',
    })
  }
})
