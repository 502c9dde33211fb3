import { checkShape } from '../../codes/checks.js'
import type { Shape } from '../../codes/trial.js'
import type { MemberRule } from '../../decoders/member-rules/bar.js'
import type { Conditional } from '../../decoders/member-rules/conditional.js'
import { drawMembers, type Members } from '../../decoders/member-rules/members.js'
import { exponential } from '../../numerics/exp.js'
import { type Stream, stream } from '../../random/stream.js'
import { requireCount } from '../../statistics/ranges.js'
import { logComplement } from '../../statistics/rare-count.js'
import type { Sampler, Ties } from '../trials/sampler.js'
import { type UnionTail, unionTail } from './union-tail.js'

/**
 * Success given the members (conditional Monte Carlo), in this thread. A trial draws k member codewords and runs the
 * decoder on them alone. The other N − k are independent of all that it does for as long as it takes only members, so
 * that
 *
 *     P(success | members) = (1 − q)^(N − k),   q = P(one random codeword crosses the bars that the members set),
 *
 * and 0 where the decoder fails on the members themselves. No dictionary is built: the cost does not depend on N,
 * which may be any integer up to the largest double. Trials with the same seed and number share their members across
 * d and across N.
 *
 * Ties go to the lowest index, as the decoders have it. The subset is uniform, so the places of members and
 * non-members in the order are exchangeable: each codeword gets a place uniform on [0, 1), and a non-member that ties
 * with a bar is taken iff it stands before the member there. Counting every tie as a failure instead would lower the
 * rate of top-k at N = 2^20, k = 28, d = 1300 by 0.008, that of matching pursuit at N = 2^16, k = 20, d = 300 by
 * 0.006.
 */
export function conditionalSampler(
  decoder: string,
  { rule: lowestIndex }: Pick<Conditional, 'rule'>,
  ties: Ties = 'lowest-index',
): Sampler {
  const rule = ties === 'strict' ? strict(lowestIndex) : lowestIndex
  return {
    decoder,
    method: 'conditional',
    ties,
    async run(shape, seed, from, trials, { onTrials, signal } = {}) {
      checkShape(shape)
      requireCount('d', shape.d, 1)
      const values = new Float64Array(trials)
      for (let t = 0; t < trials; t++) {
        signal?.throwIfAborted()
        values[t] = conditionalTrial(rule, shape, seed, from + t)
        onTrials?.(t + 1)
      }
      return { values, faults: [] }
    },
    close: async () => {},
  }
}

/** The rule under which whoever ties with a bar has reached it, wherever it stands. */
const strict =
  (rule: MemberRule): MemberRule =>
  (members, N) =>
    rule(members, N)?.map((bar) => ({ ...bar, position: Infinity }))

/** What the members of a trial are drawn from: its first key. */
const memberStream = (seed: string, k: number, trial: number): Stream => stream(seed, 'members', k, trial)

/** P(success | members) of one trial. */
export function conditionalTrial(rule: MemberRule, { N, k, d }: Shape, seed: string, trial: number): number {
  const random = memberStream(seed, k, trial)
  const members = drawMembers(k, d, random.key())
  const bars = rule(members, N)
  return bars ? clear(unionTail(members, bars, random.key()), N - k) : 0
}

/** The members of a trial, which the conditional method draws too; they last until the next are drawn. */
export const trialMembers = ({ k, d }: Shape, seed: string, trial: number): Members =>
  drawMembers(k, d, memberStream(seed, k, trial).key())

/**
 * (1 − q)^n. For an estimate of q with relative variance v it is too large on average by the factor e^(λ²v/2), λ = −n
 * ln(1 − q), to second order; that is taken off.
 */
export function clear({ probability, relativeVariance }: UnionTail, n: number): number {
  if (n === 0 || probability === 0) return 1
  const lambda = -n * logComplement(probability)
  return lambda > 1000 ? 0 : exponential(-lambda - (lambda * lambda * relativeVariance) / 2)
}
