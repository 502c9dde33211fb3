import { expect, test } from 'vitest'
import { parseActivity, ratesOf } from '../../codes/model/activity.js'
import { parseAmplitudes } from '../../codes/model/amplitudes.js'
import { IDEAL } from '../../codes/model/description.js'
import { amplitudeDensity } from './amplitude-density.js'
import { coordinateInformation } from './coordinate-information.js'
import { modelProblem } from './model-problem.js'

const problem = (amplitudes: string, active: string, noise: number, k = 2, N = 8) =>
  modelProblem({ ...IDEAL, amplitudes, active, noise }, N, k)

/** A law of probabilities that each stand for a Gaussian: [probability, mean, variance]. */
type Mixture = readonly (readonly [number, number, number])[]

/** Its differential entropy in bits, by the trapezoidal rule. */
function entropyOf(mixture: Mixture): number {
  const width = Math.sqrt(Math.min(...mixture.map(([, , variance]) => variance))) / 4
  const reach = Math.max(...mixture.map(([, mean, variance]) => Math.abs(mean) + 9 * Math.sqrt(variance)))
  let entropy = 0
  for (let y = -reach; y <= reach; y += width) {
    let density = 0
    for (const [p, mean, variance] of mixture)
      density += (p * Math.exp(-((y - mean) ** 2) / (2 * variance))) / Math.sqrt(2 * Math.PI * variance)
    if (density > 0) entropy -= width * density * Math.log2(density)
  }
  return entropy
}

/** What is known of W from W + Z, W of this law. */
const information = (law: Mixture, variance: number): number =>
  entropyOf(law.map(([p, mean, own]) => [p, mean, own + variance])) -
  0.5 * Math.log2(2 * Math.PI * Math.E * variance)

/** P(n of 8 codewords are active), 0 ≤ n ≤ 8. */
function counts(active: string): number[] {
  if (active === 'subset') return [0, 0, 1]
  let law = [1]
  const rates = ratesOf(parseActivity(active), 8, 2)
  for (let i = 0; i < 8; i++) {
    const p = rates.of(i)
    law = [...law, 0].map((q, n) => (1 - p) * q + p * (law[n - 1] ?? 0))
  }
  return law
}

/** The law of a sum of n signs. */
const signSum = (n: number): [number, number][] => {
  let law = new Map([[0, 1]])
  for (let i = 0; i < n; i++) {
    const next = new Map<number, number>()
    for (const [w, p] of law) for (const s of [-1, 1]) next.set(w + s, (next.get(w + s) ?? 0) + p / 2)
    law = next
  }
  return [...law]
}

const lattice = (active: string): Mixture =>
  counts(active).flatMap((q, n) => signSum(n).map(([w, p]) => [p * q, w, 0] as const))

test.each(['subset', 'bernoulli', 'zipf:1'])('%s: signs, and Gaussians, summed', (active) => {
  for (const noise of [0.05, 0.4]) {
    const signs = problem('constant', active, noise)
    expect(coordinateInformation(signs)).toBeCloseTo(information(lattice(active), signs.noiseEnergy), 6)
    const gaussian = problem('half-normal', active, noise)
    const law = counts(active).map((p, n) => [p, 0, n] as const)
    expect(coordinateInformation(gaussian)).toBeCloseTo(information(law, gaussian.noiseEnergy), 6)
  }
})

test.each(['exponential', 'lognormal:0.5', 'lognormal:0.75', 'uniform:0.7', 'uniform:1'])(
  '%s: one amplitude of either sign',
  (amplitudes) => {
    const { low, high, at } = amplitudeDensity(parseAmplitudes(amplitudes))!
    const width = (Math.min(high, 14) - low) / 400
    const nodes = Array.from({ length: 400 }, (_, i) => low + (i + 0.5) * width)
    const law = nodes.flatMap((a) => [-a, a].map((w) => [(at(a) * width) / 2, w, 0] as const))
    const one = problem(amplitudes, 'subset', 0.2, 1)
    expect(coordinateInformation(one)).toBeCloseTo(information(law, one.noiseEnergy), 3)
  },
)

test('without noise the information is the entropy of the sum; next to none, no more than that', () => {
  const entropy = (active: string) => {
    const sums = new Map<number, number>()
    for (const [p, w] of lattice(active)) sums.set(w, (sums.get(w) ?? 0) + p)
    return [...sums.values()].reduce((sum, p) => sum - (p > 0 ? p * Math.log2(p) : 0), 0)
  }
  expect(coordinateInformation(problem('constant', 'subset', 0))).toBeCloseTo(1.5, 9)
  for (const active of ['subset', 'bernoulli', 'zipf:1'])
    for (const noise of [0, 1e-6, 3e-4])
      expect(coordinateInformation(problem('constant', active, noise))).toBeCloseTo(entropy(active), 9)
})

test('it is left out where it is not worth its cost', () => {
  const known = (amplitudes: string, noise: number, k: number) =>
    coordinateInformation(problem(amplitudes, 'subset', noise, k, 9000)) !== undefined
  expect(known('constant', 0.1, 4096)).toBe(true)
  expect(known('constant', 0.1, 4097)).toBe(false)
  expect(['half-normal', 'uniform:1'].map((law) => known(law, 0.9e-4, 1))).toEqual([false, false])
  expect(known('lognormal:0.76', 0.1, 1)).toBe(false)
  expect(known('constant', 0.9e-4, 1)).toBe(true)
})
