import { supportEntropy } from '../bounds/general/support-entropy.js'
import type { ActivityLaw } from '../codes/model/activity.js'
import type { Shape } from '../codes/trial.js'
import { InputError } from '../io/input-error.js'

/** Where trials are drawn: a dimension, and over a given dictionary, which has but one, a sparsity of its own. */
export interface Place {
  readonly d: number
  /** The cell's unless given. */
  readonly k?: number | undefined
}

/** The place at which success passes the target. */
export interface TransitionPlace {
  readonly N: number
  /** Over a given dictionary between whole numbers. */
  readonly k: number
  readonly dimension: number
  /** Over a given dictionary: it is k that is sought, at the file's dimension. */
  readonly axis?: 'k' | undefined
}

export const shapeAt = ({ N, k }: Pick<TransitionPlace, 'N' | 'k'>, place: Place): Shape => ({
  N,
  k: place.k ?? k,
  d: place.d,
})

/**
 * How much easier a place is than that of the target: dimensions for each codeword, as a multiple of those there.
 *
 * @param moved the dimension for each codeword at which success passes the target has grown by this share
 */
export const easeAt = (
  { dimension, k }: Pick<TransitionPlace, 'dimension' | 'k'>,
  place: Place,
  moved = 0,
): number => (place.d / (dimension * (1 + moved))) * (place.k === undefined ? 1 : k / place.k)

/**
 * The places that a tolerance leads to: below, where success is to be less than the target, and above, where it is to
 * be more. Throws InputError where one of them is none.
 */
export function bracketEnds(
  { N, k, dimension, axis }: TransitionPlace,
  tolerance: number,
): readonly [Place, Place] {
  const lower = Math.floor(dimension * (1 - tolerance))
  const few = Math.floor(k * (1 - tolerance))
  if (axis === 'k' && few >= 1) {
    return [
      { d: dimension, k: Math.min(N, Math.ceil(k * (1 + tolerance))) },
      { d: dimension, k: few },
    ]
  }
  if (axis === undefined && lower >= 1) {
    return [{ d: lower }, { d: Math.ceil(dimension * (1 + tolerance)) }]
  }
  const what = axis === 'k' ? `a sparsity of ${k.toFixed(1)}` : `a dimension of ${dimension.toFixed(1)}`
  const where = axis === 'k' ? `at N = ${N}, d = ${dimension}` : `at N = ${N}, k = ${k}`
  throw new InputError(`${what} ${where} is too small for a tolerance of ${tolerance}`)
}

/** The tolerance, or what whole numbers of codewords make of it. */
export function spreadOf(passing: TransitionPlace, tolerance: number): number {
  if (passing.axis === undefined) return tolerance
  const [lower, upper] = bracketEnds(passing, tolerance)
  return Math.max(tolerance, 1 - easeAt(passing, lower), easeAt(passing, upper) - 1)
}

/** The drift to detect is so many tolerances; what whole numbers of codewords make of one is wide already. */
const [DETECTED_TOLERANCES, DETECTED_SPREADS] = [2.5, 1.5]

/** The drift that a cell of this tolerance is to detect, as a share. */
export const driftToDetect = (passing: TransitionPlace, tolerance: number): number =>
  passing.axis === undefined
    ? DETECTED_TOLERANCES * tolerance
    : Math.max(DETECTED_TOLERANCES * tolerance, DETECTED_SPREADS * spreadOf(passing, tolerance))

/** The bits of an active set; between whole numbers of codewords on a line. */
export function bitsOf(law: ActivityLaw, { N, k }: Pick<TransitionPlace, 'N' | 'k'>): number {
  const low = Math.floor(k)
  const bits = supportEntropy(law, N, low)
  return low === k ? bits : bits + (k - low) * (supportEntropy(law, N, low + 1) - bits)
}

/** Dims per bit at the two ends, the smaller first. */
export const intervalOf = (
  law: ActivityLaw,
  passing: TransitionPlace,
  [lower, upper]: readonly [Place, Place],
): [number, number] => [
  lower.d / bitsOf(law, shapeAt(passing, lower)),
  upper.d / bitsOf(law, shapeAt(passing, upper)),
]

/** In words: `d = 100`, or `k = 9` where it is k that is sought. */
export const placeText = ({ d, k }: Place): string => (k === undefined ? `d = ${d}` : `k = ${k}`)
