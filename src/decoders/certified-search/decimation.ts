import type { ManyCodes } from '../../codes/many-codes.js'
import { bernoulli } from '../amp/denoiser.js'
import { MessagePassing } from '../amp/message-passing.js'

/** Bits that correlations take, one plane of the kernels: rounding adds some 0.05 % to the variance of the noise. */
const BITS = 4

/** Posterior means that count as zero: of entries an eighth, of time two thirds of what a tenth of this would take, at N = 2^16, k = 20, 0.6 dims per bit. */
const DROPPED = 1e-2

/** A code some of whose members are taken for known, and approximate message passing on what they leave. */
export class Decimation {
  /** Codewords taken for members. */
  readonly pinned: readonly number[]
  readonly passing: MessagePassing
  readonly #dictionary: ManyCodes
  readonly #code: Float64Array
  readonly #N: number
  readonly #k: number

  /**
   * @param code what the pinned codewords leave of X
   * @param N codewords that the members were drawn from, which sets the prior; the dictionary may hold fewer.
   * @param k members that are left
   */
  constructor(
    dictionary: ManyCodes,
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
    this.passing = new MessagePassing(dictionary, code, bernoulli(N, k, DROPPED))
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
    const rest = this.#code.map((entry, j) => entry - codeword[j])
    const next = new Decimation(this.#dictionary, rest, this.#N, this.#k - 1, [...this.pinned, m])
    const { indices, values, slope } = this.passing.estimate
    const at = indices.indexOf(m)
    const known = at < 0 ? 0 : values[at]
    next.passing.residual = this.passing.residual.map((z, j) => z - (1 - known) * codeword[j])
    next.passing.variance = this.passing.variance
    next.passing.estimate = { indices: without(indices, at), values: without(values, at), slope }
    return next
  }
}

const without = (list: readonly number[], at: number): number[] =>
  at < 0 ? [...list] : [...list.slice(0, at), ...list.slice(at + 1)]
