/** cos and sin of 2πi/n for i = 0, …, n − 1. */
export interface RootsOfUnity {
  readonly cos: Float64Array
  readonly sin: Float64Array
}

const tables = new Map<number, RootsOfUnity>()

/**
 * The roots of order 2^log, log ≥ 0, by half-angle formulas: the same on every engine, to about log·1e-16. Kept for
 * the next call.
 */
export function rootsOfUnity(log: number): RootsOfUnity {
  const known = tables.get(log)
  if (known) return known
  const cos = new Float64Array(2 ** log)
  const sin = new Float64Array(2 ** log)
  cos.set([1, 0, -1, 0].slice(0, 2 ** log))
  if (log === 1) cos[1] = -1
  if (log >= 2) sin.set([0, 1, 0, -1])
  // The roots of each order from those of half of it, in place: from the last on, none is overwritten before its use.
  for (let n = 4; n < cos.length; n *= 2) {
    const c = Math.sqrt((1 + cos[1]) / 2)
    const s = sin[1] / (2 * c)
    for (let i = n - 1; i >= 0; i--) {
      const re = cos[i]
      const im = sin[i]
      cos[2 * i] = re
      sin[2 * i] = im
      cos[2 * i + 1] = re * c - im * s
      sin[2 * i + 1] = re * s + im * c
    }
  }
  const table = { cos, sin }
  tables.set(log, table)
  return table
}
