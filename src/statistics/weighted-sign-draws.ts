import { exp } from '../numerics/exp.js'
import { saddle } from './tilted-sign-tail.js'
import type { WeightedSigns } from './weighted-sign-tail.js'

/** Words of the generator: a uniform number has 32 bits. */
const WORDS = 2 ** 32

/**
 * Draws signs ε_j given that lo ≤ Σ ε_j r_j < hi, both but for rounding: exact, by rejection from the law tilted to
 * lo. About z·√(2π) proposals for lo at z standard deviations, times the share of the tail from lo on that the band
 * has. The band must not be empty.
 *
 * The function that is returned writes the signs ±1, d of them, and returns their sum. `random` is uniform on
 * multiples of 2^-32.
 */
export function signsInBand(
  { weights, spread, top, tolerance }: WeightedSigns,
  lo: number,
  hi: number,
): (random: () => number, signs: Float64Array) => number {
  const h = lo > 0 ? tiltTo(weights, Math.min(lo, top - spread * spread * 1e-9), spread) : 0
  // P(ε_j = 1) in 256ths: a byte decides, and where it is the whole part another draw by the rest.
  const whole = new Uint8Array(weights.length)
  const rest = new Float64Array(weights.length)
  for (let j = 0; j < whole.length; j++) {
    const plus = 256 / (1 + exp(-2 * h * weights[j]))
    whole[j] = Math.min(255, Math.floor(plus))
    rest[j] = plus - whole[j]
  }
  const [from, to] = [lo - tolerance, hi - tolerance]
  return (random, signs) => {
    for (;;) {
      let sum = 0
      let word = 0
      for (let j = 0; j < weights.length; j++) {
        word = (j & 3) === 0 ? (random() * WORDS) | 0 : word >>> 8
        const byte = word & 255
        // Without a branch: no processor guesses a random sign.
        let up = (byte - whole[j]) >>> 31
        if (byte === whole[j]) up = Number(random() < rest[j])
        const sign = 2 * up - 1
        signs[j] = sign
        sum += sign * weights[j]
      }
      if (sum >= from && sum < to && (h === 0 || random() < exp(h * (from - sum)))) return sum
    }
  }
}

function tiltTo(weights: Float64Array, m: number, spread: number): number {
  const sizes = new Float64Array(weights.length)
  for (let j = 0; j < sizes.length; j++) sizes[j] = Math.abs(weights[j])
  return saddle(sizes, m, m / (spread * spread))
}
