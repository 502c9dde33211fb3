import type { Bar } from '../../decoders/member-rules/bar.js'
import type { Members } from '../../decoders/member-rules/members.js'
import { Residual } from '../../decoders/member-rules/residual.js'
import { rowWords } from '../../kernels/layout.js'
import { exponential } from '../../numerics/exp.js'
import { fastUniform } from '../../random/fast-uniform.js'
import type { Key } from '../../random/key.js'
import { conditionedSigns } from '../../statistics/conditioned-signs.js'
import { type SignSum, signSum } from '../../statistics/sign-sum.js'
import { logSignSumTail } from '../../statistics/sign-sum-tail.js'

/**
 * P(one random codeword crosses some bar), and the relative variance of this estimate of it; 0 where it is computed.
 */
export interface UnionTail {
  readonly probability: number
  readonly relativeVariance: number
}

/** Bars that together are crossed less often than this, relative to one of the others, are left out. */
const NEGLIGIBLE = 1e-5
/** The union is the sum of its events where that is at most so much too large, relative to the largest. */
const OVERLAP = 1e-4
/**
 * Crossings drawn a trial: the error of the overlap adds 9 % to the variance of a trial's value at even odds (N =
 * 2^20, k = 28).
 */
const DRAWS = 8

/**
 * The probability that a codeword of fair signs crosses at least one of the bars: exact for one bar; for several by
 * importance sampling (ALOE; Owen, Maximov & Chertkov 2019, Electronic Journal of Statistics 13): draw a bar with the
 * weight of its tail, then a codeword that crosses it, and average (sum of all tails)/(number of bars that it
 * crosses), without bias.
 */
export function unionTail(members: Members, bars: readonly Bar[], key: Key): UnionTail {
  const likely = likelyCrossings(members, bars)
  if (likely.length === 0) return { probability: 0, relativeVariance: 0 }
  const largest = Math.max(...likely.map(({ logTail }) => logTail))
  const shares = likely.map(({ logTail }) => exponential(logTail - largest))
  const sum = shares.reduce((total, share) => total + share, 0)
  if (sum <= 1 + OVERLAP) return { probability: exponential(largest) * Math.min(sum, 1), relativeVariance: 0 }
  const { mean, relativeVariance } = overlap(members, likely, shares, sum, key)
  return { probability: Math.min(1, exponential(largest) * sum * mean), relativeVariance }
}

/** A bar on integers: what is reached is `score`, of which ties count with weight `tie`. */
interface LatticeBar {
  readonly bar: Bar
  readonly residual: Int32Array
  readonly sum: SignSum
  readonly score: number
  readonly tie: number
  readonly integral: boolean
}

interface Tail extends LatticeBar {
  readonly logTail: number
}

/** The bars with their tails, without those that Hoeffding's inequality shows to be negligible beside the likeliest. */
function likelyCrossings(members: Members, bars: readonly Bar[]): Tail[] {
  const bounds = bars.map(({ score, energy }) => (score > 0 ? -(score * score) / (2 * energy) : 0))
  const first = bounds.indexOf(Math.max(...bounds))
  const residual = new Residual(members)
  // One allocation in place of one a bar.
  const room = new Int32Array(bars.length * members.d)
  const roomFor = (i: number) => room.subarray(i * members.d, (i + 1) * members.d)
  const tails: Tail[] = []
  if (first < 0) return tails
  const likeliest = withTail(residual, bars[first], roomFor(first))
  const least = likeliest.logTail + Math.log(NEGLIGIBLE / bars.length)
  // In the order of the path, in which a residual is near the one before.
  for (let i = 0; i < bars.length; i++) {
    if (bounds[i] < least) continue
    const tail = i === first ? likeliest : withTail(residual, bars[i], roomFor(i))
    if (tail.logTail > -Infinity) tails.push(tail)
  }
  return tails
}

function withTail(residual: Residual, bar: Bar, rounded: Int32Array): Tail {
  residual.move(bar.weights)
  const lattice = onLattice(residual, bar, rounded)
  const { sum, score, tie, integral } = lattice
  const smooth = !integral && sum.weights.length >= SMOOTH_FROM
  return { ...lattice, logTail: logSignSumTail(sum, score, tie, smooth) }
}

