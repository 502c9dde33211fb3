import { requireInteger } from '../../io/arguments.js'
import { DenseDictionary } from '../dense.js'

/**
 * A tight frame of N unit codewords in d ≤ N dimensions, by real Fourier rows: FFᵀ = (N/d)·I, so no dictionary of
 * that shape interferes less (Benedetto & Fickus 2003, "Finite Normalized Tight Frames"). Codeword n is √(2/d)·(cos
 * 2πmn/N, sin 2πmn/N) for m = 1, 2, …, with a last coordinate 1/√d where d is odd, and (−1)ⁿ/√d as well where d = N
 * is even. Throws RangeError unless 1 ≤ d ≤ N are integers.
 *
 * @since 0.1.0
 */
export function tightFrame(N: number, d: number): DenseDictionary {
  requireInteger('N', N, 1)
  requireInteger('d', d, 1, N)
  const entries = new Float64Array(N * d)
  const alternates = d === N && d % 2 === 0
  const waves = Math.floor((d - Number(alternates)) / 2)
  const [wave, flat] = [Math.sqrt(2 / d), Math.sqrt(1 / d)]
  for (let n = 0; n < N; n++) {
    const codeword = entries.subarray(n * d, (n + 1) * d)
    for (let m = 1; m <= waves; m++) {
      const angle = (2 * Math.PI * ((m * n) % N)) / N
      codeword[2 * m - 2] = wave * Math.cos(angle)
      codeword[2 * m - 1] = wave * Math.sin(angle)
    }
    if (alternates) codeword[d - 2] = n % 2 ? -flat : flat
    if (alternates || d % 2) codeword[d - 1] = flat
  }
  return new DenseDictionary(entries, d)
}
