import { testMean } from '../statistics/mean-test.js'
import type { RateTestOptions } from '../statistics/rate-rule.js'
import { type SequentialTest, testRate } from '../statistics/sequential-test.js'
import type { Method } from '../success/trials/sampler.js'

/** A sequential test and how it takes trial values. */
export interface ValueTest {
  readonly test: SequentialTest
  update(value: number): void
}

/** The sequential test of a success probability by what a method gives: outcomes 0 and 1, or values between. */
export function valueTest(method: Method, options: Omit<RateTestOptions, 'horizon'>): ValueTest {
  if (method === 'conditional') {
    const test = testMean(options)
    return { test, update: test.update }
  }
  const test = testRate(options)
  return { test, update: (value) => test.update(value === 1) }
}
