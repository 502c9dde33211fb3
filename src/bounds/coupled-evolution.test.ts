import { expect, test } from 'vitest'
import { parseCoupling } from '../codes/coupling.js'
import { stream } from '../random/stream.js'
import { countingBound } from './counting-bound.js'
import { coupledCounting } from './coupled-counting.js'
import { coupledEvolution, evenCountsDimension, memberErrors } from './coupled-evolution.js'
import { coupledDimension, drawnCounts } from './drawn-counts.js'
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
