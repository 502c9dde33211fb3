import { type ManyCodes, manyCodes } from '../../codes/many-codes.js'
import type { Dictionary } from '../../codes/problem.js'
import { inner } from '../../kernels/inner.js'
import { largest } from '../largest.js'
import { type Report, unexplained } from '../report.js'
import type { Denoiser, Estimate } from './denoiser.js'

/**
 * Bits of a residual that its correlations take: rounding adds less than 0.2 % to the variance of the noise, and most
 * residuals fit one pass over packed signs.
 */
const BITS = 5
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

/** Run the iteration on every code until the k largest entries of its estimate encode to it, or patience is out. */
export function passMessages(
  dictionary: Dictionary,
  codes: readonly Float64Array[],
  k: number,
  denoise: Denoiser,
  onsager: boolean,
  { iterations, stalled }: Patience,
): Report[] {
  const many = manyCodes(dictionary)
  const reports: Report[] = []
  let running = codes.map((code, c) => ({
    c,
    code,
    state: new MessagePassing(many, code, denoise, onsager),
    least: Infinity,
    since: 0,
  }))
  for (let step = 1; running.length > 0; step++) {
    const scores = many.correlateMany(
      running.map(({ state }) => state.residual),
      BITS,
    )
    running = running.filter((run, at) => {
      const { c, code, state } = run
      state.step(scores[at])
      const { indices, values } = state.estimate
      const rounded = largest(values, k).map((m) => indices[m])
      const explained = rounded.length === k && unexplained(dictionary, code, rounded) === 0
      run.since = state.variance < run.least ? 0 : run.since + 1
      run.least = Math.min(run.least, state.variance)
      if (!explained && step < iterations && run.since < stalled) return true
      const answer = explained ? rounded : largest(scores[at], k)
      const residual = unexplained(dictionary, code, answer)
      reports[c] = { answer, converged: residual === 0, residual, iterations: step, passes: step }
      return false
    })
  }
  return reports
}
