import { shelves } from '../layout.js'
import type { Float32Kernel } from './kernel.js'
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

/** Rows that are taken at a time: their integers stay in the second cache. */
const PANEL = 128

/** A share of the comparisons of all rows with all, or with some. */
export interface NearestShare {
  /** ‖row‖ of every row. */
  readonly norms: Float64Array
  /** What rows are multiplied by for their cosines, length N: 1/‖row‖, or 0 for a row that is left out. */
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
  const { size, dimension: d, memory } = store
  const { rows, taken } = share
  const blocks = Math.ceil(size / ROWS)
  const layout = (at: number) => {
    const { take, end } = shelves(at)
    // Vectors of 128 bits first.
    return {
      table: take(RUNS * 4 * ROWS * blocks),
      panel: take(4 * (3 * PANEL + ROWS) * Math.ceil(d / 2) + 128),
      rows: take(4 * PANEL),
      end,
    }
  }
  const place = layout(kernel.scratch(layout(0).end()))
  const { found, slack } = tableFor(memory.buffer, place.table, share, d)
  const panel = new Int32Array(memory.buffer, place.rows, PANEL)
  const count = rows?.length ?? size
  const run = 4 * ROWS * blocks
  for (;;) {
    const from = PANEL * Atomics.add(taken, 0, 1)
    if (from >= count) break
    const length = Math.min(PANEL, count - from)
    panel.fill(-1)
    for (let m = 0; m < length; m++) panel[m] = rows?.[from + m] ?? from + m
    const first = rows === undefined ? from / ROWS : 0
    const groups = Math.ceil(length / 4)
    exports.nearest(BASE, d, size, first, blocks, place.rows, groups, place.table, run, slack, place.panel)
  }
  return found()
}

/** Runs of the kernel's table. */
const RUNS = 8

/** The norm that the kernel's rows have as integers. */
const NORM = 32000

/** Rows whose norms are beyond this, or below its inverse, are not rounded: floats might overflow. */
const LARGEST = 1e12

/**
 * How far a product of two rows in float32 may be from that in doubles, as a share of the product of their norms: runs
 * of 64 coordinates, whose sums are summed.
 */
export const productError = (d: number): number => (66 + Math.ceil(d / 64)) * 2 ** -23

/** Fill the kernel's table as before the first pair. */
function tableFor(buffer: ArrayBufferLike, at: number, { norms, scales }: NearestShare, d: number) {
  const size = norms.length
  const padded = ROWS * Math.ceil(size / ROWS)
  const ordinary = norms.every((norm) => norm === 0 || (norm < LARGEST && norm > 1 / LARGEST))
  const floats = (n: number) => new Float32Array(buffer, at + 4 * padded * n, padded)
  const integers = (n: number) => new Int32Array(buffer, at + 4 * padded * n, padded)
  const [cosines, products, cosineRows, productRows] = [floats(0), floats(2), integers(1), integers(3)]
  // Rows past the last are nearer to something than anything is.
  cosines.fill(-1).fill(Infinity, size)
  products.fill(-Infinity).fill(Infinity, size)
  cosineRows.fill(-1)
  productRows.fill(-1)
  floats(4).fill(0).set(scales)
  const inverses = floats(5).fill(0)
  if (ordinary) inverses.set(norms.map((norm) => (norm === 0 ? 1 : 1 / norm)))
  integers(6)
    .fill(-1)
    .fill(2 ** 31 - 1, size)
  floats(7).fill(-Infinity).fill(Infinity, size)
  // Entries as integers are off by half, so that a row is off by ½√d, and a product by that times both norms.
  const rounding = 0.51 * Math.sqrt(d)
  const off = 2 * rounding * (NORM + rounding) + 2 * productError(d) * NORM ** 2
  return {
    slack: ordinary ? off : Infinity,
    found: (): Nearest => ({
      cosines: cosines.slice(0, size),
      cosineRows: cosineRows.slice(0, size),
      products: products.slice(0, size),
      productRows: productRows.slice(0, size),
    }),
  }
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
