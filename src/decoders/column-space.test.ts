import { inv, matrix, multiply, transpose } from 'mathjs'
import { expect, test } from 'vitest'
import { gaussianDictionary, givenDictionary } from '../codes/dense.js'
import type { Dictionary } from '../codes/problem.js'
import { ampBernoulli, finishedAmp } from './amp/amp.js'
import { finishedVamp, vamp, vampNoises } from './amp/vamp.js'
import { columnSpace } from './column-space.js'
import { basisPursuitAdmm } from './lasso/admm.js'

/** Codewords of unequal norms with a common part. */
function drawn(N: number, d: number, seed: number): Dictionary {
  const gaussian = gaussianDictionary(N, d, [seed, 11])
  const row = (i: number) => gaussian.codeword(i).map((entry, j) => (1 + (i % 3)) * entry + 0.2 * (j % 2))
  return givenDictionary(Array.from({ length: N }, (_, i) => row(i)))
}

/** QQᵀ and Fᵀ(FFᵀ)⁻¹ as matrices. */
function reference(dictionary: Dictionary) {
  const rows = matrix(Array.from({ length: dictionary.size }, (_, i) => [...dictionary.codeword(i)]))
  const lift = multiply(rows, inv(multiply(transpose(rows), rows)))
  const projection = multiply(lift, transpose(rows)).toArray() as number[][]
  const product = (A: number[][], v: ArrayLike<number>) =>
    A.map((row) => row.reduce((sum, entry, j) => sum + entry * v[j], 0))
  const lifted = lift.toArray() as number[][]
  return {
    leverages: projection.map((row, i) => row[i]),
    project: (y: ArrayLike<number>) => product(projection, y),
    lift: (x: ArrayLike<number>) => product(lifted, x),
  }
}

const square = (v: readonly number[]) => v.reduce((sum, x) => sum + x * x, 0)
const ranked = (v: readonly number[]) => [...v.keys()].sort((a, b) => v[b] - v[a])

test('leverages and projections are those of the matrices, and the rank is that of the codewords', () => {
  const dictionary = drawn(20, 7, 1)
  const { leverages, lift } = reference(dictionary)
  const space = columnSpace(dictionary)
  expect(space.rank).toBe(7)
  leverages.forEach((h, i) => {
    expect(space.leverages[i]).toBeCloseTo(h, 12)
  })
  const code = dictionary.superpose([1, 2, 3])
  lift(code).forEach((entry, i) => {
    expect(dictionary.correlate(space.solve(code))[i]).toBeCloseTo(entry, 11)
  })
  expect(columnSpace(dictionary)).toBe(space)
  // Five codewords span five dimensions, and each has all of its own leverage.
  const few = columnSpace(gaussianDictionary(5, 9, [1, 2]))
  expect(few.rank).toBe(5)
  for (const h of few.leverages) expect(h).toBeCloseTo(1, 12)
})

test('VAMP takes the steps of its definition', () => {
  let wrong = 0
  for (let trial = 0; trial < 8; trial++) {
    const [N, d, k] = [40, 10 + trial, 4]
    const dictionary = drawn(N, d, trial)
    const code = dictionary.superpose([3, 5, 7, 11])
    const { leverages, project, lift } = reference(dictionary)
    const truth = lift(code)
    let r2 = Array<number>(N).fill(k / N)
    let [most, best] = [0, r2]
    const noises: number[] = []
    for (let t = 1; t <= 12; t++) {
      const rest = project(r2).map((entry, i) => truth[i] - entry)
      const gamma2 = Math.min(1e8, d / square(rest))
      const r1 = r2.map((entry, i) => entry + rest[i] / leverages[i])
      const gamma1 = leverages.map((h) => Math.min(1e8, (gamma2 * h) / (1 - h)))
      const odds = r1.map((r, i) => gamma1[i] * (r - 0.5) - Math.log((N - k) / k))
      const mean = odds.map((u) => 1 / (1 + Math.exp(-u)))
      const a = mean.reduce((sum, p, i) => sum + (gamma1[i] * p * (1 - p)) / N, 0)
      const share = t === 1 ? 1 : 0.7
      r2 = r2.map((old, i) => (1 - share) * old + (share * (mean[i] - a * r1[i])) / (1 - a))
      if (gamma2 > most) [most, best] = [gamma2, odds]
      noises.push(1 / gamma2)
      const seen = vampNoises(dictionary, code, k, { iterations: t })
      seen.forEach((noise, s) => {
        expect(Math.abs(noise / noises[s] - 1)).toBeLessThan(1e-6)
      })
      const found = vamp({ iterations: t }).decodeWithReport({ dictionary, code, k, random: () => 0 })
      if (found.residual === 0) {
        const { iterations, converged } = vamp().decodeWithReport({ dictionary, code, k, random: () => 0 })
        expect([iterations, converged]).toEqual([t, true])
        break
      }
      wrong++
      expect(seen).toHaveLength(t)
      expect(found).toMatchObject({ iterations: t, passes: t, converged: false, gap: found.residual })
      expect(found.answer).toEqual(ranked(best).slice(0, k))
    }
  }
  expect(wrong).toBeGreaterThan(20)
})

