import { type BatchedDictionary, batched } from '../../codes/batched-dictionary.js'
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
      ...(!finish && { general: 'revealing' }),
    },
    (dictionary, codes, k) => {
      const most = finish ? fittedCandidates(dictionary.size, dictionary.dimension) : 0
      const start = (many: BatchedDictionary, code: Float64Array) =>
        new Pursuit(many, code, k, Math.max(k, most))
      const many = batched(dictionary)
      if (many.argmaxOutside) return codes.map((code) => drawnPursuit(many, start(many, code)))
      const norms = squaredNorms(dictionary) ?? new Float64Array(dictionary.size).fill(1)
      return iterateAll(
        dictionary,
        codes,
        (all, code) => new ScoredPursuit(start(all, code), code, norms),
        BITS,
      )
    },
  )
}

/** One code on its way. */
class Pursuit {
  readonly taken = new Set<number>()
  /** Orthonormal directions of the picks. */
  readonly directions: Float64Array[] = []
  /** r: what is left of the code outside their span. */
  readonly rest: Float64Array
  readonly #dictionary: BatchedDictionary
  readonly #code: Float64Array
  readonly #k: number
  readonly #most: number
  readonly #fit: Fit
  #answer: number[] | undefined

  /** @param most picks: those beyond k are for the finish */
  constructor(dictionary: BatchedDictionary, code: Float64Array, k: number, most: number) {
    this.#dictionary = dictionary
    this.#code = code
    this.#k = k
    this.#most = most
    this.#fit = new Fit(dictionary, code)
    this.rest = code.slice()
    if (k === 0) this.#answer = []
  }

  get done(): boolean {
    return this.#answer !== undefined || this.taken.size >= this.#most
  }

  /** Takes a codeword; returns ⟨q, r⟩ for the direction q that it adds where it is independent of those before. */
  take(i: number, independent: boolean): number | undefined {
    this.taken.add(i)
    this.#fit.add(i)
    this.#answer = certifiedOnes(this.#dictionary, this.#code, this.#fit, this.#k)
    if (!independent) return undefined
    const added = direction(this.#dictionary.codeword(i), this.directions)
    this.directions.push(added)
    const share = inner(added, this.rest)
    for (let j = 0; j < this.rest.length; j++) this.rest[j] -= share * added[j]
    return share
  }

  report(passes: number): DecodeReport {
    const answer = this.#answer ?? [...this.taken].slice(0, this.#k)
    const residual = unexplained(this.#dictionary, this.#code, answer)
    const iterations = this.taken.size
    return { answer, converged: residual === 0, residual, gap: residual, iterations, passes }
  }
}

/** On a dictionary that draws only what wins. */
function drawnPursuit(many: BatchedDictionary, pursuit: Pursuit): DecodeReport {
  while (!pursuit.done) {
    const { index, score } = many.argmaxOutside!(pursuit.rest, pursuit.directions, pursuit.taken)
    pursuit.take(index, score > -Infinity)
  }
  return pursuit.report(pursuit.taken.size)
}

/** On a dictionary that is there; a pass takes the direction that the last pick added to the span. */
class ScoredPursuit implements Iteration {
  residual: Float64Array
  readonly #pursuit: Pursuit
  readonly #norms: Float64Array
  /** ‖g‖² for every codeword; −1 where it is taken. */
  readonly #outside: Float64Array
  /** ⟨f_i, r⟩ for every codeword. */
  #scores: Float64Array | undefined
  /** ⟨q, r⟩ for the last direction q. */
  #share = 0

  constructor(pursuit: Pursuit, code: Float64Array, norms: Float64Array) {
    this.#pursuit = pursuit
    this.#norms = norms
    this.#outside = norms.slice()
    this.residual = code
  }

  get done(): boolean {
    return this.#pursuit.done
  }

  step(along: Float64Array): void {
    if (this.#scores) this.#leave(this.#scores, along)
    this.#scores ??= along
    while (!this.done) {
      const i = this.#first(this.#scores)
      const share = this.#pursuit.take(i, this.#isOutside(i))
      this.#outside[i] = -1
      if (share === undefined) continue
      this.#share = share
      this.residual = this.#pursuit.directions[this.#pursuit.directions.length - 1]
      break
    }
  }

  report(passes: number): DecodeReport {
    return this.#pursuit.report(passes)
  }

  /** Take the last direction out of every codeword. */
  #leave(scores: Float64Array, along: Float64Array): void {
    for (let i = 0; i < scores.length; i++) {
      scores[i] -= this.#share * along[i]
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
