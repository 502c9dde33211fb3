import { expect, test } from 'vitest'
import { statisticalDimension } from '../../bounds/statistical-dimension.js'
import { batched } from '../../codes/batched-dictionary.js'
import { gaussianDictionary } from '../../codes/dense.js'
import { rademacherArena } from '../../codes/rademacher.js'
import { sameSubset } from '../../codes/subset.js'
import { drawTrial } from '../../codes/trial.js'
import { inner } from '../../numerics/inner.js'
import { inSuites } from '../../testing/suites.js'
import { applyLayer, type ListaLayer, type Sparse } from './layer.js'
import { layers } from './layers.js'
import { lista } from './lista.js'
import { drawSamples, LAYERS, SAMPLES, SEED, trainLayers } from './training.js'

for (const { cases, tags } of inSuites([1, 3])) {
  test.each(cases)(
    'the committed layers are what training gives: the first %i, with a falling error',
    { tags },
    (depth) => {
      expect(layers).toHaveLength(LAYERS)
      const training = trainLayers(drawSamples(SEED, SAMPLES))
      const trained = Array.from({ length: depth }, () => training.next().value!)
      expect(trained.map(({ layer }) => layer)).toEqual(layers.slice(0, depth))
      const errors = trained.map(({ error }) => error)
      expect(errors).toEqual(errors.toSorted((a, b) => b - a))
      expect(errors[0]).toBeLessThan(1)
    },
  )
}

test('training ends where no shortest stride makes a layer better', () => {
  const training = trainLayers(drawSamples('b', 2))
  const samples = drawSamples('b', 2)
  for (let depth = 0; depth < 4; depth++) {
    const { layer, error } = training.next().value!
    const errorOf = (other: ListaLayer) =>
      samples.reduce((sum, { members, activation, scores }) => {
        const { indices, values } = activation.through(other, scores)
        const off = scores.map((_, i) => Number(members.has(i)))
        indices.forEach((i, m) => {
          off[i] -= values[m]
        })
        return sum + inner(off, off) / members.size / samples.length
      }, 0)
    expect(Math.abs(errorOf(layer) / error - 1)).toBeLessThan(1e-4)
    for (const stride of [1.0125, 1 / 1.0125])
      for (const moved of [['step'], ['threshold'], ['step', 'threshold'], ['keep']] as const) {
        const other: { -readonly [name in keyof ListaLayer]: number } = { ...layer }
        for (const name of moved) other[name] *= stride
        expect(errorOf(other) / error, `${depth} ${moved} ${stride}`).toBeGreaterThan(1 - 1e-4)
      }
    for (const sample of samples) {
      sample.activation.advance(layer, sample.scores)
      sample.scores = sample.correlate(sample.activation.residual)
    }
  }
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

test('a value at the threshold is none, and one at the end of the soft part is lowered', () => {
  const layer = { step: 1, threshold: 0.5, keep: 2 }
  const { indices, values } = applyLayer(
    { indices: [], values: [] },
    Float64Array.of(0.25, 0.5, 0.501),
    0.5,
    layer,
  )
  expect(indices).toEqual([1, 2])
  expect(values).toEqual([0.25, 0.501])
})

test('without noise and scores a layer leaves y as it is', () => {
  const y = { indices: [0, 2, 3], values: [0.5, 0.6, 0.7] }
  expect(applyLayer(y, new Float64Array(5), 0, { step: 1, threshold: 1, keep: 2 })).toEqual(y)
})

test('layers follow each other, their noise the deviation of the residual in minimax thresholds', () => {
  const { problem } = drawTrial({ N: 256, k: 6, d: 24 }, 'layers', 0)
  const [many, x] = [batched(problem.dictionary), problem.code]
  const { t } = statisticalDimension(256, 6, 1)
  let [y, residual]: [Sparse, Float64Array] = [{ indices: [], values: [] }, x]
  for (let depth = 1; depth <= 4; depth++) {
    const [scores] = many.correlateMany([residual], 12)
    const deviation = Math.sqrt(residual.reduce((sum, entry) => sum + entry ** 2, 0) / 24)
    y = applyLayer(y, scores, t * deviation, layers[depth - 1])
    const part = many.combine(y.indices, y.values)
    residual = x.map((entry, j) => entry - part[j])
    const report = lista(layers.slice(0, depth)).decodeWithReport(problem)
    expect(report).toMatchObject({ iterations: depth, passes: depth, converged: false })
    expect(report.gap).toBe(report.residual)
    const best = [...y.indices.keys()].sort((a, b) => y.values[b] - y.values[a]).map((m) => y.indices[m])
    expect(report.answer.slice(0, best.length)).toEqual(best.slice(0, 6))
  }
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
