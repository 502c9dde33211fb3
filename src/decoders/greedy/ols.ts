import type { BatchedDictionary } from '../../codes/batched-dictionary.js'
import { inner, innerUnordered } from '../../numerics/inner.js'
import { type Iteration, iterateAll } from '../batched-iteration.js'
import { type DecodeReport, reportingDecoder, unexplained } from '../decode-report.js'
import { certifiedOnes, fittedCandidates } from '../finish.js'
import { squaredNorms } from '../norms.js'
import { checkOption, flagRule } from '../options.js'
import { Fit } from './fit.js'

/** Bits of a direction that its scores take: they add up over the picks. */
const BITS = 40
/** A codeword of which less than this share is outside the span of the picks depends on them. */
const DEPENDENT = 1e-10

/**
 * Orthogonal least squares (Chen, Billings & Luo 1989): k times, take the codeword that, joined to those taken,
 * makes the least-squares residual shortest. With g what of f_i is outside the span of the picks, that is the largest
 * ⟨f_i, r⟩/‖g‖; OMP divides by ‖f_i‖, which is the same where codewords are nearly orthogonal. A step costs one pass
 * over the dictionary and O(kd + N).
 *
 * @param finish whether it goes on to ⌊0.8·d⌋ picks where the first k do not explain the code, as `omp-finished` does
 * @since 0.2.0
 */
export function orthogonalLeastSquares(finish = false) {
  checkOption('orthogonalLeastSquares', 'finish', finish, flagRule)
  return reportingDecoder(
    {
      name: finish ? 'ols-finished' : 'ols',
      source: finish ? 'Chen, Billings & Luo 1989; Foucart 2013' : 'Chen, Billings & Luo 1989',
      label: finish ? 'OLS, finished' : 'OLS',
      family: 'greedy',
    },
    (dictionary, codes, k) => {
      const norms = squaredNorms(dictionary) ?? new Float64Array(dictionary.size).fill(1)
      const most = finish ? fittedCandidates(dictionary.size, dictionary.dimension) : 0
      return iterateAll(
        dictionary,
        codes,
        (many, code) => new Pursuit(many, code, k, Math.max(k, most), norms),
        BITS,
      )
    },
  )
}

/** One code on its way; a pass takes the direction that the last pick added to the span. */
class Pursuit implements Iteration {
  residual: Float64Array
  #answer: number[] | undefined
  readonly #dictionary: BatchedDictionary
  readonly #code: Float64Array
  readonly #k: number
  readonly #most: number
  readonly #norms: Float64Array
  readonly #fit: Fit
  readonly #taken: number[] = []
  /** Orthonormal directions of the picks. */
  readonly #basis: Float64Array[] = []
  /** ‖g‖² for every codeword; −1 where it is taken. */
  readonly #outside: Float64Array
  /** ⟨f_i, r⟩ for every codeword. */
  #scores: Float64Array | undefined
  /** r: what is left of the code outside the span of the picks. */
  readonly #rest: Float64Array

  /** @param most picks: those beyond k are for the finish */
  constructor(
    dictionary: BatchedDictionary,
    code: Float64Array,
    k: number,
    most: number,
    norms: Float64Array,
  ) {
    this.#dictionary = dictionary
    this.#code = code
    this.#k = k
    this.#most = most
    this.#norms = norms
    this.#fit = new Fit(dictionary, code)
    this.#outside = norms.slice()
    this.#rest = code.slice()
    this.residual = code
    if (k === 0) this.#answer = []
  }

  get done(): boolean {
    return this.#answer !== undefined || this.#taken.length >= this.#most
  }

  step(along: Float64Array): void {
    if (this.#scores) this.#leave(this.#scores, along)
    this.#scores ??= along
    while (!this.done) {
      const i = this.#first(this.#scores)
      const independent = this.#isOutside(i)
      this.#taken.push(i)
      this.#outside[i] = -1
      this.#fit.add(i)
      this.#answer = certifiedOnes(this.#dictionary, this.#code, this.#fit, this.#k)
      if (!independent) continue
      this.residual = direction(this.#dictionary.codeword(i), this.#basis)
      this.#basis.push(this.residual)
      break
    }
  }

  report(passes: number): DecodeReport {
    const answer = this.#answer ?? this.#taken.slice(0, this.#k)
    const residual = unexplained(this.#dictionary, this.#code, answer)
    const iterations = this.#taken.length
    return { answer, converged: residual === 0, residual, gap: residual, iterations, passes }
  }

  /** Take the last direction out of r and of every codeword. */
  #leave(scores: Float64Array, along: Float64Array): void {
    const share = inner(this.residual, this.#rest)
    for (let j = 0; j < this.#rest.length; j++) this.#rest[j] -= share * this.residual[j]
    for (let i = 0; i < scores.length; i++) {
      scores[i] -= share * along[i]
      if (this.#outside[i] >= 0) this.#outside[i] = Math.max(0, this.#outside[i] - along[i] * along[i])
    }
  }

  #isOutside(i: number): boolean {
    return this.#outside[i] > DEPENDENT * this.#norms[i]
  }

  /** Of those not taken the one that ranks first, the lowest index among ties; last come those in the span. */
  #first(scores: Float64Array): number {
    let [best, most] = [-1, -Infinity]
    for (let i = 0; i < scores.length; i++) {
      if (this.#outside[i] < 0) continue
      const rank = this.#isOutside(i) ? scores[i] / Math.sqrt(this.#outside[i]) : -Infinity
      if (best >= 0 && !(rank > most)) continue
      best = i
      most = rank
    }
    return best
  }
}

/** What of a codeword is outside the span of an orthonormal basis, of norm 1 (Gram–Schmidt, twice). */
function direction(codeword: Float64Array, basis: readonly Float64Array[]): Float64Array {
  for (const q of [...basis, ...basis]) {
    const along = innerUnordered(codeword, q)
    for (let j = 0; j < codeword.length; j++) codeword[j] -= along * q[j]
  }
  const norm = Math.sqrt(inner(codeword, codeword))
  return codeword.map((entry) => entry / norm)
}
