import fc from 'fast-check'
import { expect, test } from 'vitest'
import { evenly } from '../../arbitraries/evenly.js'
import { batched } from '../../codes/batched-dictionary.js'
import { gaussianDictionary } from '../../codes/dense.js'
import { rademacherDictionary } from '../../codes/rademacher.js'
import { sameSubset } from '../../codes/subset.js'
import { drawTrial } from '../../codes/trial.js'
import { select } from '../../kernels/select.js'
import { solveBpdn } from './bpdn.js'
import { fista } from './fista.js'
import { solveByGradient } from './gradient-path.js'
import { ista } from './ista.js'
import type { CoefficientRange } from './objective.js'
import { ProximalGradient } from './proximal-gradient.js'

const instances = fc.record({
  N: fc.integer({ min: 1, max: 40 }),
  d: fc.integer({ min: 1, max: 20 }),
  k: fc.integer({ min: 1, max: 6 }),
  seed: fc.nat(),
  signs: fc.boolean(),
  logAlpha: evenly(Math.log(3e-4), Math.log(0.1)),
  range: fc.constantFrom(
    'any' as CoefficientRange,
    'non-negative' as CoefficientRange,
    'unit' as CoefficientRange,
  ),
})
type Instance = typeof instances extends fc.Arbitrary<infer T> ? T : never

function draw({ N, d, k, seed, signs }: Instance) {
  const dictionary = (signs ? rademacherDictionary : gaussianDictionary)(N, d, [seed, 8])
  return { dictionary, code: dictionary.superpose(Array.from({ length: Math.min(k, N) }, (_, m) => m)) }
}

test.each([false, true])(
  'comes to the minimum of the active set, within its gap (accelerated: %s)',
  (accelerated) => {
    let converged = 0
    fc.assert(
      fc.property(instances, fc.boolean(), (instance, homotopy) => {
        const { dictionary, code } = draw(instance)
        const options = { alpha: Math.exp(instance.logAlpha), range: instance.range }
        const [exact] = solveBpdn(dictionary, [code], options)
        const how = { ...options, homotopy, tolerance: 1e-4 }
        const [found] = solveByGradient(dictionary, [code], accelerated, how)
        const excess = found.objective - exact.objective
        expect(excess).toBeGreaterThanOrEqual(-1e-9)
        if (!found.converged) return
        converged++
        expect(excess).toBeLessThanOrEqual(1e-4 * found.objective)
      }),
      { seed: 1, numRuns: 100 },
    )
    expect(converged).toBeGreaterThan(80)
  },
)

/** The objective after each of so many steps at one λ. */
function objectives(instance: Instance, accelerated: boolean, steps: number): number[] {
  const { dictionary, code } = draw(instance)
  const lambda = Math.exp(instance.logAlpha) * instance.d
  const state = new ProximalGradient(batched(dictionary), code, lambda, instance.range, accelerated)
  return Array.from({ length: steps }, () => {
    state.step(select(dictionary.correlate(state.residual), state.wanted))
    return state.objective
  })
}
const grows = (path: number[]) => path.some((objective, t) => objective > path[t - 1] * (1 + 1e-9))

test('the objective of ISTA never grows; that of FISTA may', () => {
  let fast = 0
  fc.assert(
    fc.property(instances, (instance) => {
      expect(grows(objectives(instance, false, 60))).toBe(false)
      if (grows(objectives(instance, true, 60))) fast++
    }),
    { seed: 2, numRuns: 100 },
  )
  expect(fast).toBeGreaterThan(0)
})

test('reads a code well above the statistical dimension, and says where it did not converge', () => {
  const { problem, subset } = drawTrial({ N: 4096, k: 10, d: 160 }, 'gradient', 0)
  for (const decoder of [ista(), fista(), ista({ range: 'non-negative' }), fista({ range: 'unit' })]) {
    expect(sameSubset(decoder.decodeWithReport(problem).answer, subset)).toBe(true)
  }
  for (const [decoder, accelerated] of [
    [ista(), false],
    [fista(), true],
  ] as const) {
    const [{ iterations, gap }] = solveByGradient(problem.dictionary, [problem.code], accelerated)
    expect(decoder.decodeWithReport(problem)).toMatchObject({ converged: true, iterations, gap })
  }
  const short = ista({ iterations: 5 }).decodeWithReport(problem)
  expect(short).toMatchObject({ converged: false, iterations: 5, passes: 5 })
  expect(short.gap).toBeGreaterThan(1e-3)
})

test.each([true, false])(
  'λ falls by 0.7 whenever the gap is below 1 %%, and the end is below the tolerance (homotopy: %s)',
  (homotopy) => {
    const [alpha, tolerance, most] = [0.004, 1e-3, 60]
    const { dictionary, code } = draw({
      N: 20,
      d: 12,
      k: 3,
      seed: 4,
      signs: false,
      logAlpha: 0,
      range: 'any',
    })
    for (const range of ['any', 'non-negative'] as const) {
      const x = range === 'any' ? code.map((entry) => -entry) : code
      const state = new ProximalGradient(batched(dictionary), x, alpha * 12, range, true)
      const scores = dictionary.correlate(x)
      const largest = Math.max(...scores.map((score) => (range === 'any' ? Math.abs(score) : score)))
      if (homotopy) state.lambda = 0.7 * largest
      const lambdas = new Set([state.lambda])
      let n = 0
      for (let done = false; !done; n++) {
        const options = { alpha, range, tolerance, homotopy }
        if (n > 0) {
          const [found] = solveByGradient(dictionary, [x], true, { ...options, iterations: n })
          expect(found).toMatchObject({ converged: false, iterations: n, passes: n })
          expect(found.objective).toBeCloseTo(state.objective, 6)
        }
        state.step(batched(dictionary).selectMany([state.residual], [state.wanted], 24)[0])
        done = state.lambda === alpha * 12 && state.gap <= tolerance
        if (done) {
          const [found] = solveByGradient(dictionary, [x], true, options)
          expect(found).toMatchObject({ converged: true, iterations: n + 1, indices: state.point.indices })
          expect(found.gap).toBeCloseTo(state.gap, 6)
        } else if (state.lambda > alpha * 12 && state.gap <= 0.01) {
          state.lambda = Math.max(alpha * 12, 0.7 * state.lambda)
          lambdas.add(state.lambda)
        }
        expect(n).toBeLessThan(most)
      }
      expect(lambdas.size > 3).toBe(homotopy)
    }
  },
)

test('a code of zero is converged', () => {
  const dictionary = rademacherDictionary(5, 3, [1, 1])
  const [{ indices, converged }] = solveByGradient(dictionary, [new Float64Array(3)], true)
  expect([indices, converged]).toEqual([[], true])
})
