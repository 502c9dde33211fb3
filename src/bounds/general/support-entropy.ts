import type { ActivityLaw } from '../../codes/model/activity.js'
import { requireFinite, requireInteger } from '../../io/arguments.js'
import { exactText } from '../../io/quantity-text.js'
import { entropyBits } from '../entropy.js'
import { rateClasses } from './rate-classes.js'

/** h(p), the entropy of a variable that is 1 with probability p, in bits. */
export function binaryEntropy(p: number): number {
  if (p <= 0 || p >= 1) return 0
  return -(p * Math.log(p) + (1 - p) * Math.log1p(-p)) / Math.LN2
}

/**
 * H, what is to be read of which codewords are active, in bits: log2 C(N, k) of a uniform k-subset, Σ h(p_i) of
 * independent ones. To about 1e-15 relative, 1e-9 for `zipf`.
 * @param k in [0, N]: an integer for a subset, any expected number for independent codewords
 * @throws RangeError unless N ≥ 1 and 0 ≤ k ≤ N; InputError where the law has no such rates
 * @since 0.2.0
 */
export function supportEntropy(law: ActivityLaw, N: number, k: number): number {
  return law.kind === 'subset' ? entropyBits(N, k) : separateEntropy(law, N, k)
}

/** Throws RangeError unless N ≥ 1 is an integer and k, expected or exact, is in [0, N]. */
export function checkActive(N: number, k: number): void {
  requireInteger('N', N, 1)
  requireFinite('k', k)
  if (k < 0 || k > N) throw new RangeError(`k must be from 0 to N = ${exactText(N)}, not ${k}`)
}

/**
 * T = Σ h(p_i) − H ≥ 0: 0 for independent codewords, about ½ log2(2πk(1 − k/N)) for a uniform k-subset. In bits.
 * @throws RangeError as `supportEntropy`
 * @since 0.2.0
 */
export function supportExcess(law: ActivityLaw, N: number, k: number): number {
  checkActive(N, k)
  return law.kind === 'subset' ? separateEntropy(law, N, k) - entropyBits(N, k) : 0
}

/** Σ h(p_i). */
function separateEntropy(law: ActivityLaw, N: number, k: number): number {
  checkActive(N, k)
  return rateClasses(law, N, k).reduce((sum, { rate, count }) => sum + count * binaryEntropy(rate), 0)
}
