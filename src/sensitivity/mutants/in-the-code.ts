import type { Problem } from '../../codes/problem.js'
import { shareText } from '../../io/quantity-text.js'
import { type Mutant, mutant, withCode } from './mutant.js'
import { shortened } from './shortened.js'

/** The last coordinates are never looked at: the dimension needed grows by 1/(1 − share). */
const drops = (share: number): Mutant =>
  mutant(`drops-${100 * share}`, `leaves out ${shareText(share)} of the coordinates`, () => ({
    problem: (problem) => shortened(problem, Math.ceil(problem.code.length * (1 - share))),
  }))

/** The code in 2^bits levels between plus and minus its largest entry. */
const rounds = (bits: number): Mutant =>
  mutant(`rounds-${bits}`, `rounds the code to ${2 ** bits} levels`, () => ({
    problem(problem) {
      const largest = problem.code.reduce((most, x) => Math.max(most, Math.abs(x)), 0)
      const step = (2 * largest) / (2 ** bits - 1) || 1
      return withCode(problem, (x) => Math.round((x + largest) / step) * step - largest)
    },
  }))

/** Every n-th coordinate of the code with the wrong sign. */
const wrongSign = (every: number): Mutant =>
  mutant(`wrong-sign-${every}`, `has the sign of every ${every}th coordinate of the code wrong`, () => ({
    problem: (problem) => withCode(problem, (x, j) => (j % every === every - 1 ? -x : x)),
  }))

/** The code in the wrong unit: to a pursuit, a step of 1/factor. */
const wrongStep = (factor: number): Mutant =>
  mutant(`wrong-step-${factor}`, `takes the code times ${factor}, so that every step is 1/${factor}`, () => ({
    problem: (problem) => withCode(problem, (x) => factor * x),
  }))

/** Noise of a share of the code's variance, from this source. */
function noisy(problem: Problem, share: number, uniform: () => number): Problem {
  const { code } = problem
  const power = code.reduce((sum, x) => sum + x * x, 0) / code.length
  const spread = Math.sqrt(share * power)
  // Twelve uniforms less 6 have variance 1.
  const normal = () => Array.from({ length: 12 }, uniform).reduce((sum, u) => sum + u, -6)
  return withCode(problem, (x) => x + spread * normal())
}

const unseededNoise = (share: number): Mutant =>
  mutant(
    `unseeded-noise-${100 * share}`,
    `adds noise of ${shareText(share)} of the code's variance from Math.random`,
    () => ({
      problem: (problem) => noisy(problem, share, Math.random),
    }),
  )

const seededNoise = (share: number): Mutant =>
  mutant(
    `seeded-noise-${100 * share}`,
    `adds noise of ${shareText(share)} of the code's variance from the problem's randomness`,
    () => ({
      problem: (problem) => noisy(problem, share, problem.random),
    }),
  )

export const faultsInTheCode: readonly Mutant[] = [
  ...[0.01, 0.02, 0.03, 0.05, 0.1, 0.5].map(drops),
  ...[1, 2, 3, 4].map(rounds),
  ...[100, 20].map(wrongSign),
  ...[0.8, 1.25].map(wrongStep),
  ...[0.0001, 0.01].map(unseededNoise),
  ...[0.01, 0.05, 0.2].map(seededNoise),
]
