import { expect, test } from 'vitest'
import { fastUniform } from '../random/fast-uniform.js'
import { atMost, drawCount, logComplement } from './rare-count.js'

/** P(B = j) by products in order. */
const probability = (n: number, q: number, j: number): number => {
  let p = (1 - q) ** (n - j)
  for (let i = 0; i < j; i++) p *= ((n - i) / (i + 1)) * q
  return p
}

test('the distribution function of a binomial is the sum of its terms', () => {
  for (const [n, q] of [
    [12, 0.3],
    [40, 0.9],
    [300, 0.01],
    [7, 0],
  ]) {
    let sum = 0
    for (let j = 0; j < n; j++) {
      sum += probability(n, q, j)
      expect(atMost(n, q, j)).toBeCloseTo(sum, 12)
    }
    expect(atMost(n, q, -1)).toBe(0)
    expect(atMost(n, q, n)).toBe(1)
  }
  expect(atMost(5, 1, 4)).toBe(0)
})

test('of many rare ones it is that of Poisson, also where its first term is nothing', () => {
  const poisson = (mean: number, j: number) => {
    let [log, sum] = [-mean, 0]
    for (let i = 0; i <= j; i++) {
      sum += Math.exp(log)
      log += Math.log(mean / (i + 1))
    }
    return sum
  }
  expect(atMost(1e60, 3e-60, 4)).toBeCloseTo(poisson(3, 4), 12)
  expect(atMost(2 ** 50, 900 / 2 ** 50, 850)).toBeCloseTo(poisson(900, 850), 9)
  expect(atMost(2 ** 50, 3000 / 2 ** 50, 40)).toBe(0)
  expect(logComplement(1e-30)).toBe(-1e-30)
})

test('counts are drawn from it: each value as often as its probability, within six standard errors', () => {
  const draws = 20_000
  for (const [n, p, seed] of [
    [9, 0.4, 1],
    [1e15, 3e-15, 2],
    [50, 0.02, 3],
  ]) {
    const random = fastUniform([seed, 7])
    const counts = new Map<number, number>()
    for (let i = 0; i < draws; i++) {
      const count = drawCount(n, p, random)
      counts.set(count, (counts.get(count) ?? 0) + 1)
    }
    for (let j = 0; j < 9; j++) {
      const mean = draws * (atMost(n, p, j) - atMost(n, p, j - 1))
      expect(Math.abs((counts.get(j) ?? 0) - mean)).toBeLessThanOrEqual(6 * Math.sqrt(mean) + 1e-9)
    }
  }
  const random = fastUniform([4, 4])
  expect([drawCount(0, 0.5, random), drawCount(8, 0, random), drawCount(8, 1, random)]).toEqual([0, 0, 8])
  const many = Array.from({ length: 200 }, () => drawCount(1e6, 0.005, random))
  const mean = many.reduce((sum, count) => sum + count, 0) / 200
  expect(Math.abs(mean - 5000)).toBeLessThan(6 * Math.sqrt(5000 / 200))
})
