import { logAdd } from '../../numerics/log-sum.js'
import { coordinateEntropy } from '../counting-bound.js'
import { logChoose } from '../entropy.js'
import { amplitudeDensity } from './amplitude-density.js'
import { coordinateInformation } from './coordinate-information.js'
import { genieVariance, type ModelProblem } from './model-problem.js'

/**
 * i: the most bits that a coordinate of the code tells, I(W; W + √d·σ·g) for W = Σ ±a over the active codewords of a
 * dictionary of independent fair signs, and at most ½ log2(1/η) over any unit codewords; any law of activity. Infinite
 * where neither is finite: without noise, unless codewords are signs and amplitudes 1.
 */
export function bitsPerDimension(problem: ModelProblem): number {
  const { noise, amplitudes, activity, k, signs } = problem
  const constant = signs && amplitudes.kind === 'constant'
  if (constant && noise === 0 && activity.kind === 'subset') return coordinateEntropy(k)
  // A Gaussian coordinate of the same variance tells the most.
  const gaussian = noise > 0 ? -0.5 * Math.log2(noise) : Infinity
  return signs ? Math.min(gaussian, coordinateInformation(problem) ?? Infinity) : gaussian
}

/**
 * What amplitudes take of that at dimension d, in bits, at the least: ½ E log2 det(I + (N_a/σ²)G), G the Gram matrix of
 * the active codewords and N_a = e^(2h(a))/2πe (Zamir & Feder 1993). With γ = N_a/σ², the j-th Schur complement is 1 +
 * γx, where x ≤ 1 has a mean of at least (d − j + 1)/d, and log2(1 + γx) ≥ x·log2(1 + γ): so the mean is at least
 * log2(1 + γ)·(k − k(k − 1)/2d) for k ≤ d.
 */
export function amplitudesCost(problem: ModelProblem, d: number): number {
  const density = amplitudeDensity(problem.amplitudes)
  if (!density || problem.noise === 0) return 0
  const { k, activity } = problem
  const entropyPower = 2 ** (2 * density.entropy) / (2 * Math.PI * Math.E)
  const pairs = activity.kind === 'subset' ? k * (k - 1) : k * k
  const columns = activity.kind === 'subset' && k > d ? (d + 1) / 2 : Math.max(0, k - pairs / (2 * d))
  return 0.5 * Math.log2(1 + entropyPower / genieVariance(problem, d)) * columns
}

/**
 * (1 − p)·log2[C(N, k)/Σ_{j ≤ αk} C(k, j)C(N − k, j)] − 1: the bits that a decoder needs that names k codewords and
 * misses more than αk of k with probability at most p (Fano's inequality with a list; Scarlett & Cevher 2017).
 */
export function listBits(N: number, k: number, alpha: number, p: number): number {
  let list = -Infinity
  for (let j = 0; j <= Math.min(alpha * k, N - k); j++) {
    list = logAdd(list, logChoose(k, j) + logChoose(N - k, j))
  }
  return Math.max(0, ((1 - p) * (logChoose(N, k) - list)) / Math.LN2 - 1)
}
