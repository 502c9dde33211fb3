import { expect, test } from 'vitest'
import { evolution } from '../../../bounds/general/evolution.js'
import { modelProblem } from '../../../bounds/general/model-problem.js'
import { IDEAL } from '../../../codes/model/description.js'
import { modelOf } from '../../../codes/model/general.js'
import { rademacherArena } from '../../../codes/rademacher.js'
import { drawTrial } from '../../../codes/trial.js'
import { topK } from '../../../decoders/one-step/top-k.js'
import { addMoment, noMoments } from '../../../statistics/moments.js'
import { rateBy } from '../../estimation/success-rate.js'
import { generalSampler } from './general-sampler.js'
import { scoreMetrics } from './score-metrics.js'

test.each(['subset', 'bernoulli'])('AUC is that of whole dictionaries, active: %s', async (active) => {
  const model = { ...IDEAL, noise: 0.2, amplitudes: 'half-normal', active }
  const shape = { N: 200, k: 6, d: 30 }
  const [arena, drawn] = [rademacherArena(), modelOf(model)]
  let moments = noMoments
  let pairs = 0
  for (let t = 0; t < 1500; t++) {
    const { problem, subset } = drawTrial(shape, 'whole', t, arena, drawn)
    const scores = problem.dictionary.correlate(problem.code)
    const members = new Set(subset)
    const others = scores.filter((_, i) => !members.has(i))
    let ahead = 0
    for (const i of subset) for (const score of others) ahead += Number(score < scores[i])
    // Pooled over pairs: their mean number divides.
    pairs += (subset.length * others.length) / 1500
    moments = addMoment(moments, ahead - 0.88 * subset.length * others.length)
  }
  const { auc } = await scoreMetrics(model, shape, '1', 0.99)
  const error = Math.sqrt(moments.m2 / 1500 / 1499) / pairs
  const half = (auc.interval[1] - auc.interval[0]) / 2
  expect(half).toBeLessThan(0.012)
  expect(Math.abs(auc.value - (0.88 + moments.mean / pairs))).toBeLessThan(half + 4 * error)
})

test('soft bits are a little below the law’s, whose energy is the mean, and above those of decisions', async () => {
  const model = { ...IDEAL, noise: 0.1, amplitudes: 'half-normal' }
  const shape = { N: 131072, k: 64, d: 768 }
  const problem = modelProblem(model, shape.N, shape.k)
  const law = evolution(problem)
    .reader(Math.sqrt(problem.energy / shape.d))
    .softBits()
  const sampler = { ...generalSampler(topK(), model), traits: topK() }
  const { scores, metrics } = await rateBy(sampler, { ...shape, trials: 60, scores: true })
  const { value, interval } = scores!.softBits
  expect(interval[1]).toBeLessThan(law)
  expect(value).toBeGreaterThan(0.95 * law)
  expect(value).toBeGreaterThan(metrics!.bitsRead.interval[1])
  expect(scores!.softBitsPerDimension.value).toBeCloseTo(value / 768, 9)
  // Amplitudes of 1 have one energy: the law but for the step that scores are rounded to.
  const constant = { ...model, amplitudes: 'constant' }
  const plain = modelProblem(constant, shape.N, 16)
  const own = evolution(plain)
    .reader(Math.sqrt(plain.energy / 240))
    .softBits()
  const { value: found } = (await scoreMetrics(constant, { N: shape.N, k: 16, d: 240 }, '1', 0.99)).softBits
  expect(Math.abs(found / own - 1)).toBeLessThan(0.03)
})

test('scores on a lattice, and decoders that have none, are refused with the reason', async () => {
  const sampler = { ...generalSampler(topK(), IDEAL), traits: topK() }
  const shape = { N: 100, k: 4, d: 50, trials: 2, scores: true }
  await expect(rateBy(sampler, shape)).rejects.toThrow('on no lattice: with noise or amplitudes')
  await expect(rateBy({ ...sampler, traits: { ...topK(), family: 'greedy' } }, shape)).rejects.toThrow(
    'scores are told of built-in one-step decoders, not of top-k',
  )
  await expect(rateBy({ ...sampler, method: 'simulation' }, shape)).rejects.toThrow('by --method conditional')
  const noisy = { ...IDEAL, noise: 0.1 }
  for (const k of [0, 100]) {
    await expect(scoreMetrics(noisy, { N: 100, k, d: 50 }, '1', 0.99)).rejects.toThrow(
      'k must be from 1 to N - 1',
    )
  }
  const stopped = scoreMetrics(noisy, { N: 100, k: 4, d: 500 }, '1', 0.99, AbortSignal.timeout(1))
  await expect(stopped).rejects.toThrow('timeout')
})
