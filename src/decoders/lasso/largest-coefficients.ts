import { largest } from '../largest.js'
import type { Coefficients } from './objective.js'

/** The k indices of largest coefficient, zeros with the lowest index first. */
export function largestCoefficients(N: number, { indices, values }: Coefficients, k: number): number[] {
  const dense = new Float64Array(N)
  for (let m = 0; m < indices.length; m++) dense[indices[m]] += values[m]
  return largest(dense, k)
}
