import type { Float32Dictionary } from '../codes/float32-dictionary.js'
import { type Nearest, productError } from '../kernels/float32/nearest.js'

/** Two codewords and the cosine of their angle, in doubles. @since 0.2.0 */
export interface Twins {
  /** The lower index first. */
  readonly pair: readonly [number, number]
  readonly cosine: number
}

/** Rows that are scored anew at most: where more are as near as the nearest, their recorded neighbours decide. */
const MOST = 256

/**
 * The pairs of codewords of largest |cosine|, largest first, at most so many, each once, of what a pass found for every
 * codeword; the first is that of doubles.
 *
 * @param scales 1/‖f_i‖, 0 for a codeword that is left out
 */
export function nearestPairs(
  dictionary: Float32Dictionary,
  scales: Float64Array,
  near: Nearest,
  most: number,
): Twins[] {
  const { size: N, dimension: d } = dictionary
  const order = [...near.cosines.keys()].filter((i) => scales[i] > 0 && near.cosineRows[i] >= 0)
  order.sort((a, b) => near.cosines[b] - near.cosines[a] || a - b)
  const found = new Map<number, Twins>()
  const add = (i: number, j: number, product: number) => {
    const pair = i < j ? ([i, j] as const) : ([j, i] as const)
    found.set(pair[0] * N + pair[1], { pair, cosine: product * scales[i] * scales[j] })
  }
  const bar = near.cosines[order[0]] - 2 * productError(d)
  const top = order.filter((i) => near.cosines[i] >= bar)
  for (const i of top.length <= MOST ? top : []) {
    const products = dictionary.correlate(dictionary.codeword(i))
    let best = i === 0 ? 1 : 0
    const cosine = (j: number) => Math.abs(products[j]) * scales[j]
    for (let j = 0; j < N; j++) if (j !== i && cosine(j) > cosine(best)) best = j
    add(i, best, products[best])
  }
  for (const i of order.slice(0, 2 * most)) {
    const j = near.cosineRows[i]
    add(i, j, inner(dictionary, i, j))
  }
  const pairs = [...found.values()]
  pairs.sort(
    (a, b) => Math.abs(b.cosine) - Math.abs(a.cosine) || a.pair[0] - b.pair[0] || a.pair[1] - b.pair[1],
  )
  return pairs.slice(0, most)
}

function inner(dictionary: Float32Dictionary, i: number, j: number): number {
  const [f, g] = [dictionary.codeword(i), dictionary.codeword(j)]
  let sum = 0
  for (let n = 0; n < f.length; n++) sum += f[n] * g[n]
  return sum
}

/**
 * The codewords that plain inner products do not read even alone: another has ⟨f_i, f_j⟩ ≥ ‖f_i‖², in doubles.
 *
 * @param rows the codewords that are looked at: the pass has compared them with all others
 */
export function dominatedOf(dictionary: Float32Dictionary, near: Nearest, rows: readonly number[]): number[] {
  const norms = dictionary.norms()
  const most = norms.reduce((largest, norm) => Math.max(largest, norm), 0)
  const error = productError(dictionary.dimension)
  return rows.filter((i) => {
    const square = norms[i] ** 2
    const slack = error * norms[i] * most
    if (near.productRows[i] < 0 || near.products[i] + slack < square) return false
    if (inner(dictionary, i, near.productRows[i]) >= square) return true
    if (near.products[i] - slack > square) return true
    return dictionary.correlate(dictionary.codeword(i)).some((score, j) => j !== i && score >= square)
  })
}
