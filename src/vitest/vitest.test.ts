import { expect, test } from 'vitest'
import { builtInDecoder } from '../decoders/built-in.js'
import { describeDecoder } from './index.js'

const topK = builtInDecoder('top-k')!
const fewest = { ...topK, name: 'fewest', decode: () => [0, 1, 2] }
const small = { N: 64, k: 3 }

test('toDecodeLike: agreement on every trial passes; the first disagreement is told with both answers', async () => {
  await expect(topK).toDecodeLike('top-k', { exactly: true, trials: 8 })
  await expect(topK).not.toDecodeLike('matching-pursuit')
  await expect(expect(fewest).toDecodeLike(topK)).rejects.toThrow(
    /^fewest does not decode like top-k at N = 64, k = 3, d = 22, seed 1, trial \d+\n {2}sent: \{\d+, \d+, \d+\}\n {2}fewest: \{0, 1, 2\}\n {2}top-k: \{\d+, \d+, \d+\}$/,
  )
})

test('toSucceedWithProbability: fails only with an interval below p, at the false alarm asked for', async () => {
  await expect(topK).toSucceedWithProbability(0.9, { ...small, d: 60, falseAlarm: 1e-3 })
  const failing = expect(topK).toSucceedWithProbability(0.9, { ...small, d: 22, falseAlarm: 1e-4 })
  const message = await failing.then(
    () => '',
    (error: Error) => error.message,
  )
  const [, end] =
    /^top-k at N = 64, k = 3, d = 22 succeeds with probability below 0\.9: success 0\.\d{3} in \[0\.\d+, (0\.\d+)\] \(\d+ trials, false alarm at most 0\.0001\)$/.exec(
      message,
    )!
  expect(Number(end)).toBeLessThan(0.9)
})

test('toSucceedWithProbability: a broken contract is a failure, and named', async () => {
  const thrower = {
    ...topK,
    name: 'thrower',
    decode: () => {
      throw new Error('no idea')
    },
  }
  await expect(expect(thrower).toSucceedWithProbability(0.5, { ...small, d: 60 })).rejects.toThrow(
    /trial 0 broke the contract: it threw: no idea/,
  )
})

test('toNeedDimsPerBit: the dimension is what the bits allow, and both sides are decided', async () => {
  await expect(topK).toNeedDimsPerBit({ atMost: 2, ...small })
  await expect(expect(topK).toNeedDimsPerBit({ atMost: 1, ...small })).rejects.toThrow(
    /^top-k with 1 dims per bit \(N = 64, k = 3, d = 15\) succeeds with probability below 0\.5: success 0\.\d+ in \[/,
  )
})

test('what cannot be meant is refused in one line', async () => {
  const options = { ...small, d: 20 }
  await expect(expect(7).toDecodeLike('top-k')).rejects.toThrow(/^expect\(\) is not given a decoder: /)
  await expect(expect('top-kk').toDecodeLike('top-k')).rejects.toThrow(/did you mean 'top-k'/)
  await expect(expect(topK).toSucceedWithProbability(1.5, options)).rejects.toThrow(/success probability/)
  await expect(expect(topK).toSucceedWithProbability(0.5, { ...options, margin: 0.5 })).rejects.toThrow(
    /^the margin must be less than the probability 0\.5, not 0\.5$/,
  )
  await expect(expect(topK).toNeedDimsPerBit({ atMost: 0.01, ...small })).rejects.toThrow(
    /^atMost = 0\.01 leaves no dimension at N = 64, k = 3: H = 15\.35 bits$/,
  )
})

test.fails('a test that does not await a matcher fails, whatever the matcher would say', () => {
  expect(topK).toDecodeLike('top-k', { trials: 1 })
})

describeDecoder(topK, { contractSeconds: 0.2 })
