import type { Nearest, NearestShare } from './nearest.js'
import type { ProductsShare } from './products.js'
import type { Float32Store } from './store.js'

/** Rows that a thread takes at a time. */
const PANEL = 128

/** `productsShare` in plain JavaScript. */
export function plainProducts(store: Float32Store, given: ProductsShare): Float64Array {
  const { scales, weights, shift, share, shares } = given
  const { size, dimension: d } = store
  const own = Array.from({ length: d }, (_, a) => a).filter((a) => (a >> 1) % shares === share)
  const out = new Float64Array(d * d)
  for (let i = 0; i < size; i++) {
    const x = store.row(i).map((entry, j) => weights[i] * (scales[i] * entry - shift[j]))
    for (const a of own) for (let b = 0; b <= a; b++) out[a * d + b] += x[a] * x[b]
  }
  return out
}

/** `nearestShare` in plain JavaScript. */
export function plainNearest(store: Float32Store, { scales, rows, taken }: NearestShare): Nearest {
  const { size } = store
  const found: Nearest = {
    cosines: new Float32Array(size).fill(-1),
    cosineRows: new Int32Array(size).fill(-1),
    products: new Float32Array(size).fill(-Infinity),
    productRows: new Int32Array(size).fill(-1),
  }
  const floats = store.floats()
  const count = rows?.length ?? size
  for (;;) {
    const from = PANEL * Atomics.add(taken, 0, 1)
    if (from >= count) return found
    for (let m = from; m < Math.min(count, from + PANEL); m++) {
      const i = rows?.[m] ?? m
      const row = store.row(i)
      for (let j = rows === undefined ? i + 1 : 0; j < size; j++) {
        if (j === i) continue
        const product = store.score(j, row, floats)
        const cosine = Math.abs(product) * scales[i] * scales[j]
        for (const [one, other] of [
          [i, j],
          [j, i],
        ]) {
          keep(found.cosines, found.cosineRows, one, cosine, other)
          keep(found.products, found.productRows, one, product, other)
        }
      }
    }
  }
}

function keep(values: Float32Array, rows: Int32Array, i: number, value: number, row: number): void {
  const single = Math.fround(value)
  if (single < values[i] || (single === values[i] && row >= rows[i] && rows[i] >= 0)) return
  values[i] = single
  rows[i] = row
}
