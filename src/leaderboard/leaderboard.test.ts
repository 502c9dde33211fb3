import { expect, test } from 'vitest'
import type { Leaderboard } from '../results/report.js'
import { openRecord } from '../success/records/trial-record.js'
import type { Sampler } from '../success/trials/sampler.js'
import { type LeaderboardOptions, leaderboard } from './leaderboard.js'

const from = (make: (decoder: string) => Sampler) => ({
  seed: '1',
  record: openRecord(),
  open: async (decoder: string) => make(decoder),
})

/** Each trial of d succeeds with the same probability, that grows with d up to `most`. */
const capped = (decoder: string, most: number): Sampler => ({
  decoder,
  method: 'conditional',
  async run({ d }, _seed, _from, trials) {
    const odds = (d / 40) ** 20
    return { values: new Float64Array(trials).fill((most * odds) / (1 + odds)), faults: [] }
  },
  close: async () => {},
})

test('a cell whose search gives up has its reason, a d99 that is not found is none, and the others go on', {
  tags: ['slow'],
}, async () => {
  const most: Record<string, number> = { threshold: 0.2, 'top-k': 0.8 }
  const { rows, unreached } = await leaderboard(
    { sizes: [64], sparsities: [3], decoders: Object.keys(most), budget: 1 },
    from((decoder) => capped(decoder, most[decoder])),
  )
  expect(unreached).toEqual([
    { decoder: 'threshold', N: 64, k: 3, reason: expect.stringMatching(/does not reach the target 0\.5/) },
  ])
  expect(rows).toMatchObject([{ decoder: 'top-k', reliable: null }])
})

test.each(['the queue is gone', 'cannot write the record'])(
  'an error of the run ends it: %s',
  async (message) => {
    const run = async () => {
      throw new Error(message)
    }
    const options = { sizes: [64], sparsities: [3], decoders: ['top-k'], budget: 1 }
    const board = leaderboard(
      options,
      from((decoder) => ({ ...capped(decoder, 1), run })),
    )
    await expect(board).rejects.toThrow(message)
  },
)

test('a board names the runs that make it again, in their order', async () => {
  const never = from((decoder) => capped(decoder, 0.2))
  const base = { sizes: [64], sparsities: [3], decoders: ['top-k'], budget: 1, evenOnly: true }
  const run = (options: Partial<LeaderboardOptions>, before?: Leaderboard) =>
    leaderboard({ ...base, ...options, ...(before && { before }) }, never)
  const first = await run({})
  const one = 'dpb leaderboard --decoders top-k --sizes 64 --sparsities 3 --even-only --budget 1 --seed 1'
  expect(first.command).toBe(one)
  expect((await run({}, first)).command).toBe(one)
  expect((await run({ budget: 2 }, first)).command).toBe(one.replace('budget 1', 'budget 2'))
  const both = await run({ sizes: [128], evenOnly: false }, first)
  const two = 'npx dpb leaderboard --decoders top-k --sizes 128 --sparsities 3 --budget 1 --seed 1'
  expect(both.command).toBe(`${one} && ${two}`)
  expect((await run({ sizes: [128], evenOnly: false }, both)).command).toBe(both.command)
  const more = await run({ missing: true, budget: 12 }, both)
  const three = one.replace('leaderboard', 'leaderboard --missing').replace('budget 1', 'budget 12')
  expect(more.command).toBe(`${both.command} && npx ${three}`)
  expect((await run({ missing: true }, more)).command).toBe(more.command)
  const whole = { sizes: [4096, 65536, 1048576], sparsities: [10, 28, 100], budget: 1 }
  expect((await leaderboard(whole, never)).command).toBe('dpb leaderboard --budget 1 --seed 1')
})
