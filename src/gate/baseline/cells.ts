import { IDEAL, isPaper, type ModelDescription } from '../../codes/model/description.js'
import { hasConditional } from '../../decoders/built-in.js'
import type { Method } from '../../success/trials/sampler.js'

/** A problem size to record. */
export interface CellRequest {
  readonly N: number
  /** 0 where it is sought. */
  readonly k: number
  /** Of a given dictionary, at which k is sought; undefined where it is the dimension that is sought. */
  readonly d?: number
  readonly method: Method
  /** The drift that is tolerated, as a share of the dimension. */
  readonly tolerance: number
  /**
   * Left out, rather than an error, where the trials cannot show that the dimension lies within the tolerance, or
   * would not detect a drift.
   */
  readonly spare?: boolean
  /** Tried where this one is left out. */
  readonly instead?: CellRequest
  /** Recorded to the tolerance asked for, whatever that takes: the user named it. */
  readonly named?: boolean
  /** What it takes to record, roughly, in processor seconds. */
  readonly seconds?: number
  /** The same by the clock, of a decoder that waits for something else than a core. */
  readonly elapsed?: number
}

/** Tolerance of cells that are there to be different: a few hundred trials decide it. */
const COARSE = 0.15
const COARSE_CONDITIONAL = 0.03
/**
 * Small sizes, the first of which will do that has power: where d is small one dimension more or less is a few
 * percent, and success may grow in leaps.
 */
const SMALL: readonly (readonly [N: number, k: number])[] = [
  [64, 3],
  [128, 4],
  [256, 8],
]

/**
 * The sizes that matter when nobody says which: one that has the tolerance asked for, where trials are cheap and
 * success grows steeply with d, and coarse ones, where an error that depends on the size shows. By simulation that is
 * a size at which a few percent of d are whole dimensions; coarse are a small one, one of many members, and one
 * beyond 2^16. Given the members N costs nothing, and the transition is the sharper the larger it is; coarse is the
 * paper's reference point.
 *
 * @param nameOrPath of the decoder
 */
export function automaticCells(
  nameOrPath: string,
  tolerance: number,
  model: ModelDescription = IDEAL,
): CellRequest[] {
  const cell = (method: Method, N: number, k: number, coarse = 0): CellRequest => ({
    N,
    k,
    method,
    tolerance: Math.max(tolerance, coarse),
    spare: coarse > 0,
  })
  const small = SMALL.map(([N, k]) => cell('simulation', N, k, COARSE)).reduceRight((instead, one) => ({
    ...one,
    instead,
  }))
  const sharp = isConditional(nameOrPath, model)
    ? [cell('conditional', 1e200, 4), cell('conditional', 2 ** 20, 28, COARSE_CONDITIONAL)]
    : [cell('simulation', 1024, 24)]
  return [...sharp, small, cell('simulation', 4096, 40, COARSE), cell('simulation', 2 ** 17, 4, COARSE)]
}

/** Success trial by trial can be computed given the members for exact recovery in the paper's model alone. */
const isConditional = (nameOrPath: string, model: ModelDescription): boolean =>
  hasConditional(nameOrPath) && isPaper(model)

/** A cell of the user's own. */
export const ownCell = (
  nameOrPath: string,
  N: number,
  k: number,
  tolerance: number,
  model: ModelDescription = IDEAL,
): CellRequest => ({
  N,
  k,
  method: isConditional(nameOrPath, model) ? 'conditional' : 'simulation',
  tolerance,
  named: true,
})

/** The cell of a given dictionary: N codewords of length d. */
export const givenCell = (N: number, d: number, tolerance: number): CellRequest => ({
  N,
  k: 0,
  d,
  method: 'simulation',
  tolerance,
})

/** How a cell is called. */
export const cellId = ({ method, N, k, d }: Pick<CellRequest, 'method' | 'N' | 'k' | 'd'>): string =>
  `${method} at N = ${N}, ${d === undefined ? `k = ${k}` : `d = ${d}`}`
