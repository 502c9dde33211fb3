import { expect, test } from 'vitest'
import { entropyBits } from '../../bounds/entropy.js'
import { IDEAL } from '../../codes/model/description.js'
import type { Problem } from '../../codes/problem.js'
import { largest } from '../../decoders/largest.js'
import { tempFolder } from '../../testing/temp-folder.js'
import { successRate } from './given-sampler.js'

const model = { ...IDEAL, noise: 0.2, amplitudes: 'half-normal' }
const at = { N: 128, k: 4, d: 48, trials: 120, scores: true, model } as const
const scoresOf = ({ dictionary, code }: Problem) => dictionary.correlate(code)
const files = tempFolder()

test('scores of the matched filter tell what they are computed to tell', async () => {
  const computed = await successRate('top-k', { ...at, method: 'conditional' })
  const mine = await successRate({ name: 'mine', decode: (p) => ({ scores: scoresOf(p) }) }, at)
  expect(mine.amplitudes).toBeUndefined()
  for (const name of ['auc', 'softBits'] as const) {
    const [[low, high], [least, most]] = [computed.scores![name].interval, mine.scores![name].interval]
    expect(low, name).toBeLessThan(most)
    expect(least, name).toBeLessThan(high)
    expect(most - least, name).toBeLessThan(0.8 * mine.scores![name].value)
  }
})

test('where every code is read, scores tell the entropy, and amplitudes are right', async () => {
  const decode = (p: Problem) => {
    const scores = scoresOf(p)
    return {
      list: largest(scores, p.k),
      scores: scores.map((s) => Number(s > 0.6)),
      amplitudes: [1, 1, 1, 1],
    }
  }
  const easy = { N: 64, k: 4, d: 1200, trials: 24, scores: true }
  const { successRate: rate, scores, amplitudes } = await successRate({ name: 'mine', decode }, easy)
  expect(rate).toBe(1)
  expect(scores!.auc).toEqual({ value: 1, interval: [1, 1] })
  expect(scores!.softBits.value).toBeCloseTo(entropyBits(64, 4), 10)
  expect(amplitudes!.squaredError.value).toBe(0)
  expect(amplitudes!.unexplained.value).toBeLessThan(1e-25)
})

test('decisions as scores tell the hard bits', async () => {
  const decode = (p: Problem) => {
    const list = largest(scoresOf(p), p.k)
    return { list, scores: Float64Array.from({ length: 128 }, (_, i) => Number(list.includes(i))) }
  }
  const { metrics, scores } = await successRate({ name: 'mine', decode }, at)
  // One of two ranges: hardly any bias is taken off.
  expect(scores!.softBits.value).toBeCloseTo(metrics!.bitsRead.value, 1)
})

test('amplitudes of 0 leave all, by a file too, and shrunk ones less', async () => {
  const path = files.write(
    'mine.mjs',
    `export default { name: 'mine', decode({ dictionary, code, k }) {
       const scores = dictionary.correlate(code)
       const list = [...scores.keys()].sort((a, b) => scores[b] - scores[a]).slice(0, k)
       return { list, amplitudes: list.map((i) => 0.5 * scores[i]) }
     } }`,
  )
  const zero = (p: Problem) => ({ list: [...Array(p.k).keys()], amplitudes: new Float64Array(p.k) })
  const none = await successRate({ name: 'none', decode: zero }, at)
  const [low, high] = none.amplitudes!.squaredError.interval
  expect(none.amplitudes!.unexplained.value).toBe(1)
  expect([low < 1, 1 < high, high - low < 0.5]).toEqual([true, true, true])
  const half = await successRate(path, { ...at, workers: 2 })
  expect(half.scores).toBeUndefined()
  expect(half.amplitudes!.squaredError.value).toBeLessThan(0.9)
  expect(await successRate(path, { ...at, workers: 1 })).toEqual({ ...half, seconds: expect.any(Number) })
})

test('of scores that break the contract in each trial that is what is said', async () => {
  const mine = { name: 'mine', decode: () => ({ list: [0, 1, 2, 3], scores: [1, 2] }) }
  const told = await successRate(mine, { N: 32, k: 4, d: 20, trials: 24, scores: true })
  expect(told).toMatchObject({ faultCount: 24, unanswered: 'broken' })
  expect(told.faults[0].message).toBe('answered with 2 scores, not N = 32')
  expect(told.scores).toBeUndefined()
})

test.each([
  [
    'lists alone',
    { decode: () => [0, 1, 2, 3] },
    { trials: 24 },
    /^mine answers with lists alone; to say more it answers/,
  ],
  ['few trials', {}, { trials: 9 }, /at least 24 trials, not 9$/],
  ['frequencies', {}, { model: { ...model, active: 'zipf:1' } }, /equally often, not with --active zipf:1$/],
  ['k = N', {}, { N: 4 }, /^scores tell active codewords from others: k must be from 1 to N - 1, not 4$/],
] as const)('%s: refused in a line', async (_, decoder, options, message) => {
  const mine = { name: 'mine', decode: (p: Problem) => ({ scores: scoresOf(p) }), ...decoder }
  await expect(successRate(mine, { ...at, ...options })).rejects.toThrow(message)
})
