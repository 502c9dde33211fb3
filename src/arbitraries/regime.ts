import fc from 'fast-check'
import { pursuitRule } from '../bounds/mp-rules.js'
import { thresholdFiniteDimension } from '../bounds/threshold-finite.js'
import { topKFiniteDimension } from '../bounds/top-k-finite.js'
import type { Shape } from '../codes/trial.js'
import { requireNumber, shown } from '../io/arguments.js'
import { evenly } from './evenly.js'
import { type Range, rangeBounds } from './range.js'

/** Where success is even, by the law or rule for this decoder. */
const transitions = {
  threshold: (N: number, k: number) => thresholdFiniteDimension(N, k, 0.5),
  'top-k': (N: number, k: number) => topKFiniteDimension(N, k, 0.5),
  'matching-pursuit': (N: number, k: number) => pursuitRule(N, k, 1),
}

/** Where around a transition shapes are drawn. @since 0.1.0 */
export interface RegimeConstraints {
  /**
   * A decoder whose transition is known, or the dimension of even odds as a function of N and k.
   *
   * @defaultValue `top-k`
   */
  readonly transition?: keyof typeof transitions | ((N: number, k: number) => number)
  /** Number of codewords, ≥ 2. @defaultValue 64 to 1024 */
  readonly N?: Range
  /** Size of the subset, ≥ 1; at most N / 2 whatever is given. @defaultValue 1 to 8 */
  readonly k?: Range
  /** d reaches from the transition over this factor to the transition times it; > 1. @defaultValue `2` */
  readonly spread?: number
}

/**
 * Sizes of problems around a decoder's transition from failing to succeeding: where a change of it shows.
 *
 * @since 0.1.0
 */
export function regime({
  transition = 'top-k',
  N,
  k,
  spread = 2,
}: RegimeConstraints = {}): fc.Arbitrary<Shape> {
  requireNumber('spread', spread)
  if (!(spread > 1 && spread < Infinity)) throw new RangeError(`spread takes a number above 1, not ${spread}`)
  const law =
    typeof transition === 'function'
      ? transition
      : Object.hasOwn(transitions, transition)
        ? transitions[transition]
        : undefined
  if (!law) {
    const known = Object.keys(transitions).join(', ')
    throw new RangeError(`transition must be a function or one of ${known}, not ${shown(transition)}`)
  }
  const at = evenly(-1, 1)
  return fc
    .record({
      N: fc.integer(rangeBounds('N', N, 2, { min: 64, max: 1024 })),
      k: fc.integer(rangeBounds('k', k, 1, { min: 1, max: 8 })),
      at,
    })
    .map(({ N, k, at }) => {
      const sparsity = Math.min(k, Math.floor(N / 2))
      const d = Math.max(1, Math.round(law(N, sparsity) * spread ** at))
      return { N, k: sparsity, d }
    })
}
