import fc from 'fast-check'
import { type Codewords, codewordFamilies, fitDimension } from '../codes/ensembles/ensembles.js'
import { shown } from '../io/arguments.js'
import type { Instance } from './instance.js'
import { type Range, rangeBounds } from './range.js'

/** What instances are drawn from. @since 0.1.0 */
export interface InstanceConstraints {
  /** Number of codewords, ≥ 1. @defaultValue 1 to 40 */
  readonly N?: Range
  /** Size of the subset, ≥ 0; where it would exceed N, it is N. @defaultValue 0 to 40, mostly small */
  readonly k?: Range
  /** Dimension, ≥ 1; where the family needs more for N codewords, that. @defaultValue 1 to 200, often small */
  readonly d?: Range
  /** Families that codewords come from. @defaultValue `rademacher` three times in four and `repeated` else */
  readonly codewords?: readonly Codewords[]
}

const usual: readonly Codewords[] = ['rademacher', 'rademacher', 'rademacher', 'repeated']

/**
 * Parameters of small problems, typical and adversarial: k = 0, 1 and N, tiny d where most codewords collide,
 * repeated and negated codewords, d wide enough for one-step reading. Shrinks towards small N, k and d. Throws
 * RangeError for ranges that are none.
 *
 * @since 0.1.0
 */
export function instance({ N, k, d, codewords = usual }: InstanceConstraints = {}): fc.Arbitrary<Instance> {
  const refused = Array.isArray(codewords)
    ? codewords.length === 0
      ? 'none'
      : codewords.filter((family) => !codewordFamilies.includes(family)).map(shown)[0]
    : shown(codewords)
  if (refused) throw new RangeError(`codewords takes some of ${codewordFamilies.join(', ')}, not ${refused}`)
  const sizes = rangeBounds('N', N, 1, { min: 1, max: 40 })
  const sparsities = rangeBounds('k', k, 0, { min: 0, max: sizes.max })
  const dimensions = rangeBounds('d', d, 1, { min: 1, max: 200 })
  return fc
    .record({
      N: fc.integer(sizes),
      k: lowHalf(sparsities, 0.3),
      d: lowHalf(dimensions, 0.06),
      codewords: fc.constantFrom(...codewords),
      trial: fc.noShrink(fc.nat()),
    })
    .map(({ N, k, d, codewords, trial }) => ({
      N,
      k: Math.min(k, N),
      d: fitDimension(codewords, N, d),
      codewords,
      trial,
    }))
}

/** Half the time from the lowest share of the range, otherwise from all of it. */
function lowHalf({ min, max }: { min: number; max: number }, share: number): fc.Arbitrary<number> {
  const low = min + Math.ceil((max - min) * share)
  return fc.oneof(fc.integer({ min, max: low }), fc.integer({ min, max }))
}
