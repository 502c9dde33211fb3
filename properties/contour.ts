import { testConditional } from './simulate.js'

/** Where one decoder's even odds are said to be. */
export interface Contour {
  readonly decoder: string
  readonly N: number
  readonly k: number
  /** The dimension of even odds. */
  readonly even: number
  /** The dimension of the next curve of the figure, from which it is to be told apart. */
  readonly next: number
}

/**
 * Test that all contours are where they are said to be, to the share of themselves by which the nearest pair could
 * approach each other before it met: success is below ½ that far under a contour and above ½ that far over it.
 * Returns how many of the two tests for each contour say so, of how many, and the share.
 */
export function testContours(
  contours: readonly Contour[],
  seed: string,
  alpha: number,
): { readonly held: number; readonly of: number; readonly within: number } {
  const within = Math.min(...contours.map(({ even, next }) => Math.abs(next - even) / (next + even)))
  const of = 2 * contours.length
  let held = 0
  for (const { decoder, N, k, even } of contours) {
    for (const side of [-1, 1]) {
      const d = Math.round(even * (1 + side * within))
      const options = { bar: 0.5, alpha: alpha / of, cap: 2000 }
      const { verdict } = testConditional(decoder, { N, k, d }, seed, options)
      if (verdict === (side < 0 ? 'below' : 'above')) held++
    }
  }
  return { held, of, within }
}
