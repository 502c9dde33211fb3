import { expect, test } from 'vitest'
import { batched } from '../../codes/batched-dictionary.js'
import { gaussianDictionary, givenDictionary } from '../../codes/dense.js'
import { dictionaryOfSigns, RademacherDictionary, rademacherDictionary } from '../../codes/rademacher.js'
import { inner } from '../../numerics/inner.js'
import { stream } from '../../random/stream.js'
import { bernoulli } from '../amp/denoiser.js'
import { MessagePassing } from '../amp/message-passing.js'
import { completed } from './completion.js'
import { Decimation } from './decimation.js'
import { FALLEN, GuessTree } from './guess-tree.js'
import { shortlist } from './shortlist.js'

test('a shortlist is a dictionary of the codewords listed, signs among signs', () => {
  const signs = batched(rademacherDictionary(20, 9, [1, 41]))
  const dense = batched(gaussianDictionary(20, 9, [1, 41]))
  for (const dictionary of [signs, dense]) {
    const { indices, dictionary: listed } = shortlist(dictionary, [7, 3, 19])
    expect(indices).toEqual([7, 3, 19])
    expect(listed.size).toBe(3)
    indices.forEach((i, m) => {
      expect(listed.codeword(m)).toEqual(dictionary.codeword(i))
    })
    expect(listed instanceof RademacherDictionary).toBe(dictionary === signs)
  }
})

test('members are completed by matching pursuit, the surest kept where there are too many', () => {
  const dictionary = batched(rademacherDictionary(40, 64, [2, 41]))
  const code = dictionary.superpose([4, 9, 21])
  const complete = (members: number[], weights: number[]) =>
    completed(dictionary, code, 3, members, weights)?.toSorted((a, b) => a - b)
  expect(complete([], [])).toEqual([4, 9, 21])
  expect(complete([9], [1])).toEqual([4, 9, 21])
  expect(complete([9, 4, 21], [0.6, 0.7, 0.8])).toEqual([4, 9, 21])
  expect(complete([1, 9, 4, 21], [0.5, 0.6, 0.7, 0.8])).toEqual([4, 9, 21])
  expect(complete([1, 9, 4, 21], [0.9, 0.6, 0.7, 0.8])).toBeUndefined()
  expect(complete([1], [1])).toBeUndefined()
  const twice = batched(
    givenDictionary([
      [1, 0],
      [0, 1],
    ]),
  )
  expect(completed(twice, Float64Array.of(2, 0), 2, [0], [1])).toBeUndefined()
  expect(completed(twice, Float64Array.of(1, 0), 2, [], [])).toBeUndefined()
  expect(completed(twice, Float64Array.of(1, 0), 1, [], [])).toEqual([0])
})

const [N, k, d] = [50, 5, 30]
const dictionary = batched(gaussianDictionary(N, d, [3, 41]))
const members = [2, 3, 5, 7, 11]
const code = dictionary.superpose(members)

test('without anything pinned it is message passing, and noise is a share of what it is at first', () => {
  const state = new Decimation(dictionary, code, N, k)
  const plain = new MessagePassing(dictionary, code, bernoulli(N, Math.round(k * (N / k) ** 0.065), 1e-2))
  expect(state.noise).toBeCloseTo(inner(code, code) / k, 12)
  expect({ left: state.left, pinned: state.pinned }).toEqual({ left: k, pinned: [] })
  state.advance(0)
  expect(state.passing.residual).toEqual(plain.residual)
  state.advance(3)
  for (let t = 0; t < 3; t++) plain.step(dictionary.selectMany([plain.residual], [plain.wanted], 4)[0])
  expect(state.passing.residual).toEqual(plain.residual)
  expect(state.scores()).toEqual(plain.pseudoData(4))
})

test('pinning a codeword takes what is not known of it off the residual, and leaves the rest where it was', () => {
  const state = new Decimation(dictionary, code, N, k)
  state.advance(1)
  const { indices, values } = state.passing.estimate
  const unknown = [...Array(N).keys()].find((i) => !indices.includes(i))!
  for (const m of [indices[0], indices[1], indices.at(-1)!, unknown]) {
    const known = indices.includes(m) ? values[indices.indexOf(m)] : 0
    const codeword = dictionary.codeword(m)
    const next = state.pin(m)
    expect({ left: next.left, pinned: next.pinned }).toEqual({ left: k - 1, pinned: [m] })
    expect(next.passing.variance).toBe(state.passing.variance)
    expect(next.noise).toBeCloseTo((state.passing.variance * d) / (k - 1), 12)
    next.passing.residual.forEach((z, j) => {
      expect(z).toBeCloseTo(state.passing.residual[j] - (1 - known) * codeword[j], 12)
    })
    const others = [...indices].flatMap((i, at) => (i === m ? [] : [[i, values[at]]]))
    const { estimate } = next.passing
    expect([...estimate.indices].map((i, at) => [i, estimate.values[at]])).toEqual(others)
    expect(estimate.slope).toBe(state.passing.estimate.slope)
    expect(state.passing.estimate.indices).toEqual(indices)
    next.advance(1)
    expect(next.passing.estimate.indices).not.toContain(m)
    const again = next.pin(unknown === m ? indices[0] : unknown)
    expect(again.pinned).toHaveLength(2)
    expect(again.left).toBe(k - 2)
  }
})

