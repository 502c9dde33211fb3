import { criterionOf, criterionText } from '../../codes/model/criterion.js'
import type { ModelDescription } from '../../codes/model/description.js'
import type { BoundKind } from '../bound.js'
import { checkParameters, checkPositive, type Parameters } from '../parameters.js'
import { bitBounds, listFano } from './bit-bounds.js'
import { recallThatMeets } from './criterion-share.js'
import { evolution } from './evolution.js'
import type { ModelBound, ModelPlace } from './model-bound.js'
import { type ModelProblem, modelProblem } from './model-problem.js'
import { lawsOfRecall, recallLaws } from './recall-laws.js'
import { supportEntropy } from './support-entropy.js'
import { type WhatIsRead, whatIsRead } from './what-is-read.js'

/** One row of a model's plan. */
export interface PlannedModelBound
  extends Pick<ModelBound, 'id' | 'decoder' | 'criterion' | 'source' | 'statement'> {
  readonly kind: BoundKind
  /** A real number; null where the statement says nothing, for the reason given. */
  readonly dimension: number | null
  /** dimension/H. */
  readonly dimsPerBit: number | null
  readonly reason?: string
}

/** What theory promises for one (N, k, p) and a model of the problem. */
export interface GeneralPlan extends Parameters {
  readonly model: ModelDescription
  /** H, of which codewords are active. */
  readonly entropyBits: number
  readonly bounds: readonly PlannedModelBound[]
  /** What can be read of d dimensions, where d was given. */
  readonly reading?: WhatIsRead
}

/** Every law and converse for a model without a criterion of its own, in the order of the plan. */
export const modelBounds: readonly ModelBound[] = [...recallLaws, ...bitBounds]

/**
 * The plan of a model, at a cost that does not grow with N: of its criterion, where it has one.
 * @param d dimension for which to say what can be read
 * @throws RangeError for what is no problem; InputError for what is no model
 */
export function generalPlan(
  { model, ...at }: Parameters & { model: ModelDescription },
  d?: number,
): GeneralPlan {
  checkParameters(at)
  if (d !== undefined) checkPositive(d, 'd')
  const problem = modelProblem(model, at.N, at.k)
  const entropyBits = supportEntropy(problem.activity, at.N, at.k)
  const place: ModelPlace = { problem, evolution: evolution(problem), entropyBits, p: at.p }
  return {
    ...at,
    model,
    entropyBits,
    bounds: boundsOf(problem, model).map((bound) => planned(bound, place)),
    ...(d !== undefined && { reading: whatIsRead(problem, place.evolution, d) }),
  }
}

function boundsOf({ activity, N, k }: ModelProblem, model: ModelDescription): readonly ModelBound[] {
  const criterion = criterionOf(model)
  if (criterion.kind === 'exact') return modelBounds
  const share = recallThatMeets(criterion, activity, { N, k })
  const missed = Number((1 - share).toPrecision(12))
  return [...lawsOfRecall(share, criterionText(criterion)), listFano(missed, criterionText(criterion))]
}

/** A row, or why there is none. */
export function planned({ kind, silent, dimension, ...what }: ModelBound, at: ModelPlace): PlannedModelBound {
  const row = { ...what, kind: kind(at) }
  const found = silent?.(at) ?? dimension(at)
  if (typeof found === 'string') return { ...row, dimension: null, dimsPerBit: null, reason: found }
  if (!Number.isFinite(found)) {
    return { ...row, dimension: null, dimsPerBit: null, reason: 'no dimension is found' }
  }
  return { ...row, dimension: found, dimsPerBit: found / at.entropyBits }
}
