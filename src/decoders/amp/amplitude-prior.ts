import { logOddsAgainst } from '../../bounds/map-boundary.js'
import type { AmplitudeLaw } from '../../codes/model/amplitudes.js'
import { bisectOutward } from '../../numerics/bisect.js'
import { exp, logistic } from '../../numerics/exp.js'
import { ln } from '../../numerics/special/logarithms.js'
import { normalCdf } from '../../numerics/special/normal.js'
import { normalDensity } from '../../statistics/normal.js'
import { type Bars, type Denoiser, DROPPED, outside, type SignalEstimate } from './denoiser.js'

/** An amplitude is q(Φ(x)), x standard normal: nodes in x go from −FAR to FAR, in steps of τ·FINE or COARSE. */
const FAR = 6.5
const FINE = 0.9
const COARSE = 0.1
const MOST_NODES = 6000
/** Deviations of the noise from the likeliest amplitude at which others are left out. */
const REACH = 6.5

/** Less noise than this is taken for so much: amplitudes are then read to 0.4 % of their size. */
const LEAST = 1.6e-5
/** Of the bar, relative to the largest amplitude. */
const TIGHT = 1e-9

/** Amplitudes, rising, and the probability of each. */
interface Nodes {
  readonly at: Float64Array
  readonly weight: Float64Array
}

/** What r says of a codeword that is active: ln P(r | active)/P(r | not), and the moments of its amplitude. */
interface Seen {
  readonly logRatio: number
  readonly mean: number
  readonly square: number
}

/**
 * The posterior mean of y_i that is 0, or with probability k/N an amplitude of this law, from y_i + noise:
 * Bayes-optimal. Means below `DROPPED` count as zero, and all others are lowered by it, so that it stays continuous.
 * By the trapezoid rule over the normal variable that the amplitude is a function of: of spectral accuracy, 1e-7 for
 * noise of variance 1e-5 and more.
 */
export function amplitudePrior(N: number, k: number, law: AmplitudeLaw): Denoiser {
  const L = logOddsAgainst(N, k)
  let known: { variance: number; nodes: Nodes; bars: Bars } | undefined
  const meanOf = ({ logRatio, mean }: Seen) => logistic(logRatio - L) * mean
  const at = (given: number) => {
    const variance = Math.max(LEAST, given)
    if (known?.variance === variance) return known
    const nodes = nodesOf(law, Math.sqrt(variance))
    const far = nodes.at[nodes.at.length - 1] + 40 * Math.max(variance, Math.sqrt(variance))
    const high = bisectOutward(-far, far, (r) => meanOf(seen(nodes, r, variance)) < DROPPED, TIGHT * far)
    known = { variance, nodes, bars: { low: -Infinity, high } }
    return known
  }
  return {
    bars: (variance) => at(variance).bars,
    estimate(entries, given): SignalEstimate {
      const { nodes, bars, variance } = at(given)
      const { indices, values } = outside(bars, entries)
      let slope = 0
      for (let m = 0; m < values.length; m++) {
        const { logRatio, mean, square } = seen(nodes, values[m], variance)
        const active = logistic(logRatio - L)
        slope += active * (square - active * mean * mean)
        values[m] = active * mean - DROPPED
      }
      return { indices, values, slope: slope / variance }
    },
  }
}

function nodesOf(law: AmplitudeLaw, tau: number): Nodes {
  const step = Math.max((2 * FAR) / MOST_NODES, Math.min(COARSE, FINE * tau))
  const count = Math.ceil((2 * FAR) / step) + 1
  const at = new Float64Array(count)
  const weight = new Float64Array(count)
  for (let i = 0; i < count; i++) {
    const x = -FAR + i * step
    at[i] = law.quantile(normalCdf(x, 0, 1))
    weight[i] = step * normalDensity(x)
  }
  return { at, weight }
}

function seen({ at, weight }: Nodes, r: number, variance: number): Seen {
  const nearest = Math.min(at[at.length - 1], Math.max(at[0], r))
  const away = (r - nearest) ** 2
  const reach = Math.sqrt(away + REACH * REACH * variance)
  let [sum, first, second] = [0, 0, 0]
  for (let i = firstAbove(at, r - reach); i < at.length && at[i] <= r + reach; i++) {
    const term = weight[i] * exp((away - (r - at[i]) ** 2) / (2 * variance))
    sum += term
    first += term * at[i]
    second += term * at[i] * at[i]
  }
  return {
    logRatio: ln(sum) + (r * r - away) / (2 * variance),
    mean: first / sum,
    square: second / sum,
  }
}

/** The place of the first of rising numbers that is at least x. */
function firstAbove(at: Float64Array, x: number): number {
  let [low, high] = [0, at.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (at[middle] < x) low = middle + 1
    else high = middle
  }
  return low
}
