import { expect, test } from 'vitest'
import { batched } from '../codes/batched-dictionary.js'
import { gaussianDictionary, givenDictionary } from '../codes/dense.js'
import type { Dictionary } from '../codes/problem.js'
import { rademacherDictionary } from '../codes/rademacher.js'
import { ReindexedDictionary } from '../codes/reindexed.js'
import { inner } from '../numerics/inner.js'
import { stream } from '../random/stream.js'
import { bernoulli, unevenBernoulli } from './amp/denoiser.js'
import { Fit } from './greedy/fit.js'
import { pursue } from './greedy/matching-pursuit.js'
import { pursueOrthogonally } from './greedy/omp.js'
import { solveBpdn } from './lasso/bpdn.js'
import { byProjection, byUnitStep, greatestNorm } from './norms.js'
import { topK } from './one-step/top-k.js'

/** Codewords of norms from ⅓ to 3. */
function uneven(N: number, d: number, seed: number): Dictionary {
  const { uniform } = stream('uneven', seed)
  const drawn = gaussianDictionary(N, d, [seed, 3])
  return givenDictionary(
    Array.from({ length: N }, (_, i) => {
      const norm = 3 ** (2 * uniform() - 1)
      return drawn.codeword(i).map((entry) => norm * entry)
    }),
  )
}

const minus = (a: Float64Array, b: Float64Array, times = 1) => a.map((entry, j) => entry - times * b[j])
const square = (v: Float64Array) => inner(v, v)

/** The index of the least value. */
const least = (values: readonly number[]) => values.indexOf(Math.min(...values))

test('norms of 1 leave a dictionary as it is', () => {
  const unit = gaussianDictionary(9, 5, [1, 2])
  const single = givenDictionary(Array.from({ length: 9 }, (_, i) => Float32Array.from(unit.codeword(i))))
  for (const dictionary of [unit, single, rademacherDictionary(9, 5, [1, 2])]) {
    expect(byUnitStep(dictionary)).toBe(dictionary)
    expect(byProjection(dictionary)).toBe(dictionary)
    expect(greatestNorm(dictionary)).toBe(1)
  }
})

test('with unequal norms every pick is the one that leaves least of the squared error', () => {
  let raw = 0
  for (let trial = 0; trial < 40; trial++) {
    const N = 20
    const dictionary = uneven(N, 12, trial)
    const codewords = Array.from({ length: N }, (_, i) => dictionary.codeword(i))
    const code = dictionary.superpose([0, 1, 2, 3])
    const problem = { dictionary, code, k: 1, random: () => 0 }
    const left = (rest: Float64Array) => codewords.map((f) => square(minus(rest, f)))
    const [first] = topK().decode(problem) as number[]
    expect(first).toBe(least(left(code)))
    const scores = [...dictionary.correlate(code)]
    if (first !== scores.indexOf(Math.max(...scores))) raw++
    let rest = code
    for (const pick of pursue(dictionary, [code], 4, 'unit')[0]) {
      expect(pick).toBe(least(left(rest)))
      rest = minus(rest, codewords[pick])
    }
    rest = code
    for (const pick of pursue(dictionary, [code], 4, 'projection')[0]) {
      const step = (i: number) => Math.max(0, inner(codewords[i], rest) / square(codewords[i]))
      expect(pick).toBe(least(codewords.map((f, i) => square(minus(rest, f, step(i))))))
      rest = minus(rest, codewords[pick], step(pick))
    }
    const fit = new Fit(byProjection(dictionary), code)
    for (const pick of pursueOrthogonally(dictionary, [code], 4)[0]) {
      const residual = fit.residual()
      const drop = (i: number) => Math.max(0, inner(codewords[i], residual)) / Math.sqrt(square(codewords[i]))
      expect(drop(pick)).toBeCloseTo(Math.max(...codewords.map((_, i) => drop(i))), 9)
      fit.add(pick)
    }
  }
  // Raw inner products would have answered otherwise.
  expect(raw).toBeGreaterThan(10)
})

test('a view of a dictionary, and one with a codeword of zeros', () => {
  const rows = [
    [3, 0],
    [0, 0],
    [0, 1],
  ]
  const dictionary = new ReindexedDictionary(givenDictionary(rows), [2, 1, 0])
  const problem = { dictionary, code: Float64Array.of(3, 1), k: 2, random: () => 0 }
  expect(greatestNorm(dictionary)).toBe(3)
  expect([...(topK().decode(problem) as number[])]).toEqual([2, 0])
  expect(pursueOrthogonally(dictionary, [problem.code], 3)[0]).toEqual([2, 0, 1])
})

test('basis pursuit meets its conditions on long codewords too', () => {
  for (let trial = 0; trial < 10; trial++) {
    const dictionary = uneven(60, 20, trial)
    for (const range of ['any', 'non-negative', 'unit'] as const) {
      const [found] = solveBpdn(dictionary, [dictionary.superpose([1, 2, 3])], { range })
      expect(found.violation).toBeLessThanOrEqual(1e-6)
    }
  }
})

