import type { Members } from './members.js'

/**
 * A bar that non-members are held to: one whose inner product with the residual r = Σ weights[m]·(member m) reaches
 * `score` is taken by the decoder, and the run has failed. In integer units, √d·r with √d·f.
 */
export interface Bar {
  /** Length k. */
  readonly weights: Float64Array
  readonly score: number
  /** Σ r_j². */
  readonly energy: number
  /** A non-member that ties is taken iff it stands before this position, on the scale of `Members.positions`. */
  readonly position: number
}

/** What a decoder asks of the N − k non-members, given the members; undefined where it fails whatever they are. */
export type MemberRule = (members: Members, N: number) => Bar[] | undefined

/** The first of the largest scores: the position decides among ties. */
export function firstOfLargest(scores: ArrayLike<number>, positions: ArrayLike<number>): number {
  let best = 0
  for (let m = 1; m < scores.length; m++) {
    if (scores[m] > scores[best] || (scores[m] === scores[best] && positions[m] < positions[best])) best = m
  }
  return best
}

/** The sum of all entries; of the members' scores on their own code it is the code's energy. */
export const total = (entries: Float64Array): number => entries.reduce((sum, entry) => sum + entry, 0)
