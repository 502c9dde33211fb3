import type { Bound } from './bound.js'
import { topKLaw } from './top-k-law.js'

/**
 * 4(√e − 1)·k(√ln(N − k) + √ln k)², that is 2(√e − 1) = 1.297 times `topKLaw`: pools that greedy quantitative group
 * testing takes as N grows. A pool is N/2 draws from the N elements with replacement, its count that of members
 * drawn. The greedy rule takes the k elements with the largest sums of the counts of the pools that they are in, each
 * count less the mean (the rule of Gebhard, Hahn-Klimroth, Kaaser & Loick 2019, “Quantitative Group Testing in the
 * Sublinear Regime”, up to which mean is taken off).
 *
 * The constant is derived here. An element is in a pool with probability ρ = 1 − 1/√e. Over m pools a member's sum is
 * above another's by m/2 − ρm/2 in the mean, and both have variance ρ(1 − ρ)·mk/2: as far apart as top-k's scores are
 * at d = (1 − ρ)m/(2ρ) dimensions, and ρ/(1 − ρ) = √e − 1.
 * @throws RangeError unless N ≥ 1 and 0 ≤ k ≤ N are integers
 * @since 0.1.0
 */
export function greedyGroupTesting(N: number, k: number): number {
  return 2 * (Math.sqrt(Math.E) - 1) * topKLaw(N, k)
}

export const groupTesting: Bound = {
  id: 'greedy-group-testing',
  kind: 'asymptote',
  decoder: 'greedy-group-testing',
  problem: 'pools of N/2',
  level: 'even',
  source: 'Rule of Gebhard, Hahn-Klimroth, Kaaser & Loick 2019; constant derived here',
  statement:
    'What top-k is to random signs, greedy group testing is to random pools: 4(√e − 1)·k(√ln(N − k) + ' +
    '√ln k)² pools as k and N grow',
  dimension: ({ N, k }) => greedyGroupTesting(N, k),
}
