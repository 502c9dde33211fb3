import type { AmplitudeLaw } from '../../codes/model/amplitudes.js'
import { logOddsAgainstRate } from '../../numerics/exp.js'
import { normalTail } from '../../statistics/normal.js'
import { checkPositive } from '../parameters.js'
import { type AmplitudeDensity, amplitudeDensity } from './amplitude-density.js'
import { Panels } from './panels.js'

/**
 * The scalar channel S = A + τG: A is 0, or an amplitude with probability p, and G is standard normal. What is asked
 * for every p at once is computed once.
 */
export interface ScalarChannel {
  readonly tau: number
  /** P(a + τG < bar), the share of the active that miss a bar. */
  missRate(bar: number): number
  /** P(τG ≥ bar), the share of the others. */
  falsePositiveRate(bar: number): number
  /**
   * The s at which ln of the densities' ratio, active over inactive, is x; it grows with s. Looked for from `near` on.
   */
  barAt(x: number, near?: number): number
  /** How fast the share of the active below a bar, and that logarithm, grow with it. */
  slopes(bar: number): { readonly miss: number; readonly logRatio: number }
  /** E(A − E[A | S])², the least mean squared error, of a codeword of rate p. */
  mmse(p: number): number
  /** I(B; S), B whether A > 0, in bits. */
  activityBits(p: number): number
  /** I(a; S | B = 1), in bits: what S says of the amplitude of an active codeword. */
  readonly amplitudeBits: number
}

const ROOT_TWO_PI = Math.sqrt(2 * Math.PI)
/** A normal density has e^−REACH²/2 of its height here. */
const REACH = 7.5
/** Log posterior odds beyond which a codeword is decided. */
const DECIDED = 36

/**
 * The channel of a law of amplitudes at noise τ, for rates from `rarest` to `most`. Everything is a quadrature, right
 * to about 1e-8 relative.
 * @param tau positive
 */
export function scalarChannel(
  law: AmplitudeLaw,
  tau: number,
  [rarest, most]: readonly [number, number],
): ScalarChannel {
  checkPositive(tau, 'tau')
  const density = amplitudeDensity(law)
  const seen = density ? spread(density, tau) : constant(tau)
  const missRate = density ? spreadMisses(density, tau) : (bar: number) => normalTail((1 - bar) / tau)
  const high = density?.high ?? 1
  const barAt = (x: number, near = tau * Math.sqrt(2 * Math.max(0, x))) =>
    reaching(x, seen, tau, high + REACH * tau, near)
  let table: Table | undefined
  const at = () => {
    table ??= tabulate(density, tau, seen, [
      barAt(logOddsAgainstRate(most) - DECIDED),
      barAt(logOddsAgainstRate(rarest) + DECIDED),
    ])
    return table
  }
  return {
    tau,
    missRate,
    falsePositiveRate: (bar) => normalTail(bar / tau),
    barAt,
    slopes: (bar) => ({ miss: Math.exp(seen(bar).logDensity), logRatio: seen(bar).mean / tau ** 2 }),
    mmse: (p) => p * at().error(p),
    activityBits: (p) => at().bits(p),
    get amplitudeBits() {
      return density ? at().amplitudeBits : 0
    },
  }
}

/** What S = s says of a codeword that is active. */
interface Seen {
  /** ln of the density of S. */
  readonly logDensity: number
  /** Mean and variance of its amplitude. */
  readonly mean: number
  readonly variance: number
}

const constant =
  (tau: number) =>
  (s: number): Seen => ({ logDensity: logNormal(s - 1, tau), mean: 1, variance: 0 })

/** ln of the density of τG. */
const logNormal = (x: number, tau: number): number => -((x / tau) ** 2) / 2 - Math.log(tau * ROOT_TWO_PI)

/** By quadrature over the amplitudes that S = s leaves likely. */
function spread(density: AmplitudeDensity, tau: number): (s: number) => Seen {
  const { low, high, at, scale } = density
  const width = (a: number) => Math.min(2.5 * tau, scale(a))
  const nodes = new Panels()
  return (s) => {
    const nearest = Math.min(high, Math.max(low, s))
    const away = ((s - nearest) / tau) ** 2
    const reach = tau * Math.sqrt(away + REACH ** 2)
    nodes.fill(Math.max(low, s - reach), Math.min(high, s + reach), width)
    let [sum, first, second] = [0, 0, 0]
    for (let j = 0; j < nodes.length; j++) {
      const a = nodes.at[j]
      const term = nodes.weight[j] * at(a) * Math.exp((away - ((s - a) / tau) ** 2) / 2)
      sum += term
      first += term * (a - nearest)
      second += term * (a - nearest) ** 2
    }
    const shift = first / sum
    return {
      logDensity: Math.log(sum) + logNormal(s - nearest, tau),
      mean: nearest + shift,
      variance: Math.max(0, second / sum - shift * shift),
    }
  }
}

