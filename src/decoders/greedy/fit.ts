import type { BatchedDictionary } from '../../codes/batched-dictionary.js'
import { Codeword } from '../../kernels/codeword.js'
import { addScaled } from '../../numerics/add-scaled.js'
import { Cholesky } from '../../numerics/cholesky.js'
import { inner } from '../../numerics/inner.js'
import { largest } from '../largest.js'
import { type Ranking, ranked } from '../ranking.js'

/** A residual below this share of the code is nothing but rounding: the fit explains the code. */
const EXPLAINED = 1e-10

/** What is left of a code, in place: exactly zero where it is nothing but rounding. */
export const withoutRounding = (rest: Float64Array, code: Float64Array): Float64Array =>
  inner(rest, rest) <= EXPLAINED ** 2 * inner(code, code) ? rest.fill(0) : rest

/**
 * Least squares of a code on the codewords added so far: the Cholesky factor of their Gram matrix grows by one row with
 * each. A codeword that depends on those before it is left out of the fit.
 */
export class Fit {
  /** The codewords in the fit, in the order they were added. */
  readonly indices: number[] = []
  readonly #dictionary: BatchedDictionary
  readonly #code: Float64Array
  readonly #codewords: Codeword[] = []
  readonly #scores: number[] = []
  readonly #factor = new Cholesky()
  #weights: Float64Array | undefined

  constructor(dictionary: BatchedDictionary, code: Float64Array, indices: Iterable<number> = []) {
    this.#dictionary = dictionary
    this.#code = code
    for (const i of indices) this.add(i)
  }

  add(i: number): void {
    const codeword = new Codeword(this.#dictionary.codeword(i))
    const column = this.#codewords.map((other) => other.inner(codeword))
    if (!this.#factor.append(column, codeword.norm)) return
    this.indices.push(i)
    this.#codewords.push(codeword)
    this.#scores.push(inner(codeword.entries, this.#code))
    this.#weights = undefined
  }

  /** The coefficients, in the order of `indices`. */
  weights(): Float64Array {
    this.#weights ??= this.#factor.solve(this.#scores)
    return this.#weights
  }

  /** What the fit leaves of the code: orthogonal to every codeword in it; exactly zero where it explains the code. */
  residual(): Float64Array {
    const rest = this.#code.slice()
    this.weights().forEach((weight, m) => {
      addScaled(rest, -weight, this.#codewords[m].entries)
    })
    return withoutRounding(rest, this.#code)
  }
}

/** The k of the candidates with the largest coefficients in the fit; one that the fit left out has coefficient 0. */
export function heaviest(fit: Fit, candidates: Iterable<number>, k: number, by: Ranking): number[] {
  const weights = fit.weights()
  const weightOf = new Map(fit.indices.map((i, m) => [i, weights[m]]))
  const list = [...candidates]
  const coefficients = Float64Array.from(list, (i) => weightOf.get(i) ?? 0)
  return largest(ranked(coefficients, by), k).map((m) => list[m])
}
