import { expect, test } from 'vitest'
import { gaussianDictionary } from '../../codes/dense.js'
import { rademacherArena } from '../../codes/rademacher.js'
import { sameSubset } from '../../codes/subset.js'
import { drawTrial } from '../../codes/trial.js'
import { applyLayer } from './layer.js'
import { layers } from './layers.js'
import { lista } from './lista.js'
import { drawSamples, LAYERS, SAMPLES, SEED, trainLayers } from './training.js'

test('the committed layers are what training gives: the first two, with a falling error', () => {
  expect(layers).toHaveLength(LAYERS)
  const training = trainLayers(drawSamples(SEED, SAMPLES))
  const [first, second] = [training.next().value!, training.next().value!]
  expect([first.layer, second.layer]).toEqual(layers.slice(0, 2))
  expect(first.error).toBeLessThan(1)
  expect(second.error).toBeLessThan(first.error)
})

test('a layer is a soft threshold, but for what it keeps, cut to [0, 1]', () => {
  const y = { indices: [1, 3], values: [0.5, 0.2] }
  const scores = Float64Array.of(0.4, 0.1, -1, -0.3, 2.8, 0.88)
  const next = applyLayer(y, scores, 0.5, { step: 0.5, threshold: 0.3, keep: 3 })
  expect(next.indices).toEqual([0, 1, 4, 5])
  ;[0.05, 0.55, 1, 0.29].forEach((value, m) => {
    expect(next.values[m]).toBeCloseTo(value, 12)
  })
})

test('reads codes that the same iteration does not read untrained; what it does not explain it does not claim', () => {
  const arena = rademacherArena()
  const untrained = lista(Array.from({ length: LAYERS }, () => ({ step: 1, threshold: 1, keep: Infinity })))
  let [learned, plain] = [0, 0]
  for (let trial = 0; trial < 20; trial++) {
    const { problem, subset } = drawTrial({ N: 2048, k: 20, d: 150 }, 'lista test', trial, arena)
    for (const decoder of [lista(), untrained]) {
      const { answer, converged, passes } = decoder.decodeWithReport(problem)
      expect(sameSubset(answer, subset)).toBe(converged)
      expect(new Set(answer).size).toBe(20)
      expect(passes).toBeLessThanOrEqual(LAYERS)
      if (!converged) continue
      if (decoder === untrained) plain++
      else learned++
    }
  }
  expect(learned).toBeGreaterThan(16)
  expect(plain).toBeLessThan(4)
})

test('serves real codewords, an empty subset and no layers', () => {
  const dictionary = gaussianDictionary(100, 40, [1, 9])
  const problem = { dictionary, code: dictionary.superpose([3, 8]), k: 2, random: () => 0 }
  expect(lista().decodeWithReport(problem)).toMatchObject({ converged: true, residual: 0 })
  expect(lista().decodeWithReport({ ...problem, code: new Float64Array(40), k: 0 })).toMatchObject({
    answer: [],
    passes: 0,
  })
  expect(lista([]).decodeWithReport(problem)).toMatchObject({ answer: [0, 1], converged: false })
})
