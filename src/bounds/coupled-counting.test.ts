import { expect, test } from 'vitest'
import { coupledLayout, parseCoupling } from '../codes/coupling.js'
import { IDEAL } from '../codes/model/description.js'
import { countSubsets, everySubset } from '../numerics/subsets.js'
import { countingBound } from './counting-bound.js'
import { coupledCounting } from './coupled-counting.js'
import { coupledLaw } from './coupled-law.js'
import { entropyBits } from './entropy.js'
import { coupledPlan } from './general/coupled-plan.js'

/** The entropy of a coordinate's parts, one for each size of entries: subset by subset, sign by sign. */
function entropyByHand(groups: readonly (readonly number[])[], N: number, k: number): number {
  return groups.reduce((bits, group) => {
    const chances = new Map<number, number>()
    for (const subset of everySubset(N, k)) {
      const n = subset.filter((i) => group.includes(i)).length
      for (let signs = 0; signs < 2 ** n; signs++) {
        let sum = 0
        for (let b = 0; b < n; b++) sum += (signs >> b) & 1 ? 1 : -1
        chances.set(sum, (chances.get(sum) ?? 0) + 2 ** -n / countSubsets(N, k))
      }
    }
    return [...chances.values()].reduce((sum, p) => sum - p * Math.log2(p), bits)
  }, 0)
}

test.each([
  ['coupled:1/1/1', 7, 3],
  ['coupled:2/3/4', 8, 2],
  ['coupled:2/3/3', 7, 3],
  ['coupled:3/4/5', 9, 4],
  ['coupled:2/4/5', 10, 9],
])('%s, N = %d, k = %d: entropy over the mean entropy of a coordinate, counted by hand', (text, N, k) => {
  const coupling = parseCoupling(text)
  const { columns } = coupledLayout(coupling, N, coupling.rowBlocks)
  let told = 0
  for (let r = 0; r < coupling.rowBlocks; r++) {
    const byWidth = new Map<number, number[]>()
    for (const { first, size, fromBlock, toBlock } of columns) {
      if (r < fromBlock || r >= toBlock) continue
      const mine = Array.from({ length: size }, (_, i) => first + i)
      byWidth.set(toBlock - fromBlock, [...(byWidth.get(toBlock - fromBlock) ?? []), ...mine])
    }
    told += entropyByHand([...byWidth.values()], N, k) / coupling.rowBlocks
  }
  expect(coupledCounting(coupling, N, k)).toBeCloseTo(entropyBits(N, k) / told, 9)
})

test('of one block it is the counting bound', () => {
  for (const [N, k] of [
    [64, 3],
    [2 ** 12, 20],
    [2 ** 16, 100],
  ]) {
    expect(coupledCounting(parseCoupling('coupled:1/1/1'), N, k)).toBeCloseTo(countingBound(N, k), 6)
  }
})

const model = { ...IDEAL, dictionary: 'coupled:5/8/10' } as const

test('a plan over a coupled dictionary has its converse, its laws and that of random signs, in dims per bit', () => {
  const plan = coupledPlan({ model, N: 4096, k: 28, p: 0.01 })!
  expect(plan.bounds.map(({ id, kind }) => [id, kind])).toEqual([
    ['coupled-counting-bound', 'converse'],
    ['coupled-state-evolution', 'law'],
    ['coupled-state-evolution-equal-counts', 'asymptote'],
    ['amp-state-evolution', 'law'],
  ])
  const dimensions = plan.bounds.map(({ dimension }) => dimension!)
  const [converse, drawn, equal, plain] = dimensions
  expect(converse).toBeLessThan(equal)
  expect(equal).toBeLessThan(drawn)
  expect(drawn).toBeLessThan(plain)
  for (const { dimension, dimsPerBit } of plan.bounds) {
    expect(dimsPerBit).toBe(dimension! / entropyBits(4096, 28))
  }
})

test('it has laws for exactly k members of amplitude 1 without noise, and blocks that are filled', () => {
  expect(coupledPlan({ model: IDEAL, N: 4096, k: 28, p: 0.01 })).toBeUndefined()
  for (const other of [{ noise: 0.1 }, { amplitudes: 'half-normal' }, { active: 'bernoulli' }]) {
    expect(() => coupledPlan({ model: { ...model, ...other }, N: 4096, k: 28, p: 0.01 })).toThrow(
      'coupled:5/8/10 has laws for constant amplitudes, exactly k of them and no noise alone',
    )
  }
  for (const [N, k] of [
    [4096, 0],
    [4096, 4096],
    [7, 3],
    [2 ** 53, 3],
  ]) {
    expect(() => coupledPlan({ model, N, k, p: 0.01 })).toThrow(
      /has laws for 1 ≤ k < N and 8 ≤ N ≤ \d+ alone/,
    )
  }
})

test('one codeword a block is enough', () => {
  expect(coupledPlan({ model, N: 8, k: 7, p: 0.01 })!.bounds.length).toBe(4)
})

test('the designs are for the k that they are made for, as long as codewords are rare', () => {
  const silent = (k: number, N: number) => coupledLaw.silent?.({ N, k, p: 0.1 })
  const least = Number(/from (\d+) to/.exec(String(silent(1, 2 ** 20)))?.[1])
  expect([silent(least, 16 * least), silent(1000, 16_000)]).toEqual([undefined, undefined])
  for (const [k, N] of [
    [least - 1, 2 ** 20],
    [1000, 15_999],
  ])
    expect(silent(k, N)).toBe(`the designs are for k from ${least} to N/16`)
})
