import type { CodeModel, Decoder, Dictionary, Problem } from '../codes/problem.js'
import type { Shape } from '../codes/trial.js'
import { type ReadMany, withProblemCheck } from './check-problem.js'
import type { Conditional } from './member-rules/conditional.js'
import type { FixedBar, GeneralRule } from './member-rules/general/reads.js'

/** What decoders have in common that belong together. @since 0.1.0 */
export type Family = 'one-step' | 'greedy' | 'basis pursuit' | 'message passing' | 'search' | 'learned'

/** What is known of a decoder beside its rule. Of a user's nothing is, whatever its name. @since 0.1.0 */
export type Traits = Partial<
  Pick<BuiltInDecoder, 'family' | 'law' | 'ripple' | 'conditional' | 'fixedBar' | 'generalTrials'>
>

/** A decoder of this package: the contract, and what is known of it. @since 0.1.0 */
export interface BuiltInDecoder extends Decoder {
  /** Where its rule is written down. */
  readonly source: string
  /** Its name where space is short. */
  readonly label: string
  readonly family: Family
  /** k distinct indices in [0, N), in any order; more or fewer where it declares `sizeVaries`. */
  decode(problem: Problem): ArrayLike<number> | Promise<ArrayLike<number>>
  /** The key of the bounds that predict its dimension; none where nothing does. */
  readonly law?: string
  /** Dimensions over which its success ripples, and is averaged. @defaultValue `1` */
  readonly ripple?: number
  /** What makes its success computable given the members. */
  readonly conditional?: Conditional
  /** What makes its reading of a code of any model computable, given all but the non-members. */
  readonly general?: GeneralRule
  /** Trials by which recall, precision and F1 are known to half a point, at k = 64 and 99 %; 1000 unless given. */
  readonly generalTrials?: number
  /** Where it names what reaches one bar, the same for all codes of a model: τ, where codewords have norm 1. */
  readonly fixedBar?: FixedBar
  /** Read several codes of one dictionary in fewer passes over it; the same answers as `decode` gives. */
  decodeMany?(
    dictionary: Dictionary,
    codes: readonly Float64Array[],
    k: number,
    model?: CodeModel,
  ): number[][]
}

/** What a decoder may declare beside its rule; a user's decoder may too. @since 0.1.0 */
export interface Declared extends Decoder {
  /** The rule may answer with fewer or more than k indices; then it has failed, but kept its contract. */
  readonly sizeVaries?: boolean
  /** Coherence below which it recovers every k-subset: a promise that the contract check holds it to. */
  readonly coherenceGuarantee?: (k: number) => number
  /** Why it cannot read problems of this shape, in a few words; undefined where it can. */
  readonly refuses?: (shape: Shape) => string | undefined
}

/** What a decoder says of itself beside its rule. */
export type About = Pick<
  BuiltInDecoder & Declared,
  | 'name'
  | 'source'
  | 'label'
  | 'family'
  | 'law'
  | 'ripple'
  | 'conditional'
  | 'general'
  | 'fixedBar'
  | 'generalTrials'
  | 'sizeVaries'
  | 'coherenceGuarantee'
  | 'refuses'
>

/**
 * A decoder from a rule that reads many codes of one dictionary at a time. Its methods throw RangeError at what is no
 * problem.
 */
export function batchDecoder(about: About, read: ReadMany<number[]>): BuiltInDecoder & Declared {
  const decodeMany = withProblemCheck(about.name, read)
  return {
    ...about,
    decodeMany,
    decode: ({ dictionary, code, k, model }: Problem) => decodeMany(dictionary, [code], k, model)[0],
  }
}
