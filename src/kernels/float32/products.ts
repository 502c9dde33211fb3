import { shelves } from '../layout.js'
import type { Float32Kernel } from './kernel.js'
import { plainProducts } from './plain-pairs.js'
import { BASE, ROWS } from './store.js'

/** Blocks of rows that are made doubles at a time. */
const PANEL = 8

/** A share of Σ x xᵀ, x = weight·(scale·row − shift): every `shares`-th pair of coordinates from `share` on. */
export interface ProductsShare {
  /** Length N. */
  readonly scales: Float64Array
  /** Length N. */
  readonly weights: Float64Array
  /** Length d. */
  readonly shift: Float64Array
  readonly share: number
  readonly shares: number
}

/**
 * Σ x xᵀ, d × d, row after row, those rows of it that belong to the share, up to their diagonals; the rest is zero or
 * of no meaning. Summed in doubles, the same whatever the number of shares.
 */
export function productsShare(kernel: Float32Kernel, given: ProductsShare): Float64Array {
  const { exports, store } = kernel
  if (exports === null) return plainProducts(store, given)
  const { scales, weights, shift, share, shares } = given
  const { size, dimension: d, memory } = kernel.store
  const blocks = Math.ceil(size / ROWS)
  const layout = (at: number) => {
    const { take, end } = shelves(at)
    const panel = take(8 * ROWS * PANEL * 4 * Math.ceil(d / 4))
    return {
      panel,
      scales: take(8 * ROWS * blocks),
      weights: take(8 * ROWS * blocks),
      shift: take(8 * d),
      out: take(8 * d * d),
      end,
    }
  }
  const place = layout(kernel.scratch(layout(0).end()))
  const doubles = (at: number, length: number) => new Float64Array(memory.buffer, at, length)
  doubles(place.scales, ROWS * blocks)
    .fill(0)
    .set(scales)
  doubles(place.weights, ROWS * blocks)
    .fill(0)
    .set(weights)
  doubles(place.shift, d).set(shift)
  const out = doubles(place.out, d * d).fill(0)
  for (let from = 0; from < blocks; from += PANEL) {
    exports.addProducts(
      BASE + 4 * d * ROWS * from,
      d,
      Math.min(PANEL, blocks - from),
      place.scales + 8 * ROWS * from,
      place.weights + 8 * ROWS * from,
      place.shift,
      place.panel,
      2 * share,
      2 * shares,
      place.out,
    )
  }
  return out.slice()
}

/** The shares of Σ x xᵀ as one symmetric matrix, row after row. */
export function mergeProducts(parts: readonly Float64Array[], d: number): Float64Array {
  const all = new Float64Array(d * d)
  for (let a = 0; a < d; a++) {
    const part = parts[(a >> 1) % parts.length]
    for (let b = 0; b <= a; b++) {
      all[a * d + b] = part[a * d + b]
      all[b * d + a] = part[a * d + b]
    }
  }
  return all
}
