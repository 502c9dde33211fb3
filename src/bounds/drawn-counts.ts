import { type Coupling, coupledLayout } from '../codes/coupling.js'
import { randomSubset } from '../codes/subset.js'
import { type Stream, stream } from '../random/stream.js'
import { evenDimension } from './coupled-evolution.js'
import { checkSubset } from './parameters.js'

/** Of the same length as the column blocks: members that a uniform k-subset has in each (hypergeometric). */
export function drawnCounts(coupling: Coupling, N: number, k: number, random: Stream): number[] {
  const { columns } = coupledLayout(coupling, N, coupling.rowBlocks)
  const counts = columns.map(() => 0)
  let c = 0
  for (const i of randomSubset(N, k, random)) {
    while (i >= columns[c].first + columns[c].size) c++
    counts[c]++
  }
  return counts
}

/** Lists of counts that the law with drawn counts is the median of. */
export const LAW_DRAWS = 61

/**
 * d50 of `coupled-amp` by state evolution, over LAW_DRAWS drawn lists of counts: to about 1 %. A real number.
 * @throws RangeError unless 0 ≤ k ≤ N are integers, and N is no less than the column blocks
 * @since 0.2.0
 */
export function coupledDimension(coupling: Coupling, N: number, k: number): number {
  checkSubset(N, k)
  return evenDimension(
    { coupling, N, k },
    Array.from({ length: LAW_DRAWS }, (_, t) =>
      drawnCounts(coupling, N, k, stream('coupled-law', coupling.text, N, k, t)),
    ),
  )
}
