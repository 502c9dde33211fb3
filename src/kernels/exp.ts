/** ln 2 in two parts, the first short enough that n·LN2_HIGH is exact for |n| < 2^11. */
const LN2_HIGH = 0.6931471803691238
const LN2_LOW = 1.9082149292705877e-10
/** 1/m! for m = 13, …, 0. */
const TAYLOR = Array.from({ length: 14 }, (_, m) => {
  let factorial = 1
  for (let i = 2; i <= 13 - m; i++) factorial *= i
  return 1 / factorial
})
/** 2^n for n = −1074, …, 1023. */
const POWERS = Float64Array.from({ length: 2098 }, (_, i) => 2 ** (i - 1074))

/**
 * e^x to 2 ulp, by operations whose rounding IEEE 754 fixes: the same double on every engine, which `Math.exp` does not promise.
 * At −708 and below it is 0, above 709 infinite.
 */
export function exp(x: number): number {
  if (x <= -708) return 0
  if (x > 709) return Infinity
  const n = Math.round(x * Math.LOG2E)
  const r = x - n * LN2_HIGH - n * LN2_LOW
  let sum = 0
  for (let m = 0; m < 14; m++) sum = sum * r + TAYLOR[m]
  return sum * POWERS[n + 1074]
}

/** 1/(1 + e^−u), the logistic function: a probability from its log odds. */
export const logistic = (u: number): number => 1 / (1 + exp(-u))
