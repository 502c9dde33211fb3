import { rademacherBytes } from '../../codes/rademacher.js'
import type { Shape } from '../../codes/trial.js'
import { exactText, gibText } from '../../io/quantity-text.js'

/** Scores of N doubles that a decoder may hold beside the one that the dictionary's own memory counts. */
const SCORES = 3

/**
 * How many threads, up to `workers`, can each hold a dictionary of this shape in `memory` bytes. Throws RangeError,
 * with the bytes that it would need, when not one can.
 */
export function threadsThatFit({ N, d }: Shape, workers: number, memory: number): number {
  const bytes = rademacherBytes(N, d) + SCORES * 8 * N
  const fit = Math.floor(memory / bytes)
  if (fit >= 1) return Math.min(workers, fit)
  throw new RangeError(
    `N = ${exactText(N)}, d = ${d} needs ${gibText(bytes)} of memory; ${gibText(memory)} are free`,
  )
}

/** Inner products with codewords that the slowest decoder worth waiting for takes per codeword, beside k. */
const PASSES = 20
/** Products of entries that it takes per millisecond. */
const SPEED = 1e5

/**
 * Milliseconds that one trial may take before it counts as hung: a base, and what k + 20 passes over the dictionary
 * take in the plainest code.
 */
const trialLimit = ({ N, k, d }: Shape, baseMs: number): number => baseMs + (N * d * (k + PASSES)) / SPEED

/**
 * Most that a first answer may take beyond the others, in milliseconds: a decoder may load what it needs when it is
 * first asked.
 */
const FIRST_ANSWER_MS = 20_000

/** The time that a decode may take. */
export interface TimeLimit {
  /** Milliseconds at a shape. */
  of(shape: Shape): number
  /** A decode has ended, one way or the other. */
  answered(): void
}

/** The limit of a trial, which is longer until a decode has ended in any of a decoder's processes. */
export function timeLimit(baseMs: number, startupMs: number): TimeLimit {
  let waited = false
  return {
    of: (shape) => trialLimit(shape, baseMs) + (waited ? 0 : Math.min(startupMs, FIRST_ANSWER_MS)),
    answered() {
      waited = true
    },
  }
}
