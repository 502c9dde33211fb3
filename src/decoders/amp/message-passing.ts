import { NOISELESS } from '../../bounds/noiseless.js'
import type { BatchedDictionary } from '../../codes/batched-dictionary.js'
import type { Selected, Wanted } from '../../kernels/sign-matrix.js'
import { inner } from '../../numerics/inner.js'
import type { SelectiveIteration } from '../batched-iteration.js'
import { unexplained } from '../decode-report.js'
import type { Listed } from '../finish.js'
import { largest } from '../largest.js'
import type { Denoiser, SignalEstimate } from './denoiser.js'

/**
 * The iteration of approximate message passing on one code X (Donoho, Maleki & Montanari 2009):
 *
 *     r = y + Fᵀz,  y ← η(r; v) with v = ‖z‖²/d,  z ← X − Fy + (z/d)·Σ η′(r)
 *
 * The last term is Onsager's: with it the noise on r is that of fresh randomness, of variance v, and follows state
 * evolution. Without it the iteration is iterative thresholding with step 1.
 */
export class MessagePassing {
  /** z. */
  residual: Float64Array
  /** v, the variance of the noise on r that the next step takes it to have. */
  variance: number
  /** y. */
  estimate: SignalEstimate = { indices: new Int32Array(0), values: new Float64Array(0), slope: 0 }
  readonly #dictionary: BatchedDictionary
  readonly #code: Float64Array
  readonly #denoiser: Denoiser
  readonly #onsager: boolean

  constructor(dictionary: BatchedDictionary, code: Float64Array, denoiser: Denoiser, onsager = true) {
    this.#dictionary = dictionary
    this.#code = code
    this.#denoiser = denoiser
    this.#onsager = onsager
    this.residual = code
    this.variance = this.#variance()
  }

  /** The m entries of the estimate that are likeliest to be members, the likeliest first. */
  likeliest(m: number): number[] {
    const { indices, values } = this.estimate
    const { likelihood } = this.#denoiser
    const ranks = likelihood ? values.map((value, at) => likelihood.byEstimate(indices[at], value)) : values
    return largest(ranks, m).map((at) => indices[at])
  }

  /** How likely every codeword is to be a member, rising: one pass over the dictionary. */
  likelihoods(bits: number): Float64Array {
    const data = this.pseudoData(bits)
    const { likelihood } = this.#denoiser
    return likelihood ? data.map((entry, i) => likelihood.byData(i, entry)) : data
  }

  /** The scores that the next step needs: where y is not zero, and where r would not be taken for zero. */
  get wanted(): Wanted {
    return { ...this.#denoiser.bars(this.variance), also: this.estimate.indices }
  }

  /** One step; turns those of the scores Fᵀz that are `wanted` into r in place. */
  step(selected: Selected): void {
    addAt(selected, this.estimate)
    this.estimate = this.#denoiser.estimate(selected, this.variance)
    const explained = this.#dictionary.combine(this.estimate.indices, this.estimate.values)
    const memory = this.#onsager ? this.estimate.slope / this.#code.length : 0
    const residual = new Float64Array(this.#code.length)
    for (let j = 0; j < residual.length; j++) {
      residual[j] = this.#code[j] - explained[j] + memory * this.residual[j]
    }
    this.residual = residual
    this.variance = this.#variance()
  }

  /** r of the next step, all of it: one pass over the dictionary. */
  pseudoData(bits: number): Float64Array {
    const [scores] = this.#dictionary.correlateMany([this.residual], bits)
    const { indices, values } = this.estimate
    indices.forEach((i, m) => {
      scores[i] += values[m]
    })
    return scores
  }

  #variance(): number {
    return Math.max(NOISELESS, inner(this.residual, this.residual) / this.#code.length)
  }
}

/** selected + y; both ascend, and all of y is selected. */
function addAt({ indices, scores }: Selected, y: SignalEstimate): void {
  for (let m = 0, at = 0; m < y.indices.length; m++, at++) {
    while (indices[at] < y.indices[m]) at++
    scores[at] += y.values[m]
  }
}

/** When an iteration that has not explained its code is given up. */
export interface Patience {
  /** Steps at most. */
  readonly iterations: number
  /** Steps since the noise was last at its least. */
  readonly stalled: number
  /** Relative precision 2^-bits of the scores that the answer is then read from. */
  readonly bits: number
  /** Codewords that are listed, the likeliest first, where the iteration was given up. */
  readonly listed: number
}

/** The iteration, until the k largest entries of its estimate encode to the code, or patience is out. */
export function ampIteration(
  many: BatchedDictionary,
  code: Float64Array,
  k: number,
  passing: MessagePassing,
  { iterations, stalled, bits, listed }: Patience,
): SelectiveIteration<Listed> {
  let answer: number[] = []
  let candidates: number[] = []
  let explained = k === 0
  let steps = 0
  let [least, since] = [Infinity, 0]
  const givenUp = () => steps >= iterations || since >= stalled
  return {
    get residual() {
      return passing.residual
    },
    get wanted() {
      return passing.wanted
    },
    get done() {
      return explained || givenUp()
    },
    step(selected) {
      steps++
      passing.step(selected)
      since = passing.variance < least ? 0 : since + 1
      least = Math.min(least, passing.variance)
      const rounded = passing.likeliest(k)
      explained = rounded.length === k && unexplained(many, code, rounded) === 0
      if (explained) answer = rounded
      else if (givenUp()) {
        const scores = passing.likelihoods(bits)
        answer = largest(scores, k)
        candidates = largest(scores, listed)
      }
    },
    report(shared) {
      const passes = explained ? shared : shared + 1
      const residual = unexplained(many, code, answer)
      const converged = residual === 0
      const report = { answer, converged, residual, gap: residual, iterations: steps, passes }
      return { report, candidates }
    },
  }
}
