import type { ActivityLaw } from '../../codes/model/activity.js'
import { requireNumber } from '../../io/arguments.js'
import { rateClasses } from './rate-classes.js'
import { binaryEntropy, checkActive, supportEntropy } from './support-entropy.js'

/** What a decoder does on average: both are shares, in [0, 1], pooled over codewords and codes. @since 0.2.0 */
export interface PooledRates {
  /** Expected number of active codewords that it names, over the expected number of active ones. */
  readonly recall: number
  /** Expected number of others that it names, over the expected number of others. */
  readonly falsePositiveRate: number
}

/**
 * R, the bits that decisions on separate codewords read: Σ I(B_i; U_i) − T, U_i whether codeword i is named. That is
 * H − Σ H(B_i | U_i), so exact recovery reads H to the last digit, and R is at most H; it can be negative, down to
 * −T. Recall and false-positive rate are taken to be the same for every codeword: for a uniform subset they are, by
 * symmetry; for `zipf` give each class its own.
 *
 * R grows with the recall and falls with the false-positive rate as long as the first is the larger: its interval is
 * that of two corners.
 * @param N number of codewords, at least 1
 * @param k number of active ones, or its expectation, in [0, N]
 * @throws RangeError for N, k and shares that are none; InputError where the law has no such rates
 * @since 0.2.0
 */
export function hardBits(law: ActivityLaw, N: number, k: number, rates: PooledRates): number {
  checkActive(N, k)
  for (const [name, share] of Object.entries(rates)) {
    requireNumber(name, share)
    if (!(share >= 0 && share <= 1)) throw new RangeError(`${name} must be a share in [0, 1], not ${share}`)
  }
  const unread = rateClasses(law, N, k).reduce(
    (sum, { rate, count }) => sum + count * equivocation(rate, rates),
    0,
  )
  return supportEntropy(law, N, k) - unread
}

/** H(B | U) of one codeword that is active with probability p, in bits. */
export function equivocation(p: number, { recall, falsePositiveRate }: PooledRates): number {
  const hit = p * recall
  const miss = p * (1 - recall)
  const named = hit + (1 - p) * falsePositiveRate
  const left = miss + (1 - p) * (1 - falsePositiveRate)
  const of = (total: number, part: number) => (total === 0 ? 0 : total * binaryEntropy(part / total))
  return of(named, hit) + of(left, miss)
}
