import { expect, test } from 'vitest'
import { type BatchedDictionary, batched } from '../../codes/batched-dictionary.js'
import { gaussianDictionary } from '../../codes/dense.js'
import { rademacherDictionary } from '../../codes/rademacher.js'
import { sameSubset } from '../../codes/subset.js'
import { drawTrial } from '../../codes/trial.js'
import { stream } from '../../random/stream.js'
import { countingDictionary } from '../../testing/counting-dictionary.js'
import { ampBernoulli } from '../amp/amp.js'
import { bernoulli } from '../amp/denoiser.js'
import { MessagePassing } from '../amp/message-passing.js'
import { unexplained } from '../decode-report.js'
import { largest } from '../largest.js'
import { certifiedSearch } from './certified-search.js'
import { completed } from './completion.js'
import { Decimation } from './decimation.js'
import { FALLEN, GuessTree } from './guess-tree.js'
import { type Shortlist, shortlist } from './shortlist.js'

const shape = { N: 512, k: 8, d: 32 }

test('certifies exactly the answers that explain the code, and finds more than AMP alone', () => {
  const search = certifiedSearch({ passes: 600 })
  const [found, alone] = [0, 0].map((_, method) => {
    let right = 0
    for (let trial = 0; trial < 12; trial++) {
      const { problem, subset } = drawTrial(shape, 'certified', trial)
      const report = (method === 0 ? search : ampBernoulli()).decodeWithReport(problem)
      const encoded = problem.dictionary.superpose(report.answer)
      const explains = encoded.every((entry, j) => Math.abs(entry - problem.code[j]) < 1e-9)
      expect(report.converged).toBe(explains)
      expect(report.residual === 0).toBe(explains)
      expect(new Set(report.answer).size).toBe(shape.k)
      right += Number(sameSubset(report.answer, subset))
    }
    return right
  })
  expect(found).toBeGreaterThan(alone)
})

test('a shortlist that lacks members is made up for by the whole dictionary', () => {
  let searched = 0
  for (let trial = 0; trial < 8; trial++) {
    const { problem } = drawTrial({ ...shape, d: 34 }, 'listed', trial)
    const { converged, iterations } = certifiedSearch({ listed: 128 }).decodeWithReport(problem)
    if (converged && iterations > 0) searched++
  }
  expect(searched).toBeGreaterThan(0)
})

test('keeps to its budget, says when it is spent, and gives the same answer to the same randomness', () => {
  const passes = 60
  const search = certifiedSearch({ passes, listed: 64 })
  const report = () => {
    const { problem } = drawTrial({ N: 512, k: 8, d: 14 }, 'budget', 3)
    const dictionary = countingDictionary(problem.dictionary)
    return { ...search.decodeWithReport({ ...problem, dictionary }), counted: dictionary.passes }
  }
  const first = report()
  expect(first.converged).toBe(false)
  expect(first.gap).toBeGreaterThan(0)
  expect(first.passes).toBeLessThan(passes + 40)
  expect(report()).toEqual(first)
})

test('where nothing helps it spends what its options say, a guess at a time, and answers with its scores', () => {
  const spend = (passes: number, trial: number) => {
    const { problem } = drawTrial({ N: 512, k: 8, d: 14 }, 'budget', trial)
    let guesses = 0
    const random = () => {
      guesses++
      return problem.random()
    }
    const search = certifiedSearch({ passes, listed: 64, pins: 2, steps: 3 })
    const report = search.decodeWithReport({ ...problem, random })
    return { ...report, problem, guesses }
  }
  // 20 passes, one for all scores and 20 on an eighth of the dictionary; then guesses, three eighths a round, five
  // rounds for the first.
  expect(spend(25, 0)).toMatchObject({ converged: false, iterations: 1, passes: 26, guesses: 1 })
  // Later ones get less. Where the noise falls it goes on for ten eighths, and looks once whether the code is
  // explained. Some build upon one before: another draw.
  const whole = spend(100, 0)
  expect(whole).toMatchObject({ converged: false, iterations: 66, passes: 100, guesses: 94 })
  expect(whole.gap).toBe(whole.residual)
  expect(spend(20, 0)).toMatchObject({ iterations: 0, passes: 24 })
  const { problem, answer, iterations, passes, residual } = spend(3, 0)
  expect({ iterations, passes }).toEqual({ iterations: 0, passes: 7 })
  const many = batched(problem.dictionary)
  const state = new MessagePassing(many, problem.code, bernoulli(512, 10, 1e-2))
  for (let t = 0; t < 3; t++) state.step(many.selectMany([state.residual], [state.wanted], 4)[0])
  expect(answer).toEqual(largest(state.pseudoData(4), 8))
  expect(residual).toBe(unexplained(many, problem.code, answer))
})

