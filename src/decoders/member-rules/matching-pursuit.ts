import { type Bar, firstOfLargest, type MemberRule, total } from './bar.js'

/** How far a step goes along the chosen codeword: 1, or its inner product with the residual. @since 0.1.0 */
export type Step = 'unit' | 'projection'

/**
 * Matching pursuit run on the members alone: it must take each of them once, and at no step may a non-member come
 * before the member that it takes.
 */
export const matchingPursuitRule =
  (step: Step): MemberRule =>
  (members) => {
    const { k, d, gram, positions } = members
    const weights = new Float64Array(k).fill(1)
    // One allocation in place of one a step.
    const room = new Float64Array(k * k)
    const scores = members.codeScores()
    let energy = total(scores)
    const taken = new Set<number>()
    const bars: Bar[] = []
    while (taken.size < k) {
      const best = firstOfLargest(scores, positions)
      if (taken.has(best)) return undefined
      taken.add(best)
      const left = room.subarray(bars.length * k, (bars.length + 1) * k)
      left.set(weights)
      bars.push({ weights: left, score: scores[best], energy, position: positions[best] })
      const length = step === 'unit' ? 1 : scores[best] / d
      energy += length * (length * d - 2 * scores[best])
      weights[best] -= length
      for (let m = 0; m < k; m++) scores[m] -= length * gram[m * k + best]
    }
    return bars
  }
