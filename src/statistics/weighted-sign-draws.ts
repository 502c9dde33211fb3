import { exp } from '../numerics/exp.js'
import { saddle, type WeightedSigns } from './weighted-sign-tail.js'

/**
 * Draws signs ε_j given that lo ≤ Σ ε_j r_j < hi, both but for rounding: exact, by rejection from the law tilted to
 * lo. About z·√(2π) proposals for lo at z standard deviations, times the share of the tail from lo on that the band
 * has. The band must not be empty.
 *
 * The function that is returned writes the signs ±1, d of them, and returns their sum.
 */
export function signsInBand(
  { weights, spread, top, tolerance }: WeightedSigns,
  lo: number,
  hi: number,
): (random: () => number, signs: Float64Array) => number {
  const h = lo > 0 ? tiltTo(weights, Math.min(lo, top - spread * spread * 1e-9), spread) : 0
  const plus = weights.map((r) => 1 / (1 + exp(-2 * h * r)))
  const [from, to] = [lo - tolerance, hi - tolerance]
  return (random, signs) => {
    for (;;) {
      let sum = 0
      for (let j = 0; j < weights.length; j++) {
        // Without a branch: no processor guesses a random sign.
        const sign = 2 * Number(random() < plus[j]) - 1
        signs[j] = sign
        sum += sign * weights[j]
      }
      if (sum >= from && sum < to && (h === 0 || random() < exp(h * (from - sum)))) return sum
    }
  }
}

function tiltTo(weights: Float64Array, m: number, spread: number): number {
  const sizes = weights.map(Math.abs)
  return saddle(sizes, m, m / (spread * spread))
}
