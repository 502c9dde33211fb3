import { amplitudeDensity } from './amplitude-density.js'
import type { ModelProblem } from './model-problem.js'
import { Panels } from './panels.js'

/** Standard deviations that a coordinate stays within. */
const SPREAD = 11
/** Least noise, in units of an amplitude or as a share of the code's energy, that is computed. */
const [NARROW, QUIET] = [0.02, 1e-4]
/** Largest k for which a law of amplitudes is transformed: beyond it a coordinate is Gaussian. */
const MANY = 4096

/**
 * I(W; W + s·g) in bits, s² the noise's energy: from the characteristic function of W. Undefined where it is not worth
 * its cost, next to the Gaussian bound: many active codewords, next to no noise, amplitudes with heavy tails.
 */
export function coordinateInformation(problem: ModelProblem): number | undefined {
  const { amplitudes, noise, k, noiseEnergy } = problem
  if (k > MANY) return undefined
  if (amplitudes.kind === 'constant') return onLattice(problem)
  if (noise < QUIET || (amplitudes.kind === 'lognormal' && amplitudes.parameter > 0.75)) return undefined
  const s = Math.sqrt(noiseEnergy)
  const reach = SPREAD * Math.sqrt(problem.energy)
  const step = Math.PI / reach
  const waves: number[] = []
  const psi = meanCosine(problem)
  for (let n = 1; n * step * s < 9; n++) {
    const omega = n * step
    waves.push(activeSum(problem, psi(omega)) * Math.exp(-((omega * s) ** 2) / 2))
  }
  const width = s / 3
  let entropy = 0
  for (let y = 0; y < reach; y += width) {
    let density = 0.5
    for (let n = 0; n < waves.length; n++) density += waves[n] * Math.cos((n + 1) * step * y)
    density /= reach
    if (density > 1e-14) entropy -= (y === 0 ? 1 : 2) * width * density * Math.log2(density)
  }
  return entropy - 0.5 * Math.log2(2 * Math.PI * Math.E * noiseEnergy)
}

/** E e^(iωW) from E cos(ωa). */
function activeSum({ classes, activity, k }: ModelProblem, psi: number): number {
  if (activity.kind === 'subset') return psi ** k
  let log = 0
  for (const { rate, count } of classes) log += count * Math.log1p(rate * (psi - 1))
  return Math.exp(log)
}

function meanCosine({ amplitudes }: ModelProblem): (omega: number) => number {
  const { low, high, at, scale } = amplitudeDensity(amplitudes)!
  const nodes = new Panels()
  return (omega) => {
    nodes.fill(low, high, (a) => Math.min(scale(a), 3 / omega))
    let sum = 0
    for (let j = 0; j < nodes.length; j++) {
      sum += nodes.weight[j] * at(nodes.at[j]) * Math.cos(omega * nodes.at[j])
    }
    return sum
  }
}

/** Amplitudes of 1: W is an integer. */
function onLattice(problem: ModelProblem): number {
  const s = Math.sqrt(problem.noiseEnergy)
  const reach = Math.ceil(SPREAD * Math.sqrt(problem.k)) + 20
  const points = 4 * reach
  const chance = (w: number) => {
    let sum = 0
    for (let n = 0; n < points; n++) {
      const omega = (2 * Math.PI * n) / points
      sum += signs(problem, Math.cos(omega)) * Math.cos(omega * w)
    }
    return Math.max(0, sum / points)
  }
  const law = Array.from({ length: reach + 1 }, (_, w) => chance(w))
  const entropy = law.reduce((sum, p, w) => sum - (p > 0 ? (w === 0 ? 1 : 2) * p * Math.log2(p) : 0), 0)
  return s < NARROW ? entropy : Math.min(entropy, throughNoise(law, s))
}

/** E e^(iωW) of a sum of signs; cos ω may be negative. */
function signs({ classes, activity, k }: ModelProblem, cosine: number): number {
  if (activity.kind === 'subset') return cosine ** k
  let product = 1
  for (const { rate, count } of classes) product *= (1 + rate * (cosine - 1)) ** count
  return product
}

function throughNoise(law: readonly number[], s: number): number {
  const width = s / 3
  const near = 9 * s
  let entropy = 0
  for (let y = 0; y < law.length + near; y += width) {
    let density = 0
    for (let w = Math.ceil(y - near); w <= y + near; w++) {
      density += (law[Math.abs(w)] ?? 0) * Math.exp(-(((y - w) / s) ** 2) / 2)
    }
    density /= s * Math.sqrt(2 * Math.PI)
    if (density > 0) entropy -= (y === 0 ? 1 : 2) * width * density * Math.log2(density)
  }
  return entropy - 0.5 * Math.log2(2 * Math.PI * Math.E * s * s)
}
