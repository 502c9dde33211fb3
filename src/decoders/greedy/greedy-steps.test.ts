import { expect, test } from 'vitest'
import { type BatchedDictionary, batched } from '../../codes/batched-dictionary.js'
import { gaussianDictionary, givenDictionary } from '../../codes/dense.js'
import type { Dictionary } from '../../codes/problem.js'
import { dictionaryOfSigns, rademacherDictionary } from '../../codes/rademacher.js'
import { inner } from '../../numerics/inner.js'
import type { Ranking } from '../ranking.js'
import { cosamp } from './cosamp.js'
import { Fit } from './fit.js'
import { generalisedOmp } from './generalised-omp.js'
import { iterativeHardThresholding } from './iterative-hard-thresholding.js'
import { orthogonalMatchingPursuit } from './omp.js'
import { subspacePursuit } from './subspace-pursuit.js'

const rankings: Ranking[] = ['value', 'magnitude']
const random = () => 0

/** The first k after sorting by falling size, stable. */
const top = (indices: readonly number[], sizes: ArrayLike<number>, k: number, by: Ranking) => {
  const size = (m: number) => (by === 'value' ? sizes[m] : Math.abs(sizes[m]))
  return indices
    .map((i, m) => ({ i, m }))
    .sort((a, b) => size(b.m) - size(a.m))
    .slice(0, k)
    .map(({ i }) => i)
}

/** Coefficients of the least-squares fit on independent codewords. */
const fitted = (dictionary: Dictionary, x: Float64Array, chosen: readonly number[]): number[] => [
  ...new Fit(batched(dictionary), x, chosen).weights(),
]

const without = (dictionary: Dictionary, x: Float64Array, chosen: readonly number[], weights: number[]) => {
  const part = batched(dictionary).combine(chosen, weights)
  return x.map((entry, j) => entry - part[j])
}

/** Below it a residual that gets shorter does so by rounding. */
const ROUNDING = 1e-12

/** CoSaMP and subspace pursuit as the papers write them. */
function pruned(
  dictionary: Dictionary,
  x: Float64Array,
  k: number,
  refit: boolean,
  by: Ranking,
  most: number,
) {
  let [kept, rest, n]: [number[], Float64Array, number] = [[], x, 0]
  while (n < most) {
    n++
    const all = Array.from({ length: dictionary.size }, (_, i) => i)
    const joined = top(all, dictionary.correlate(rest), refit ? k : 2 * k, by)
    const wide = [...kept, ...joined.filter((i) => !kept.includes(i))]
    const weights = fitted(dictionary, x, wide)
    const next = top(wide, weights, k, by)
    const coefficients = refit ? fitted(dictionary, x, next) : next.map((i) => weights[wide.indexOf(i)])
    const left = without(dictionary, x, next, coefficients)
    if (kept.length === k && inner(left, left) >= (1 - ROUNDING) * inner(rest, rest))
      return { answer: kept, converged: true, iterations: n }
    kept = next
    rest = left
  }
  return { answer: kept, converged: false, iterations: n }
}

/** Codes that no k codewords explain, of coefficients of both signs. */
const noisy = (trial: number, k: number) => {
  const dictionary = gaussianDictionary(24, 3 * k + trial, [trial, 17])
  const part = batched(dictionary).combine([0, 1, 2, 3], [1, 0.8, trial % 2 === 0 ? -0.9 : 1, 0.5])
  return { dictionary, code: part.map((entry, j) => entry + 0.2 * Math.cos(2 * j + trial)), k, random }
}

test('CoSaMP and subspace pursuit take the steps of their definitions, and stop at most two later', () => {
  let longest = 0
  for (let trial = 0; trial < 6; trial++)
    for (const by of rankings)
      for (const most of [1, 2, 3, 50])
        for (const [refit, decoder] of [
          [false, cosamp({ by, iterations: most })],
          [true, subspacePursuit({ by, iterations: most })],
        ] as const) {
          const problem = noisy(trial, 4)
          const defined = pruned(problem.dictionary, problem.code, 4, refit, by, most)
          const report = decoder.decodeWithReport(problem)
          const { converged, iterations } = defined
          expect(new Set(report.answer)).toEqual(new Set(defined.answer))
          expect(report.passes).toBe(report.iterations)
          if (most === 50 || !converged) expect(report.converged).toBe(converged)
          expect(report.iterations).toBeGreaterThanOrEqual(iterations)
          expect(report.iterations).toBeLessThanOrEqual(Math.min(most, iterations + 2))
          expect(report.residual).toBeGreaterThan(0)
          longest = Math.max(longest, iterations)
        }
  expect(longest).toBeGreaterThan(3)
})

