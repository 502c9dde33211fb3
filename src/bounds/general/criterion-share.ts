import type { ActivityLaw } from '../../codes/model/activity.js'
import type { Criterion } from '../../codes/model/criterion.js'
import { bisectOutward } from '../../numerics/bisect.js'
import { hardBits } from './bits-read.js'
import { supportEntropy } from './support-entropy.js'

/**
 * The recall, in (0, 1], at which a reader that names k codewords meets a criterion: precision and F1 are then the
 * same as recall, and the bits of R follow from it.
 */
export function recallThatMeets(
  { kind, level }: Criterion,
  law: ActivityLaw,
  { N, k }: { readonly N: number; readonly k: number },
): number {
  if (kind !== 'bits') return level
  const wanted = level * supportEntropy(law, N, k)
  const short = (recall: number) =>
    hardBits(law, N, k, { recall, falsePositiveRate: (k * (1 - recall)) / (N - k) }) < wanted
  return bisectOutward(k / N, 1, short, 1e-12)
}
