import type { Shape } from '../../codes/trial.js'
import type { Control } from '../../statistics/control-variates.js'
import { memberStream } from './conditional.js'
import { drawMembers } from './members.js'
import { ScoreLaw } from './score-law.js'

/**
 * How likely one member is to fail a one-step decoder by its score, in [0, 1], given the code's energy |z|² = Σ (scores): any function of the two
 * does for control variates, the better the nearer it is.
 */
export type Failing = (shape: Shape) => (score: number, energy: number) => number

/** Members of least k that are looked at together. */
const MOST_MEMBERS = 4
/** Below this k there are few members, and no controls. */
const LEAST_K = 6
/** Relative step of the derivative by the energy. */
const STEP = 0.02

/** The trials' controls so far; their means are exact. */
export interface Controls {
  /** Takes the trials of these numbers. */
  add(from: number, trials: number): void
  all(): Control[]
}

/**
 * Control variates for the success of a one-step decoder given the members. It fails when some member does, so with g(s) the
 * chance that one of score s does, P(failure) is nearly e₁ − e₂ + e₃ − …, the elementary symmetric polynomials of g(s_1), …, g(s_k). These
 * are the controls, with the code's energy and what it adds to e₁ and e₂ to first order. Their means follow from the scores'
 * law ({@link ScoreLaw}). Undefined where k is too small.
 */
export function controlsFor(failing: Failing, shape: Shape, seed: string): Controls | undefined {
  const { k, d } = shape
  if (k < LEAST_K) return undefined
  const law = new ScoreLaw(k, d)
  const g = failing(shape)
  const usual = d * k
  const own = law.tabulate((score) => g(score, usual))
  const slope = law.tabulate(
    (score) => (g(score, usual * (1 + STEP)) - g(score, usual * (1 - STEP))) / (2 * STEP * usual),
  )
  const means = exactMeans(law, own, slope, usual)
  const values = means.map(() => [] as number[])
  return {
    add(from, trials) {
      for (let trial = from; trial < from + trials; trial++) {
        const scores = drawMembers(k, d, memberStream(seed, k, trial).key()).codeScores()
        const controls = trialControls(law, own, slope, scores, usual, means.length)
        for (const [c, value] of controls.entries()) values[c].push(value)
      }
    },
    all: () => means.map((mean, c) => ({ values: values[c], mean })),
  }
}

/** Of the controls in their order: the energy, e₁ and e₂ times the energy's excess to first order, e₁, e₂, … */
function exactMeans(law: ScoreLaw, own: Float64Array, slope: Float64Array, usual: number): number[] {
  const { k } = law
  const excess = (g: Float64Array, j: number) => {
    const { product, withEnergy } = law.means(law.coefficients(g), j)!
    return withEnergy - usual * product
  }
  const sum = own.map((entry, t) => entry + slope[t] * usual)
  const difference = own.map((entry, t) => entry - slope[t] * usual)
  // E g(s_1)·h(s_2) from (g ± h)(s_1)·(g ± h)(s_2).
  const mixed = (excess(sum, 2) - excess(difference, 2)) / (4 * usual)
  const means = [0, k * excess(slope, 1), k * (k - 1) * mixed]
  const coefficients = law.coefficients(own)
  let subsets = 1
  for (let j = 1; j <= MOST_MEMBERS; j++) {
    subsets *= (k - j + 1) / j
    const found = law.means(coefficients, j)
    if (!found) break
    means.push(subsets * found.product)
  }
  return means
}

function trialControls(
  law: ScoreLaw,
  own: Float64Array,
  slope: Float64Array,
  scores: Float64Array,
  usual: number,
  count: number,
): number[] {
  const symmetric = new Float64Array(count - 2)
  symmetric[0] = 1
  let [energy, sloped, both] = [0, 0, 0]
  for (let m = 0; m < scores.length; m++) {
    const at = law.indexOf(scores[m])
    const g = own[at]
    energy += scores[m]
    sloped += slope[at]
    both += slope[at] * g
    for (let j = symmetric.length - 1; j > 0; j--) symmetric[j] += symmetric[j - 1] * g
  }
  const excess = energy - usual
  return [excess, excess * sloped, excess * (sloped * symmetric[1] - both), ...symmetric.subarray(1)]
}
