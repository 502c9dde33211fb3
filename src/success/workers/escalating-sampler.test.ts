import { setTimeout } from 'node:timers/promises'
import { expect, test } from 'vitest'
import type { Sampler } from '../trials/sampler.js'
import { startingHere } from './escalating-sampler.js'
import { localSampler } from './local-sampler.js'

const shape = { N: 2 ** 20, k: 6, d: 300 }

/** The scores that each trial's members have, as they are shown. */
async function shown(sampler: Sampler, trials: number) {
  const scores: number[][] = []
  const done: number[] = []
  const { values } = await sampler.run(shape, 'here', 7, trials, {
    onTrials: (n) => done.push(n),
    onMembers: (members) => scores.push(Array.from(members.codeScores())),
  })
  return { values: Array.from(values), scores, done }
}

test('short work starts no thread', async () => {
  const real = await localSampler({ kind: 'built-in', name: 'top-k' }, 'conditional')
  const sampler = startingHere(real, () => expect.unreachable())
  const { values, scores, done } = await shown(sampler, 40)
  const all = await shown(real, 40)
  expect([values, scores]).toEqual([all.values, all.scores])
  expect(done.at(-1)).toBe(40)
  await sampler.close()
})

/** A sampler that takes 5 ms a trial, one that takes over, and the number of trials that this one ran. */
async function slowAndFast() {
  const real = await localSampler({ kind: 'built-in', name: 'top-k' }, 'conditional')
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
      expect(options?.onMembers).toBeUndefined()
      return real.run(shape, seed, from, trials, options)
    },
    async close() {
      ran.closed = true
    },
  }
  return { real, sampler: startingHere(slow, async () => fast), ran }
}

test('long work goes on elsewhere, with the same values, and the members shown in order', async () => {
  const { real, sampler, ran } = await slowAndFast()
  const { values, scores, done } = await shown(sampler, 700)
  const all = await shown(real, 700)
  expect([values, scores]).toEqual([all.values, all.scores])
  expect(ran.elsewhere).toBeGreaterThan(400)
  expect(done).toEqual(done.toSorted((a, b) => a - b))
  expect(done.at(-1)).toBe(700)
  await sampler.close()
  expect(ran.closed).toBe(true)
})

test('so does much work in short runs', async () => {
  const { real, sampler, ran } = await slowAndFast()
  const { values } = await real.run(shape, 'here', 0, 20)
  for (let runs = 0; runs < 15; runs++) {
    expect(Array.from((await sampler.run(shape, 'here', 0, 20)).values)).toEqual(Array.from(values))
  }
  expect(ran.elsewhere).toBeGreaterThan(0)
  expect(ran.elsewhere).toBeLessThanOrEqual(200)
  await sampler.close()
})
