import { logOddsAgainst } from '../../bounds/map-boundary.js'
import { type BatchedDictionary, batched } from '../../codes/batched-dictionary.js'
import type { Dictionary } from '../../codes/problem.js'
import { logistic } from '../../numerics/exp.js'
import { inner } from '../../numerics/inner.js'
import { type Iteration, iterateAll } from '../batched-iteration.js'
import { type ColumnSpace, columnSpace } from '../column-space.js'
import { reportingDecoder, unexplained } from '../decode-report.js'
import { finishingDecoder, fittedCandidates, type Listed } from '../finish.js'
import { largest } from '../largest.js'
import { checkOptions, countRule, fractionRule } from '../options.js'

/** How VAMP runs. @since 0.2.0 */
export interface VampOptions {
  /** Share of the new message in the next one, above 0 and at most 1. @defaultValue `0.7` */
  readonly damping?: number
  /** Steps at most. @defaultValue `100` */
  readonly iterations?: number
  /** Steps since the noise was last at its least after which it gives up. @defaultValue `30` */
  readonly patience?: number
}

const rules = { damping: fractionRule, iterations: countRule, patience: countRule }

/** Bits of a vector that its scores take. */
const BITS = 24
/** Precisions, and shares of certainty, are kept between these. */
const PRECISION = [1e-6, 1e8] as const
const SHARE = [1e-6, 1 - 1e-6] as const

const ABOUT = {
  source: 'Rangan, Schniter & Fletcher 2019; Ma & Ping 2017',
  family: 'message passing',
} as const

/**
 * Vector approximate message passing (orthogonal AMP) with the posterior mean under the Bernoulli prior k/N. AMP's
 * fixed point takes entries to be independent; this one asks only that the singular vectors of F point anywhere, and
 * depends on the column space of F alone: no whitening changes it. With Q as in `ColumnSpace`,
 *
 *     r₁ = r₂ + Q(X̃ − Qᵀr₂)/h,  γ₁ = γ₂h/(1 − h),  y = E(y | r₁, γ₁),  r₂ ← (y − a·r₁)/(1 − a),  a = mean γ₁·var(y)
 *
 * with three changes for dictionaries that are not random: γ₂ = m/‖X̃ − Qᵀr₂‖² is measured, not predicted (Ma & Ping
 * 2017); each codeword has its leverage h_i = ‖Q_i‖² in place of m/N; messages are damped. Stops when the k most
 * probable codewords encode to the code, which then is the answer, or when patience is out; then the answer is of the
 * step of least noise. The first code of a dictionary costs O(Nd² + d³), a step two passes over it. It follows
 * `vampStep` on random signs, whatever their spectrum, and on word vectors for one step (reports/vamp, by
 * bench/vamp-evolution.ts).
 *
 * @since 0.2.0
 */
export function vamp(options: VampOptions = {}) {
  const how = settings('vamp', options)
  return reportingDecoder({ ...ABOUT, name: 'vamp', label: 'VAMP' }, (dictionary, codes, k) =>
    runVamp(dictionary, codes, k, how).map(({ report }) => report),
  )
}

/** VAMP, and where it does not explain the code the least-squares finish on its likeliest codewords. @since 0.2.0 */
export function finishedVamp(options: VampOptions = {}) {
  const how = settings('finishedVamp', options)
  return finishingDecoder(
    { ...ABOUT, name: 'vamp-finished', label: 'VAMP, finished' },
    (dictionary, codes, k) => runVamp(dictionary, codes, k, how),
  )
}

/**
 * 1/γ₂ of every step: how large the measured noise of the message r₂ is, to be held against `vampStep`. Stops as the
 * decoder does.
 */
export function vampNoises(
  dictionary: Dictionary,
  code: Float64Array,
  k: number,
  options: VampOptions = {},
): number[] {
  const many = batched(dictionary)
  const round = new VectorPassing(many, columnSpace(dictionary), code, k, settings('vampNoises', options))
  const noises: number[] = []
  while (!round.done) {
    noises.push(round.noise)
    round.step(many.correlateMany([round.residual], BITS)[0])
  }
  return noises
}

const settings = (where: string, options: VampOptions): Required<VampOptions> => ({
  damping: 0.7,
  iterations: 100,
  patience: 30,
  ...checkOptions(where, options, rules),
})

