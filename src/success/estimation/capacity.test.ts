import { expect, test } from 'vitest'
import { gaussianDictionary } from '../../codes/dense.js'
import { prepared } from '../../codes/preparation.js'
import { randomSubset } from '../../codes/subset.js'
import { topK } from '../../decoders/one-step/top-k.js'
import { stream } from '../../random/stream.js'
import { capacity } from './capacity.js'

const [N, d] = [40, 24]
const dictionary = gaussianDictionary(N, d, [1, 2])
const of = [{ prepare: 'unit', make: () => prepared(dictionary, 'unit') }] as const
const options = { targets: [0.5], confidence: 0.9, trials: 20, seed: 's', threads: 1 }

test('trials are drawn by streams of their own, and decoded together or one by one', async () => {
  const together = topK()
  const { decodeMany: _, ...alone } = topK()
  const seen: Float64Array[] = []
  const found = await capacity(of, {
    ...options,
    decoders: [
      together,
      {
        ...alone,
        decode(problem) {
          seen.push(problem.code.slice())
          return alone.decode(problem)
        },
      },
    ],
  })
  const [one, other] = found.curves
  expect(other).toEqual(one)
  const subset = randomSubset(N, 1, stream('s', 'capacity', 'subset', N, 1, 0))
  expect(seen[0]).toEqual(prepared(dictionary, 'unit').codewords.superpose(subset))
})

test.each([
  [null, /^mine broke its contract in trial 0 at k = 1: it answered with null, not with a list of indices$/],
  [{ 0: 1 }, /it answered with something of type object, not with a list/],
  [[N], /it answered with 40 as entry 0, outside of 0 to N − 1 = 39/],
])('a decoder that answers %j is blamed', async (answer, message) => {
  const { decodeMany: _, ...about } = topK()
  const mine = { ...about, name: 'mine', decode: () => answer as never }
  await expect(capacity(of, { ...options, decoders: [mine] })).rejects.toThrow(message)
  const many = { ...topK(), name: 'mine', decodeMany: () => answer as never, decode: () => answer as never }
  await expect(capacity(of, { ...options, decoders: [many] })).rejects.toThrow(message)
})
