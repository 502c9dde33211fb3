import { expect, test } from 'vitest'
import { batched } from '../codes/batched-dictionary.js'
import { gaussianDictionary, givenDictionary } from '../codes/dense.js'
import type { Dictionary } from '../codes/problem.js'
import { randomSubset, sameSubset } from '../codes/subset.js'
import { drawTrial } from '../codes/trial.js'
import { inner } from '../numerics/inner.js'
import { stream } from '../random/stream.js'
import { ampBernoulli, finishedAmp } from './amp/amp.js'
import { finishedVamp, vamp } from './amp/vamp.js'
import type { Reporting } from './decode-report.js'
import { fittedCandidates, leastSquaresFinish } from './finish.js'
import { orthogonalLeastSquares } from './greedy/ols.js'
import { orthogonalMatchingPursuit } from './greedy/omp.js'
import { finishedOmp } from './greedy/omp-finished.js'

/** Codewords with a common part, far from random: cosines of about ½. */
function related(N: number, d: number, seed: number): Dictionary {
  const drawn = gaussianDictionary(N + 1, d, [seed, 9])
  const common = drawn.codeword(N)
  return givenDictionary(
    Array.from({ length: N }, (_, i) => {
      const row = drawn.codeword(i).map((entry, j) => entry + common[j])
      const norm = Math.sqrt(inner(row, row))
      return row.map((entry) => entry / norm)
    }),
  )
}

test('reads the members wherever they stand among the candidates, and says nothing where one is missing', () => {
  for (let trial = 0; trial < 20; trial++) {
    const dictionary = batched(related(60, 24, trial))
    const subset = randomSubset(60, 5, stream('finish', trial))
    const code = dictionary.superpose(subset)
    const others = Array.from({ length: 60 }, (_, i) => i).filter((i) => !subset.includes(i))
    const candidates = [...others.slice(0, 14), ...subset]
    const found = leastSquaresFinish(dictionary, code, candidates, 5)
    expect(found && sameSubset(found, subset)).toBe(true)
    expect(leastSquaresFinish(dictionary, code, candidates.slice(0, -1), 5)).toBeUndefined()
    const noisy = code.map((entry, j) => entry + 1e-6 * Math.sin(j))
    expect(leastSquaresFinish(dictionary, noisy, candidates, 5)).toBeUndefined()
  }
})

const pairs: readonly [finished: Reporting, plain: Reporting][] = [
  [finishedOmp(), orthogonalMatchingPursuit()],
  [orthogonalLeastSquares(true), orthogonalLeastSquares()],
  [finishedVamp(), vamp()],
  [finishedAmp(), ampBernoulli()],
]

test('a finished decoder answers as the plain one does, or is certain: never a wrong answer', () => {
  const gained = pairs.map(() => 0)
  const check = (dictionary: Dictionary, code: Float64Array, k: number) =>
    pairs.forEach(([finished, plain], p) => {
      const problem = { dictionary, code, k, random: () => 0 }
      const before = plain.decodeWithReport(problem)
      const after = finished.decodeWithReport(problem)
      const again = dictionary.superpose(after.answer)
      const left = code.reduce((most, entry, j) => Math.max(most, Math.abs(entry - again[j])), 0)
      expect(after.converged).toBe(left < 1e-9)
      if (!after.converged) expect(sameSubset(after.answer, before.answer)).toBe(true)
      if (before.residual === 0) expect(after.residual).toBe(0)
      else if (after.residual === 0) gained[p]++
    })
  for (let trial = 0; trial < 5; trial++) {
    const { problem } = drawTrial({ N: 512, k: 10, d: 52 }, 'finish', trial)
    check(problem.dictionary, problem.code, problem.k)
    const dictionary = related(256, 40, trial)
    check(dictionary, dictionary.superpose(randomSubset(256, 6, stream('related', trial))), 6)
    check(
      dictionary,
      Float64Array.from({ length: 40 }, (_, j) => Math.cos(j * trial)),
      6,
    )
  }
  // Pursuits gain on any dictionary; what message passing does at this size depends on the draw.
  const [omp, ols] = gained
  expect(Math.min(omp, ols)).toBeGreaterThan(1)
})

test('every pick of orthogonal least squares leaves least of the code, by the fits of all that might be taken', () => {
  for (let trial = 0; trial < 6; trial++) {
    const dictionary = related(16, 10, trial)
    const code = Float64Array.from({ length: 10 }, (_, j) => 1 + Math.sin(3 * j + trial))
    const answer = orthogonalLeastSquares().decode({ dictionary, code, k: 4, random: () => 0 }) as number[]
    answer.forEach((pick, t) => {
      const before = answer.slice(0, t)
      const left = (i: number) => {
        const basis: Float64Array[] = []
        for (const f of [...before, i].map((m) => dictionary.codeword(m))) {
          const q = basis.reduce((v, b) => v.map((entry, j) => entry - inner(v, b) * b[j]), f)
          basis.push(q.map((entry) => entry / Math.sqrt(inner(q, q))))
        }
        const last = basis[t]
        const gain = inner(last, code)
        // By value: a coefficient below zero gains nothing.
        return inner(dictionary.codeword(i), last) * gain > 0 ? -gain * gain : 0
      }
      const open = Array.from({ length: 16 }, (_, i) => i).filter((i) => !before.includes(i))
      expect(left(pick)).toBeCloseTo(Math.min(...open.map(left)), 9)
    })
  }
})

test('fits are of the first k candidates, then of 2k, 4k, …, and no more than it takes', () => {
  const dictionary = batched(related(60, 40, 3))
  const [k, members] = [3, [4, 5, 6]]
  const code = dictionary.superpose(members)
  for (const [before, fitted] of [
    [0, 3],
    [1, 6],
    [3, 6],
    [4, 12],
    [12, 15],
    [10, 15],
  ]) {
    const others = Array.from({ length: 12 }, (_, m) => 20 + m)
    const candidates = [...others.slice(0, before), ...members, ...others.slice(before)]
    const asked: number[] = []
    const counting = {
      ...dictionary,
      size: 60,
      dimension: 40,
      codeword: (i: number) => {
        asked.push(i)
        return dictionary.codeword(i)
      },
      superpose: (subset: ArrayLike<number>) => dictionary.superpose(subset),
    }
    expect(leastSquaresFinish(counting, code, candidates, k)).toEqual(members)
    expect(asked).toEqual(candidates.slice(0, fitted))
  }
  expect(leastSquaresFinish(dictionary, code, [4, 5], k)).toBeUndefined()
  expect([fittedCandidates(10, 50), fittedCandidates(50, 9), fittedCandidates(4, 4)]).toEqual([8, 7, 3])
})
