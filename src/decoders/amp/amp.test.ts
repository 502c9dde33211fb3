import { expect, test } from 'vitest'
import { softThresholdStep } from '../../bounds/soft-threshold.js'
import { bernoulliStep, stateEvolution } from '../../bounds/state-evolution.js'
import { type Signs, statisticalDimension } from '../../bounds/statistical-dimension.js'
import { batched } from '../../codes/batched-dictionary.js'
import { gaussianDictionary } from '../../codes/dense.js'
import type { Problem } from '../../codes/problem.js'
import { dictionaryOfSigns, rademacherArena, rademacherDictionary } from '../../codes/rademacher.js'
import { sameSubset } from '../../codes/subset.js'
import { drawTrial } from '../../codes/trial.js'
import { all } from '../../testing/selected-scores.js'
import { ampBernoulli, ampSoft } from './amp.js'
import { bernoulli, type Denoiser, softThreshold } from './denoiser.js'
import { MessagePassing } from './message-passing.js'

const N = 2 ** 13
const k = 64
const STEPS = 5
const arena = rademacherArena()

const off = (measured: number, law: number) => Math.abs(measured / law - 1)

type Law = (v: number) => number

/**
 * Means over trials, per step: the variance v of the noise that the iteration works with, the one that there is
 * outside the subset, and the one that state evolution makes of the v before.
 */
function noise(d: number, denoise: Denoiser, law: Law, onsager: boolean, trials: number) {
  const [taken, real, predicted] = [0, 1, 2].map(() => new Float64Array(STEPS + 1))
  for (let trial = 0; trial < trials; trial++) {
    const { problem, subset } = drawTrial({ N, k, d }, 'noise', trial, arena)
    const dictionary = batched(problem.dictionary)
    const state = new MessagePassing(dictionary, problem.code, denoise, onsager)
    for (let t = 0; t < STEPS; t++) {
      const r = state.pseudoData(5)
      taken[t] += state.variance / trials
      predicted[t + 1] += law(state.variance) / trials
      state.step(dictionary.selectMany([state.residual], [state.wanted], 5)[0])
      for (const i of subset) r[i] = 0
      real[t] += r.reduce((sum, entry) => sum + entry * entry, 0) / (N - k) / trials
    }
  }
  return { taken, real, predicted }
}

const soft = (signs: Signs) => {
  const { t, dimension } = statisticalDimension(N, k, signs)
  const d = Math.round(1.2 * dimension)
  return {
    name: `soft threshold, ${signs} sign(s)`,
    d,
    denoise: softThreshold(N, k, signs),
    law: (v: number) => softThresholdStep(N, k, d, v, t, signs),
  }
}
const posteriorMean = {
  name: 'posterior mean',
  d: 380,
  denoise: bernoulli(N, k),
  law: (v: number) => bernoulliStep(N, k, 380, v),
}

test.each([posteriorMean, soft(1), soft(2)])(
  'the noise follows state evolution step by step: $name',
  ({ d, denoise, law }) => {
    const { taken, real, predicted } = noise(d, denoise, law, true, 40)
    stateEvolution(k, d, STEPS - 1, law).forEach((variance, t) => {
      expect(off(taken[t], variance)).toBeLessThan(0.1) // the whole path
      expect(off(real[t], taken[t])).toBeLessThan(0.025) // the noise that there is
      if (t > 0) expect(off(taken[t], predicted[t])).toBeLessThan(0.05) // each step
    })
  },
)

test('without Onsager’s term the noise does not fall as state evolution has it', () => {
  const { d, denoise, law } = posteriorMean
  const { taken } = noise(d, denoise, law, false, 4)
  expect(taken[4] / stateEvolution(k, d, 4, law)[4]).toBeGreaterThan(2)
})

