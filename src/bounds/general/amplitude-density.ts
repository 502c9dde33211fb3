import type { AmplitudeLaw } from '../../codes/model/amplitudes.js'
import { normalDensity } from '../../statistics/normal.js'

/** The density of an amplitude, in the form that quadrature needs. */
export interface AmplitudeDensity {
  /** Amplitudes outside of [low, high] have a probability, and a share of E a², below 1e-15. */
  readonly low: number
  readonly high: number
  /** Where the density jumps. */
  readonly jumps: readonly number[]
  at(a: number): number
  /** An interval around a over which the density is close to a polynomial of low degree. */
  scale(a: number): number
  /** h(a), the differential entropy, in bits; −∞ where there is no density. */
  readonly entropy: number
}

/** √2 to the rate of an exponential law with E a² = 1. */
const RATE = Math.SQRT2

/** Standard deviations beyond which a normal variable does not go. */
const FAR = 8.5

const halfNormal: AmplitudeDensity = {
  low: 0,
  high: FAR,
  jumps: [0],
  at: (a) => 2 * normalDensity(a),
  scale: () => 1,
  entropy: 0.5 * Math.log2((Math.PI * Math.E) / 2),
}

const exponential: AmplitudeDensity = {
  low: 0,
  high: 42 / RATE,
  jumps: [0],
  at: (a) => RATE * Math.exp(-RATE * a),
  scale: () => 1.5,
  entropy: Math.log2(Math.E / RATE),
}

function lognormal(s: number): AmplitudeDensity {
  const mean = -s * s
  return {
    low: Math.exp(mean - FAR * s),
    high: Math.exp(mean + (FAR + 2 * s) * s),
    jumps: [],
    at: (a) => normalDensity((Math.log(a) - mean) / s) / (s * a),
    scale: (a) => a * Math.min(0.5, s),
    entropy: (mean + 0.5 * Math.log(2 * Math.PI * Math.E * s * s)) / Math.LN2,
  }
}

function uniform(w: number): AmplitudeDensity {
  const root = Math.sqrt(1 + (w * w) / 3)
  const [low, high] = [(1 - w) / root, (1 + w) / root]
  return {
    low,
    high,
    jumps: [low, high],
    at: () => 1 / (high - low),
    scale: () => Infinity,
    entropy: Math.log2(high - low),
  }
}

/** The density of a law; undefined where all amplitudes are 1. */
export function amplitudeDensity({ kind, parameter }: AmplitudeLaw): AmplitudeDensity | undefined {
  switch (kind) {
    case 'constant':
      return undefined
    case 'half-normal':
      return halfNormal
    case 'exponential':
      return exponential
    case 'lognormal':
      return lognormal(parameter)
    case 'uniform':
      return uniform(parameter)
  }
}
