import { expect, test } from 'vitest'
import { stream } from '../../random/stream.js'
import { largestSparsity, SuccessBySparsity } from './largest-sparsity.js'

/** Trials that succeed with a chance that falls as k grows; each trial's luck is its own at every k. */
function drawn(chance: (k: number) => number, seed: number) {
  let taken = 0
  const luck = new Map<number, { uniform(): number; drawn: number[] }>()
  const luckAt = (k: number, trial: number) => {
    const at = luck.get(k) ?? { uniform: stream('sparsity', seed, k).uniform, drawn: [] }
    luck.set(k, at)
    while (at.drawn.length <= trial) at.drawn.push(at.uniform())
    return at.drawn[trial]
  }
  const curve = new SuccessBySparsity(async (k, from, trials) => {
    taken += trials
    return Array.from({ length: trials }, (_, t) => Number(luckAt(k, from + t) < chance(k)))
  })
  return { curve, taken: () => taken }
}

const flat = (k: number) => 1 / (1 + k / 40)
const steep = (k: number) => 1 / (1 + Math.exp(k - 23.3))

test.each([
  ['a flat curve', flat, 0.5, 40],
  ['a flat curve, nine in ten', flat, 0.9, 40 / 9],
  ['a steep curve', steep, 0.5, 23.3],
  ['a steep curve, 99 in 100', steep, 0.99, 23.3 - Math.log(99)],
] as const)('%s: the interval holds the truth as often as it says', async (_, chance, target, truth) => {
  let held = 0
  const runs = 60
  const found: number[] = []
  for (let seed = 0; seed < runs; seed++) {
    const { curve } = drawn(chance, seed)
    const result = await largestSparsity(curve, { target, confidence: 0.9, trials: 100, most: 4096 })
    found.push(result.sparsity)
    const [low, high] = result.interval
    expect(low).toBeLessThanOrEqual(result.sparsity)
    expect(high).toBeGreaterThanOrEqual(result.sparsity)
    if (low <= truth && truth <= high) held++
  }
  // Of 60 intervals that miss one in ten, more than 14 miss with chance 0.0006.
  expect(held).toBeGreaterThanOrEqual(runs - 14)
  const median = found.sort((a, b) => a - b)[runs / 2]
  expect(Math.abs(median - truth)).toBeLessThan(0.15 * truth)
})

test('ends at 0 and at the largest k, and asks for no trial twice', async () => {
  const options = { target: 0.5, confidence: 0.95, trials: 40, most: 100 }
  const none = drawn(() => 0, 1)
  expect(await largestSparsity(none.curve, options)).toMatchObject({ sparsity: 0.5, interval: [0, 1] })
  const all = drawn(() => 1, 1)
  expect(await largestSparsity(all.curve, options)).toMatchObject({ sparsity: 100, interval: [96, 100] })
  const some = drawn(steep, 1)
  await largestSparsity(some.curve, options)
  const before = some.taken()
  await largestSparsity(some.curve, options)
  expect(some.taken()).toBe(before)
  const looks = some.curve.looks()
  expect(looks.reduce((sum, { k, outcomes }) => sum + (k === 0 ? 0 : outcomes.length), 0)).toBe(before)
})