test('VAMP gives up after its patience, and has nothing to do for none or all of the codewords', () => {
  const dictionary = drawn(20, 9, 3)
  const random = () => 0
  let impatient = 0
  for (const [trial, patience] of [1, 1, 3, 3, 8, 8].entries()) {
    const code = Float64Array.from({ length: 9 }, (_, j) => Math.sin(5 * j + trial))
    const noises = vampNoises(dictionary, code, 4, { patience })
    if (noises.length < 100) {
      impatient++
      expect(noises.length - 1 - noises.indexOf(Math.min(...noises))).toBe(patience)
    }
    for (const decoder of [vamp({ patience }), finishedVamp({ patience })])
      expect(decoder.decodeWithReport({ dictionary, code, k: 4, random }).iterations).toBe(noises.length)
  }
  expect(impatient).toBeGreaterThan(3)
  const every = Array.from({ length: 20 }, (_, i) => i)
  for (const answer of [[], every]) {
    const problem = { dictionary, code: dictionary.superpose(answer), k: answer.length, random }
    for (const decoder of [vamp(), finishedVamp()])
      expect(decoder.decodeWithReport(problem)).toEqual({
        ...{ answer, converged: true, residual: 0, gap: 0, iterations: 0, passes: 0 },
      })
    expect(vampNoises(dictionary, problem.code, problem.k)).toEqual([])
  }
})

test('basis pursuit by ADMM takes the steps of its definition', () => {
  let compared = 0
  for (let trial = 0; trial < 8; trial++) {
    const [N, d, k] = [30, 8 + trial, 4]
    const dictionary = drawn(N, d, trial)
    const code = dictionary.superpose([3, 5, 7, 11])
    const { project, lift } = reference(dictionary)
    const truth = lift(code)
    let [z, u] = [Array<number>(N).fill(0), Array<number>(N).fill(0)]
    for (let t = 1; t <= 12; t++) {
      const a = z.map((entry, i) => entry - u[i])
      const along = project(a)
      const x = a.map((entry, i) => entry + truth[i] - along[i])
      const relaxed = x.map((entry, i) => 1.7 * entry - 0.7 * z[i])
      const next = relaxed.map((entry, i) => Math.max(0, entry + u[i] - 0.1))
      u = u.map((entry, i) => entry + relaxed[i] - next[i])
      const apart =
        square(x.map((entry, i) => entry - next[i])) + square(next.map((entry, i) => entry - z[i]))
      z = next
      const found = basisPursuitAdmm({ iterations: t }).decodeWithReport({
        dictionary,
        code,
        k,
        random: () => 0,
      })
      if (found.residual === 0) break
      compared++
      const gap = Math.sqrt(apart / (square(z) || 1))
      expect(Math.abs(found.gap! - gap)).toBeLessThan(1e-9 * Math.max(1, gap))
      expect(found.answer).toEqual(ranked(z).slice(0, k))
    }
  }
  expect(compared).toBeGreaterThan(50)
})

test('finished by least squares, message passing reads codes that it does not read alone', () => {
  for (const [N, d, k, seed, plain, finished] of [
    [120, 18, 6, 15, vamp(), finishedVamp()],
    [60, 20, 5, 12, ampBernoulli(), finishedAmp()],
  ] as const) {
    const dictionary = drawn(N, d, seed)
    const members = Array.from({ length: k }, (_, m) => 3 + 4 * m)
    const problem = { dictionary, code: dictionary.superpose(members), k, random: () => 0 }
    expect(plain.decodeWithReport(problem).converged).toBe(false)
    const { answer, ...report } = finished.decodeWithReport(problem)
    expect(answer.toSorted((a, b) => a - b)).toEqual(members)
    expect(report).toMatchObject({ converged: true, residual: 0, gap: 0 })
  }
})

test('coordinates that are 0 for all codewords, or sums of others, are left out wherever they stand', () => {
  const gaussian = gaussianDictionary(9, 3, [4, 11])
  const rows = Array.from({ length: 9 }, (_, i) => {
    const [a, b, c] = gaussian.codeword(i)
    return [0, a, a + b, b, 0, 3 * c, 0]
  })
  const dictionary = givenDictionary(rows)
  const space = columnSpace(dictionary)
  expect(space.rank).toBe(3)
  const same = columnSpace(gaussian)
  const code = dictionary.superpose([1, 2])
  const [scores, others] = [dictionary.correlate(space.solve(code)), gaussian.superpose([1, 2])]
  gaussian.correlate(same.solve(others)).forEach((score, i) => {
    expect(scores[i]).toBeCloseTo(score, 10)
    expect(space.leverages[i]).toBeCloseTo(same.leverages[i], 10)
  })
})

test('ADMM looks for an answer at every fourth step, and has converged where its iterates have met', () => {
  const read = (code: Float64Array, k: number, iterations = 4000) => {
    const problem = { dictionary, code, k, random: () => 0 }
    return basisPursuitAdmm({ iterations }).decodeWithReport(problem)
  }
  const dictionary = drawn(30, 14, 2)
  const found = read(dictionary.superpose([3, 5]), 2)
  expect(found).toMatchObject({ answer: [5, 3], converged: true, residual: 0, gap: 0 })
  expect(found.iterations % 4).toBe(0)
  expect(found.passes).toBe(found.iterations)
  // Unless it is the last one.
  expect(read(dictionary.superpose([3, 5]), 2, found.iterations + 1).iterations).toBe(found.iterations)
  const two = dictionary.superpose([3, 5])
  const met = read(two, 1)
  expect(met.converged).toBe(true)
  expect(met.residual).toBeGreaterThan(0.01)
  expect(met.gap).toBeLessThanOrEqual(1e-9)
  expect(met.iterations).toBeLessThan(4000)
  const early = read(two, 1, 6)
  expect(early).toMatchObject({ converged: false, iterations: 6, passes: 6 })
  expect(read(new Float64Array(14), 0)).toEqual({
    ...{ answer: [], converged: true, residual: 0, gap: 0, iterations: 0, passes: 0 },
  })
})
