/** ln 2 in two parts; the first has 32 bits, so that its small multiples are exact. */
const LN2_HIGH = 0.6931471803691238
const LN2_LOW = 1.9082149292705877e-10

/**
 * e^x from sums, products and powers of two alone: the same on every engine. Relative error below 4e-16; 0 below
 * −745, infinite beyond the largest double.
 */
export function exponential(x: number): number {
  if (x < -745.2) return 0
  if (x > 710) return Infinity
  const n = Math.round(x / Math.LN2)
  const r = x - n * LN2_HIGH - n * LN2_LOW
  let sum = 1
  for (let i = 14; i > 0; i--) sum = 1 + (sum * r) / i
  // In two steps: 2^n may be out of range where the result is not, and results below the normal range are rounded once.
  const half = n >> 1
  return sum * 2 ** half * 2 ** (n - half)
}