/** Generalised OMP as the paper writes it. */
function generalised(dictionary: Dictionary, x: Float64Array, k: number, width: number, by: Ranking) {
  const taken: number[] = []
  let [rest, n] = [x, 0]
  for (; n < k && taken.length < Math.min(dictionary.size, Math.max(k, dictionary.dimension)); n++) {
    const free = Array.from({ length: dictionary.size }, (_, i) => i).filter((i) => !taken.includes(i))
    const scores = dictionary.correlate(rest)
    taken.push(
      ...top(
        free,
        free.map((i) => scores[i]),
        width,
        by,
      ),
    )
    rest = without(dictionary, x, taken, fitted(dictionary, x, taken))
    if (taken.length >= k && inner(rest, rest) < 1e-20 * inner(x, x))
      return { taken, converged: true, n: n + 1 }
  }
  return { taken, converged: false, n }
}

test('generalised OMP takes the steps of its definition, and stops as it does', () => {
  const ends = new Set<string>()
  for (let trial = 0; trial < 8; trial++)
    for (const by of rankings)
      for (const width of [1, 2, 3]) {
        const { dictionary, code } = noisy(trial, 4)
        for (const x of [code, dictionary.superpose([1, 5, 9, 20])]) {
          const { taken, converged, n } = generalised(dictionary, x, 4, width, by)
          const answer = top(taken, fitted(dictionary, x, taken), 4, by)
          const report = generalisedOmp({ width, by }).decodeWithReport({ dictionary, code: x, k: 4, random })
          expect(report).toMatchObject({ converged, iterations: n })
          expect(report.passes - n).toBeGreaterThanOrEqual(0)
          expect(report.passes).toBeLessThanOrEqual(2 * n)
          if (!converged || taken.length === 4) expect(new Set(report.answer)).toEqual(new Set(answer))
          ends.add(`${converged} after ${n === 4 ? 'all steps' : 'fewer'}`)
        }
      }
  expect(ends.size).toBeGreaterThan(2)
})

test('generalised OMP takes k/4 codewords a step, at least one, and no more than there are', () => {
  const dictionary = gaussianDictionary(20, 60, [1, 18])
  const code = dictionary.superpose([0, 1, 2, 3, 4, 5, 6, 7]).map((entry, j) => entry + 0.1 * Math.sin(j))
  const steps = (k: number, width?: number) =>
    generalisedOmp(width ? { width } : {}).decodeWithReport({ dictionary, code, k, random }).iterations
  expect(steps(3)).toBe(3)
  expect(steps(7)).toBe(7)
  expect(steps(8)).toBe(8)
  expect(steps(12)).toBe(7)
  expect(steps(12, 30)).toBe(1)
  expect(steps(12, 9)).toBe(3)
})

test('a codeword that depends on others keeps coefficient 0', () => {
  const twice = dictionaryOfSigns([
    [1, 1, 1],
    [1, 1, 1],
    [1, -1, 1],
  ])
  const problem = { dictionary: twice, code: twice.superpose([0, 2]), k: 2, random }
  for (const decoder of [cosamp(), subspacePursuit(), generalisedOmp({ width: 3 })])
    expect(decoder.decodeWithReport(problem)).toMatchObject({ residual: 0, converged: true })
})

