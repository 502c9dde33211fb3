import type { Dictionary } from '../../codes/problem.js'
import { iterateSelective } from '../batched-iteration.js'
import { checkCodes } from '../check-problem.js'
import { reportingDecoder, unexplained } from '../decode-report.js'
import { greatestNorm } from '../norms.js'
import { checkOptions, countRule, nameRule, positiveRule } from '../options.js'
import { ActiveSet } from './active-set.js'
import { CoordinateDescent } from './coordinate-descent.js'
import { largestCoefficients } from './largest-coefficients.js'
import { type CoefficientRange, LARGEST, RANGES, rangeRule } from './objective.js'
import { type Solution, WorkingSet } from './working-set.js'

/** What basis pursuit denoising minimises, and how. @since 0.1.0 */
export interface BpdnOptions {
  /** Which coefficients are allowed. @defaultValue `'any'` */
  readonly range?: CoefficientRange
  /** α of the objective, positive. @defaultValue `1e-5`, as in the paper */
  readonly alpha?: number
  /** What solves the problem on a working set. @defaultValue `'active-set'` */
  readonly solver?: 'active-set' | 'coordinate-descent'
  /**
   * Most steps of the solver on one working set.
   *
   * @defaultValue 100·d solves of the active set, 1000 sweeps of coordinate descent
   */
  readonly steps?: number
}

const rules = {
  range: rangeRule,
  alpha: positiveRule,
  solver: nameRule('active-set', 'coordinate-descent'),
  steps: countRule,
}

/** Bits of a residual that its scores take: they decide conditions to 1e-7 of λ. */
const BITS = 40

/**
 * Basis pursuit denoising, the LASSO (Chen, Donoho & Saunders 1998; Appendix G): minimise (1/(2d))‖x − Fy‖² + α‖y‖₁
 * over y of any sign, y ≥ 0 or 0 ≤ y ≤ 1, and answer with the k largest coefficients. Converged means optimality
 * conditions to 1e-6 of αd; the gap is the duality gap, relative to the objective.
 *
 * For α → 0 it recovers every k-subset when μ < 1/(2k − 1) (Tropp 2004), and a given one when its ERC or Fuchs'
 * coefficient is below 1; αd < ½ is small enough for the first. Over random dictionaries it succeeds from the
 * statistical dimension on.
 *
 * @since 0.1.0
 */
export function bpdn(options: BpdnOptions = {}) {
  const { range = 'any', solver = 'active-set' } = checkOptions('bpdn', options, rules)
  return reportingDecoder(
    {
      name: ['bpdn', range !== 'any' && range, solver !== 'active-set' && solver].filter(Boolean).join('-'),
      source: 'Appendix G; Chen, Donoho & Saunders 1998',
      label: solver === 'active-set' ? `basis pursuit${RANGES[range]}` : `coordinate descent${RANGES[range]}`,
      family: 'basis pursuit',
      law: range === 'any' ? 'bpdn' : `bpdn-${range}`,
      coherenceGuarantee: (k) => 1 / (2 * k - 1),
    },
    (dictionary, codes, k) =>
      solveBpdn(dictionary, codes, options).map((solution, c) => {
        const answer = largestCoefficients(dictionary.size, solution, k)
        const { converged, gap, steps, passes } = solution
        const residual = unexplained(dictionary, codes[c], answer)
        return { answer, converged, residual, gap, iterations: steps, passes }
      }),
  )
}

/** The minimum itself, for each code. Throws RangeError as `bpdn` and its `decode` do. @since 0.1.0 */
export function solveBpdn(
  dictionary: Dictionary,
  codes: readonly Float64Array[],
  options: BpdnOptions = {},
): Solution[] {
  const { range = 'any', alpha = 1e-5, solver = 'active-set', steps } = checkOptions('bpdn', options, rules)
  checkCodes('bpdn', dictionary, codes, LARGEST)
  const lambda = alpha * dictionary.dimension
  const upper = range === 'unit' ? 1 : Infinity
  const [Solver, limit] =
    solver === 'active-set' ? [ActiveSet, 100 * dictionary.dimension] : [CoordinateDescent, 1000]
  const longest = greatestNorm(dictionary)
  return iterateSelective(
    dictionary,
    codes,
    (many, code) => {
      const restricted = new Solver(code, upper)
      return new WorkingSet(many, code, { lambda, range, restricted, limit: steps ?? limit, longest })
    },
    BITS,
  )
}
