import fc from 'fast-check'
import { expect, test } from 'vitest'
import { evenly } from '../../arbitraries/evenly.js'
import { boxDimension, statisticalDimension } from '../../bounds/statistical-dimension.js'
import { coherence } from '../../certificates/coherence.js'
import { exactRecovery } from '../../certificates/exact-recovery.js'
import { fuchs } from '../../certificates/fuchs.js'
import { gaussianDictionary, givenDictionary } from '../../codes/dense.js'
import type { Dictionary } from '../../codes/problem.js'
import { dictionaryOfSigns, rademacherDictionary } from '../../codes/rademacher.js'
import { sameSubset } from '../../codes/subset.js'
import { drawTrial } from '../../codes/trial.js'
import { everySubset } from '../../numerics/subsets.js'
import { stream } from '../../random/stream.js'
import { type BpdnOptions, bpdn, solveBpdn } from './bpdn.js'
import type { CoefficientRange } from './objective.js'

const ranges: CoefficientRange[] = ['any', 'non-negative', 'unit']
const one = (dictionary: Dictionary, code: Float64Array, options: BpdnOptions) =>
  solveBpdn(dictionary, [code], options)[0]

/** y, x − Fy and (1/(2d))‖x − Fy‖² + α‖y‖₁ as they are defined. */
function evaluate(dictionary: Dictionary, code: Float64Array, { indices, values }: ReturnType<typeof one>) {
  const y = new Float64Array(dictionary.size)
  indices.forEach((i, m) => {
    y[i] += values[m]
  })
  const residual = code.slice()
  y.forEach((weight, i) => {
    dictionary.codeword(i).forEach((entry, j) => {
      residual[j] -= weight * entry
    })
  })
  const objective = (alpha: number) =>
    residual.reduce((sum, r) => sum + r * r, 0) / 2 / code.length +
    alpha * y.reduce((sum, weight) => sum + Math.abs(weight), 0)
  return { y, residual, objective }
}

/** Largest violation, relative to α, of 0 ∈ ∂ objective (+ the normal cone of the range), by the definition. */
function violation(
  dictionary: Dictionary,
  { y, residual }: ReturnType<typeof evaluate>,
  alpha: number,
  range: CoefficientRange,
) {
  let worst = 0
  y.forEach((weight, i) => {
    const slope = dictionary.codeword(i).reduce((sum, f, j) => sum + f * residual[j], 0) / residual.length
    const [low, high] = weight > 0 ? [alpha, alpha] : weight < 0 ? [-alpha, -alpha] : [-alpha, alpha]
    if (range !== 'any') expect(weight).toBeGreaterThanOrEqual(0)
    if (range === 'unit') expect(weight).toBeLessThanOrEqual(1)
    if (slope > high && !(range === 'unit' && weight === 1)) worst = Math.max(worst, slope - high)
    if (slope < low && !(range !== 'any' && weight === 0)) worst = Math.max(worst, low - slope)
  })
  return worst / alpha
}

const instances = fc.record({
  N: fc.integer({ min: 1, max: 40 }),
  d: fc.integer({ min: 1, max: 14 }),
  k: fc.integer({ min: 1, max: 12 }),
  seed: fc.nat(),
  kind: fc.constantFrom('signs' as const, 'gaussian' as const),
  noise: fc.constantFrom(0, 0, 0.3),
  logAlpha: evenly(Math.log(1e-5), Math.log(0.3)),
  range: fc.constantFrom(...ranges),
})
type Instance = typeof instances extends fc.Arbitrary<infer T> ? T : never

function draw({ N, d, k, seed, kind, noise, logAlpha }: Instance) {
  const random = stream('bpdn', seed)
  const dictionary = (kind === 'signs' ? rademacherDictionary : gaussianDictionary)(N, d, random.key())
  const members = Array.from({ length: Math.min(k, N) }, () => random.integer(N))
  const code = dictionary.superpose(members).map((x) => x + noise * (2 * random.uniform() - 1))
  return { dictionary, code, alpha: Math.exp(logAlpha) }
}

test('the active set meets the optimality conditions by their definition, whatever the instance', () => {
  fc.assert(
    fc.property(instances, (instance) => {
      const { dictionary, code, alpha } = draw(instance)
      const { range } = instance
      const found = one(dictionary, code, { alpha, range })
      const there = evaluate(dictionary, code, found)
      expect(found.converged).toBe(true)
      expect(violation(dictionary, there, alpha, range)).toBeLessThan(1e-6)
      expect(found.gap).toBeLessThan(1e-6)
      expect(found.objective).toBeCloseTo(there.objective(alpha) * code.length, 9)
    }),
    { seed: 1, numRuns: 200 },
  )
})

test('coordinate descent comes to the same minimum, or says by how much it may miss it', () => {
  let short = 0
  fc.assert(
    fc.property(instances, (instance) => {
      const { dictionary, code, alpha } = draw(instance)
      const options = { alpha, range: instance.range }
      const exact = one(dictionary, code, options)
      const found = one(dictionary, code, { ...options, solver: 'coordinate-descent', steps: 200 })
      expect(found.objective - exact.objective).toBeLessThanOrEqual((found.gap + 1e-9) * found.objective)
      expect(found.objective - exact.objective).toBeGreaterThanOrEqual(-1e-9 * found.objective)
      if (found.converged) expect(found.gap).toBeLessThan(1e-5)
      else short++
    }),
    { seed: 2, numRuns: 200 },
  )
  expect(short).toBeGreaterThan(0)
})

