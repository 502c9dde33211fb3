import type { BatchedDictionary } from '../../codes/batched-dictionary.js'
import { addScaled } from '../../numerics/add-scaled.js'
import { bernoulli, type Prior } from '../amp/denoiser.js'
import { MessagePassing } from '../amp/message-passing.js'

/** Bits that correlations take, one plane of the kernels: rounding adds some 0.05 % to the variance of the noise. */
const BITS = 4

/**
 * Posterior means that count as zero: of entries an eighth, of time two thirds of what a tenth of this would take, at
 * N = 2^16, k = 20, 0.6 dims per bit.
 */
const DROPPED = 1e-2

/**
 * The prior expects k·(N/k)^EAGER members where there are k: near the barrier the iteration then gets through in
 * fewer steps, and from more of the right guesses. At N = 2^16, k = 20, 0.6 dims per bit that is 1.7 times as many,
 * and of 1289 right pairs 318 in place of 177 get through within 8 steps, 647 in place of 528 within 40; at N = 2^12,
 * k = 100 it is 1.3 times, and 1.7 would read half as many codes.
 */
const EAGER = 0.065

/** A code some of whose members are taken for known, and approximate message passing on what they leave. */
export class Decimation {
  /** Codewords taken for members. */
  readonly pinned: readonly number[]
  readonly passing: MessagePassing
  readonly #dictionary: BatchedDictionary
  readonly #code: Float64Array
  readonly #N: number
  readonly #k: number
  readonly #prior: Prior

  /**
   * @param code what the pinned codewords leave of X
   * @param N codewords that the members were drawn from, which sets the prior; the dictionary may hold fewer.
   * @param k members that are left
   */
  constructor(
    dictionary: BatchedDictionary,
    code: Float64Array,
    N: number,
    k: number,
    pinned: readonly number[] = [],
  ) {
    this.#dictionary = dictionary
    this.#code = code
    this.#N = N
    this.#k = k
    this.pinned = pinned
    const denoiser = bernoulli(N, expected(N, k), DROPPED)
    this.#prior = denoiser.prior
    this.passing = new MessagePassing(dictionary, code, denoiser)
  }

  /** Members that are left. */
  get left(): number {
    return this.#k
  }

  /** Variance of the noise on an inner product, as a share of what it is when nothing but the pinned is known. */
  get noise(): number {
    return (this.passing.variance * this.#dictionary.dimension) / this.#k
  }

  /** Steps of message passing, each one pass over the dictionary. */
  advance(steps: number): void {
    const { residual, variance, estimate } = this.passing
    const [code, excluded] = [this.#code, this.pinned]
    const after = this.#dictionary.passMessages?.({
      ...{ residual, variance, ...estimate },
      ...{ code, ...this.#prior, excluded, steps },
    })
    if (after) {
      const { residual, variance, ...estimate } = after
      Object.assign(this.passing, { residual, variance, estimate })
      return
    }
    for (let t = 0; t < steps; t++) {
      const { residual, wanted } = this.passing
      const [selected] = this.#dictionary.selectMany([residual], [wanted], BITS)
      for (const m of this.pinned) {
        const at = selected.indices.indexOf(m)
        if (at >= 0) selected.scores[at] = -Infinity
      }
      this.passing.step(selected)
    }
  }

  /** The scores that the next step would take, of all codewords: one pass over the dictionary. */
  scores(): Float64Array {
    return this.passing.pseudoData(BITS)
  }

  /** The same with one more codeword pinned; the iteration goes on from where it is. */
  pin(m: number): Decimation {
    const codeword = this.#dictionary.codeword(m)
    const { indices, values, slope } = this.passing.estimate
    const at = indices.indexOf(m)
    const unknown = at < 0 ? 1 : 1 - values[at]
    const [rest, residual] = [this.#code.slice(), this.passing.residual.slice()]
    addScaled(rest, -1, codeword)
    addScaled(residual, -unknown, codeword)
    const next = new Decimation(this.#dictionary, rest, this.#N, this.#k - 1, [...this.pinned, m])
    next.passing.residual = residual
    next.passing.variance = this.passing.variance
    next.passing.estimate = { indices: without(indices, at), values: without(values, at), slope }
    return next
  }
}

/** Members that the prior expects of k < N: fewer than N. */
const expected = (N: number, k: number) => Math.round(k * (N / k) ** EAGER)

/**
 * All but the entry at `at`, all where that is negative. Loops inside: on typed arrays `filter` and `map` take longer
 * than a step.
 */
function without<List extends Int32Array | Float64Array>(list: List, at: number): List {
  if (at < 0) return list
  const others = list.slice(0, -1) as List
  others.set(list.subarray(at + 1), at)
  return others
}
