import { shelves } from '../layout.js'
import { type Float32Kernel, packByFour } from './kernel.js'
import { plainNearest } from './plain-pairs.js'
import { BASE, ROWS } from './store.js'

/** For every row the largest of its products with other rows, and which row that is with. */
export interface Nearest {
  /** Largest |⟨i, j⟩|·scale_i·scale_j, in float32; −1 where there is no other row. */
  readonly cosines: Float32Array
  readonly cosineRows: Int32Array
  /** Largest ⟨i, j⟩, in float32; −∞ where there is no other row. */
  readonly products: Float32Array
  readonly productRows: Int32Array
}

/** Rows that are taken at a time: their floats stay in the second cache. */
const PANEL = 128

/** A share of the comparisons of all rows with all, or with some. */
export interface NearestShare {
  /** What rows are multiplied by for their cosines, length N. */
  readonly scales: Float64Array
  /** The rows that all are compared with; all of them where it is undefined, and each pair is then taken once. */
  readonly rows: Int32Array | undefined
  /** How many panels of rows have been taken, which threads count up together. */
  readonly taken: Int32Array
}

/** The nearest rows among the pairs of those panels that this thread comes by. */
export function nearestShare(kernel: Float32Kernel, share: NearestShare): Nearest {
  const { exports, store } = kernel
  if (exports === null) return plainNearest(store, share)
  const { size, dimension: d, memory } = kernel.store
  const { rows, taken } = share
  const blocks = Math.ceil(size / ROWS)
  const run = 4 * ROWS * blocks
  const layout = (at: number) => {
    const { take, end } = shelves(at)
    // Vectors of 128 bits first.
    return {
      best: take(4 * run),
      scales: take(run),
      packed: take(4 * d * PANEL),
      sums: take(128),
      rows: take(4 * PANEL),
      end,
    }
  }
  const place = layout(kernel.scratch(layout(0).end()))
  const floats = (at: number, length: number) => new Float32Array(memory.buffer, at, length)
  const bests = [-1, -1, -Infinity, -1].map((start, n) => {
    const best =
      n % 2 === 0
        ? floats(place.best + n * run, run / 4)
        : new Int32Array(memory.buffer, place.best + n * run, run / 4)
    // Rows past the last are nearer to something than anything is.
    return best.fill(start, 0, size).fill(n % 2 === 0 ? Infinity : -1, size)
  })
  floats(place.scales, run / 4)
    .fill(0)
    .set(share.scales)
  const count = rows?.length ?? size
  for (;;) {
    const from = PANEL * Atomics.add(taken, 0, 1)
    if (from >= count) break
    const panel = Array.from(
      { length: Math.min(PANEL, count - from) },
      (_, m) => rows?.[from + m] ?? from + m,
    )
    packByFour(
      floats(place.packed, d * PANEL),
      panel.map((i) => kernel.store.row(i)),
      d,
    )
    new Int32Array(memory.buffer, place.rows, PANEL).fill(-1).set(panel)
    const first = rows === undefined ? from / ROWS : 0
    const groups = Math.ceil(panel.length / 4)
    const { best, packed, scales, sums } = place
    exports.nearest(BASE, d, size, first, blocks, packed, place.rows, groups, scales, best, run, sums)
  }
  const [cosines, cosineRows, products, productRows] = bests.map((best) => best.slice(0, size))
  return { cosines, cosineRows, products, productRows } as Nearest
}

/** What threads have found, together: the largest of each, and the lowest row among equals. */
export function mergeNearest(shares: readonly Nearest[]): Nearest {
  const [first, ...others] = shares
  for (const other of others) {
    keepLarger(first.cosines, first.cosineRows, other.cosines, other.cosineRows)
    keepLarger(first.products, first.productRows, other.products, other.productRows)
  }
  return first
}

function keepLarger(
  values: Float32Array,
  rows: Int32Array,
  others: Float32Array,
  otherRows: Int32Array,
): void {
  for (let i = 0; i < values.length; i++) {
    if (others[i] < values[i] || (others[i] === values[i] && otherRows[i] >= rows[i])) continue
    values[i] = others[i]
    rows[i] = otherRows[i]
  }
}