test('denoisers are continuous, and their slope is the derivative', () => {
  const grid = Float64Array.from({ length: 401 }, (_, i) => (i - 200) / 100 + 1e-4)
  const h = 1e-6
  for (const denoiser of [bernoulli(1000, 10), softThreshold(1000, 10, 1), softThreshold(1000, 10, 2)]) {
    const total = (shift: number) =>
      denoiser.estimate(all(grid.map((r) => r + shift)), 0.05).values.reduce((a, b) => a + b, 0)
    const { slope } = denoiser.estimate(all(grid), 0.05)
    expect((total(h) - total(-h)) / (2 * h)).toBeCloseTo(slope, 3)
  }
})

test('an answer that explains its code is the subset; all else is said not to have converged', () => {
  const shape = { N: 2 ** 12, k: 20, d: 125 }
  let [right, wrong] = [0, 0]
  for (const decoder of [ampBernoulli(), ampSoft(), ampSoft(false), ampBernoulli({ onsager: false })]) {
    for (let trial = 0; trial < 12; trial++) {
      const { problem, subset } = drawTrial(shape, 'report', trial, arena)
      const { answer, converged, residual, iterations } = decoder.decodeWithReport(problem)
      expect(new Set(answer).size).toBe(shape.k)
      expect(sameSubset(answer, subset)).toBe(converged)
      expect(residual > 0).toBe(!converged)
      expect(iterations).toBeLessThanOrEqual(300)
      if (converged) right++
      else wrong++
    }
  }
  expect(Math.min(right, wrong)).toBeGreaterThan(5)
})

test('gives up after its iterations, or when its patience since the noise was at its least is out', () => {
  const { problem } = drawTrial({ N: 2 ** 12, k: 20, d: 60 }, 'given up', 0, arena)
  expect(ampBernoulli({ iterations: 3 }).decodeWithReport(problem)).toMatchObject({
    iterations: 3,
    passes: 4,
  })
  const dictionary = batched(problem.dictionary)
  for (const [options, patience] of [
    [{}, 30],
    [{ onsager: false }, 10],
    [{ patience: 4 }, 4],
  ] as const) {
    const { iterations, converged } = ampBernoulli(options).decodeWithReport(problem)
    expect(converged).toBe(false)
    const onsager = !('onsager' in options)
    const state = new MessagePassing(dictionary, problem.code, bernoulli(2 ** 12, 20), onsager)
    const noise = Array.from({ length: iterations }, () => {
      state.step(dictionary.selectMany([state.residual], [state.wanted], 5)[0])
      return state.variance
    })
    expect(iterations - 1 - noise.indexOf(Math.min(...noise))).toBe(patience)
  }
})

test('several codes at a time give the answers of one at a time', () => {
  const dictionary = rademacherDictionary(500, 60, [1, 2])
  const codes = [0, 30, 60].map((i) => dictionary.superpose([i, i + 1, i + 2, i + 3]))
  for (const { decodeMany } of [ampBernoulli(), ampSoft()]) {
    expect(decodeMany!(dictionary, codes, 4)).toEqual(
      codes.map((code) => decodeMany!(dictionary, [code], 4)[0]),
    )
  }
})

test('edges: nothing sent, everything sent, a code that is zero, one coordinate, real codewords', () => {
  const problem = (dictionary: Problem['dictionary'], subset: number[]): Problem => ({
    dictionary,
    code: dictionary.superpose(subset),
    k: subset.length,
    random: () => 0,
  })
  const cube = dictionaryOfSigns([
    [1, 1, 1],
    [1, -1, 1],
    [-1, 1, -1],
    [-1, -1, -1],
  ])
  const real = gaussianDictionary(40, 25, [3, 4])
  for (const decoder of [ampBernoulli(), ampSoft(), ampSoft(false)]) {
    const read = (dictionary: Problem['dictionary'], subset: number[]) =>
      [...decoder.decodeWithReport(problem(dictionary, subset)).answer].sort()
    expect(read(cube, [])).toEqual([])
    expect(read(cube, [0, 1, 2, 3])).toEqual([0, 1, 2, 3])
    expect(read(cube, [1, 2])).toHaveLength(2)
    expect(read(dictionaryOfSigns([[1], [-1]]), [1])).toHaveLength(1)
    expect(read(real, [7, 9])).toEqual([7, 9])
  }
})
