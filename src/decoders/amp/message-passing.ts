import type { ManyCodes } from '../../codes/many-codes.js'
import { inner } from '../../kernels/inner.js'
import { largest } from '../largest.js'
import { unexplained } from '../report.js'
import type { Round } from '../rounds.js'
import type { Denoiser, Estimate } from './denoiser.js'

/** Variances of the noise below this are no noise. */
const NOISELESS = 1e-12

/**
 * The iteration of approximate message passing on one code X (Donoho, Maleki & Montanari 2009):
 *
 *     r = y + Fᵀz,  y ← η(r; v) with v = ‖z‖²/d,  z ← X − Fy + (z/d)·Σ η′(r)
 *
 * The last term is Onsager's: with it the noise on r is that of fresh randomness, of variance v, and follows state evolution.
 * Without it the iteration is iterative thresholding with step 1.
 */
export class MessagePassing {
  /** z. */
  residual: Float64Array
  /** v, the variance of the noise on r that the next step takes it to have. */
  variance: number
  /** y. */
  estimate: Estimate = { indices: [], values: [], slope: 0 }
  readonly #dictionary: ManyCodes
  readonly #code: Float64Array
  readonly #denoise: Denoiser
  readonly #onsager: boolean

  constructor(dictionary: ManyCodes, code: Float64Array, denoise: Denoiser, onsager = true) {
    this.#dictionary = dictionary
    this.#code = code
    this.#denoise = denoise
    this.#onsager = onsager
    this.residual = code
    this.variance = this.#variance()
  }

  /** One step; turns the scores Fᵀz into r in place. */
  step(scores: Float64Array): void {
    const { indices, values } = this.estimate
    for (let m = 0; m < indices.length; m++) scores[indices[m]] += values[m]
    this.estimate = this.#denoise(scores, this.variance)
    const explained = this.#dictionary.combine(this.estimate.indices, this.estimate.values)
    const memory = this.#onsager ? this.estimate.slope / this.#code.length : 0
    this.residual = this.residual.map((z, j) => this.#code[j] - explained[j] + memory * z)
    this.variance = this.#variance()
  }

  #variance(): number {
    return Math.max(NOISELESS, inner(this.residual, this.residual) / this.#code.length)
  }
}

/** When an iteration that has not explained its code is given up. */
export interface Patience {
  /** Steps at most. */
  readonly iterations: number
  /** Steps since the noise was last at its least. */
  readonly stalled: number
}

/** The iteration, until the k largest entries of its estimate encode to the code, or patience is out. */
export function ampRound(
  many: ManyCodes,
  code: Float64Array,
  k: number,
  passing: MessagePassing,
  { iterations, stalled }: Patience,
): Round {
  let answer: number[] = []
  let explained = k === 0
  let steps = 0
  let [least, since] = [Infinity, 0]
  const givenUp = () => steps >= iterations || since >= stalled
  return {
    get residual() {
      return passing.residual
    },
    get done() {
      return explained || givenUp()
    },
    step(scores) {
      steps++
      passing.step(scores)
      since = passing.variance < least ? 0 : since + 1
      least = Math.min(least, passing.variance)
      const { indices, values } = passing.estimate
      const rounded = largest(values, k).map((m) => indices[m])
      explained = rounded.length === k && unexplained(many, code, rounded) === 0
      if (explained) answer = rounded
      else if (givenUp()) answer = largest(scores, k)
    },
    report(passes) {
      const residual = unexplained(many, code, answer)
      return { answer, converged: residual === 0, residual, gap: residual, iterations: steps, passes }
    },
  }
}
