import type { Bound } from './bound.js'
import { entropyApproximation } from './entropy-approximation.js'
import type { Parameters } from './parameters.js'

/** d = factor × k^sparsityPower × log2(eN/k)^logPower. */
interface PowerLaw {
  readonly factor: number
  readonly sparsityPower: number
  readonly logPower: number
}

/** A power law through the measured d50 of one decoder. */
export interface FittedLaw extends PowerLaw {
  readonly decoder: string
  /** The decoder's name as a sentence has it. */
  readonly name: string
  /** How far the law is from the measurement that it misses most, in whole percent of that, rounded up. */
  readonly worstPercent: number
}

const lawOf = (
  decoder: string,
  name: string,
  [factor, sparsityPower, logPower]: readonly [number, number, number],
  worstPercent: number,
): FittedLaw => ({ decoder, name, factor, sparsityPower, logPower, worstPercent })

/**
 * For the decoders that have no law: least squares in ln d50 over the nine sizes of `reports/leaderboard.json`,
 * weighted by the lengths of the intervals. k has a power other than 1 only where more than 7 % would be missed
 * without, and less with one. `fitted-rules.test.ts` fits anew, and says what the numbers should be.
 */
export const fittedLaws: readonly FittedLaw[] = [
  lawOf('certified-search', 'Certified search', [0.373, 1, 1.202], 6),
  lawOf('subspace-pursuit', 'Subspace pursuit', [0.367, 1, 1.298], 4),
  lawOf('cosamp', 'CoSaMP', [0.424, 1, 1.229], 3),
  lawOf('generalised-omp', 'Generalised OMP', [0.482, 1, 1.195], 2),
  lawOf(
    'normalised-iterative-hard-thresholding',
    'Normalised iterative hard thresholding',
    [0.423, 1, 1.254],
    2,
  ),
  lawOf('lista', 'LISTA as trained here', [0.378, 1, 1.313], 13),
  lawOf('matching-pursuit', 'Matching pursuit', [0.838, 1.088, 0.912], 6),
  lawOf('orthogonal-matching-pursuit', 'Orthogonal matching pursuit', [0.936, 1.087, 0.881], 6),
  lawOf('matching-pursuit-projection', 'Matching pursuit by projection', [0.987, 1.088, 0.862], 6),
  lawOf('orthogonal-matching-pursuit-magnitude', 'OMP by magnitude', [1.16, 1.081, 0.834], 6),
  lawOf('iterative-hard-thresholding', 'Iterative hard thresholding', [1.84, 1, 0.902], 6),
  lawOf(
    'amp-bernoulli-without-onsager',
    'AMP with the Bernoulli prior and without the Onsager term',
    [1.33, 1.071, 0.837],
    19,
  ),
  lawOf(
    'amp-soft-without-onsager',
    'AMP with soft threshold and without the Onsager term',
    [1.59, 1.092, 0.858],
    7,
  ),
]

/** The dimension of a power law, a real number; 0 at k = 0. */
export function powerLaw({ factor, sparsityPower, logPower }: PowerLaw, N: number, k: number): number {
  if (k === 0) return 0
  return factor * k ** sparsityPower * (entropyApproximation(N, k) / (k * Math.LN2)) ** logPower
}

/** The sizes of the leaderboard, to which the rules are fitted. */
export const fitted = { N: [2 ** 12, 2 ** 20], k: [10, 100] } as const

/** Why a fit says nothing of a size beyond. */
function unfitted({ N, k }: Parameters): string | undefined {
  const within = (x: number, [low, high]: readonly [number, number]) => x >= low && x <= high
  if (within(N, fitted.N) && within(k, fitted.k)) return undefined
  return 'it is fitted to N = 2^12 … 2^20 and k = 10 … 100'
}

const powerOf = (base: string, power: number): string => (power === 1 ? base : `${base}^${power}`)

export const fittedRules: readonly Bound[] = fittedLaws.map((law) => {
  const { decoder, name, factor, sparsityPower, logPower, worstPercent } = law
  const formula = `${factor} ${powerOf('k', sparsityPower)} ${powerOf('log2(eN/k)', logPower)}`
  return {
    id: `${decoder}-fit`,
    kind: 'rule',
    decoder,
    level: 'even',
    source: 'Fit to the leaderboard’s nine sizes',
    statement:
      `${name} succeeds with even odds near d = ${formula}, at most ${worstPercent} % off where it was ` +
      'measured',
    dimension: ({ N, k }) => powerLaw(law, N, k),
    silent: unfitted,
  }
})
