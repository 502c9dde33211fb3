import type { Bound } from './bound.js'
import { checkSubset } from './parameters.js'

/**
 * d = 4k ln N, the dimension at which Equation 4 takes the bitrate.
 * @throws RangeError unless N ≥ 1 and 0 ≤ k ≤ N are integers
 * @since 0.1.0
 */
export function equation4Dimension(N: number, k: number): number {
  checkSubset(N, k)
  return 4 * k * Math.log(N)
}

/**
 * The bitrate at d = 4k ln N is at most (1/(4 ln 2))(1 − (ln k − 1)/ln N) bits per dimension (paper, Equation 4).
 * 1 ≤ k ≤ N, N ≥ 2, else RangeError.
 *
 * @since 0.1.0
 */
export function equation4Bitrate(N: number, k: number): number {
  checkSubset(N, k)
  if (N < 2 || k < 1) throw new RangeError(`Equation 4 needs N ≥ 2 and k ≥ 1, not N = ${N}, k = ${k}`)
  return (1 - (Math.log(k) - 1) / Math.log(N)) / (4 * Math.LN2)
}

export const equation4: Bound = {
  id: 'equation-4',
  kind: 'rule',
  decoder: 'top-k',
  source: 'Equation 4',
  statement: 'At d = 4k ln N the bitrate is at most (1/(4 ln 2))(1 − (ln k − 1)/ln N)',
  dimension: ({ N, k }) => equation4Dimension(N, k),
}
