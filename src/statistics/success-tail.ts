import { betainc } from '../numerics/special/beta.js'

/** P(Bin(n, p) ≥ count), by the incomplete beta function. */
export function successTail(n: number, count: number, p: number): number {
  if (count <= 0) return 1
  return count > n ? 0 : betainc(p, count, n - count + 1)
}
