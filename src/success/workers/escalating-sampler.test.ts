import { setTimeout } from 'node:timers/promises'
import { expect, test } from 'vitest'
import type { Sampler } from '../trials/sampler.js'
import { escalatingSampler } from './escalating-sampler.js'
import { localSampler } from './local-sampler.js'

const shape = { N: 2 ** 20, k: 6, d: 300 }

async function progress(sampler: Sampler, trials: number) {
  const done: number[] = []
  const { values } = await sampler.run(shape, 'here', 7, trials, {
    onTrials: (n) => done.push(n),
  })
  return { values: Array.from(values), done }
}

test('short work starts no thread', async () => {
  const real = await localSampler('top-k', { method: 'conditional' })
  const sampler = escalatingSampler(real, () => expect.unreachable())
  const { values, done } = await progress(sampler, 40)
  const all = await progress(real, 40)
  expect(values).toEqual(all.values)
  expect(done.at(-1)).toBe(40)
  await sampler.close()
})

/** A sampler that takes 5 ms a trial, one that takes over, and the number of trials that this one ran. */
async function slowAndFast() {
  const real = await localSampler('top-k', { method: 'conditional' })
  const slow: Sampler = {
    ...real,
    async run(shape, seed, from, trials, options) {
      await setTimeout(5 * trials)
      return real.run(shape, seed, from, trials, options)
    },
  }
  const ran = { elsewhere: 0, closed: false }
  const fast: Sampler = {
    ...real,
    async run(shape, seed, from, trials, options) {
      ran.elsewhere += trials
      return real.run(shape, seed, from, trials, options)
    },
    async close() {
      ran.closed = true
    },
  }
  return { real, sampler: escalatingSampler(slow, async () => fast), ran }
}

test('long work goes on elsewhere, with the same values', async () => {
  const { real, sampler, ran } = await slowAndFast()
  const { values, done } = await progress(sampler, 700)
  const all = await progress(real, 700)
  expect(values).toEqual(all.values)
  expect(ran.elsewhere).toBeGreaterThan(400)
  expect(done).toEqual(done.toSorted((a, b) => a - b))
  expect(done.at(-1)).toBe(700)
  await sampler.close()
  expect(ran.closed).toBe(true)
})

test('so does much work in short runs', { tags: ['slow'] }, async () => {
  const { real, sampler, ran } = await slowAndFast()
  const { values } = await real.run(shape, 'here', 0, 20)
  for (let runs = 0; runs < 15; runs++) {
    expect(Array.from((await sampler.run(shape, 'here', 0, 20)).values)).toEqual(Array.from(values))
  }
  expect(ran.elsewhere).toBeGreaterThan(0)
  expect(ran.elsewhere).toBeLessThanOrEqual(200)
  await sampler.close()
})
