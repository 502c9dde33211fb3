import fc from 'fast-check'
import { expect, test } from 'vitest'
import { evenly } from '../../arbitraries/evenly.js'
import { synthetic } from '../../testing/synthetic-sampler.js'
import type { Sampler } from '../trials/sampler.js'
import { reliableDimension } from './reliable-dimension.js'

const at = { N: 4096, target: 0.99, confidence: 0.95 }

/** A sampler, and how many trials it ran. */
function counted(sampler: Sampler) {
  const count = { trials: 0 }
  const run: Sampler['run'] = (shape, seed, from, trials, options) => {
    count.trials += trials
    return sampler.run(shape, seed, from, trials, options)
  }
  return { ...sampler, run, count }
}

test('its ends reject the target by all of their trials, for steep and flat transitions and a poor guess', async () => {
  const cases = fc.record({
    k: fc.integer({ min: 3, max: 200 }),
    dimension: evenly(50, 5000),
    flatness: evenly(0.5, 3),
    guess: evenly(0.9, 1.1),
    seed: fc.string(),
  })
  await fc.assert(
    fc.asyncProperty(cases, async ({ k, dimension, flatness, guess, seed }) => {
      const sampler = synthetic({ dimension, steepness: (6 * Math.sqrt(k)) / flatness })
      const found = (await reliableDimension(sampler, { ...at, k, even: guess * dimension, seed }))!
      const [low, high] = found.dimensionInterval
      const failures = async (d: number, trials: number) => {
        const { values } = await sampler.run({ N: at.N, k, d }, seed, 0, trials)
        return Array.from(values).filter((value) => value === 0).length
      }
      // P(B ≥ 4) = 0.018 for 100 failures at 0.01 each, and 0.99^368 = 0.0248: both below 0.025, as 3 and 367 are not.
      expect(await failures(low, 100)).toBeGreaterThanOrEqual(4)
      expect(await failures(high, 368)).toBe(0)
      expect(found.dimension).toBeGreaterThan(low)
      expect(found.dimension).toBeLessThan(high)
    }),
    // The slope is guessed too steep, and chance makes each step down look short.
    {
      numRuns: 100,
      examples: [[{ k: 189, dimension: 119.0967, flatness: 1.3795, guess: 1.0985, seed: '+ ' }]],
    },
  )
})

test('its interval misses no more often than it may, its middle is right, and it takes some 550 trials', async () => {
  const [runs, k] = [300, 28]
  const steepness = 32
  const truth = 300 * 99 ** (1 / steepness)
  let [misses, error, square, width, trials] = [0, 0, 0, 0, 0]
  for (let i = 0; i < runs; i++) {
    const sampler = counted(synthetic({ dimension: 300, steepness, noise: i }))
    const found = (await reliableDimension(sampler, { ...at, k, even: 300, seed: 'coverage' }))!
    const [low, high] = found.dimensionInterval
    if (low > truth || high < truth) misses++
    error += Math.log(found.dimension / truth) / runs
    square += Math.log(found.dimension / truth) ** 2 / runs
    width += Math.log(high / low) / runs
    trials += sampler.count.trials / runs
  }
  // At a rate of 0.05, more than 29 of 300 have probability 4e-4.
  expect(misses).toBeLessThan(30)
  expect(Math.abs(error)).toBeLessThan(0.02)
  expect(Math.sqrt(square)).toBeLessThan(0.04)
  expect(width).toBeLessThan(0.2)
  expect(trials).toBeLessThan(700)
})

test('no interval where the rate stays below the target, and none where it is never below', async () => {
  const options = { ...at, k: 10, even: 100, seed: '1' }
  expect(await reliableDimension(synthetic({ dimension: 100, steepness: 0 }), options)).toBeUndefined()
  expect(await reliableDimension(synthetic({ dimension: 1e-9, steepness: 8 }), options)).toBeUndefined()
})
