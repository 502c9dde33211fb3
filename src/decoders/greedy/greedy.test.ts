import fc from 'fast-check'
import { expect, test } from 'vitest'
import { evenly } from '../../arbitraries/evenly.js'
import { coherence } from '../../certificates/coherence.js'
import { restrictedIsometry } from '../../certificates/restricted-isometry.js'
import { gaussianDictionary, givenDictionary } from '../../codes/dense.js'
import { rademacherDictionary } from '../../codes/rademacher.js'
import { sameSubset } from '../../codes/subset.js'
import { drawTrial } from '../../codes/trial.js'
import { inner } from '../../numerics/inner.js'
import { everySubset } from '../../numerics/subsets.js'
import { countingDictionary } from '../../testing/counting-dictionary.js'
import { cosamp } from './cosamp.js'
import { generalisedOmp } from './generalised-omp.js'
import { iterativeHardThresholding } from './iterative-hard-thresholding.js'
import { orthogonalMatchingPursuit } from './omp.js'
import { subspacePursuit } from './subspace-pursuit.js'

const iterative = (by: 'value' | 'magnitude') => [
  generalisedOmp({ by }),
  cosamp({ by }),
  subspacePursuit({ by }),
  iterativeHardThresholding({ by }),
  iterativeHardThresholding({ by, step: 'normalised' }),
]
const every = [...iterative('value'), ...iterative('magnitude')]

/** Published conditions: the order of the restricted isometry constant and what it must stay below, given k. */
const conditions = [
  {
    decoder: generalisedOmp({ width: 2, by: 'magnitude' }),
    order: (k: number) => 2 * k,
    level: (k: number) => Math.SQRT2 / (Math.sqrt(k) + 3 * Math.SQRT2),
    sparsest: 2,
  },
  { decoder: cosamp({ by: 'magnitude' }), order: (k: number) => 4 * k, level: () => 0.5, sparsest: 1 },
  {
    decoder: subspacePursuit({ by: 'magnitude' }),
    order: (k: number) => 3 * k,
    level: () => 0.4859,
    sparsest: 1,
  },
  ...(['magnitude', 'value'] as const).map((by) => ({
    decoder: iterativeHardThresholding({ by }),
    order: (k: number) => 3 * k,
    level: () => 1 / Math.sqrt(3),
    sparsest: 1,
  })),
]

test('recovers every subset under its published restricted isometry condition', () => {
  const certified = conditions.map(() => 0)
  const instances = fc.record({
    more: fc.integer({ min: 0, max: 1 }),
    k: fc.constantFrom(1, 2, 2),
    d: fc.integer({ min: 20, max: 200 }),
    seed: fc.nat(),
    dense: fc.boolean(),
  })
  fc.assert(
    fc.property(instances, ({ more, k, d, seed, dense }) => {
      conditions.forEach(({ decoder, order, level, sparsest }, c) => {
        if (k < sparsest) return
        const dictionary = (dense ? gaussianDictionary : rademacherDictionary)(order(k) + more, d, [seed, c])
        if (restrictedIsometry(dictionary, order(k)) >= level(k)) return
        for (const subset of everySubset(dictionary.size, k)) {
          certified[c]++
          expect(
            sameSubset(decoder.decodeMany!(dictionary, [dictionary.superpose(subset)], k)[0], subset),
          ).toBe(true)
        }
      })
    }),
    { seed: 1, numRuns: 45 },
  )
  expect(Math.min(...certified)).toBeGreaterThan(100)
})

test('reads every subset of an orthonormal dictionary, in one iteration where that is all it takes', () => {
  const identity = givenDictionary(
    Array.from({ length: 6 }, (_, i) => Array.from({ length: 6 }, (_, j) => Number(i === j))),
  )
  for (const k of [0, 1, 3, 6]) {
    for (const subset of everySubset(6, k)) {
      const problem = { dictionary: identity, code: identity.superpose(subset), k, random: () => 0 }
      for (const decoder of every) {
        const { answer, converged, residual, iterations } = decoder.decodeWithReport(problem)
        expect(sameSubset(answer, subset)).toBe(true)
        expect({ converged, residual }).toEqual({ converged: true, residual: 0 })
        if (!decoder.name.startsWith('generalised')) expect(iterations).toBeLessThanOrEqual(1)
      }
    }
  }
})

