import type { Method } from '../success/sampler.js'

/** A problem size to record. */
export interface CellRequest {
  readonly N: number
  readonly k: number
  readonly method: Method
  /** The drift that is tolerated, as a share of the dimension. */
  readonly tolerance: number
}

/** Coarse cells tolerate this drift: a few hundred trials decide it. */
const COARSE = 0.15

/**
 * The sizes that matter when nobody says which. One where trials are cheap, d is large enough for a few percent to be whole
 * dimensions, and the transition is sharp: it has the tolerance asked for. And coarse ones, where an error that depends on the size shows:
 * tiny, many members, and N beyond 2^16.
 */
export function simulationCells(tolerance: number): CellRequest[] {
  const coarse = Math.max(COARSE, tolerance)
  return [
    { N: 1024, k: 16, tolerance },
    { N: 64, k: 3, tolerance: coarse },
    { N: 4096, k: 40, tolerance: coarse },
    { N: 2 ** 17, k: 4, tolerance: coarse },
  ].map((size) => ({ ...size, method: 'simulation' }))
}

/** How a cell is called. */
export const cellId = ({ method, N, k }: CellRequest): string =>
  `${method === 'conditional' ? 'given the members, ' : ''}N = ${N}, k = ${k}`
