import { bisectOutward } from '../numerics/bisect.js'
import { exp, exponential } from '../numerics/exp.js'
import { innerUnordered } from '../numerics/inner.js'
import { ln } from '../numerics/special/logarithms.js'
import { normalQuantile } from '../numerics/special/normal.js'
import type { WeightedSigns } from './weighted-sign-tail.js'

/** −ln of the chance, at most, of as large a share in the span as is left to `drawsInSpan`. */
const RARE = 6
/** Tilts of the share in the span that are looked at, in (0, ½). */
const TILTS = 50

/** Signs that are drawn where their sum alone does not say whether they reach a rank. */
export interface SpanDraws {
  /** The chance that a draw is tried. */
  readonly chance: number
  /**
   * Tries: writes the signs and returns their sum, or undefined where the try fails. Signs that reach the rank are
   * returned with a probability of 2^−d/chance each, and of the others none.
   */
  draw(random: () => number, signs: Float64Array): number | undefined
}

/**
 * Fair signs ε have the rank S/√(1 − L) for S = Σ ε_j r_j and L the share of ‖ε‖² = d in the span of m orthonormal
 * directions, to which r is orthogonal. Of S this is what matters for a rank above one that is given, as a share of
 * it: a smaller one takes a larger L, which is rare.
 */
export function usualSum(m: number, d: number): number {
  if (m === 0) return 1
  const most = (d + m) / 2
  const square = bisectOutward(m, most, (x) => x - m - m * ln(x / m) < 2 * RARE, d * 1e-6)
  return Math.sqrt(1 - square / d)
}

/**
 * Draws fair signs of a sum below `cut` and of a rank of at least `rank`, where 0 < cut < rank: exact, by rejection
 * from the law tilted along the sum and the share in the span. A tilt by a square is a mixture of tilts: with G
 * normal, e^(t·y²) = E e^(√(2t)·G·y), and for these cosh x ≤ e^(x²/2). So the chance of a try is known, and
 * about Chernoff's bound of both tails.
 */
export function drawsInSpan(
  { weights, spread, tolerance }: WeightedSigns,
  directions: readonly Float64Array[],
  cut: number,
  rank: number,
): SpanDraws {
  const [m, d] = [directions.length, weights.length]
  const square = d * (1 - (cut / rank) ** 2)
  // Of all that reach the rank, one with this sum or with none comes the lightest out of a tilt: the first, here.
  const slopeFor = (tilt: number) => Math.min(cut / spread ** 2, (tilt * (d - square)) / cut)
  const leastOf = (tilt: number) => slopeFor(tilt) * cut + tilt * square
  const logChance = (tilt: number) =>
    (slopeFor(tilt) * spread) ** 2 / 2 - leastOf(tilt) - (m / 2) * ln(1 - 2 * tilt)
  const tilts = Array.from({ length: TILTS - 1 }, (_, t) => (t + 1) / (2 * TILTS))
  const tilt = tilts.reduce((best, other) => (logChance(other) < logChance(best) ? other : best))
  const [slope, least] = [slopeFor(tilt), leastOf(tilt)]
  const deviation = 1 / Math.sqrt(1 - 2 * tilt)
  const chance = exponential(logChance(tilt))
  const tilted = new Float64Array(d)
  return {
    chance,
    draw(random, signs) {
      for (let j = 0; j < d; j++) tilted[j] = slope * weights[j]
      for (const direction of directions) {
        const g = Math.sqrt(2 * tilt) * deviation * normalQuantile(random() + 2 ** -33, 0, 1)
        for (let j = 0; j < d; j++) tilted[j] += g * direction[j]
      }
      if (!(random() < exp(belowBound(tilted)))) return undefined
      let sum = 0
      for (let j = 0; j < d; j++) {
        signs[j] = random() * (1 + exp(-2 * tilted[j])) < 1 ? 1 : -1
        sum += signs[j] * weights[j]
      }
      if (!(sum < cut - tolerance)) return undefined
      let within = 0
      for (const direction of directions) within += innerUnordered(direction, signs) ** 2
      const reaches = sum + tolerance >= rank * Math.sqrt(Math.max(0, 1 - within / d))
      return reaches && random() < exp(least - slope * sum - tilt * within) ? sum : undefined
    },
  }
}

/** ln Π cosh x_j/e^(x_j²/2). */
function belowBound(x: Float64Array): number {
  let log = 0
  for (let j = 0; j < x.length; j++) {
    const size = Math.abs(x[j])
    log += size + ln((1 + exp(-2 * size)) / 2) - (size * size) / 2
  }
  return log
}
