import { rademacherBytes } from '../../codes/rademacher.js'
import type { Shape } from '../../codes/trial.js'

/** Scores of N doubles that a decoder may hold beside the one that the dictionary's own memory counts. */
const SCORES = 3

/**
 * How many threads, up to `workers`, can each hold a dictionary of this shape in `memory` bytes. Throws RangeError, with the
 * bytes that it would need, when not one can.
 */
export function threadsThatFit({ N, d }: Shape, workers: number, memory: number): number {
  const bytes = rademacherBytes(N, d) + SCORES * 8 * N
  const fit = Math.floor(memory / bytes)
  if (fit >= 1) return Math.min(workers, fit)
  const gib = (b: number) => `${(b / 2 ** 30).toPrecision(3)} GiB`
  throw new RangeError(`N = ${N}, d = ${d} needs ${gib(bytes)} of memory; ${gib(memory)} are free`)
}

/** Inner products with codewords that the slowest decoder worth waiting for takes per codeword, beside k. */
const PASSES = 20
/** Products of entries that it takes per millisecond. */
const SPEED = 1e5

/**
 * Milliseconds that one trial may take before it counts as hung: a base, and what k + 20 passes over the dictionary take in the
 * plainest code.
 */
export const trialLimit = ({ N, k, d }: Shape, baseMs: number): number =>
  baseMs + (N * d * (k + PASSES)) / SPEED
