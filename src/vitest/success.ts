import type { Shape } from '../codes/trial.js'
import { valueTest } from '../gate/value-test.js'
import { defaultBudget } from '../statistics/alpha-budget.js'
import { trialsToDetect } from '../statistics/power.js'
import { requireProbability } from '../statistics/ranges.js'
import type { SequentialTest } from '../statistics/sequential-test.js'
import type { ContractViolation, Sampler } from '../success/trials/sampler.js'

export interface SuccessTestOptions {
  /** Probability of failing a decoder that does succeed that often. @defaultValue a millionth */
  readonly falseAlarm?: number
  /**
   * A decoder that succeeds less often by this much is caught with probability 0.999.
   *
   * @defaultValue `0.1`, or half of what there is
   */
  readonly margin?: number
  /** Any string. @defaultValue `'1'` */
  readonly seed?: string
}

/** How a decoder's success compares with a probability. */
export interface SuccessFinding {
  /** Whether it succeeds that often, as far as the trials tell: it is not shown to fall short. */
  readonly passed: boolean
  readonly test: SequentialTest
  /** The first trial that broke the contract; such trials count as failures. */
  readonly fault?: ContractViolation
}

/** Probability that a shortfall of the margin is caught. */
const POWER = 0.999
const BLOCK = 64

/**
 * Whether a decoder's success probability at this shape is at least p: a sequential test with as many trials as the
 * margin takes. It ends at once where the answer is clear.
 */
export async function testSuccess(
  sampler: Sampler,
  shape: Shape,
  p: number,
  { falseAlarm = defaultBudget, margin = Math.min(0.1, p / 2), seed = '1' }: SuccessTestOptions = {},
): Promise<SuccessFinding> {
  requireProbability('the success probability', p)
  requireProbability('the margin', margin)
  if (margin >= p) throw new RangeError(`the margin must be less than the probability ${p}, not ${margin}`)
  const options = { bar: p, alpha: falseAlarm }
  const cap = trialsToDetect({ ...options, truth: p - margin, power: POWER })
  const { test, update } = valueTest(sampler.method, { ...options, cap })
  let fault: ContractViolation | undefined
  for (let from = 0; !test.done; from += BLOCK) {
    const run = await sampler.run(shape, seed, from, BLOCK)
    fault ??= run.faults[0]
    for (let t = 0; t < BLOCK && !test.done; t++) update(run.values[t])
  }
  return { passed: test.verdict !== 'below', test, ...(fault && { fault }) }
}
