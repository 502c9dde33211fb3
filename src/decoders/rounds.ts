import { type ManyCodes, manyCodes } from '../codes/many-codes.js'
import type { Dictionary } from '../codes/problem.js'
import type { Report } from './report.js'

/** One code in the course of an iterative decode. */
export interface Round<Result = Report> {
  /** What of the code is not explained yet: what the next step correlates with the dictionary. */
  readonly residual: Float64Array
  /** Set once the answer stands. */
  readonly done: boolean
  /** Take the scores of the residual, one pass over the dictionary. */
  step(scores: Float64Array): void
  report(passes: number): Result
}

/** Step all codes together, each until it is done: the codes that are not share a pass over the dictionary. */
export function reportRounds<Result>(
  dictionary: Dictionary,
  codes: readonly Float64Array[],
  start: (many: ManyCodes, code: Float64Array) => Round<Result>,
  bits: number,
): Result[] {
  const many = manyCodes(dictionary)
  const rounds = codes.map((code) => ({ round: start(many, code), passes: 0 }))
  for (;;) {
    const open = rounds.filter(({ round }) => !round.done)
    if (open.length === 0) return rounds.map(({ round, passes }) => round.report(passes))
    const scores = many.correlateMany(
      open.map(({ round }) => round.residual),
      bits,
    )
    open.forEach((entry, c) => {
      entry.passes++
      entry.round.step(scores[c])
    })
  }
}
