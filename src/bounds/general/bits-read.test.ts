import fc from 'fast-check'
import { expect, test } from 'vitest'
import { evenly } from '../../arbitraries/evenly.js'
import { parseActivity, ratesOf } from '../../codes/model/activity.js'
import { relative } from '../../testing/regimes.js'
import { entropyBits } from '../entropy.js'
import { hardBits } from './bits-read.js'
import { rateClasses } from './rate-classes.js'
import { binaryEntropy, supportEntropy, supportExcess } from './support-entropy.js'

const laws = ['subset', 'bernoulli', 'zipf:0.5', 'zipf:1', 'zipf:2.5'].map(parseActivity)
const [subset, bernoulli, , zipf] = laws

test('classes of rates stand for every codeword: sums of rates and of entropies', () => {
  for (const [N, k] of [
    [64, 3],
    [65, 3],
    [129, 3],
    [4096, 16],
    [50000, 300],
  ]) {
    for (const law of laws) {
      const rates = ratesOf(law, N, k)
      const each = Array.from({ length: N }, (_, i) => rates.of(i))
      const classes = rateClasses(law, N, k)
      const over = (f: (p: number) => number) => classes.reduce((sum, c) => sum + c.count * f(c.rate), 0)
      expect(
        relative(
          over(() => 1),
          N,
        ),
      ).toBeLessThan(1e-9)
      for (const f of [(p: number) => p, binaryEntropy]) {
        expect(
          relative(
            over(f),
            each.reduce((sum, p) => sum + f(p), 0),
          ),
        ).toBeLessThan(1e-9)
      }
    }
  }
})

test('exact recovery reads H to the last digit, nothing reads −T', () => {
  for (const law of laws) {
    for (const N of [64, 2 ** 20, 2 ** 40]) {
      expect(hardBits(law, N, 20, { recall: 1, falsePositiveRate: 0 })).toBe(supportEntropy(law, N, 20))
    }
    expect(hardBits(law, 4096, 20, { recall: 0.3, falsePositiveRate: 0.3 })).toBeCloseTo(
      -supportExcess(law, 4096, 20),
      8,
    )
  }
  expect(supportEntropy(subset, 2 ** 20, 28)).toBe(entropyBits(2 ** 20, 28))
  expect(supportExcess(subset, 2 ** 17, 64)).toBeCloseTo(0.5 * Math.log2(2 * Math.PI * 64), 1)
  expect(supportExcess(bernoulli, 2 ** 17, 64)).toBe(0)
})

test('bits are the mutual information of decisions, and grow with recall', () => {
  const h = binaryEntropy
  const property = fc.property(
    fc.integer({ min: 2, max: 500 }),
    evenly(0, 1),
    evenly(0, 1),
    evenly(0, 1),
    (N, share, a, b) => {
      const k = Math.ceil(share * N)
      const p = k / N
      const [falsePositiveRate, recall] = a < b ? [a, b] : [b, a]
      const q = p * recall + (1 - p) * falsePositiveRate
      const direct = N * (h(q) - p * h(recall) - (1 - p) * h(falsePositiveRate)) - supportExcess(subset, N, k)
      const read = hardBits(subset, N, k, { recall, falsePositiveRate })
      expect(Math.abs(read - direct)).toBeLessThan(1e-9 * N)
      const better = hardBits(subset, N, k, {
        recall: (1 + recall) / 2,
        falsePositiveRate: falsePositiveRate / 2,
      })
      expect(better).toBeGreaterThanOrEqual(read - 1e-9 * N)
    },
  )
  fc.assert(property, { seed: 1, numRuns: 500 })
  expect(() => hardBits(zipf, 100, 3, { recall: 1.2, falsePositiveRate: 0 })).toThrow('a share in [0, 1]')
})

test('shares are in [0, 1], and k from 0 to N: all else is refused', () => {
  const right = { recall: 1, falsePositiveRate: 0 }
  for (const law of [subset, bernoulli]) {
    for (const share of [-0.1, 1.1, Number.NaN])
      expect(() => hardBits(law, 9, 2, { ...right, recall: share })).toThrow(/^recall must be /)
    for (const k of [-1, 10, Number.NaN])
      for (const f of [hardBits, supportEntropy, supportExcess])
        expect(() => f(law, 9, k, right)).toThrow(/^k must be /)
    for (const f of [hardBits, supportExcess]) expect(() => f(law, 0, 0, right)).toThrow(/^N must be /)
  }
  expect(hardBits(bernoulli, 9, 0, right)).toBe(0)
  expect(supportEntropy(bernoulli, 9, 9)).toBe(0)
})
