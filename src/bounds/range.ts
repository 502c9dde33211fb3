import type { PlannedBound } from './plan.js'

/** A law, an asymptote or a rule: what a theorem may contradict. */
const isPrediction = ({ kind }: PlannedBound): boolean => kind !== 'guarantee' && kind !== 'converse'

/**
 * Why a prediction is out of its range: a theorem among the rows, of the same problem, contradicts it. It has success
 * pass one half, or 1 − p ≥ ½, at a dimension below which no decoder has even odds; or not before a dimension at
 * which its decoder is proved to have it.
 * @param p the failure probability of the plan
 */
export function outOfRange(
  row: PlannedBound,
  rows: readonly PlannedBound[],
  p: number,
): { readonly reason: string } | undefined {
  if (!isPrediction(row) || row.problem !== undefined || row.dimension === null) return undefined
  const d = row.dimension
  const theorem = rows.find(
    (other) =>
      other.dimension !== null &&
      ((other.kind === 'converse' && rulesOut(other, row, p) && Math.ceil(d) < other.dimension) ||
        (other.kind === 'guarantee' && promises(other, row, p) && Math.floor(d) > other.dimension)),
  )
  if (!theorem) return undefined
  const side = theorem.kind === 'converse' ? 'below what any decoder needs' : 'above what suffices'
  return { reason: `out of its range: ${side} (${theorem.id})` }
}

/** Whether no decoder could do below the converse what the prediction has it do. */
const rulesOut = (converse: PlannedBound, { level }: PlannedBound, p: number): boolean =>
  converse.problem === undefined && (level === 'even' || p <= 0.5)

/** Whether the guarantee, of one subset or of all, promises what the prediction puts at its dimension. */
const promises = (guarantee: PlannedBound, { decoder, level }: PlannedBound, p: number): boolean =>
  guarantee.decoder === decoder &&
  (guarantee.problem === undefined || guarantee.problem === 'every subset') &&
  (level === 'reliable' || (level === 'even' && p <= 0.5))