test("AMP's posterior mean is Bayes' rule for members of any norm, and has the slope that it says", () => {
  const { uniform } = stream('posterior')
  const [N, k, variance] = [50, 6, 0.2]
  const norms = Float64Array.from({ length: N }, () => 9 ** (2 * uniform() - 1))
  const entries = (shift = 0) => ({
    indices: Int32Array.from({ length: N }, (_, i) => i),
    scores: norms.map((g, i) => (i % 3) * Math.sqrt(g) * 0.7 + shift),
  })
  const denoiser = unevenBernoulli(N, k, norms)
  const { indices, values, slope } = denoiser.estimate(entries(), variance)
  expect(indices.length).toBeGreaterThan(20)
  indices.forEach((i, m) => {
    const root = Math.sqrt(norms[i])
    const density = (mean: number) => Math.exp(-((entries().scores[i] - mean) ** 2) / (2 * variance))
    const member = k * density(root)
    const mean = member / (member + (N - k) * density(0))
    expect(values[m]).toBeCloseTo(root * (mean - 1e-3), 12)
    expect(denoiser.likelihood!.byEstimate(i, values[m])).toBeCloseTo(mean - 1e-3, 12)
  })
  const total = (shift: number) => denoiser.estimate(entries(shift), variance).values.reduce((a, b) => a + b)
  expect((total(1e-6) - total(-1e-6)) / 2e-6).toBeCloseTo(slope, 4)
  const { low, high } = denoiser.bars(variance)
  expect(low).toBe(-Infinity)
  const reaching = (score: number) =>
    denoiser.estimate({ indices: entries().indices, scores: new Float64Array(N).fill(score) }, variance)
      .values
  expect(reaching(high - 1e-9).length).toBe(0)
  expect([...reaching(high + 1e-9)]).toEqual([expect.closeTo(0, 9)])
  const ones = new Float64Array(N).fill(1)
  const [uneven, even] = [unevenBernoulli(N, k, ones), bernoulli(N, k)].map((one) =>
    one.estimate(entries(), variance),
  )
  expect([uneven.indices, uneven.values]).toEqual([even.indices, even.values])
  expect(uneven.slope).toBeCloseTo(even.slope, 9)
})

test('a view has scores c − (g − 1)/2 for unit steps, and those of codewords scaled to norm 1 for projections', () => {
  const dictionary = uneven(12, 7, 5)
  const g = Array.from({ length: 12 }, (_, i) => square(dictionary.codeword(i)))
  const v = Float64Array.from({ length: 7 }, (_, j) => Math.sin(2 * j))
  const c = Array.from(dictionary.correlate(v))
  const [steps, projections] = [byUnitStep(dictionary), byProjection(dictionary)]
  for (const [view, expected] of [
    [steps, c.map((score, i) => score - (g[i] - 1) / 2)],
    [projections, c.map((score, i) => score / Math.sqrt(g[i]))],
  ] as const) {
    expect([view.size, view.dimension]).toEqual([12, 7])
    view.correlate(v).forEach((score, i) => {
      expect(score).toBeCloseTo(expected[i], 12)
    })
    expect(view.correlateMany([v, v])[1]).toEqual(view.correlate(v))
    const best = expected.indexOf(Math.max(...expected))
    expect(view.argmaxMany([v])).toEqual([{ index: best, score: view.correlate(v)[best] }])
    const [chosen] = view.selectMany([v], [{ low: -Infinity, high: expected[best] - 1e-9, also: [3] }])
    expect(Array.from(chosen.indices)).toEqual([...new Set([3, best])].sort((a, b) => a - b))
    expect(view.superpose([1, 2])).toEqual(dictionary.superpose([1, 2]))
  }
  expect(steps.codeword(4)).toEqual(dictionary.codeword(4))
  expect(square(projections.codeword(4))).toBeCloseTo(1, 12)
  const part = projections.combine([2, 5], [3, -1])
  const [two, five] = [2, 5].map((i) => dictionary.codeword(i).map((entry) => entry / Math.sqrt(g[i])))
  part.forEach((entry, j) => {
    expect(entry).toBeCloseTo(3 * two[j] - five[j], 12)
  })
  expect(steps.combine([2, 5], [3, -1])).toEqual(batched(dictionary).combine([2, 5], [3, -1]))
  const view = new ReindexedDictionary(dictionary, [5, 4, 3, 2, 1, 0, 6, 7, 8, 9, 10, 11])
  expect(greatestNorm(view)).toBe(greatestNorm(dictionary))
  expect(byUnitStep(view).correlate(v)[5]).toBeCloseTo(steps.correlate(v)[0], 12)
})
