import type { ModelDescription } from '../../../codes/model/description.js'
import type { Shape } from '../../../codes/model.js'
import type { WeightedSigns } from '../../../statistics/weighted-sign-tail.js'
import type { Members } from '../members.js'

/**
 * A code of any model, given all of it but the non-members: members, amplitudes and noise. In integer units: √d·X, and
 * scores d·⟨f_i, X⟩.
 */
export interface GeneralDraw {
  /** k is what decoders are told; the code has `members.k` members. */
  readonly shape: Shape
  readonly model: ModelDescription
  readonly members: Members
  /** √d·X, length d. */
  readonly code: Float64Array
  /** The members' scores. */
  readonly scores: Float64Array
  /** The law of a non-member's score. */
  readonly law: WeightedSigns
  /** How often each member is active, where codewords differ in that. */
  readonly rates?: Float64Array
}

/** What a decoder makes of a code, in expectation over the non-members. */
export interface Reads {
  /** P(exactly the members are chosen). */
  readonly exact: number
  /** Members chosen. */
  readonly hits: number
  /** Non-members chosen. */
  readonly falsePositives: number
}

/** The non-members of a draw: N − K. */
export const others = ({ shape, members }: GeneralDraw): number => Math.max(0, shape.N - members.k)

/**
 * How a decoder's reading of a code is computed from all but the non-members: a formula, of a decoder that reads in
 * one step; or `revealing`, of one whose every look at the dictionary asks for the best codewords for a residual, so
 * that it can be run on a dictionary that reveals only these.
 */
export type GeneralRule = ((draw: GeneralDraw) => Reads) | 'revealing'

/** A bar on scores, where codewords have norm 1, from what a decoder is told; undefined where it has several. */
export type FixedBar = (told: Pick<GeneralDraw, 'shape' | 'model'>) => number | undefined
