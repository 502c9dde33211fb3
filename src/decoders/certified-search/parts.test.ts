import { expect, test } from 'vitest'
import { gaussianDictionary, givenDictionary } from '../../codes/dense.js'
import { manyCodes } from '../../codes/many-codes.js'
import { RademacherDictionary, rademacherDictionary } from '../../codes/rademacher.js'
import { stream } from '../../codes/stream.js'
import { inner } from '../../kernels/inner.js'
import { bernoulli } from '../amp/denoiser.js'
import { MessagePassing } from '../amp/message-passing.js'
import { completed } from './completion.js'
import { Decimation } from './decimation.js'
import { GuessTree } from './guess-tree.js'
import { shortlist } from './shortlist.js'

test('a shortlist is a dictionary of the codewords listed, signs among signs', () => {
  const signs = manyCodes(rademacherDictionary(20, 9, [1, 41]))
  const dense = manyCodes(gaussianDictionary(20, 9, [1, 41]))
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
  const dictionary = manyCodes(rademacherDictionary(40, 64, [2, 41]))
  const code = dictionary.superpose([4, 9, 21])
  const complete = (members: number[], weights: number[]) =>
    completed(dictionary, code, 3, members, weights)?.toSorted((a, b) => a - b)
  expect(complete([], [])).toEqual([4, 9, 21])
  expect(complete([9], [1])).toEqual([4, 9, 21])
  expect(complete([9, 4, 21], [0.6, 0.7, 0.8])).toEqual([4, 9, 21])
  expect(complete([1, 9, 4, 21], [0.5, 0.6, 0.7, 0.8])).toEqual([4, 9, 21])
  expect(complete([1, 9, 4, 21], [0.9, 0.6, 0.7, 0.8])).toBeUndefined()
  expect(complete([1], [1])).toBeUndefined()
  const twice = manyCodes(
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
const dictionary = manyCodes(gaussianDictionary(N, d, [3, 41]))
const members = [2, 3, 5, 7, 11]
const code = dictionary.superpose(members)

test('without anything pinned it is message passing, and noise is a share of what it is at first', () => {
  const state = new Decimation(dictionary, code, N, k)
  const plain = new MessagePassing(dictionary, code, bernoulli(N, k, 1e-2))
  expect(state.noise).toBeCloseTo(inner(code, code) / k, 12)
  expect({ left: state.left, pinned: state.pinned }).toEqual({ left: k, pinned: [] })
  const scores = state.advance(3)
  let last = new Float64Array(0)
  for (let t = 0; t < 3; t++) {
    last = Float64Array.from(dictionary.correlateMany([plain.residual], 7)[0])
    plain.step(last)
  }
  expect(scores).toEqual(last)
  expect(state.passing.residual).toEqual(plain.residual)
  expect(state.advance(0)).toHaveLength(0)
})

test('pinning a codeword takes what is not known of it off the residual, and leaves the rest where it was', () => {
  const state = new Decimation(dictionary, code, N, k)
  state.advance(1)
  const { indices, values } = state.passing.estimate
  const unknown = [...Array(N).keys()].find((i) => !indices.includes(i))!
  for (const m of [indices[1], indices.at(-1)!, unknown]) {
    const known = indices.includes(m) ? values[indices.indexOf(m)] : 0
    const codeword = dictionary.codeword(m)
    const next = state.pin(m)
    expect({ left: next.left, pinned: next.pinned }).toEqual({ left: k - 1, pinned: [m] })
    expect(next.passing.variance).toBe(state.passing.variance)
    expect(next.noise).toBeCloseTo((state.passing.variance * d) / (k - 1), 12)
    next.passing.residual.forEach((z, j) => {
      expect(z).toBeCloseTo(state.passing.residual[j] - (1 - known) * codeword[j], 12)
    })
    const others = indices.flatMap((i, at) => (i === m ? [] : [[i, values[at]]]))
    const { estimate } = next.passing
    expect(estimate.indices.map((i, at) => [i, estimate.values[at]])).toEqual(others)
    expect(estimate.slope).toBe(state.passing.estimate.slope)
    expect(state.passing.estimate.indices).toEqual(indices)
    const scores = next.advance(1)
    expect(scores[m]).toBe(-Infinity)
    expect(next.passing.estimate.indices).not.toContain(m)
    const again = next.pin(unknown === m ? indices[0] : unknown)
    expect(again.pinned).toHaveLength(2)
    expect(again.left).toBe(k - 2)
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

test('guesses are grown until none is left: each set once, on one that was grown before and left little noise', () => {
  const large = manyCodes(rademacherDictionary(300, 24, [4, 41]))
  const root = new Decimation(large, large.superpose(members), 300, k)
  root.advance(2)
  const { indices, values } = root.passing.estimate
  const worth = indices.filter((_, m) => values[m] >= 0.02 && values[m] <= 0.7)
  const { uniform } = stream('guesses', 1)
  const tree = new GuessTree(root, { pins: 2, steps: 3, random: uniform })
  const noises = new Map<string, number>()
  const builtUpon = new Set<number>()
  for (let state = tree.grow(); state; state = tree.grow()) {
    const { pinned } = state
    const set = pinned.toSorted((a, b) => a - b).join()
    expect(noises.has(set)).toBe(false)
    noises.set(set, state.noise)
    const on = pinned.length === 1 ? root : root.pin(pinned[0])
    if (pinned.length === 2) {
      expect(noises.has(String(pinned[0]))).toBe(true)
      builtUpon.add(pinned[0])
      on.advance(3)
    }
    const again = on.pin(pinned.at(-1)!)
    again.advance(3)
    expect(again.noise).toBe(state.noise)
  }
  expect(worth.length).toBeGreaterThan(20)
  const singles = worth.map((m) => noises.get(String(m))!)
  expect(singles).not.toContain(undefined)
  // But for the first few, only those that left less than half of those before did.
  const order = [...noises.keys()].filter((set) => !set.includes(',')).map(Number)
  let refused = 0
  order.forEach((m, at) => {
    const own = noises.get(String(m))!
    const less = order.slice(0, at).filter((other) => noises.get(String(other))! < own).length
    if (at < 16 || less <= at / 2) return
    refused++
    expect(builtUpon).not.toContain(m)
  })
  expect(builtUpon.size).toBeGreaterThan(10)
  expect(refused).toBeGreaterThan(3)
})
