import { betaln } from '../numerics/special/beta.js'

/**
 * ln ∫ₓ¹ θ^(a−1) (1−θ)^(b−1) dθ, the upper incomplete beta function, 0 < x < 1, a, b > 0. Stays finite where
 * the integral itself is below the smallest double.
 */
export function logUpperBeta(x: number, a: number, b: number): number {
  if (x > (a + 1) / (a + b + 2)) return logHead(1 - x, b, a)
  const whole = betaln(a, b)
  return whole + Math.log1p(-Math.exp(logHead(x, a, b) - whole))
}

/** ln ∫₀ˣ by the continued fraction of DLMF 8.17.22; meant for x ≤ (a + 1)/(a + b + 2). */
function logHead(x: number, a: number, b: number): number {
  return a * Math.log(x) + b * Math.log1p(-x) - Math.log(a) - Math.log(fraction(x, a, b))
}

/** 1 + d₁/(1 + d₂/(1 + …)) by the modified Lentz algorithm. */
function fraction(x: number, a: number, b: number): number {
  let value = 1
  let numerator = 1
  let denominator = 0
  for (let n = 1; ; n++) {
    const m = n >> 1
    const d =
      n % 2 === 0
        ? (m * (b - m) * x) / ((a + (n - 1)) * (a + n))
        : (-(a + m) * (a + b + m) * x) / ((a + (n - 1)) * (a + n))
    denominator = 1 / (1 + d * denominator)
    numerator = 1 + d / numerator
    value *= numerator * denominator
    if (Math.abs(numerator * denominator - 1) < 2 ** -52) return value
  }
}
