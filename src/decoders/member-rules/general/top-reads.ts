import { exponential } from '../../../numerics/exp.js'
import { atMost } from '../../../statistics/rare-count.js'
import { type GeneralDraw, others, type Reads } from './reads.js'

/** A chance below this, or so near 1, is taken for 0 or 1. */
const NEGLIGIBLE = 1e-12

/**
 * Reading by the largest scores, as many as there should be, k′: the r-th best member is chosen iff at most k′ − r
 * non-members come before it. On a lattice a non-member that ties stands before it with the chance that the member's
 * place gives.
 */
export function topReads(draw: GeneralDraw): Reads {
  const { scores, shape, members } = draw
  const { positions, k: active } = members
  const n = others(draw)
  const order = Array.from(scores.keys()).sort((a, b) => scores[b] - scores[a] || positions[a] - positions[b])
  const answers = Math.min(shape.k, shape.N)
  let hits = 0
  let last = 1
  for (let r = 1; r <= Math.min(active, answers); r++) {
    const m = order[r - 1]
    last = chosen(draw, scores[m], Math.min(1, positions[m]), n, answers - r)
    // Those that come after have less of a chance.
    if (last < NEGLIGIBLE) {
      last = 0
      break
    }
    hits += last
  }
  return { exact: active === answers ? last : 0, hits, falsePositives: answers - hits }
}

/** P(at most `room` of n non-members come before a member of this score). */
function chosen({ law }: GeneralDraw, score: number, position: number, n: number, room: number): number {
  if (score > 0) {
    // By Hoeffding's and Chernoff's inequalities.
    const most = n * exponential(-((score / law.spread) ** 2) / 2)
    const count = room + 1
    if (most < count && exponential(count - most + count * Math.log(most / count)) < NEGLIGIBLE) return 1
  }
  return atMost(n, exponential(law.logTail(score, position)), room)
}