test('a code that message passing reads takes as many passes as its steps, and no try', () => {
  const { problem, subset } = drawTrial({ ...shape, d: 120 }, 'easy', 1)
  const dictionary = countingDictionary(problem.dictionary)
  const { answer, ...report } = certifiedSearch().decodeWithReport({ ...problem, dictionary })
  expect(sameSubset(answer, subset)).toBe(true)
  expect(report).toEqual({ converged: true, residual: 0, gap: 0, iterations: 0, passes: report.passes })
  expect(report.passes).toBeGreaterThan(0)
  expect(report.passes).toBeLessThan(6)
  expect(certifiedSearch().decode(problem)).toEqual(answer)
  const nothing = certifiedSearch().decodeWithReport({ ...problem, code: new Float64Array(120), k: 0 })
  expect(nothing).toEqual({ answer: [], converged: true, residual: 0, gap: 0, iterations: 0, passes: 0 })
  const all = rademacherDictionary(6, 4, [1, 1])
  const every = { ...problem, dictionary: all, code: all.superpose([0, 1, 2, 3, 4, 5]), k: 6 }
  expect(certifiedSearch().decodeWithReport(every)).toMatchObject({ answer: [0, 1, 2, 3, 4, 5], passes: 0 })
})

test('reads any dictionary, and the subsets that leave nothing to choose', () => {
  const dictionary = gaussianDictionary(60, 40, stream('certified').key())
  const read = (subset: number[]) =>
    certifiedSearch().decodeWithReport({
      dictionary,
      code: dictionary.superpose(subset),
      k: subset.length,
      random: stream('certified', 'random').uniform,
    }).answer
  for (const subset of [[], [7], [3, 20, 41], Array.from({ length: 60 }, (_, i) => i)]) {
    expect(sameSubset(read(subset), subset)).toBe(true)
  }
})

/**
 * What a state of little noise makes after some more steps: what is pinned, the likely ones, the surest first, and
 * what completes them.
 */
function made(
  many: BatchedDictionary,
  code: Float64Array,
  k: number,
  state: Decimation,
  steps: number,
  list?: Shortlist,
) {
  if (state.noise >= FALLEN) return undefined
  state.advance(steps)
  const { indices, values } = state.passing.estimate
  const likely = [...indices.keys()].filter((m) => values[m] > 0.5).sort((a, b) => values[b] - values[a])
  const members = [...state.pinned, ...likely.map((m) => indices[m])].map((m) => list?.indices[m] ?? m)
  if (k - members.length > Math.max(2, k / 5)) return undefined
  const surest = members.slice(0, k)
  return completed(
    many,
    code,
    k,
    surest,
    surest.map(() => 1),
  )
}

test.each([
  { N: 12, k: 3, d: 5 },
  { N: 20, k: 2, d: 5 },
])('ends with the first state of little noise that makes the code, guessed or not: $N, $k, $d', (shape) => {
  const { N, k } = shape
  let [unguessed, guessed] = [0, 0]
  for (let trial = 0; trial < 60; trial++) {
    const draw = () => drawTrial(shape, 'pinned', trial).problem
    const { answer, converged, iterations, passes } = certifiedSearch({ passes: 100 }).decodeWithReport(
      draw(),
    )
    const { dictionary, code, random } = draw()
    const many = batched(dictionary)
    const whole = new Decimation(many, code, N, k)
    const opening = Array.from({ length: Math.min(20, passes) }, () => {
      whole.advance(1)
      return made(many, code, k, whole, 0)
    })
    expect(opening.slice(0, -1)).toEqual(new Array(opening.length - 1).fill(undefined))
    const [found] = opening.slice(-1)
    expect(found !== undefined).toBe(passes <= 20)
    if (found) {
      unguessed++
      expect(iterations).toBe(0)
      expect(sameSubset(answer, found)).toBe(true)
    } else if (iterations > 0) {
      guessed++
      const list = shortlist(many, largest(whole.scores(), N))
      const root = new Decimation(list.dictionary, code, N, k)
      root.advance(20)
      const tree = new GuessTree(root, { pins: k - 1, steps: 8, random })
      const tries = Array.from({ length: iterations }, () =>
        made(many, code, k, tree.grow()!.state, 10, list),
      )
      expect(tries.slice(0, -1)).toEqual(new Array(iterations - 1).fill(undefined))
      expect(tries.at(-1) !== undefined).toBe(converged)
      if (converged) expect(sameSubset(answer, tries.at(-1)!)).toBe(true)
    }
  }
  expect(Math.min(unguessed, guessed)).toBeGreaterThan(10)
})

test('guesses leave at least one member, and are up when each was tried', () => {
  const { problem } = drawTrial({ N: 20, k: 2, d: 3 }, 'few', 1)
  const code = problem.code.map((entry, j) => entry + 0.1 * Math.sin(j))
  const { converged, iterations, passes } = certifiedSearch({ passes: 4000 }).decodeWithReport({
    ...problem,
    code,
  })
  expect(converged).toBe(false)
  expect(iterations).toBeLessThanOrEqual(20)
  expect(passes).toBeLessThan(2000)
})

test('the k best scores are certified though few passes leave much noise', () => {
  const { problem, subset } = drawTrial({ ...shape, d: 120 }, 'cmp', 8)
  const { answer, ...report } = certifiedSearch({ passes: 1 }).decodeWithReport(problem)
  expect(sameSubset(answer, subset)).toBe(true)
  expect(report).toEqual({ converged: true, residual: 0, gap: 0, iterations: 0, passes: 2 })
})
