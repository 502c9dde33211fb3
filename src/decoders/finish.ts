import { type BatchedDictionary, batched } from '../codes/batched-dictionary.js'
import type { Dictionary } from '../codes/problem.js'
import type { ReadMany } from './check-problem.js'
import { type DecodeReport, type Reporting, reportingDecoder, unexplained } from './decode-report.js'
import type { About, BuiltInDecoder, Declared } from './decoder.js'
import { Fit } from './greedy/fit.js'

/** Candidates of a fit, as a share of the dimensions: with fewer equations to spare it fits noise. */
const SHARE = 0.8

/** Candidates that a least-squares finish fits, of N codewords in d dimensions: ⌊0.8·min(N, d)⌋. */
export const fittedCandidates = (N: number, d: number): number => Math.floor(SHARE * Math.min(N, d))

/**
 * The codewords of coefficient 1 in a least-squares fit, where they are k and encode to the code: an answer that
 * certifies itself. Undefined otherwise.
 */
export function certifiedOnes(
  dictionary: Dictionary,
  code: Float64Array,
  fit: Fit,
  k: number,
): number[] | undefined {
  if (fit.indices.length < k) return undefined
  const weights = fit.weights()
  const ones = fit.indices.filter((_, m) => weights[m] > 0.5)
  return ones.length === k && unexplained(dictionary, code, ones) === 0 ? ones : undefined
}

/**
 * The least-squares finish. Where all members are among the candidates, and these are independent, a fit on them has
 * coefficient 1 at the members and 0 elsewhere, whatever the order they came in; so it asks of a decoder only that
 * members rank among the `fittedCandidates` first, and not among the first k. The answer encodes to the code; undefined
 * where there is none such. (More picks than members: Zhang 2011; Foucart 2013.)
 *
 * @param k at least 1
 * @param candidates distinct codewords, the likeliest first; fits of the first k, 2k, 4k, … of them are tried.
 * O(n²(n + d)) for n of them.
 */
export function leastSquaresFinish(
  dictionary: BatchedDictionary,
  code: Float64Array,
  candidates: readonly number[],
  k: number,
): number[] | undefined {
  const fit = new Fit(dictionary, code)
  for (let from = 0, to = k; from < candidates.length; from = to, to *= 2) {
    for (const i of candidates.slice(from, to)) fit.add(i)
    const found = certifiedOnes(dictionary, code, fit, k)
    if (found) return found
  }
  return undefined
}

/** What a decoder came to that ranks codewords. */
export interface Listed {
  readonly report: DecodeReport
  /** The likeliest first: `fittedCandidates` of them, or none where the report's answer explains the code. */
  readonly candidates: readonly number[]
}

/** A decoder whose answer, where it does not explain the code, is finished by least squares on its candidates. */
export const finishingDecoder = (
  about: About,
  read: ReadMany<Listed>,
): BuiltInDecoder & Declared & Reporting =>
  reportingDecoder(about, (dictionary, codes, k, model) => {
    const many = batched(dictionary)
    return read(dictionary, codes, k, model).map(({ report, candidates }, c) => {
      if (report.residual === 0 || k === 0) return report
      const answer = leastSquaresFinish(many, codes[c], candidates, k)
      return answer ? { ...report, answer, converged: true, residual: 0, gap: 0 } : report
    })
  })