test('a report tells the truth: distinct codewords, zero residual iff they explain the code, passes as counted', () => {
  const outcomes = new Set<string>()
  const shapes = fc.record({
    N: fc.integer({ min: 1, max: 60 }),
    fill: evenly(0, 1),
    d: fc.integer({ min: 1, max: 60 }),
    trial: fc.nat(),
  })
  fc.assert(
    fc.property(shapes, ({ N, fill, d, trial }) => {
      const k = Math.min(N, Math.round(fill * 12))
      const { problem, subset } = drawTrial({ N, k, d }, 'report', trial)
      for (const decoder of every) {
        const dictionary = countingDictionary(problem.dictionary)
        const { answer, converged, residual, passes } = decoder.decodeWithReport({ ...problem, dictionary })
        expect(passes).toBe(dictionary.passes)
        expect(new Set(answer).size).toBe(k)
        const rest = dictionary.superpose(answer).map((entry, j) => entry - problem.code[j])
        expect(residual === 0).toBe(rest.every((entry) => Math.abs(entry) < 1e-9))
        if (sameSubset(answer, subset)) expect(residual).toBe(0)
        outcomes.add(`${converged} ${residual === 0}`)
      }
    }),
    { seed: 2, numRuns: 50 },
  )
  expect(outcomes).toEqual(new Set(['true true', 'true false', 'false false']))
})

test('several codes at a time give the answers of one at a time', () => {
  const { problem } = drawTrial({ N: 300, k: 5, d: 40 }, 'many', 0)
  const codes = [0, 7, 50].map((i) => problem.dictionary.superpose([i, i + 1, i + 2, i + 3, i + 4]))
  for (const { decodeMany } of every) {
    expect(decodeMany!(problem.dictionary, codes, 5)).toEqual(
      codes.map((code) => decodeMany!(problem.dictionary, [code], 5)[0]),
    )
  }
})

test('generalised OMP that takes one codeword a step is OMP', () => {
  for (let trial = 0; trial < 15; trial++) {
    const dictionary = gaussianDictionary(80, 10 + 2 * trial, [trial, 8])
    const code = dictionary.superpose([0, 1, 2, 3, 4, 5])
    for (const by of ['value', 'magnitude'] as const) {
      const [one] = generalisedOmp({ width: 1, by }).decodeMany!(dictionary, [code], 6)
      expect(sameSubset(one, orthogonalMatchingPursuit(by).decodeMany!(dictionary, [code], 6)[0])).toBe(true)
    }
  }
})

test('more iterations never lengthen the residual of subspace pursuit or of normalised hard thresholding', () => {
  let unfinished = 0
  for (let trial = 0; trial < 12; trial++) {
    const { problem } = drawTrial({ N: 200, k: 8, d: 20 + 3 * trial }, 'monotone', trial)
    for (const by of ['value', 'magnitude'] as const) {
      let [fit, gap] = [Infinity, Infinity]
      for (let iterations = 1; iterations <= 8; iterations++) {
        const thresholded = iterativeHardThresholding({ step: 'normalised', by, iterations })
        const next = thresholded.decodeWithReport(problem).gap!
        if (iterations > 1) expect(next).toBeLessThanOrEqual(gap * (1 + 1e-6))
        gap = next
        const { answer, converged } = subspacePursuit({ by, iterations }).decodeWithReport(problem)
        const left = distanceToSpan(
          answer.map((i) => problem.dictionary.codeword(i)),
          problem.code,
        )
        expect(left).toBeLessThanOrEqual(fit + 1e-9)
        fit = left
        if (!converged) unfinished++
      }
    }
  }
  expect(unfinished).toBeGreaterThan(10)
})

test('where the unit step diverges it says so, with the gap', () => {
  const { problem } = drawTrial({ N: 2000, k: 10, d: 40 }, 'diverges', 0)
  const report = iterativeHardThresholding({ by: 'magnitude' }).decodeWithReport(problem)
  expect(report.converged).toBe(false)
  expect(report.gap).toBeGreaterThan(1)
  expect(report.residual).toBeGreaterThan(0)
})

test('coherence below 1/(2k − 1) reads what the decoders read, by value too', () => {
  let incoherent = 0
  for (let instance = 0; instance < 30; instance++) {
    const dictionary = rademacherDictionary(8, 20 + 4 * instance, [instance, 6])
    if (coherence(dictionary) >= 1 / 3) continue
    for (const subset of everySubset(8, 2)) {
      incoherent++
      const { answer } = subspacePursuit().decodeWithReport({
        dictionary,
        code: dictionary.superpose(subset),
        k: 2,
        random: () => 0,
      })
      expect(sameSubset(answer, subset)).toBe(true)
    }
  }
  expect(incoherent).toBeGreaterThan(200)
})

/** ‖v − Pv‖, P the projection on the span, by Gram and Schmidt. */
function distanceToSpan(vectors: readonly Float64Array[], v: Float64Array): number {
  const basis: Float64Array[] = []
  const against = (u: Float64Array) => {
    let rest = u
    for (const b of [...basis, ...basis]) {
      const along = inner(b, rest)
      rest = rest.map((entry, j) => entry - along * b[j])
    }
    return rest
  }
  for (const vector of vectors) {
    const rest = against(vector)
    const norm = Math.sqrt(inner(rest, rest))
    if (norm > 1e-6) basis.push(rest.map((entry) => entry / norm))
  }
  const rest = against(v)
  return Math.sqrt(inner(rest, rest))
}
