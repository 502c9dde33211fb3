// Two exponentials: recorded trials hold the bits of either, and they differ in the last. `exp` is the fast one, of the
// decoders that iterate and of their kernel; `exponential` has the subnormal numbers, for the tails of the laws.

/** ln 2 in two parts, the first short enough that n·LN2_HIGH is exact for |n| < 2^11. */
const LN2_HIGH = 0.6931471803691238
const LN2_LOW = 1.9082149292705877e-10
/** 1/m! for m = 0, …, 13. */
const [C0, C1, C2, C3, C4, C5, C6, C7, C8, C9, C10, C11, C12, C13] = Array.from({ length: 14 }, (_, m) => {
  let factorial = 1
  for (let i = 2; i <= m; i++) factorial *= i
  return 1 / factorial
})
/** 2^n for n = −1074, …, 1023. */
const POWERS = Float64Array.from({ length: 2098 }, (_, i) => 2 ** (i - 1074))

/**
 * e^x to 2 ulp, by operations whose rounding IEEE 754 fixes: the same double on every engine, which `Math.exp` does
 * not promise. At −708 and below it is 0, above 709 infinite.
 */
export function exp(x: number): number {
  if (x <= -708) return 0
  if (x > 709) return Infinity
  const n = Math.round(x * Math.LOG2E)
  const r = x - n * LN2_HIGH - n * LN2_LOW
  // Estrin's scheme: terms that do not wait for one another.
  const r2 = r * r
  const r4 = r2 * r2
  const low = C0 + C1 * r + (C2 + C3 * r) * r2 + (C4 + C5 * r + (C6 + C7 * r) * r2) * r4
  const high = C8 + C9 * r + (C10 + C11 * r) * r2 + (C12 + C13 * r) * r4
  return (low + high * r4 * r4) * POWERS[n + 1074]
}

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

/** 1/(1 + e^−u), the logistic function: a probability from its log odds. */
export const logistic = (u: number): number => 1 / (1 + exp(-u))

/** ln((1 − p)/p), the log odds against what has probability p; ∞ at 0, −∞ at 1. */
export const logOddsAgainstRate = (p: number): number => Math.log1p(-p) - Math.log(p)
