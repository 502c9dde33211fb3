import { expect, test } from 'vitest'
import { statisticalDimension } from '../../bounds/statistical-dimension.js'
import { batched } from '../../codes/batched-dictionary.js'
import { gaussianDictionary } from '../../codes/dense.js'
import { inner } from '../../numerics/inner.js'
import { countingDictionary } from '../../testing/counting-dictionary.js'
import { all } from '../../testing/selected-scores.js'
import { ampBernoulli } from './amp.js'
import { bernoulli, type Denoiser, softThreshold } from './denoiser.js'
import { ampIteration, MessagePassing } from './message-passing.js'

const [N, k] = [60, 4]
const v = 0.07
const grid = Float64Array.from({ length: 241 }, (_, i) => (i - 120) / 40 + 1e-4)

/** η on every point of the grid. */
const dense = (denoiser: Denoiser, scores: ArrayLike<number> = grid, variance = v) => {
  const { indices, values, slope } = denoiser.estimate(all(scores), variance)
  const y = new Float64Array(scores.length)
  indices.forEach((i, m) => {
    y[i] = values[m]
  })
  return { y, slope, indices }
}

test.each([[1e-3], [0.2, 0.2]])(
  'the posterior mean is Bayes’ rule for a member with probability k/N, but for %d',
  (dropped, given?: number) => {
    const { y, slope, indices } = dense(bernoulli(N, k, given))
    const likelihood = (r: number, mean: number) => Math.exp(-((r - mean) ** 2) / (2 * v))
    let derivative = 0
    grid.forEach((r, i) => {
      const [member, other] = [k * likelihood(r, 1), (N - k) * likelihood(r, 0)]
      const p = member / (member + other)
      expect(y[i]).toBeCloseTo(Math.max(0, p - dropped), 9)
      expect(indices.includes(i)).toBe(p > dropped)
      if (p > dropped) derivative += (p * (1 - p)) / v
    })
    expect(slope).toBeCloseTo(derivative, 6)
  },
)

test.each([1, 2] as const)('the soft threshold is at t standard deviations, on %i side(s)', (signs) => {
  const { y, slope } = dense(softThreshold(N, k, signs))
  const bar = statisticalDimension(N, k, signs).t * Math.sqrt(v)
  grid.forEach((r, i) => {
    const size = Math.max(0, (signs === 2 ? Math.abs(r) : r) - bar)
    expect(y[i]).toBeCloseTo(Math.sign(r) * size, 12)
  })
  expect(slope).toBe(y.filter((value) => value !== 0).length)
  const at = statisticalDimension(N, k, signs).t
  expect(softThreshold(N, k, signs).estimate(all([at, -at]), 1).indices).toHaveLength(0)
})

test.each([true, false])('steps are those of the definition, one by one (Onsager’s term: %s)', (onsager) => {
  const dictionary = batched(gaussianDictionary(N, 25, [1, 22]))
  const code = dictionary.superpose([3, 4, 5, 6])
  const denoise = bernoulli(N, k)
  const state = new MessagePassing(dictionary, code, denoise, onsager)
  let [z, y] = [code, new Float64Array(N)]
  for (let t = 0; t < 6; t++) {
    const variance = inner(z, z) / 25
    expect(state.variance).toBeCloseTo(variance, 12)
    const r = dictionary.correlate(z).map((score, i) => y[i] + score)
    const [selected] = dictionary.selectMany([state.residual], [state.wanted])
    state.step(selected)
    const next = dense(denoise, r, variance)
    const part = dictionary.combine([...next.y.keys()], next.y)
    z = z.map((entry, j) => code[j] - part[j] + (onsager ? (entry * next.slope) / 25 : 0))
    y = next.y
    selected.indices.forEach((i, m) => {
      expect(selected.scores[m]).toBeCloseTo(r[i], 8)
    })
    const { low, high } = denoise.bars(variance)
    expect([...r.keys()].filter((i) => r[i] < low || r[i] > high)).toEqual(
      [...selected.indices].filter((i) => r[i] < low || r[i] > high),
    )
    state.pseudoData(40).forEach((entry, i) => {
      expect(entry).toBeCloseTo(dictionary.correlate(state.residual)[i] + next.y[i], 8)
    })
    z.forEach((entry, j) => {
      expect(state.residual[j]).toBeCloseTo(entry, 8)
    })
  }
})

test('a round answers with its most probable codewords, and is done where they encode to the code', () => {
  const run = (d: number, iterations: number) => {
    const dictionary = batched(gaussianDictionary(N, d, [2, 23]))
    const code = dictionary.superpose([7, 8, 9, 10])
    const state = new MessagePassing(dictionary, code, bernoulli(N, k))
    const round = ampIteration(dictionary, code, k, state, { iterations, stalled: 10, bits: 40, listed: 7 })
    while (!round.done) {
      expect(round.residual).toBe(state.residual)
      expect(round.wanted).toEqual(state.wanted)
      round.step(dictionary.selectMany([round.residual], [round.wanted])[0])
    }
    const { report, candidates } = round.report(9)
    return { ...report, candidates, last: state.pseudoData(40) }
  }
  const right = run(40, 100)
  expect(new Set(right.answer)).toEqual(new Set([7, 8, 9, 10]))
  expect(right).toMatchObject({ converged: true, residual: 0, gap: 0, passes: 9 })
  expect(right.iterations).toBeLessThan(6)
  const early = run(15, 2)
  expect(early).toMatchObject({ iterations: 2, converged: false, passes: 10 })
  expect(early.gap).toBe(early.residual)
  const best = [...early.last.keys()].sort((a, b) => early.last[b] - early.last[a])
  expect(early.answer).toEqual(best.slice(0, k))
  expect(early.candidates).toEqual(best.slice(0, 7))
  expect(right.candidates).toEqual([])
  const dictionary = gaussianDictionary(N, 40, [2, 23])
  const nothing = { dictionary, code: new Float64Array(40), k: 0, random: () => 0 }
  expect(ampBernoulli().decodeWithReport(nothing)).toMatchObject({
    answer: [],
    iterations: 0,
    passes: 0,
    converged: true,
  })
})

test('a code of zeros is given up after thirty steps without gain, with k codewords and every pass counted', () => {
  const dictionary = countingDictionary(gaussianDictionary(N, 40, [2, 23]))
  const zeros = { dictionary, code: new Float64Array(40), k: 2, random: () => 0 }
  expect(ampBernoulli().decodeWithReport(zeros)).toMatchObject({ answer: [0, 1], iterations: 31, passes: 32 })
  expect(dictionary.passes).toBe(32)
})