const runVamp = (
  dictionary: Dictionary,
  codes: readonly Float64Array[],
  k: number,
  how: Required<VampOptions>,
): Listed[] => {
  const space = columnSpace(dictionary)
  return iterateAll(dictionary, codes, (many, code) => new VectorPassing(many, space, code, k, how), BITS)
}

const within = (x: number, [low, high]: readonly [number, number]): number => Math.min(high, Math.max(low, x))

/** One code on its way. */
class VectorPassing implements Iteration<Listed> {
  /** (FFᵀ)⁻¹(X − Fr₂), whose scores are Q(X̃ − Qᵀr₂). */
  residual: Float64Array
  readonly #many: BatchedDictionary
  readonly #space: ColumnSpace
  readonly #code: Float64Array
  readonly #k: number
  readonly #how: Required<VampOptions>
  readonly #against: number
  /** 0, …, N − 1. */
  readonly #all: Int32Array
  /** r₂. */
  readonly #message: Float64Array
  /** γ₂. */
  #precision = 0
  /** Log posterior odds at the step of largest γ₂. */
  #best: Float64Array
  #most = 0
  #since = 0
  #steps = 0
  #answer: number[] | undefined

  constructor(
    many: BatchedDictionary,
    space: ColumnSpace,
    code: Float64Array,
    k: number,
    how: Required<VampOptions>,
  ) {
    this.#many = many
    this.#space = space
    this.#code = code
    this.#k = k
    this.#how = how
    this.#against = logOddsAgainst(many.size, k)
    this.#all = Int32Array.from({ length: many.size }, (_, i) => i)
    this.#message = new Float64Array(many.size).fill(k / many.size)
    this.#best = this.#message
    this.residual = code
    if (k === 0 || k === many.size) this.#answer = Array.from({ length: k }, (_, i) => i)
    else this.#remainder()
  }

  get done(): boolean {
    const { iterations, patience } = this.#how
    return this.#answer !== undefined || this.#steps >= iterations || this.#since >= patience
  }

  /** 1/γ₂. */
  get noise(): number {
    return 1 / this.#precision
  }

  step(scores: Float64Array): void {
    const odds = this.#denoise(scores)
    this.#since = this.#precision > this.#most ? 0 : this.#since + 1
    if (this.#since === 0) {
      this.#most = this.#precision
      this.#best = odds
    }
    this.#steps++
    const likely = largest(odds, this.#k)
    if (unexplained(this.#many, this.#code, likely) === 0) this.#answer = likely
    else if (!this.done) this.#remainder()
  }

  report(passes: number): Listed {
    const answer = this.#answer ?? largest(this.#best, this.#k)
    const residual = unexplained(this.#many, this.#code, answer)
    const { size, dimension } = this.#many
    const fitted =
      residual === 0 ? 0 : Math.max(this.#k, fittedCandidates(size, Math.min(dimension, this.#space.rank)))
    const report = {
      answer,
      converged: residual === 0,
      residual,
      gap: residual,
      iterations: this.#steps,
      passes,
    }
    return { report, candidates: largest(this.#best, fitted) }
  }

  /** One step: r₂ becomes the next message, and the log posterior odds on r₁ come back. */
  #denoise(scores: Float64Array): Float64Array {
    const { leverages } = this.#space
    const N = scores.length
    const odds = new Float64Array(N)
    const means = new Float64Array(N)
    let slope = 0
    for (let i = 0; i < N; i++) {
      const h = within(leverages[i], SHARE)
      const precision = within((this.#precision * h) / (1 - h), PRECISION)
      scores[i] = this.#message[i] + scores[i] / h
      odds[i] = precision * (scores[i] - 0.5) - this.#against
      means[i] = logistic(odds[i])
      slope += precision * means[i] * (1 - means[i])
    }
    const a = within(slope / N, SHARE)
    const share = this.#steps === 0 ? 1 : this.#how.damping
    for (let i = 0; i < N; i++) {
      const next = (means[i] - a * scores[i]) / (1 - a)
      this.#message[i] += share * (next - this.#message[i])
    }
    return odds
  }

  /** What r₂ leaves of the code, and γ₂ by it. */
  #remainder(): void {
    const encoded = this.#many.combine(this.#all, this.#message)
    const rest = this.#code.map((entry, j) => entry - encoded[j])
    this.residual = this.#space.solve(rest)
    const square = Math.max(Number.MIN_VALUE, inner(this.residual, rest))
    this.#precision = within(this.#space.rank / square, PRECISION)
  }
}
