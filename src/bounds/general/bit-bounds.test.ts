import { expect, test } from 'vitest'
import { IDEAL } from '../../codes/model/description.js'
import { countSubsets } from '../../numerics/subsets.js'
import { coordinateEntropy } from '../counting-bound.js'
import { entropyBits } from '../entropy.js'
import { listBits } from './capacity.js'
import { evolution } from './evolution.js'
import { modelBounds, planned } from './general-plan.js'
import { modelProblem } from './model-problem.js'
import { supportEntropy } from './support-entropy.js'

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
