/** E e^(iaz) and E z²·e^(iaz), summed over sign patterns, real and imaginary part each. */
export interface PatternSums {
  re: number
  im: number
  squareRe: number
  squareIm: number
}

/**
 * The characteristic function of one coordinate of a code: z = x_1 + … + x_j + R is the sum of j members' signs and
 * of n others', and a = Σ u_m x_m. Summed over those 2^(j−1) patterns of x_1, …, x_j with the last of them positive;
 * the opposite ones give the same.
 *
 * @param u the frequencies, j of them
 * @param n at least 2
 */
export function sumPatterns(u: Float64Array, n: number, out: PatternSums): void {
  let [re, im, squareRe, squareIm] = [0, 0, 0, 0]
  const patterns = 2 ** (u.length - 1)
  for (let pattern = 0; pattern < patterns; pattern++) {
    let a = 0
    let S = 0
    for (let m = 0; m < u.length; m++) {
      const sign = (pattern >> m) & 1 ? -1 : 1
      a += sign * u[m]
      S += sign
    }
    const c = Math.cos(a)
    const s = Math.sin(a)
    const x = Math.cos(a * S)
    const y = Math.sin(a * S)
    // E e^(iaR), E R·e^(iaR)/i and E R²·e^(iaR).
    const power = c ** (n - 2)
    const zeroth = power * c * c
    const first = n * power * c * s
    const square = (S * S + n) * zeroth - n * (n - 1) * power * s * s
    re += x * zeroth
    im += y * zeroth
    squareRe += x * square - y * 2 * S * first
    squareIm += y * square + x * 2 * S * first
  }
  out.re = re
  out.im = im
  out.squareRe = squareRe
  out.squareIm = squareIm
}
