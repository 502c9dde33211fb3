import { testConditional } from './simulate.js'

/** Where one decoder's even odds are said to be. */
export interface Contour {
  readonly decoder: string
  readonly N: number
  readonly k: number
  /** The dimension of even odds. */
  readonly even: number
  /** Where the next curve of the figure is: the tolerance is to be nearer than that. */
  readonly next: number
}

/**
 * Test that even odds lie nearer to where they are said to be than to the next curve, relative to their sum: the rate is below ½ that
 * far under it and above ½ that far over it. Returns how many of the two tests for each contour say so, of how many, and the
 * least tolerance.
 */
export function testContours(
  contours: readonly Contour[],
  seed: string,
  alpha: number,
): { readonly held: number; readonly of: number; readonly least: number } {
  const of = 2 * contours.length
  let held = 0
  let least = 1
  for (const { decoder, N, k, even, next } of contours) {
    const within = Math.abs(next - even) / (next + even)
    least = Math.min(least, within)
    for (const side of [-1, 1]) {
      const d = Math.round(even * (1 + side * within))
      const options = { bar: 0.5, alpha: alpha / of, cap: 2000 }
      const { verdict } = testConditional(decoder, { N, k, d }, seed, options)
      if (verdict === (side < 0 ? 'below' : 'above')) held++
    }
  }
  return { held, of, least }
}
