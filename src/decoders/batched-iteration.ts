import { type BatchedDictionary, batched } from '../codes/batched-dictionary.js'
import type { Dictionary } from '../codes/problem.js'
import type { Selected, Wanted } from '../kernels/sign-matrix.js'
import type { DecodeReport } from './decode-report.js'

/** One code in the course of an iterative decode. */
export interface Iteration<Result = DecodeReport, Scores = Float64Array> {
  /** What of the code is not explained yet: what the next step correlates with the dictionary. */
  readonly residual: Float64Array
  /** Set once the answer stands. */
  readonly done: boolean
  /** Take the scores of the residual, one pass over the dictionary. */
  step(scores: Scores): void
  report(passes: number): Result
}

/** An iteration that needs only the scores that reach a bar. */
export interface SelectiveIteration<Result = DecodeReport> extends Iteration<Result, Selected> {
  /** What the next step asks for. */
  readonly wanted: Wanted
}

/** What the first step asks for. */
export const ALL_SCORES: Wanted = { low: Infinity, high: -Infinity, also: [] }

/** Step all codes together, each until it is done: the codes that are not share a pass over the dictionary. */
export const iterateAll = <Result>(
  dictionary: Dictionary,
  codes: readonly Float64Array[],
  start: (many: BatchedDictionary, code: Float64Array) => Iteration<Result>,
  bits: number,
): Result[] =>
  runIterations(batched(dictionary), codes, start, (many, open) => many.correlateMany(residuals(open), bits))

/** The same for iterations that need few of the scores. */
export const iterateSelective = <Result>(
  dictionary: Dictionary,
  codes: readonly Float64Array[],
  start: (many: BatchedDictionary, code: Float64Array) => SelectiveIteration<Result>,
  bits: number,
): Result[] =>
  runIterations(batched(dictionary), codes, start, (many, open) =>
    many.selectMany(
      residuals(open),
      open.map(({ wanted }) => wanted),
      bits,
    ),
  )

const residuals = (rounds: readonly { readonly residual: Float64Array }[]) =>
  rounds.map(({ residual }) => residual)

function runIterations<Result, Scores, One extends Iteration<Result, Scores>>(
  many: BatchedDictionary,
  codes: readonly Float64Array[],
  start: (many: BatchedDictionary, code: Float64Array) => One,
  pass: (many: BatchedDictionary, open: readonly One[]) => Scores[],
): Result[] {
  const rounds = codes.map((code) => ({ round: start(many, code), passes: 0 }))
  for (;;) {
    const open = rounds.filter(({ round }) => !round.done)
    if (open.length === 0) return rounds.map(({ round, passes }) => round.report(passes))
    const scores = pass(
      many,
      open.map(({ round }) => round),
    )
    open.forEach((entry, c) => {
      entry.passes++
      entry.round.step(scores[c])
    })
  }
}