test('orthonormal codewords are read in one iteration, and a second shows that no more is explained', () => {
  const identity = givenDictionary([0, 1, 2, 3].map((i) => [0, 1, 2, 3].map((j) => +(i === j))))
  const report = (decoder: ReturnType<typeof cosamp>, code: number[], k: number) =>
    decoder.decodeWithReport({ dictionary: identity, code: Float64Array.from(code), k, random })
  for (const by of rankings)
    for (const decoder of [cosamp({ by }), subspacePursuit({ by })]) {
      const rest = report(decoder, [0.5, 3, 0, 2], 2)
      expect(rest).toMatchObject({ answer: [1, 3], converged: true, iterations: 2, passes: 2 })
      expect(report(decoder, [0, 3, 0, 2], 2)).toMatchObject({
        answer: [1, 3],
        iterations: 1,
        converged: true,
      })
      expect(report(decoder, [0, 0, 0, 0], 2)).toMatchObject({ converged: true, iterations: 1 })
      expect(report(decoder, [0, 0, 0, 0], 2).answer).toHaveLength(2)
      expect(report(decoder, [1, 0, 0, 0], 0)).toMatchObject({ answer: [], iterations: 0, converged: true })
    }
  const twoSteps = { answer: [1, 3], converged: true, iterations: 2 }
  expect(report(generalisedOmp({ width: 2 }), [0.5, 3, 0, 2], 2)).toMatchObject(twoSteps)
  const thresholding = iterativeHardThresholding({ step: 'normalised' })
  expect(report(thresholding, [0.5, 3, 0, 2], 2)).toMatchObject(twoSteps)
  expect(report(thresholding, [1, -1, 0, 0], 2)).toMatchObject({ ...twoSteps, answer: [0, 2] })
  expect(report(orthogonalMatchingPursuit(), [0.5, 3, 0, 2], 3)).toMatchObject({ iterations: 3, passes: 3 })
})

test('a step over many codewords is one pass; where too few reach its bar it is another, and nothing else', () => {
  const [N, d, k] = [1000, 60, 8]
  const signs = rademacherDictionary(N, d, [7, 8])
  const code = signs.superpose([1, 2, 3, 4, 5, 6, 7, 8])
  // Scores of this one are 0 but for a few, so that no bar is low enough until it is −∞.
  const sparse = givenDictionary(
    Array.from({ length: N }, (_, i) =>
      Float64Array.from({ length: d }, (_, j) => +(j === Math.min(i, d - 1))),
    ),
  )
  const single = Float64Array.from({ length: d }, (_, j) => (j < 2 ? 1 + j : 0))
  const whole = (dictionary: BatchedDictionary): BatchedDictionary => ({
    ...{ size: N, dimension: d, codeword: (i) => dictionary.codeword(i) },
    superpose: (subset) => dictionary.superpose(subset),
    combine: (indices, weights) => dictionary.combine(indices, weights),
    correlate: (v) => dictionary.correlate(v),
    correlateMany: (vectors, bits) => dictionary.correlateMany(vectors, bits),
    argmaxMany: (vectors) => dictionary.argmaxMany(vectors),
    selectMany: (vectors, wanted, bits) =>
      dictionary.selectMany(
        vectors,
        wanted.map((one) => ({ ...one, low: Infinity, high: -Infinity })),
        bits,
      ),
  })
  for (const by of rankings)
    for (const decoder of [
      cosamp({ by }),
      subspacePursuit({ by }),
      generalisedOmp({ by, width: 3 }),
      iterativeHardThresholding({ by }),
      iterativeHardThresholding({ by, step: 'normalised' }),
    ]) {
      const read = (dictionary: Dictionary, x: Float64Array, iterations: number) => {
        const report = decoder.decodeWithReport({ dictionary, code: x, k, random })
        expect(report.iterations).toBe(iterations)
        return report
      }
      const { iterations } = decoder.decodeWithReport({ dictionary: whole(signs), code, k, random })
      const fair = read(signs, code, iterations)
      expect(fair.passes).toBe(iterations)
      expect(fair).toEqual(decoder.decodeWithReport({ dictionary: whole(signs), code, k, random }))
      const every = decoder.decodeWithReport({ dictionary: whole(batched(sparse)), code: single, k, random })
      const missed = read(sparse, single, every.iterations)
      expect({ ...missed, passes: every.passes }).toEqual(every)
      const misses = missed.passes - every.passes
      expect(misses > 0).toBe(!decoder.name.includes('iterative'))
    }
})