function spreadMisses({ low, high, at, scale }: AmplitudeDensity, tau: number): (bar: number) => number {
  const nodes = new Panels()
  return (bar) => {
    const width = (a: number) => Math.min(scale(a), Math.max(tau, Math.abs(a - bar) / 2))
    nodes.fill(low, high, width)
    let sum = 0
    for (let j = 0; j < nodes.length; j++) {
      sum += nodes.weight[j] * at(nodes.at[j]) * normalTail((nodes.at[j] - bar) / tau)
    }
    return Math.min(1, sum)
  }
}

/** Where the log ratio passes x, by Newton's method between bisections: its slope is E[a | S]/τ². At most `far`. */
function reaching(x: number, seen: (s: number) => Seen, tau: number, far: number, near: number): number {
  let [low, high] = [-far - tau * Math.sqrt(2 * Math.abs(x)), far]
  let s = Math.min(high, near)
  for (let i = 0; i < 200; i++) {
    const { logDensity, mean } = seen(s)
    const over = logDensity - logNormal(s, tau) - x
    if (over > 0) high = s
    else low = s
    const newton = s - (over * tau * tau) / mean
    const next = newton > low && newton < high ? newton : (low + high) / 2
    if (Math.abs(next - s) <= 1e-10 * tau) return next
    s = next
  }
  return s
}

/** What depends on p, from densities at fixed nodes. */
interface Table {
  /** E(A − E[A | S])²/p. */
  error(p: number): number
  bits(p: number): number
  readonly amplitudeBits: number
}

function tabulate(
  density: AmplitudeDensity | undefined,
  tau: number,
  seen: (s: number) => Seen,
  undecided: readonly [number, number],
): Table {
  const nodes = nodesOf(density, tau, seen, undecided)
  const at = nodes.at.subarray(0, nodes.length)
  const { weight } = nodes
  const each = Array.from(at, seen)
  const active = Float64Array.from(each, ({ logDensity }, j) => weight[j] * Math.exp(logDensity))
  const others = at.map((s, j) => weight[j] * Math.exp(logNormal(s, tau)))
  const logRatio = at.map((s, j) => each[j].logDensity - logNormal(s, tau))
  const total = (terms: Float64Array, of: (j: number) => number) => {
    let sum = 0
    for (let j = 0; j < terms.length; j++) if (terms[j] > 0) sum += terms[j] * of(j)
    return sum
  }
  const { log, log1p, exp } = Math
  /** ln(1 − p + p·r) by r = e^x. */
  const logMixed = (p: number, x: number) =>
    x + log(p) > 0 ? x + log(p) + log1p(((1 - p) / p) * exp(-x)) : log1p(p * Math.expm1(x))
  return {
    error: (p) =>
      total(active, (j) => {
        const inactive = 1 / (1 + (p / (1 - p)) * exp(logRatio[j]))
        return each[j].variance + inactive * each[j].mean ** 2
      }),
    bits: (p) =>
      (p * total(active, (j) => logRatio[j] - logMixed(p, logRatio[j])) -
        (1 - p) * total(others, (j) => logMixed(p, logRatio[j]))) /
      Math.LN2,
    amplitudeBits: -(total(active, (j) => each[j].logDensity) + log(tau * ROOT_TWO_PI) + 0.5) / Math.LN2,
  }
}

/** Nodes in s: as dense as the posterior needs where it is undecided, as the densities need elsewhere. */
function nodesOf(
  density: AmplitudeDensity | undefined,
  tau: number,
  seen: (s: number) => Seen,
  [from, to]: readonly [number, number],
): Panels {
  const { jumps, low, high } = density ?? { jumps: [1], low: 1, high: 1 }
  const scale = (s: number) => (density && s > 0 ? density.scale(Math.min(high, Math.max(low, s))) : Infinity)
  const special = [0, ...jumps]
  const width = (s: number) => {
    const smooth = Math.min(...special.map((x) => Math.abs(s - x))) / 2 - 2 * tau
    const plain = Math.max(1.5 * tau, Math.min(smooth, scale(s)))
    return s < from || s >= to ? plain : Math.min(plain, (3 * tau) / (1 + seen(s).mean / tau))
  }
  const breaks = [from, to, ...special].sort((a, b) => a - b)
  return new Panels().fill(-REACH * tau, high + REACH * tau, width, breaks)
}
