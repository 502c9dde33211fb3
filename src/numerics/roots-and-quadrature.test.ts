import { expect, test } from 'vitest'
import { relative } from '../testing/regimes.js'
import { increasingRoot, summit, trapezoid } from './roots-and-quadrature.js'

test('the trapezoid takes both ends', () => {
  expect(trapezoid((x) => 1 + x, 0, 1, 0.5)).toBe(0.5 * (1 + 1.5 + 2))
})

test('a root is interpolated for: eight evaluations where f is linear in ln x, and none after an exact zero', () => {
  for (let i = 1; i < 100; i++) {
    const expected = 2 ** (i / 100)
    const values: number[] = []
    const f = (x: number) => Math.log(x) - Math.log(expected)
    const root = increasingRoot((x) => values[values.push(f(x)) - 1], 1)
    expect(relative(root, expected)).toBeLessThan(1e-15)
    expect(values.length).toBeLessThanOrEqual(8)
    expect(values.slice(0, -1)).not.toContain(0)
  }
})

test('a root below or above every double is at 0 or at infinity', () => {
  for (const end of [1, Infinity]) {
    expect(increasingRoot((x) => (x > 0 ? 1 : -end), 3)).toBe(0)
    expect(increasingRoot((x) => (x < Infinity ? -1 : end), 3)).toBe(Infinity)
  }
  expect(increasingRoot(() => -1, 3)).toBe(Infinity)
})

test('the highest summit is found wherever it stands', () => {
  const places = [1, 4, 16]
  for (const highest of places) {
    const summits = places.map((at) => ({ at, height: at === highest ? 1 : 0.9 }))
    const f = (x: number) =>
      summits.reduce((sum, { at, height }) => sum + height * Math.exp(-100 * Math.log(x / at) ** 2), 0)
    expect(summit(f, 1, 16)).toBeCloseTo(1, 12)
  }
})
