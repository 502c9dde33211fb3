import { expect, test } from 'vitest'
import { stream } from '../random/stream.js'
import { type Control, controlledMean } from './control-variates.js'

const n = 120

/** Uniform controls of mean ½, and values that are linear in them but for noise. */
function sample(label: number, noise: number) {
  const { uniform } = stream('controls', label)
  const draw = () => Float64Array.from({ length: n }, uniform)
  const [a, b, rest] = [draw(), draw(), draw()]
  const values = a.map((x, i) => 0.4 * x + 0.3 * b[i] + 0.1 + noise * (rest[i] - 0.5))
  return { values, controls: [a, b].map((column): Control => ({ values: column, mean: 0.5 })) }
}
const width = ({ interval: [low, high] }: { interval: readonly [number, number] }) => high - low

test('what the controls explain is known exactly', () => {
  const exact = sample(1, 0)
  const { point, interval, residual } = controlledMean(exact.values, exact.controls, 0.99)
  expect(point).toBeCloseTo(0.45, 12)
  expect(interval[1] - interval[0]).toBeLessThan(1e-12)
  expect(residual).toBeLessThan(1e-24)
})

test('without controls it is Student’s interval, by the tabulated t of 9 degrees of freedom, 2.262', () => {
  const values = Array.from({ length: 10 }, (_, i) => 0.3 + i / 30)
  const deviation = Math.sqrt(values.reduce((sum, v) => sum + (v - 0.45) ** 2, 0) / 9)
  const found = controlledMean(values, [], 0.95)
  expect(found.point).toBeCloseTo(0.45, 14)
  expect(found.residual).toBe(1)
  expect((width(found) / 2 / deviation) * Math.sqrt(10)).toBeCloseTo(2.262, 3)
})

test('controls that say nothing new, or were not seen, change nothing', () => {
  const { values, controls } = sample(3, 0.2)
  const [a, b] = controls
  const plain = controlledMean(values, controls, 0.9)
  const sum = { values: Float64Array.from(a.values, (x, i) => x + 3 * b.values[i]), mean: 2 }
  const constant = { values: new Float64Array(n).fill(0.3), mean: 0.3 }
  // As of a rare event that did not happen, or hardly: its mean is far from what was seen.
  const unseen = { values: new Float64Array(n), mean: 1e-3 }
  const hardly = { values: Float64Array.from({ length: n }, (_, i) => (i === 7 ? 1e-3 : 0)), mean: 0.1 }
  const more = controlledMean(values, [constant, a, unseen, b, sum, hardly], 0.9)
  expect(more.point).toBeCloseTo(plain.point, 12)
  expect(width(more)).toBeCloseTo(width(plain), 12)
  expect(() => controlledMean(values.subarray(0, 4), controls, 0.9)).toThrow(RangeError)
})

test('what hardly happens has its usual coefficient, and what rests on few values none of theirs', () => {
  const happens = Float64Array.from({ length: n }, (_, i) => (i % 40 === 0 ? 1 : 0))
  const values = happens.map((one) => 0.8 * (1 - one))
  const mean = 0.01
  const { point, interval } = controlledMean(values, [{ values: happens, mean, usual: -0.8 }], 0.99)
  expect(point).toBeCloseTo(0.8 * (1 - mean), 12)
  expect(interval[1] - interval[0]).toBeLessThan(1e-12)
  expect(controlledMean(values, [{ values: happens, mean }], 0.99).point).toBeCloseTo(0.8 * (1 - 3 / n), 12)
})

test('the interval covers as often as it says, and is as much shorter as the residual tells', () => {
  // 500 intervals at 90 %: fewer than 410 or more than 487 cover with probability 1e-8 either way.
  let covered = 0
  let shorter = 0
  for (let label = 0; label < 500; label++) {
    const { values, controls } = sample(100 + label, 0.3)
    const found = controlledMean(values, controls, 0.9)
    if (found.interval[0] <= 0.45 && 0.45 <= found.interval[1]) covered++
    shorter += width(found) / width(controlledMean(values, [], 0.9)) / Math.sqrt(found.residual) / 500
  }
  expect(covered).toBeGreaterThanOrEqual(410)
  expect(covered).toBeLessThanOrEqual(487)
  expect(shorter).toBeCloseTo(1, 1)
})
