import { summit } from '../../numerics/roots-and-quadrature.js'
import { gammaln } from '../../numerics/special/logarithms.js'
import { normalTail } from '../../statistics/normal.js'
import { amplitudeDensity } from './amplitude-density.js'
import type { ModelProblem } from './model-problem.js'
import { Panels } from './panels.js'
import { scalarChannel } from './scalar-channel.js'

/** What one bar on all scores reads, whatever the code's energy. */
export interface FixedBarReading {
  readonly bar: number
  readonly recall: number
  readonly falsePositives: number
  readonly precision: number
  readonly f1: number
}

/**
 * A bar that does not follow ‖X‖, as of a JumpReLU: the energy Σa² of the active varies from code to code, and with it
 * the noise of scores, so false positives are E[(N − K)·Q(t/τ(Σa²))]. Σa² is taken to be a Pearson law of its first
 * three moments, which is exact for half-normal amplitudes. Equal rates only.
 */
export const fixedBar = (problem: ModelProblem, d: number, bar: number): FixedBarReading =>
  reader(problem, d)(bar)

/** The bar of the largest F1. */
export function bestFixedBar(problem: ModelProblem, d: number): FixedBarReading {
  const read = reader(problem, d)
  const tau = Math.sqrt(problem.energy / d)
  let best = read(tau)
  summit(
    (bar) => {
      const found = read(bar)
      if (found.f1 > best.f1) best = found
      return found.f1
    },
    tau,
    8 * tau * Math.sqrt(2 + Math.log(problem.N)),
  )
  return best
}

function reader(problem: ModelProblem, d: number): (bar: number) => FixedBarReading {
  const { N, k, amplitudes } = problem
  const rate = k / N
  // A code of no energy has scores of 0: nothing of it is missed or named.
  const levels = energies(problem)
    .map(({ energy, weight }) => ({ tau: Math.sqrt((energy + problem.noiseEnergy) / d), weight }))
    .filter(({ tau }) => tau > 0)
    .map(({ tau, weight }) => ({ tau, weight, channel: scalarChannel(amplitudes, tau, [rate, rate]) }))
  return (bar) => {
    let [missed, falsePositives] = [0, 0]
    for (const { tau, weight, channel } of levels) {
      missed += weight * k * channel.missRate(bar)
      falsePositives += weight * (N - k) * normalTail(bar / tau)
    }
    const hits = k - missed
    const named = hits + falsePositives
    return { bar, recall: hits / k, falsePositives, precision: hits / named, f1: (2 * hits) / (k + named) }
  }
}

interface Level {
  readonly energy: number
  readonly weight: number
}

/** The law of Σa² as a few values and their weights. */
function energies({ k, amplitudes, activity, N }: ModelProblem): Level[] {
  const { fourth, sixth } = moments(amplitudes)
  // Central moments of one term a², or of B·a² where the number of terms varies.
  const p = activity.kind === 'subset' ? 1 : k / N
  const variance = (k / p) * (p * fourth - p * p)
  const third = (k / p) * (p * sixth - 3 * p * p * fourth + 2 * p ** 3)
  if (!(variance > 1e-12 * k)) return [{ energy: k, weight: 1 }]
  const sd = Math.sqrt(variance)
  const skew = Math.max(1e-2, third / (sd * variance))
  const shape = 4 / (skew * skew)
  const scale = (sd * skew) / 2
  const shift = k - shape * scale
  const spread = Math.sqrt(shape)
  const from = Math.max(0, shape - 9 * spread)
  const power = Math.min(1, shape)
  // x = y^(1/power) takes away the singularity at 0.
  const [low, high] = [from ** power, (shape + 12 * spread + 30) ** power]
  const nodes = new Panels().fill(low, high, () => (high - low) / 4)
  return Array.from({ length: nodes.length }, (_, j) => {
    const x = nodes.at[j] ** (1 / power)
    const log = (shape - power) * Math.log(x) - x - gammaln(shape) - Math.log(power)
    return { energy: Math.max(0, shift + scale * x), weight: nodes.weight[j] * Math.exp(log) }
  })
}

function moments(amplitudes: ModelProblem['amplitudes']): { fourth: number; sixth: number } {
  const density = amplitudeDensity(amplitudes)
  if (!density) return { fourth: 1, sixth: 1 }
  const nodes = new Panels().fill(density.low, density.high, density.scale)
  let [fourth, sixth] = [0, 0]
  for (let j = 0; j < nodes.length; j++) {
    const mass = nodes.weight[j] * density.at(nodes.at[j])
    fourth += mass * nodes.at[j] ** 4
    sixth += mass * nodes.at[j] ** 6
  }
  return { fourth, sixth }
}
