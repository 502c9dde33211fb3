import type { Dictionary, Problem } from '../codes/problem.js'
import { inner } from '../numerics/inner.js'
import { type ReadMany, withProblemCheck } from './check-problem.js'
import { type About, type BuiltInDecoder, batchDecoder, type Declared } from './decoder.js'

/** What one decode came to: an answer, and how far it can be trusted. @since 0.1.0 */
export interface DecodeReport {
  /** Indices in [0, N): as `decode` gives them. */
  readonly answer: number[]
  /**
   * Whether the decoder's own stopping rule was met, within its budget of iterations; of a rule that takes a fixed
   * number of steps, whether the answer explains the code.
   */
  readonly converged: boolean
  /** ‖X − FŶ‖/‖X‖: what the answer, encoded again, leaves of the code. 0 where that is nothing but rounding. */
  readonly residual: number
  /** How far the iterate is from the decoder's stopping rule, in the units that the decoder names; 0 and up. */
  readonly gap?: number
  /** Steps taken. */
  readonly iterations: number
  /**
   * Products of the whole dictionary with one vector; orthogonal matching pursuit looks again, uncounted, where the
   * first is taken already.
   */
  readonly passes: number
}

/** A decoder that can say how its answer was reached. @since 0.1.0 */
export interface Reporting {
  /** As `decode`, with the report. */
  decodeWithReport(problem: Problem): DecodeReport
}

/**
 * A decoder from a rule that reads many codes of one dictionary at a time and reports on each. It reads a code that
 * no k unit codewords come near as `withinReach` has it.
 */
export function reportingDecoder(
  about: About,
  read: ReadMany<DecodeReport>,
): BuiltInDecoder & Declared & Reporting {
  const reportMany: ReadMany<DecodeReport> = (dictionary, codes, k, model) =>
    read(
      dictionary,
      codes.map((code) => withinReach(code, k)),
      k,
      model,
    )
  return {
    ...batchDecoder(about, (...problem) => reportMany(...problem).map(({ answer }) => answer)),
    decodeWithReport: ({ dictionary, code, k, model }) =>
      withProblemCheck(about.name, reportMany)(dictionary, [code], k, model)[0],
  }
}

/**
 * A decoder from a rule of as many steps, of one pass each, as it is told; encoding the answer again shows whether it
 * was right.
 */
export function fixedStepsDecoder(
  about: About,
  read: ReadMany<number[]>,
  stepsFor: (k: number) => number = () => 1,
): BuiltInDecoder & Declared & Reporting {
  const decodeMany = withProblemCheck(about.name, read)
  return {
    ...batchDecoder(about, read),
    decodeWithReport({ dictionary, code, k, model }) {
      const [answer] = decodeMany(dictionary, [code], k, model)
      const residual = unexplained(dictionary, code, answer)
      const steps = stepsFor(k)
      return { answer, converged: residual === 0, residual, iterations: steps, passes: steps }
    },
  }
}

/** Entries of a code of k unit codewords are at most k: those beyond so many times that are scaled down to it. */
const REACH = 2 ** 20

/**
 * The code itself, or where its largest entry is far beyond any sum of k unit codewords, a power of two times it that
 * is not: no subset explains either, a rule that scales with the code answers the same, and squares and the path from
 * the largest score down to a fixed λ stay finite.
 */
export function withinReach(code: Float64Array, k: number): Float64Array {
  const scale = scaleTo(REACH * Math.max(1, k), code)
  return scale === 1 ? code : code.map((entry) => entry * scale)
}

/** The largest power of two, at most 1, that brings all entries to at most this size, or half of it. */
function scaleTo(most: number, code: Float64Array): number {
  let largest = 0
  for (let j = 0; j < code.length; j++) largest = Math.max(largest, Math.abs(code[j]))
  return largest <= most ? 1 : 2 ** -Math.ceil(Math.log2(largest) - Math.log2(most))
}

/** A residual below this share of the code is nothing but rounding. */
const ROUNDING = 1e-10

/** ‖X − FŶ‖/‖X‖ for an answer Ŷ; 0 where that is nothing but rounding: the answer explains the code. */
export function unexplained(dictionary: Dictionary, code: Float64Array, answer: ArrayLike<number>): number {
  const encoded = dictionary.superpose(answer)
  const rest = code.map((entry, j) => entry - encoded[j])
  const left = Math.sqrt(inner(rest, rest))
  const whole = Math.sqrt(inner(code, code))
  if (whole === Infinity) return unexplainedOfHuge(code, rest)
  return left <= ROUNDING * Math.max(whole, 1) ? 0 : left / (whole || 1)
}

/** The same where the square of an entry is beyond the doubles. */
function unexplainedOfHuge(code: Float64Array, rest: Float64Array): number {
  const scale = scaleTo(1, code)
  const norm = (v: Float64Array) => Math.sqrt(v.reduce((sum, entry) => sum + (scale * entry) ** 2, 0))
  return norm(rest) / norm(code)
}
