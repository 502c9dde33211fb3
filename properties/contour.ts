import { testConditional } from './simulate.js'

/** Where one decoder's even odds are said to be. */
export interface Contour {
  readonly decoder: string
  readonly N: number
  readonly k: number
  /** The dimension of even odds. */
  readonly even: number
}

/**
 * Test that even odds lie within a share of where they are said to be: the rate is below ½ that far under it and above ½ that far over it.
 * Returns how many of the two tests for each contour say so, and of how many.
 */
export function testContours(
  contours: readonly Contour[],
  within: number,
  seed: string,
  alpha: number,
): { readonly held: number; readonly of: number } {
  const of = 2 * contours.length
  let held = 0
  for (const { decoder, N, k, even } of contours) {
    for (const side of [-1, 1]) {
      const d = Math.round(even * (1 + side * within))
      const options = { bar: 0.5, alpha: alpha / of, cap: 400 }
      const { verdict } = testConditional(decoder, { N, k, d }, seed, options)
      if (verdict === (side < 0 ? 'below' : 'above')) held++
    }
  }
  return { held, of }
}
