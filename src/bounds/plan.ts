import type { Bound, BoundKind, Setting } from './bound.js'
import { coherenceGuarantee } from './coherence-guarantee.js'
import { corollary1 } from './corollary-1.js'
import { corollary2 } from './corollary-2.js'
import { counting } from './counting-bound.js'
import { coupledLaw } from './coupled-law.js'
import { entropyBits } from './entropy.js'
import { equation4 } from './equation-4.js'
import { fittedRules } from './fitted-rules.js'
import { groupTesting } from './group-testing.js'
import { idealConverseBound } from './ideal-converse.js'
import { idealDecoding } from './ideal-decoding.js'
import { informationTheoretic } from './information-limit.js'
import { lasso } from './lasso-law.js'
import { basisPursuitRule, matchingPursuitEven, matchingPursuitReliable } from './mp-rules.js'
import { ompAsymptote } from './omp-law.js'
import { checkParameters, FAILURE, type Parameters } from './parameters.js'
import { proposition1 } from './proposition-1.js'
import { proposition2 } from './proposition-2.js'
import { proposition3 } from './proposition-3.js'
import { outOfRange } from './range.js'
import { thresholdRuleOfThumb, topKRuleOfThumb } from './rules-of-thumb.js'
import { ampSoftLaw, ampSoftSignedLaw } from './soft-threshold.js'
import { ampSparseLimit, basisPursuitSparseLimit } from './sparse-limit.js'
import { amp } from './state-evolution.js'
import { basisPursuit, basisPursuitNonNegative, basisPursuitUnit } from './statistical-dimension.js'
import { thresholdLimit } from './threshold-asymptote.js'
import { thresholdBentkus } from './threshold-bentkus.js'
import { mapEven, mapReliable, thresholdEven, thresholdReliable } from './threshold-finite.js'
import { thresholdExact } from './threshold-union.js'
import { topKEven, topKReliable } from './top-k-finite.js'
import { topKLimit } from './top-k-law.js'
import { topKGuarantee } from './top-k-union.js'
import { orthogonalWhenWide, welch } from './welch.js'

/** Every bound, law and rule, from the limits of all decoders to the guarantees of the simplest. @since 0.1.0 */
export const bounds: readonly Bound[] = [
  counting,
  idealConverseBound,
  proposition1,
  idealDecoding,
  informationTheoretic,
  amp,
  coupledLaw,
  ampSparseLimit,
  ampSoftLaw,
  ampSoftSignedLaw,
  basisPursuitUnit,
  basisPursuitNonNegative,
  basisPursuit,
  basisPursuitRule,
  basisPursuitSparseLimit,
  lasso,
  ...fittedRules,
  matchingPursuitEven,
  matchingPursuitReliable,
  ompAsymptote,
  topKEven,
  topKReliable,
  topKGuarantee,
  topKLimit,
  groupTesting,
  topKRuleOfThumb,
  equation4,
  mapEven,
  mapReliable,
  thresholdEven,
  thresholdReliable,
  thresholdExact,
  thresholdBentkus,
  proposition3,
  corollary2,
  thresholdRuleOfThumb,
  thresholdLimit,
  coherenceGuarantee,
  proposition2,
  corollary1,
  welch,
  orthogonalWhenWide,
]

/**
 * The bounds, laws and rules of this key, in the order of `bounds`: a decoder's declaration names the one that it
 * follows.
 */
export const boundsOf = (law: string): Bound[] => bounds.filter(({ decoder }) => decoder === law)

/** One row of a plan. @since 0.1.0 */
export interface PlannedBound extends Omit<Bound, 'dimension' | 'bar' | 'silent'> {
  readonly problem?: Setting
  /**
   * Dimensions: the least whole number for guarantees and converses, a real number for laws, asymptotes and rules;
   * null where the statement says nothing, for the reason given.
   */
  readonly dimension: number | null
  /** Whole numbers between which the dimension lies, where it is computed with an error. */
  readonly interval?: readonly [number, number]
  /** dimension/H; null where H = 0, that is at k = 0 and k = N. */
  readonly dimsPerBit: number | null
  /** Why the statement is not to be relied on here: it says nothing, or a theorem of the plan contradicts it. */
  readonly reason?: string
}

/** What theory promises for one (N, k, p). @since 0.1.0 */
export interface Plan extends Parameters {
  /** H = log2 C(N, k). */
  readonly entropyBits: number
  readonly bounds: readonly PlannedBound[]
}

/**
 * Every bound at one (N, k, p), computed without anything of size N: N may be 1e100. p is 0.01 unless given.
 * @throws RangeError unless N ≥ 1 and 0 ≤ k ≤ N are integers and 0 < p < 1
 * @since 0.1.0
 */
export function plan({ N, k, p = FAILURE }: Omit<Parameters, 'p'> & Partial<Parameters>): Plan {
  checkParameters({ N, k, p })
  const bits = entropyBits(N, k)
  const rows = bounds.map((bound) => row(bound, { N, k, p }, bits))
  const ranged = rows.map((row) => ({ ...row, ...outOfRange(row, rows, p) }))
  return { N, k, p, entropyBits: bits, bounds: ranged }
}

function row({ dimension, bar, silent, ...what }: Bound, at: Parameters, bits: number): PlannedBound {
  const reason = silent?.(at)
  if (reason !== undefined) return { ...what, dimension: null, dimsPerBit: null, reason }
  const interval = bar?.(at)
  const d = interval?.[0] ?? whole(what.kind, dimension(at))
  return { ...what, dimension: d, dimsPerBit: bits === 0 ? null : d / bits, ...(interval && { interval }) }
}

/** A converse is rounded up only where rounding errors cannot have carried it past an integer. */
function whole(kind: BoundKind, d: number): number {
  if (kind === 'guarantee') return Math.ceil(d)
  return kind === 'converse' ? Math.ceil(d * (1 - 1e-13)) : d
}
