import { requireInteger } from '../io/arguments.js'
import { firstInteger } from '../numerics/bisect.js'
import { rootsOfUnity } from '../numerics/roots-of-unity.js'
import { logBinomial } from '../statistics/binomial-tail.js'
import type { Bound } from './bound.js'
import { coordinateEntropy } from './counting-bound.js'
import { logChoose } from './entropy.js'
import { checkSubset } from './parameters.js'

/** Points of the lattice on which the information of a code is summed. */
const LOG_POINTS = 16
const POINTS = 2 ** LOG_POINTS
/** What the lattice, the tails that it leaves out, and rounding may change of a probability, together. */
const SLACK = 1e-9
/** e^−30 is next to nothing. */
const NATS = 30
/**
 * Largest dimension at which the lattice is the sharper of the two: its bar grows as d^(3/2), a standard deviation as
 * √d.
 */
const LATTICE = 4000
/** Largest k whose coordinate is summed value by value. */
const SUMMED = 2 ** 20

/**
 * A value of a coordinate of the code, or two that are as likely: −ln of its probability, and the probability of
 * both.
 */
interface Value {
  readonly nats: number
  readonly share: number
}

/**
 * The least dimension at which E[min(1, 1/(C(N, k)·Q(X)))] is ½, Q the law of the code X, a vector of d independent
 * sums of k fair signs: no decoder reaches even odds below it, on average over Rademacher dictionaries and subsets.
 * For the decoder names one subset a code, so that its success is at most Σ_x min(1/C, Q(x)), the probability P(x is
 * a code at all)/C being at most both.
 *
 * That mean is P(I + E ≥ ln C) with I = −ln Q(X), a sum of d independent terms, and E ~ Exp(1). It is computed on a
 * lattice with a bar for the rounding (Hoeffding), or where that is worse by Cantelli's inequality alone, from the
 * mean and variance of I.
 * @returns whole numbers between which the least dimension lies; both 0 at k = 0 and k = N
 * @throws RangeError unless N ≥ 1 and 0 ≤ k ≤ N are integers
 * @since 0.1.0
 */
export function idealConverse(N: number, k: number): readonly [number, number] {
  checkSubset(N, k)
  if (k === 0 || k === N) return [0, 0]
  const { low, high } = cantelli(N, k)
  if (high - low <= 1 || high > LATTICE || k > SUMMED) return [low, high]
  const success = latticeSuccess(N, k, Math.max(0, low - 1), high)
  const reaches = (side: Side) => (d: number) => d >= high || success(Math.max(0, d), side) >= 0.5
  const from = firstInteger(low - 1, high, reaches('above'))
  return [from, firstInteger(from - 1, high, reaches('below'))]
}

/**
 * The success that no decoder exceeds at dimension d, as that mean gives it, rounded up.
 * @param d integer ≥ 1
 * @throws RangeError unless N ≥ 1 and 0 ≤ k ≤ N are integers, and d ≥ 1 is an integer
 * @since 0.1.0
 */
export function codeSuccess(N: number, k: number, d: number): number {
  checkSubset(N, k)
  requireInteger('d', d, 1)
  if (k > SUMMED || d > LATTICE) return 1
  return Math.min(1, latticeSuccess(N, k, d, d)(d, 'above'))
}

/**
 * The whole dimensions between which P(I + E ≥ ln C) passes ½: a median is within a standard deviation of its mean,
 * and that is so from d·h + 1 − ln C = −√(dV + 1) to √(dV + 1), h and V the mean and variance of −ln Q of a
 * coordinate.
 */
function cantelli(N: number, k: number): { low: number; high: number } {
  const z = logChoose(N, k) - 1
  const h = coordinateEntropy(k) * Math.LN2
  // V tends to ½ as k grows: 1 is on the safe side.
  const V = k > SUMMED ? 1 : values(k).reduce((sum, v) => sum + v.share * (v.nats - h) ** 2, 0)
  const root = Math.sqrt(Math.max(0, 4 * h * (z * V + h) + V * V))
  const at = (side: -1 | 1) => (2 * h * z + V + side * root) / (2 * h * h)
  return {
    low: Math.max(0, Math.ceil(at(-1) * (1 - 1e-12))),
    high: Math.max(1, Math.ceil(at(1) * (1 + 1e-12))),
  }
}

/** The values of a sum of k fair signs, but for such as are too rare to matter. */
function values(k: number): Value[] {
  const found: Value[] = []
  for (let j = Math.ceil(k / 2); j <= k; j++) {
    const nats = -logBinomial(k, j)
    if (nats > 2 * NATS) break
    found.push({ nats, share: (2 * j === k ? 1 : 2) * Math.exp(-nats) })
  }
  return found
}

type Side = 'below' | 'above'

