import type { AmplitudeLaw } from '../../../codes/model/amplitudes.js'
import { normalTail } from '../../../statistics/normal.js'

/** Points of the law of a code's energy. */
const POINTS = 2048
/** Its end, in standard deviations above the mean; of a heavy tail the variance of a² is taken for this. */
const [REACH, MOST_VARIANCE] = [10, 60]
/** Halves of what is left of the law of an amplitude, and nodes in each. */
const [HALVES, NODES] = [40, 64]

/** A function of a code's energy Σ a_i², and its mean over codes. */
export interface EnergyControl {
  of(energy: number): number
  readonly mean: number
}

/**
 * The chance that an inactive codeword's score reaches τ, were it normal, in a code of K active codewords with
 * independent amplitudes, as a function of Σ a_i² (up to far above its mean, and from there on as there): what false
 * positives go by. Its mean is taken over the law of a² on a grid, in parts that keep its first two moments, K times
 * convolved.
 *
 * @param tau τ, where codewords have norm 1
 * @param noise what noise adds to the energy: d·σ²
 */
export function energyControl(
  tau: number,
  law: AmplitudeLaw,
  K: number,
  d: number,
  noise: number,
): EnergyControl {
  const nodes = amplitudeNodes(law)
  const fourth = nodes.reduce((sum, { share, square }) => sum + share * square ** 2, 0)
  const most = K + REACH * Math.sqrt(K * Math.min(Math.max(fourth - 1, 1 / K), MOST_VARIANCE))
  const step = most / (POINTS - 1)
  const of = (energy: number) => normalTail(tau * Math.sqrt(d / (Math.min(energy, most) + noise)))
  const shares = repeated(onGrid(nodes, step), K)
  let [mean, rest] = [0, 1]
  shares.forEach((share, i) => {
    mean += share * of(i * step)
    rest -= share
  })
  return { of, mean: mean + rest * of(most) }
}

interface Node {
  readonly share: number
  readonly square: number
}

/** Equal shares of the upper half of the law of a, of half of what is left, and so on; and of the lower half. */
function amplitudeNodes(law: AmplitudeLaw): Node[] {
  const nodes: Node[] = []
  const add = (from: number, to: number) => {
    for (let n = 0; n < NODES; n++) {
      const above = from + ((to - from) * (n + 0.5)) / NODES
      nodes.push({ share: (from - to) / NODES, square: law.quantile(1 - above) ** 2 })
    }
  }
  for (let half = 0; half < HALVES; half++) add(2 ** -half, 2 ** -(half + 1))
  return nodes
}

/** Each node on the three points next to it, by its moments up to the second; those beyond the grid are left out. */
function onGrid(nodes: readonly Node[], step: number): Float64Array {
  const shares = new Float64Array(POINTS)
  for (const { share, square } of nodes) {
    const i = Math.max(1, Math.round(square / step))
    if (i > POINTS - 2) continue
    const t = square / step - i
    shares[i - 1] += (share * t * (t - 1)) / 2
    shares[i] += share * (1 - t * t)
    shares[i + 1] += (share * t * (t + 1)) / 2
  }
  return shares
}

/** The law of the sum of K, up to the end of the grid. */
function repeated(shares: Float64Array, K: number): Float64Array {
  let sum = new Float64Array(POINTS)
  sum[0] = 1
  for (let left = K, power = shares; left > 0; left = Math.floor(left / 2)) {
    if (left % 2 === 1) sum = convolved(sum, power)
    power = convolved(power, power)
  }
  return sum
}

function convolved(a: Float64Array, b: Float64Array): Float64Array<ArrayBuffer> {
  const sum = new Float64Array(POINTS)
  for (let i = 0; i < POINTS; i++) {
    if (a[i] === 0) continue
    for (let j = 0; i + j < POINTS; j++) sum[i + j] += a[i] * b[j]
  }
  return sum
}
