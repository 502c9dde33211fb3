import { expect, test } from 'vitest'
import { coupledLayout, parseCoupling } from '../codes/coupling.js'
import { stream } from '../random/stream.js'
import { countingBound } from './counting-bound.js'
import { coupledCounting } from './coupled-counting.js'
import { coupledEvolution, evenCountsDimension, memberErrors } from './coupled-evolution.js'
import { coupledDimension, drawnCounts } from './drawn-counts.js'
import { NOISELESS } from './noiseless.js'
import { ampDimension, bernoulliStep, memberError, stateEvolution } from './state-evolution.js'

const single = parseCoupling('coupled:1/1/1')

test.each([
  [2 ** 8, 10],
  [2 ** 16, 100],
])('what a member leaves is its mean squared error, and what a non-member does', (N, k) => {
  const { sure, spread } = memberErrors(N, k)
  const L = Math.log((N - k) / k)
  for (const s of [0.5, 3, 11, 25, 60]) expect((sure(s) + spread(s)) / memberError(s, L)).toBeCloseTo(1, 3)
})

test('one block is the state evolution of AMP, and turns where that does', () => {
  const [N, k, d] = [2 ** 12, 28, 130]
  const path = coupledEvolution({ coupling: single, N, k, d, counts: [k] })
  const law = stateEvolution(k, d, 8, (v) => bernoulliStep(N, k, d, v))
  for (let t = 0; t < 5; t++) expect(path[t][0] / law[t]).toBeCloseTo(1, 3)
  expect(evenCountsDimension(single, N, k) / ampDimension(N, k)).toBeCloseTo(1, 2)
})

test('coupling lowers the law; counts as drawn take part of that back', () => {
  const [N, k] = [2 ** 16, 100]
  const coupling = parseCoupling('coupled:5/8/10')
  const [even, drawn] = [evenCountsDimension(coupling, N, k), coupledDimension(coupling, N, k)]
  // 0.41 and 0.475 dims per bit, 0.617 on random signs: H = 1075 bits.
  expect(even).toBeGreaterThan(430)
  expect(even).toBeLessThan(460)
  expect(drawn).toBeGreaterThan(1.08 * even)
  expect(drawn).toBeLessThan(0.85 * ampDimension(N, k))
})

test('counts are those of a uniform subset', () => {
  const coupling = parseCoupling('coupled:2/4/5')
  const counts = [0, 1, 2, 3].map(() => 0)
  const random = stream('counts')
  for (let t = 0; t < 200; t++) {
    const drawn = drawnCounts(coupling, 40, 20, random)
    expect(drawn.reduce((a, b) => a + b)).toBe(20)
    drawn.forEach((count, c) => {
      counts[c] += count / 200
    })
  }
  // Of deviation √(20·¼·¾·20/39)/√200 = 0.1.
  for (const count of counts) expect(Math.abs(count - 5)).toBeLessThan(0.6)
})

test('on one block the converse is that of counting, every coordinate having the parity of k', () => {
  expect(coupledCounting(single, 2 ** 12, 28)).toBeCloseTo(countingBound(2 ** 12, 28), 6)
})

test.each([
  ['coupled:2/3/4', 37, 5, 22.5, [2, 0, 4]],
  ['coupled:3/4/5', 41, 8, 18, [1, 3, 2, 2]],
] as const)('%s step by step, by any law of errors', (text, N, k, d, counts) => {
  const errors = { sure: (s: number) => 0.6 / (1 + s) ** 2, spread: (s: number) => 0.5 / (1 + s) ** 3 }
  const coupling = parseCoupling(text)
  const { columns } = coupledLayout(coupling, N, coupling.rowBlocks)
  // Shares are of row blocks of equal length.
  const shares = columns.map(({ fromBlock, toBlock }) =>
    Array.from({ length: coupling.rowBlocks }, (_, r) =>
      r >= fromBlock && r < toBlock ? 1 / (toBlock - fromBlock) : 0,
    ),
  )
  const onRows = (left: number[]) =>
    shares[0].map((_, r) => left.reduce((sum, x, c) => sum + (coupling.rowBlocks / d) * shares[c][r] * x, 0))
  let variances = onRows([...counts])
  const path = coupledEvolution({ coupling, N, k, d, counts: [...counts] }, errors)
  expect(path.length).toBeGreaterThan(3)
  for (const step of path.slice(0, 4)) {
    step.forEach((v, r) => {
      expect(v).toBeCloseTo(variances[r], 12)
    })
    const s = shares.map((share) => share.reduce((sum, x, r) => sum + (x > 0 ? x / variances[r] : 0), 0))
    variances = onRows(
      s.map((s, c) => counts[c] * errors.sure(s) + ((k * columns[c].size) / N) * errors.spread(s)),
    )
  }
})

test('it ends where nothing is left, where it stands still, or after 2000 steps', () => {
  const at = (sure: (s: number) => number) =>
    coupledEvolution({ coupling: single, N: 9, k: 1, d: 1, counts: [1] }, { sure, spread: () => 0 }).map(
      ([v]) => v,
    )
  expect(at((s) => 0.5 / s).slice(0, 4)).toEqual([1, 0.5, 0.25, 0.125])
  expect(at((s) => 0.5 / s).findIndex((v) => v < NOISELESS)).toBe(at((s) => 0.5 / s).length - 1)
  expect(at(() => 0)).toEqual([1, 0])
  expect(at((s) => Math.max(0.25, 0.5 / s))).toEqual([1, 0.5, 0.25, 0.25])
  // Less than a ten millionth of what is left stands still, more does not.
  expect(at((s) => 0.99999995 / s).length).toBe(2)
  expect(at((s) => 0.9999998 / s).length).toBe(2001)
})

test('counts are one for each column block, and none below 0', () => {
  const none = { sure: () => 0, spread: () => 0 }
  const of = (counts: number[]) => () =>
    coupledEvolution({ coupling: single, N: 9, k: 1, d: 1, counts }, none)
  expect(of([1, 2])).toThrow(new RangeError('counts must be 1 numbers, not 2'))
  for (const count of [-1, Infinity, Number.NaN])
    expect(of([count])).toThrow(
      new RangeError(`entry 0 of counts must be a finite number of at least 0, not ${count}`),
    )
  expect(of([0])()).toEqual([Float64Array.of(0)])
})

test('errors of a member beyond the ends of their table', () => {
  const { sure, spread } = memberErrors(64, 4)
  expect([sure(1e6), spread(1e6)]).toEqual([0, 0])
  // Next to nothing is seen: p is k/N.
  expect([sure(1e-9), spread(1e-9)]).toEqual([
    expect.closeTo((60 / 64) ** 2, 2),
    expect.closeTo((60 * 4) / 64 ** 2, 2),
  ])
})