/** A bound from either side on that mean at each d from fewest to most. */
function latticeSuccess(
  N: number,
  k: number,
  fewest: number,
  most: number,
): (d: number, side: Side) => number {
  const entropy = logChoose(N, k)
  const law = values(k)
  const least = law[0].nats
  // By Markov's inequality on Q^−½ the sum stays below this.
  const roots = Math.log(law.reduce((sum, v) => sum + v.share * Math.exp((v.nats - least) / 2), 0))
  const step = (2 * (most * roots + NATS)) / POINTS
  const cells = new Map<number, number>()
  let bias = 0
  for (const { nats, share } of law) {
    const cell = Math.round((nats - least) / step)
    cells.set(cell, (cells.get(cell) ?? 0) + share)
    bias += share * (nats - least - cell * step)
  }
  const nodes = characteristic(cells, fewest)
  return (d, side) => {
    const sign = side === 'above' ? 1 : -1
    const reach = step * Math.sqrt((NATS / 2) * d)
    const bar = (entropy - d * (least + bias)) / step
    return mean(nodes, d, bar - (sign * reach) / step, step) + sign * SLACK
  }
}

/** Some u = 2πn/POINTS, and ln|φ| and arg φ of φ = E e^{iuJ} of one coordinate there. */
interface Nodes {
  readonly n: number[]
  readonly size: number[]
  readonly angle: number[]
}

/** Whether |φ|^d is next to nothing where ln|φ| is `size`. */
const negligible = (size: number, d: number): boolean => d * size < -2 * NATS

/** The nodes n = 1, …, POINTS/2 that matter for sums of d or more coordinates. */
function characteristic(cells: ReadonlyMap<number, number>, d: number): Nodes {
  const { cos, sin } = rootsOfUnity(LOG_POINTS)
  const places = Int32Array.from(cells.keys())
  const shares = Float64Array.from(cells.values())
  const center = places.reduce((sum, place, c) => sum + place * shares[c], 0)
  // From one node to the next |φ| moves by at most 2π/POINTS·E|J − center|: below the bar, with room for rounding,
  // the nodes that it cannot bring back above are negligible.
  const most =
    ((2 * Math.PI) / POINTS) * places.reduce((sum, j, c) => sum + Math.abs(j - center) * shares[c], 0)
  const bar = Math.exp((-2 * NATS - 1) / d)
  const nodes: Nodes = { n: [], size: [], angle: [] }
  for (let n = 1, skipped = 1; n <= POINTS / 2; n += skipped) {
    let re = 0
    let im = 0
    for (let c = 0; c < places.length; c++) {
      const at = (places[c] * n) & (POINTS - 1)
      re += shares[c] * cos[at]
      im += shares[c] * sin[at]
    }
    const size = Math.log(re * re + im * im) / 2
    skipped = Math.max(1, Math.floor((bar - Math.exp(size)) / most))
    if (negligible(size, d)) continue
    nodes.n.push(n)
    nodes.size.push(size)
    nodes.angle.push(Math.atan2(im, re))
  }
  return nodes
}

/**
 * E min(1, e^{step·(J − bar)}) of a sum J of d such cells, on 0 … POINTS − 1: Σ over n of φ(u)^d times the transform
 * of the rest.
 */
function mean(nodes: Nodes, d: number, bar: number, step: number): number {
  const first = Math.min(POINTS, Math.max(0, Math.ceil(bar)))
  if (first === 0) return 1
  const { cos, sin } = rootsOfUnity(LOG_POINTS)
  const grow = Math.exp(step)
  const [start, end] = [Math.exp(-step * bar), Math.exp(step * (first - bar))]
  let total = (end - start) / (grow - 1) + POINTS - first
  for (let m = 0; m < nodes.n.length; m++) {
    const size = nodes.size[m]
    if (negligible(size, d)) continue
    // Σ_{j < first} e^{step(j − bar)} w^j + Σ_{j ≥ first} w^j, w = e^{−iu} a root of unity.
    const n = nodes.n[m]
    const at = (n * first) % POINTS
    const c = cos[at]
    const s = sin[at]
    const a = end * c - start
    const b = -end * s
    const e = grow * cos[n] - 1
    const f = -grow * sin[n]
    const g = cos[n] - 1
    const h = -sin[n]
    const turn = d * nodes.angle[m]
    const re =
      Math.cos(turn) * (realOver(a, b, e, f) + realOver(1 - c, s, g, h)) -
      Math.sin(turn) * (imaginaryOver(a, b, e, f) + imaginaryOver(1 - c, s, g, h))
    total += (n === POINTS / 2 ? 1 : 2) * Math.exp(d * size) * re
  }
  return total / POINTS
}

/** The real part of (a + ib)/(c + id). Apart from the other: a pair of them would be made for every node. */
const realOver = (a: number, b: number, c: number, d: number): number => (a * c + b * d) / (c * c + d * d)

const imaginaryOver = (a: number, b: number, c: number, d: number): number =>
  (b * c - a * d) / (c * c + d * d)

export const idealConverseBound: Bound = {
  id: 'ideal-converse',
  kind: 'converse',
  decoder: 'any',
  source: 'Meta-converse of Polyanskiy, Poor & Verdú 2010, without noise',
  statement:
    'No decoder reaches even odds, on average over ±1 dictionaries: it names one subset a code, and ' +
    'likely codes are too few',
  level: 'even',
  dimension: ({ N, k }) => idealConverse(N, k)[0],
  bar: ({ N, k }) => idealConverse(N, k),
}
