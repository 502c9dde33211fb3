import { expect, test } from 'vitest'
import { parseCriterion } from '../../codes/model/criterion.js'
import { IDEAL } from '../../codes/model/description.js'
import { recoveryCounts } from '../trials/recovery.js'
import type { Sampler } from '../trials/sampler.js'
import { localSampler } from '../workers/local-sampler.js'
import { pooled, trialByTrial } from './judged-sampler.js'
import { recoveryMetrics } from './recovery-metrics.js'

const shape = { N: 256, k: 8, d: 60 }
const mean = (values: ArrayLike<number>) => Array.from(values).reduce((a, b) => a + b, 0) / values.length
const model = { ...IDEAL, noise: 0.1, amplitudes: 'half-normal' }
const judgedBy = (one: Sampler, criterion: string): Sampler => ({
  ...one,
  model: { ...one.model!, criterion },
})
const sampler = (active = 'subset') =>
  localSampler('top-k', { method: 'simulation', model: { ...model, active } })

test('pooled values are at the level exactly where the pooled rate is', async () => {
  for (const active of ['subset', 'bernoulli', 'zipf:1']) {
    const one = await sampler(active)
    const { counts } = await one.run(shape, 's', 0, 200, { counts: true })
    const { recall, f1 } = recoveryMetrics(shape, counts!, 0.99, one.model)
    for (const [kind, { value }] of Object.entries({ recall, f1 })) {
      const { values } = await pooled(judgedBy(one, `${kind}:${value}`)).run(shape, 's', 0, 200)
      expect(mean(values)).toBeCloseTo(value, 12)
    }
  }
})

test('bits of an answer of k codewords are those of its recall', async () => {
  const one = await sampler()
  const { counts } = await one.run(shape, 's', 0, 200, { counts: true })
  const { bitsRead, recall } = recoveryMetrics(shape, counts!, 0.99, one.model)
  const level = bitsRead.value / recoveryMetrics(shape, exact(200), 0.99).bitsRead.value
  const { values } = await pooled(judgedBy(one, `bits:${level}`)).run(shape, 's', 0, 200)
  expect(mean(values)).toBeCloseTo(level, 9)
  expect(recall.interval[0]).toBeLessThan(recall.value)
  const varying: Sampler = { ...one, sizeVaries: true }
  await expect(pooled(judgedBy(varying, `bits:${level}`)).run(shape, 's', 0, 2)).rejects.toThrow(
    /take recall:x/,
  )
})

test('trial by trial a value is 0 or 1, and a stricter level is met less often', async () => {
  const one = await sampler()
  const rates: number[] = []
  for (const level of [0.25, 0.5, 0.75]) {
    const { values } = await trialByTrial(judgedBy(one, `recall:${level}`)).run(shape, 's', 0, 100)
    expect(Array.from(values).every((value) => value === 0 || value === 1)).toBe(true)
    rates.push(mean(values))
  }
  expect(rates).toEqual(rates.toSorted((a, b) => b - a))
  expect(rates[0]).toBeGreaterThan(rates[2])
})

test('exact recovery reads H, and its interval is no point', () => {
  const { recall, precision, f1, bitsRead } = recoveryMetrics(shape, exact(100), 0.99)
  for (const { value, interval } of [recall, precision, f1]) {
    expect(value).toBe(1)
    expect(interval[1]).toBe(1)
    expect(interval[0]).toBeLessThan(0.96)
  }
  expect(bitsRead.interval[0]).toBeLessThan(bitsRead.value)
})

test.each(['recall', 'recall:0', 'recall:1', 'recall:0.5:1', 'precision:0.5', 'bits:x', ''])(
  '%s is no criterion',
  (text) => {
    expect(() => parseCriterion(text)).toThrow(/the criterion must be exact, recall:x/)
  },
)

/** Trials in which all is right. */
function exact(trials: number) {
  const counts = recoveryCounts(trials)
  counts.hits.fill(shape.k)
  counts.active.fill(shape.k)
  return counts
}
