import type { BoundKind } from './bound.js'
import { countingSuccess } from './counting-bound.js'
import { codeSuccess } from './ideal-converse.js'
import { idealSuccess } from './ideal-decoding.js'
import { checkPositive } from './parameters.js'
import type { Plan, PlannedBound } from './plan.js'

/** What a plan says of one decoder at one dimension. */
export interface Feasibility {
  readonly decoder: string
  /**
   * `proved` by a theorem; `impossible` by one that holds for every decoder, whose success it keeps below even odds;
   * `likely` where every statement of the strongest kind that there is for the decoder is met, `even` where some are,
   * `unlikely` where none is.
   */
  readonly answer: 'proved' | 'likely' | 'even' | 'unlikely' | 'impossible'
  /** The kind of statement that the answer rests on. */
  readonly by: BoundKind
  /** The statement of that kind with the largest dimension that d reaches. */
  readonly reached?: PlannedBound
  /** The statement of that kind with the least dimension that d misses. */
  readonly missed?: PlannedBound
}

/** An answer for people. */
export const answerText: Readonly<Record<Feasibility['answer'], string>> = {
  proved: 'yes, proved',
  likely: 'yes',
  even: 'about even',
  unlikely: 'no',
  impossible: 'no, proved',
}

/** From the strongest. */
const kinds = ['guarantee', 'law', 'rule', 'asymptote'] as const

/**
 * Which decoders read a code of d dimensions, in the order of the plan. A guarantee decides only when it is met:
 * missing it says nothing.
 * @throws RangeError unless d is positive and finite
 */
export function feasibilities({ bounds }: Plan, d: number): Feasibility[] {
  checkPositive(d, 'd')
  const rows = bounds.filter(
    ({ decoder, problem, reason }) =>
      decoder !== 'any' && (problem === undefined || problem === 'every subset') && reason === undefined,
  )
  const decoders = [...new Set(rows.map(({ decoder }) => decoder))]
  const converse = bounds.find(({ kind, problem }) => kind === 'converse' && problem === undefined)!
  if (Math.floor(d) < converse.dimension!)
    return decoders.map((decoder) => ({ decoder, answer: 'impossible', by: 'converse' }))
  return decoders.flatMap((decoder) => {
    const own = rows.filter((row) => row.decoder === decoder)
    return feasibility(decoder, own, d) ?? []
  })
}

/** Largest k of the strong converse, which sums over all k + 1 values of a coordinate. */
const STRONG = 4096

/**
 * What the success of no decoder exceeds at dimension d, on average over Rademacher dictionaries and subsets: the
 * least of three bounds.
 */
export function mostSuccess(N: number, k: number, d: number): number {
  const whole = Math.ceil(d)
  const weak = Math.min(countingSuccess(N, k, d), codeSuccess(N, k, whole))
  return k <= STRONG ? Math.min(weak, Math.exp(idealSuccess(N, k, whole))) : weak
}

/** Undefined where there is nothing but a guarantee that d misses. */
function feasibility(decoder: string, bounds: readonly PlannedBound[], d: number): Feasibility | undefined {
  const met = (bound: PlannedBound) => d >= bound.dimension!
  const by = kinds.find((kind) => bounds.some((b) => b.kind === kind && (kind !== 'guarantee' || met(b))))
  if (!by) return undefined
  const rows = bounds.filter(({ kind }) => kind === by).toSorted((a, b) => a.dimension! - b.dimension!)
  const reached = rows.findLast(met)
  const missed = rows.find((row) => !met(row))
  const answer = by === 'guarantee' ? 'proved' : !missed ? 'likely' : reached ? 'even' : 'unlikely'
  return { decoder, answer, by, ...(reached && { reached }), ...(missed && by !== 'guarantee' && { missed }) }
}
