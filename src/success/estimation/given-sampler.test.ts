import { expect, test } from 'vitest'
import { IDEAL } from '../../codes/model/description.js'
import { topK } from '../../decoders/one-step/top-k.js'
import { rejection } from '../../testing/refusal.js'
import { inSuites } from '../../testing/suites.js'
import { openSampler } from '../workers/open-sampler.js'
import { measure, successRate } from './given-sampler.js'

const shape = { N: 256, k: 4 }
const timeless = <T extends object>(result: T) => ({ ...result, seconds: 0 })

test('a name, a decoder and a sampler come to the same rate and the same dimension', async () => {
  const sampler = await openSampler('top-k', { workers: 1 })
  const at = { ...shape, d: 60, trials: 90, workers: 1 }
  const near = { ...shape, precision: 0.5, workers: 1 }
  const rates = await Promise.all(['top-k', topK(), sampler].map((given) => successRate(given, at)))
  const sizes = await Promise.all(['top-k', topK(), sampler].map((given) => measure(given, near)))
  expect(rates.map(timeless)).toEqual(Array(3).fill(timeless(rates[0])))
  expect(sizes.map(timeless)).toEqual(Array(3).fill(timeless(sizes[0])))
  expect(rates[0].interval[0]).toBeGreaterThan(0.1)
  // It was given open, and stays so.
  expect((await sampler.run({ ...shape, d: 60 }, '1', 0, 1)).values).toHaveLength(1)
  await sampler.close()
})

test('a name takes the method that is asked for', async () => {
  const { method, N } = await successRate('top-k', {
    N: 2 ** 60,
    k: 4,
    d: 400,
    trials: 20,
    method: 'conditional',
  })
  expect({ method, N }).toEqual({ method: 'conditional', N: 2 ** 60 })
})

for (const { cases, tags } of inSuites(['top-k', 'relative-threshold:3.4'])) {
  test.each(cases)('%s: metrics to half a point, unless trials are given', { tags }, async (name) => {
    const model = { ...IDEAL, noise: 0.1, amplitudes: 'half-normal' }
    const cell = { N: 4096, k: 64, d: 256, method: 'conditional', model, workers: 1 } as const
    const { recall, precision, f1 } = (await successRate(name, cell)).metrics!
    for (const { value, interval } of [recall, precision, f1]) {
      expect(Math.max(value - interval[0], interval[1] - value)).toBeLessThan(0.005)
    }
  })
}

test.each([
  ['N', { N: '1024' }, "N must be a number, not the string '1024'"],
  ['k', { k: null }, 'k must be a number, not null'],
  ['d', { d: [3] }, 'd must be a number, not a list'],
  ['trials', { trials: true }, 'trials must be a number, not true'],
  ['workers', { workers: '2' }, "the number of workers must be a number, not the string '2'"],
])('a wrong %s is told with its type', async (_, change, message) => {
  const options = { ...shape, d: 60, ...change } as never
  expect(await rejection(() => successRate('top-k', options))).toBe(message)
})

test.each([
  [7, 'the decoder must be an object, not 7'],
  [{ name: 'mine' }, "the decoder's decode must be a function, not undefined"],
  [{ decode: () => [] }, "the decoder's name must be a string, not undefined"],
])('what is no decoder, as %j, is refused', async (given, message) => {
  expect(await rejection(() => measure(given as never, shape))).toBe(message)
})

test('a criterion counts in the paper’s model too', async () => {
  const model = { ...IDEAL, criterion: 'recall:0.5' }
  const options = { N: 64, k: 3, precision: 0.3, confidence: 0.9, model, workers: 1 }
  const { criterion, target, dimension } = await measure('top-k', options)
  const exact = await measure('top-k', { ...options, model: IDEAL })
  expect([criterion, target, exact.criterion]).toEqual(['recall:0.5', 0.5, 'exact'])
  expect(dimension).toBeLessThan(0.7 * exact.dimension)
  await expect(successRate('top-k', { N: 64, k: 3, d: 40, model })).rejects.toThrow(
    'a success rate is of exact recovery, not of recall:0.5',
  )
})
