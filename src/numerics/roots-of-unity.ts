/** cos and sin of 2πi/n for i = 0, …, n − 1. */
export interface RootsOfUnity {
  readonly cos: Float64Array
  readonly sin: Float64Array
}

const tables: RootsOfUnity[] = [
  { cos: Float64Array.of(1), sin: Float64Array.of(0) },
  { cos: Float64Array.of(1, -1), sin: Float64Array.of(0, 0) },
  { cos: Float64Array.of(1, 0, -1, 0), sin: Float64Array.of(0, 1, 0, -1) },
]

/**
 * The roots of order 2^log, by half-angle formulas: the same on every engine, to about log·1e-16. Kept for the next
 * call.
 */
export function rootsOfUnity(log: number): RootsOfUnity {
  for (let l = tables.length; l <= log; l++) {
    const half = tables[l - 1]
    const n = 2 ** (l - 1)
    const c = Math.sqrt((1 + half.cos[1]) / 2)
    const s = half.sin[1] / (2 * c)
    const cos = new Float64Array(2 * n)
    const sin = new Float64Array(2 * n)
    for (let i = 0; i < n; i++) {
      cos[2 * i] = half.cos[i]
      sin[2 * i] = half.sin[i]
      cos[2 * i + 1] = half.cos[i] * c - half.sin[i] * s
      sin[2 * i + 1] = half.cos[i] * s + half.sin[i] * c
    }
    tables.push({ cos, sin })
  }
  return tables[log]
}