test('what is pinned is not taken again, though the code holds it twice', () => {
  const twice = code.map((entry, j) => entry + 2 * dictionary.codeword(0)[j])
  const state = new Decimation(dictionary, twice, N, k).pin(0)
  for (let t = 0; t < 3; t++) {
    state.advance(1)
    expect(dictionary.correlate(state.passing.residual)[0]).toBeGreaterThan(0.5)
    expect(state.passing.estimate.indices).not.toContain(0)
  }
})

test('with all but one member pinned the last one is told', () => {
  let state = new Decimation(dictionary, code, N, k)
  for (const m of members.slice(1)) state = state.pin(m)
  state.advance(8)
  const { indices, values } = state.passing.estimate
  expect(indices[values.indexOf(Math.max(...values))]).toBe(members[0])
  expect(Math.max(...values)).toBeGreaterThan(0.9)
  expect(state.noise).toBeLessThan(0.01)
})

/** Codewords worth a guess after message passing. */
const worth = ({ passing: { estimate } }: Decimation) =>
  [...estimate.indices].filter((_, m) => estimate.values[m] >= 0.02 && estimate.values[m] <= 0.7)

test('guesses grow until none is left: each set once, and more steps for those that leave little noise', () => {
  let [grown, refused] = [0, 0]
  for (const [N, d, opening] of [
    [120, 16, 4],
    [60, 10, 2],
  ]) {
    const dictionary = batched(rademacherDictionary(N, d, [4, 41]))
    const root = new Decimation(dictionary, dictionary.superpose(members), N, k)
    root.advance(opening)
    const { uniform } = stream('guesses', 1)
    const tree = new GuessTree(root, { pins: 2, steps: 3, random: uniform })
    const tried = new Map<string, { state: Decimation; steps: number; first: number }>()
    const builtUpon = new Set<string>()
    for (let one = tree.grow(); one; one = tree.grow()) {
      const { state, steps } = one
      const set = state.pinned.toSorted((a, b) => a - b).join()
      expect(tried.has(set)).toBe(false)
      const [last, below] = state.pinned.toReversed()
      const on = below === undefined ? root : tried.get(String(below))!.state
      if (below !== undefined) builtUpon.add(String(below))
      const again = on.pin(last)
      again.advance(3)
      const first = again.noise
      again.advance(steps - 3)
      expect(again.noise).toBe(state.noise)
      expect([3, 6, 9, 12, 15]).toContain(steps)
      tried.set(set, { state, steps, first })
    }
    const singles = [...tried].filter(([set]) => !set.includes(','))
    expect(new Set(singles.map(([set]) => Number(set)))).toEqual(new Set(worth(root)))
    // But for the first few, those whose noise was not among the lower half of the noises before got one round, and
    // nothing on top.
    singles.forEach(([set, { state, steps, first }], at) => {
      const lower = singles.slice(0, at).filter(([, other]) => other.first < first).length
      const promising = at < 4 || 2 * lower < at + 1
      expect(steps > 3).toBe(promising && first >= FALLEN)
      if (promising) {
        const pair = (m: number) => [Number(set), m].sort((a, b) => a - b).join()
        expect(worth(state).filter((m) => !tried.has(pair(m)))).toEqual([])
      } else {
        refused++
        expect(builtUpon).not.toContain(set)
      }
    })
    grown += builtUpon.size
  }
  expect(Math.min(grown, refused)).toBeGreaterThan(15)
})

test('codewords that are alike leave the same noise and get the same steps, however many they are', () => {
  const signs = rademacherDictionary(20, 6, [4, 41])
  const alike = batched(dictionaryOfSigns(Array.from({ length: 20 }, (_, i) => signs.signs(i < 8 ? 0 : i))))
  const root = new Decimation(alike, alike.superpose([0, 8, 9, 10]), 20, 4)
  root.advance(1)
  const tree = new GuessTree(root, { pins: 1, steps: 2, random: () => 0.5 })
  const steps = new Map<number, number>()
  for (let one = tree.grow(); one; one = tree.grow()) steps.set(one.state.pinned[0], one.steps)
  for (let i = 0; i < 8; i++) expect(steps.get(i)).toBe(10)
})

test('guesses are drawn by their posterior means, and those built upon so much more often', () => {
  const root = new Decimation(dictionary, code, N, k)
  root.advance(1)
  const { indices, values } = root.passing.estimate
  const guesses = worth(root)
  const mean = (m: number) => values[indices.indexOf(m)]
  const weights = guesses.map((m, at) => (at === 0 ? 1.6 : 1) * mean(m))
  const total = weights.reduce((a, b) => a + b)
  let below = 0
  guesses.forEach((m, at) => {
    for (const share of [below + 1e-9, below + weights[at] - 1e-9]) {
      const draws = [0, share / total, 0.5]
      const tree = new GuessTree(root, { pins: 2, steps: 1, random: () => draws.shift()! })
      expect(tree.grow()!.state.pinned).toEqual([guesses[0]])
      const { pinned } = tree.grow()!.state
      if (at === 0) expect(pinned).toHaveLength(2)
      expect(pinned[0]).toBe(m)
    }
    below += weights[at]
  })
  expect(guesses.length).toBeGreaterThan(3)
})
