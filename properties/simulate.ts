import type { Decoder } from '../src/codes/problem.js'
import { rademacherArena } from '../src/codes/rademacher.js'
import { sameSubset } from '../src/codes/subset.js'
import { drawTrial, type Shape, type Trial } from '../src/codes/trial.js'
import { conditionalOf } from '../src/decoders/built-in.js'
import { type MeanTest, type MeanTestOptions, testMean } from '../src/statistics/mean-test.js'
import type { RateTestOptions } from '../src/statistics/rate-rule.js'
import { type RateTest, testRate } from '../src/statistics/sequential-test.js'
import { conditionalTrial } from '../src/success/conditional/conditional-sampler.js'

/** Whether a decoder of this project reads the subset of a trial. */
export const reads = (decoder: Decoder, { problem, subset }: Trial): boolean =>
  sameSubset(decoder.decode(problem) as ArrayLike<number>, subset)

/** Decode fresh problems until the sequential test of the success rate is decided or out of trials. */
export function testDecoder(
  decoder: Decoder,
  shape: Shape,
  seed: string,
  options: RateTestOptions,
): RateTest {
  const test = testRate(options)
  const arena = rademacherArena()
  while (!test.done) {
    test.update(reads(decoder, drawTrial(shape, seed, test.trials, arena)))
  }
  return test
}

/** The same for a built-in decoder by P(success | members), whatever N is. */
export function testConditional(
  decoder: string,
  shape: Shape,
  seed: string,
  options: MeanTestOptions,
): MeanTest {
  const test = testMean(options)
  const { rule } = conditionalOf(decoder)
  while (!test.done) test.update(conditionalTrial(rule, shape, seed, test.trials))
  return test
}

/** How a sequential test came out, in a phrase. */
export function described({ successes, trials, estimate }: RateTest): string {
  const [low, high] = estimate().interval
  return `${successes}/${trials} decoded, rate in [${low.toFixed(4)}, ${high.toFixed(4)}]`
}
