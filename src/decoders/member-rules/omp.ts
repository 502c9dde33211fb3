import { Cholesky } from '../../numerics/cholesky.js'
import type { Ranking } from '../ranking.js'
import { type Bar, firstOfLargest, type MemberRule, total } from './bar.js'
import type { Members } from './members.js'
import { Residual } from './residual.js'

/** As in the decoder's fit: a residual below this share of the code is rounding. */
const EXPLAINED = 1e-10

/**
 * Orthogonal matching pursuit run on the members alone. It takes a member at every step, each once; no non-member may
 * come before it. By magnitude, a non-member must stay between two bars.
 */
export const orthogonalMatchingPursuitRule =
  (by: Ranking): MemberRule =>
  (members) => {
    const { k, d, gram, positions } = members
    const code = new Float64Array(k).fill(1)
    const codeScores = members.codeScores()
    const taken: number[] = []
    const fitted: number[] = []
    const factor = new Cholesky()
    const bars: Bar[] = []
    let weights = code
    let scores = codeScores
    let energy = total(scores)
    while (taken.length < k) {
      const ranks = scores.map((score, m) => {
        if (taken.includes(m)) return -Infinity
        return by === 'value' ? score : Math.abs(score)
      })
      const best = firstOfLargest(ranks, positions)
      const bar = { score: ranks[best], energy, position: positions[best] }
      bars.push({ ...bar, weights })
      if (by === 'magnitude') bars.push({ ...bar, weights: weights.map((weight) => -weight) })
      taken.push(best)
      const column = fitted.map((m) => gram[m * k + best])
      if (factor.append(column, d)) fitted.push(best)
      const fit = factor.solve(fitted.map((m) => codeScores[m]))
      weights = code.slice()
      fitted.forEach((m, i) => {
        weights[m] -= fit[i]
      })
      scores = products(gram, weights)
      energy = residualEnergy(members, weights, scores, total(codeScores))
      if (energy <= EXPLAINED ** 2 * total(codeScores)) {
        energy = 0
        weights = new Float64Array(k)
        scores = weights
      }
    }
    return bars
  }

function products(gram: Int32Array, weights: Float64Array): Float64Array {
  const k = weights.length
  return weights.map((_, m) => {
    let sum = 0
    for (let other = 0; other < k; other++) sum += gram[m * k + other] * weights[other]
    return sum
  })
}

/** Σ r_j², from the residual itself where the difference of products would be mere rounding. */
function residualEnergy(
  members: Members,
  weights: Float64Array,
  scores: Float64Array,
  whole: number,
): number {
  const energy = scores.reduce((sum, score, m) => sum + score * weights[m], 0)
  if (energy > 1e-6 * whole) return energy
  const residual = new Residual(members)
  residual.move(weights)
  return residual.energy
}