/** Steps of the grid for real residuals, per root mean square. */
const STEPS = 32
/** From so many distinct magnitudes on a rounded residual counts as spread out. */
const SMOOTH_FROM = 24

/**
 * The bar in integers. A residual of whole weights is on the lattice. Any other is rounded to a grid, its sign sum
 * spread over its lattice cells, and the bar scaled so that the variance is right: the tail is then off by a relative
 * 2e-3 root mean square, 1e-4 on average (k = 28, d = 500, against a grid sixteen times as fine).
 * @param rounded length d, where the integers are written
 */
function onLattice(residual: Residual, bar: Bar, rounded: Int32Array): LatticeBar {
  const { entries } = residual
  if (entries instanceof Int32Array) {
    rounded.set(entries)
    const tie = Math.min(1, bar.position)
    return { bar, residual: rounded, sum: signSum(rounded), score: bar.score, tie, integral: true }
  }
  const { energy } = residual
  const scale = STEPS / Math.sqrt(energy / entries.length)
  for (let j = 0; j < rounded.length; j++) rounded[j] = Math.round(entries[j] * scale)
  const sum = signSum(rounded)
  const { unit, top } = sum
  const roundedEnergy = rounded.reduce((total, entry) => total + entry * entry, (unit * unit) / 3)
  const score = bar.score * Math.sqrt(roundedEnergy / energy)
  const point = unit * (2 * Math.round((score / unit + top) / 2) - top)
  const tie = (point + unit - score) / (2 * unit)
  return { bar, residual: rounded, sum, score: point, tie, integral: false }
}

/**
 * The mean of 1/(number of bars crossed) over codewords that cross the bars with these weights, and its relative
 * variance.
 */
function overlap(members: Members, tails: readonly Tail[], shares: readonly number[], sum: number, key: Key) {
  const uniform = fastUniform(key)
  const draw: ReturnType<typeof conditionedSigns>[] = []
  const words = new Int32Array(rowWords(members.d))
  const products = new Float64Array(members.k)
  const steps = weightSteps(tails)
  let total = 0
  let squares = 0
  for (let i = 0; i < DRAWS; i++) {
    let left = uniform() * sum
    let t = 0
    while (t < shares.length - 1 && left >= shares[t]) left -= shares[t++]
    const { residual, sum: law, score, tie, integral } = tails[t]
    draw[t] ??= conditionedSigns(residual, law, score, tie)
    const tied = draw[t](uniform, words)
    const position = (tied && integral ? tie : 1) * uniform()
    members.correlateSigns(words, products)
    let crossed = 1
    let own = 0
    for (let s = 0; s < tails.length; s++) {
      const { indices, changes } = steps[s]
      for (let m = 0; m < indices.length; m++) own += changes[m] * products[indices[m]]
      if (s !== t && crosses(tails[s], own, position)) crossed++
    }
    total += 1 / crossed
    squares += 1 / crossed ** 2
  }
  const mean = total / DRAWS
  return { mean, relativeVariance: (squares / DRAWS / mean ** 2 - 1) / (DRAWS - 1) }
}

/** From each bar to the next the weights that change: one a step of matching pursuit. */
function weightSteps(tails: readonly Tail[]): { indices: number[]; changes: number[] }[] {
  let before: Float64Array = new Float64Array(tails[0].bar.weights.length)
  return tails.map(({ bar: { weights } }) => {
    const indices: number[] = []
    const changes: number[] = []
    for (let m = 0; m < weights.length; m++) {
      if (weights[m] === before[m]) continue
      indices.push(m)
      changes.push(weights[m] - before[m])
    }
    before = weights
    return { indices, changes }
  })
}

/** Whether a non-member with this inner product with the residual crosses the bar. */
const crosses = ({ bar, integral }: Tail, score: number, position: number): boolean =>
  score > bar.score || (integral && score === bar.score && position < bar.position)
