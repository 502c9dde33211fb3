import { requireInteger, requireNumber } from '../io/arguments.js'
import type { Bound } from './bound.js'
import { proposition2Dimension } from './proposition-2.js'

/**
 * 1/(2k − 1): a dictionary of coherence μ = max |⟨f_i, f_j⟩| below it lets OMP, basis pursuit (Tropp 2004, "Greed Is
 * Good", IEEE Trans. Information Theory 50) and top-k decoding recover every k-subset. k ≥ 1.
 * @throws RangeError unless k ≥ 1 is an integer
 * @since 0.1.0
 */
export function coherenceLevel(k: number): number {
  requireInteger('k', k, 1)
  return 1 / (2 * k - 1)
}

/**
 * The largest k that a coherence μ ≥ 0 guarantees: the largest with μ < 1/(2k − 1); 0 when μ ≥ 1, Infinity when μ =
 * 0.
 * @throws RangeError unless μ ≥ 0
 * @since 0.1.0
 */
export function coherenceSparsity(mu: number): number {
  requireNumber('mu', mu)
  if (!(mu >= 0)) throw new RangeError(`mu must be at least 0, not ${mu}`)
  if (mu === 0) return Infinity
  const k = Math.round((1 + 1 / mu) / 2)
  return mu < coherenceLevel(k) ? k : k - 1
}

export const coherenceGuarantee: Bound = {
  id: 'coherence-guarantee',
  kind: 'guarantee',
  problem: 'every subset',
  level: 'reliable',
  decoder: 'orthogonal-matching-pursuit',
  source: 'Tropp 2004, with Proposition 2',
  statement:
    'With probability ≥ 1 − p the coherence is below 1/(2k − 1): OMP, basis pursuit and top-k recover every k-subset',
  dimension: ({ N, k, p }) => (k === 0 ? 0 : proposition2Dimension(N, p, coherenceLevel(k))),
}