test('over orthonormal codewords the minimum is the soft threshold of the scores', () => {
  const identity = givenDictionary(
    Array.from({ length: 6 }, (_, i) => Array.from({ length: 6 }, (_, j) => +(i === j))),
  )
  const code = Float64Array.of(2, -1.5, 0.5, 0.05, -0.02, 1.1)
  const alpha = 0.02
  const soft = {
    any: [1.88, -1.38, 0.38, 0, 0, 0.98],
    'non-negative': [1.88, 0, 0.38, 0, 0, 0.98],
    unit: [1, 0, 0.38, 0, 0, 0.98],
  }
  for (const range of ranges) {
    const { y } = evaluate(identity, code, one(identity, code, { alpha, range }))
    y.forEach((weight, i) => {
      expect(weight).toBeCloseTo(soft[range][i], 12)
    })
  }
})

test('recovers under its guarantees: coherence, ERC and Fuchs’ coefficient below 1', () => {
  let [incoherent, exact, positive] = [0, 0, 0]
  const shapes = fc.record({
    N: fc.integer({ min: 3, max: 8 }),
    d: fc.integer({ min: 8, max: 90 }),
    k: fc.integer({ min: 1, max: 3 }),
    seed: fc.nat(),
  })
  fc.assert(
    fc.property(shapes, ({ N, d, k, seed }) => {
      const dictionary = rademacherDictionary(N, d, [seed, 6])
      const promised = coherence(dictionary) < 1 / (2 * k - 1)
      const subsets = [...everySubset(N, k)].map((subset) => [...subset])
      const codes = subsets.map((subset) => dictionary.superpose(subset))
      const answers = ranges.map((range) => bpdn({ range }).decodeMany!(dictionary, codes, k))
      subsets.forEach((subset, c) => {
        const recovered = ranges.map((_, r) => sameSubset(answers[r][c], subset))
        if (promised) incoherent++
        const unique = fuchs(dictionary, subset) < 1 - 1e-3
        if (exactRecovery(dictionary, subset) < 1 - 1e-3) exact++
        if (promised || unique || exactRecovery(dictionary, subset) < 1 - 1e-3)
          expect(recovered).toEqual([true, true, true])
        if (fuchs(dictionary, subset, true) < 1 - 1e-3) {
          positive++
          expect(recovered.slice(1)).toEqual([true, true])
        }
      })
    }),
    { seed: 3, numRuns: 30 },
  )
  expect(Math.min(incoherent, exact, positive)).toBeGreaterThan(100)
})

test('not converged is said, with the gap', () => {
  const { problem } = drawTrial({ N: 2000, k: 20, d: 60 }, 'short', 0)
  for (const solver of ['active-set', 'coordinate-descent'] as const) {
    const { converged, gap, answer } = bpdn({ solver, steps: 3 }).decodeWithReport(problem)
    expect(converged).toBe(false)
    expect(gap).toBeGreaterThan(1e-6)
    expect(new Set(answer).size).toBe(20)
  }
})

test('reads well above its statistical dimension, several codes at a time as one at a time', () => {
  const { problem, subset } = drawTrial({ N: 4096, k: 10, d: 128 }, 'several', 0)
  const { dictionary } = problem
  const codes = [problem.code, dictionary.superpose([1, 5, 9, 100, 2000, 2001, 2002, 3000, 4000, 4095])]
  const solutions = solveBpdn(dictionary, codes)
  expect(solutions).toEqual(codes.map((code) => one(dictionary, code, {})))
  expect(sameSubset(bpdn().decodeMany!(dictionary, codes, 10)[0], subset)).toBe(true)
})

test.each([
  ['unit', boxDimension(128, 40)],
  ['non-negative', statisticalDimension(128, 40, 1).dimension],
] as const)(
  'basis pursuit over %s coefficients jumps to success about d = %f at N = 128, k = 40',
  (range, law) => {
    const decoder = bpdn({ range })
    const decoded = (d: number) =>
      Array.from({ length: 30 }, (_, trial) => {
        const { problem, subset } = drawTrial({ N: 128, k: 40, d: Math.round(d) }, 'jump', trial)
        return sameSubset(decoder.decodeWithReport(problem).answer, subset)
      }).filter(Boolean).length
    expect(decoded(0.8 * law)).toBeLessThanOrEqual(4)
    expect(decoded(1.2 * law)).toBeGreaterThanOrEqual(26)
  },
)

test('edges: a code of zero, dependent codewords', () => {
  const opposite = dictionaryOfSigns([
    [1, 1],
    [-1, -1],
    [1, 1],
  ])
  expect(one(opposite, new Float64Array(2), {})).toMatchObject({
    indices: [],
    objective: 0,
    gap: 0,
    converged: true,
  })
  expect(one(opposite, opposite.superpose([0, 2]), { range: 'unit' })).toMatchObject({ converged: true })
  expect(bpdn().decodeMany!(opposite, [opposite.superpose([0, 1])], 2)[0]).toEqual([0, 1])
})
