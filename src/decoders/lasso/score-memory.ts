import type { Selected, Wanted } from '../../kernels/sign-matrix.js'
import { inner } from '../../numerics/inner.js'

/** A pass over all codewords remembers scores from this part of what is wanted on, ... */
const LEAST_PART = 0.75
/**
 * ... or from so many standard deviations of them on: with fewer most blocks of codewords have one that is
 * remembered.
 */
const LEAST_DEVIATIONS = 2.5
const LARGEST_PART = 0.95
/** Scores are rounded: by less than this, relative to those that are wanted. */
const SLACK = 1e-4
/** Codewords that are scored together. */
const TOGETHER = 16

/** A pass that took all codewords. */
interface Pass {
  readonly residual: Float64Array
  readonly square: number
  /** Its scores are known from here on, on the wanted sides. */
  readonly bar: number
}

/** What it selected, by how far the scores are on a wanted side. */
interface Remembered extends Pass {
  readonly indices: Int32Array
  readonly heights: Float64Array
}

/**
 * Which of the codewords f can score beyond a bar against a residual r, by their scores against an earlier one,
 * r₀ (a sphere test, as of El Ghaoui, Viallon & Rabbani 2012): ⟨f, r⟩ is c⟨f, r₀⟩ but for ‖r − cr₀‖, least at c = ⟨r,
 * r₀⟩/‖r₀‖², times ‖f‖.
 *
 * Iterations that move slowly, or shrink r with a falling bar, so ask a hundredth of the dictionary and
 * learn all that they would from the whole of it.
 *
 * Before each pass ask what is `wanted`, and then tell `learn` what it selected.
 */
export class ScoreMemory {
  readonly #size: number
  readonly #longest: number
  #memory: Remembered | undefined
  /** The pass that was asked for last: the part of the dictionary that it takes, or that it takes all. */
  #asked: number | Pass = 0
  /**
   * Of the passes by this memory: the part of the dictionary that the first one took, and by how much the others took
   * more.
   */
  #first: number | undefined
  #excess = 0

  /**
   * @param size N.
   * @param longest the largest ‖f‖
   */
  constructor(size: number, longest = 1) {
    this.#size = size
    this.#longest = longest
  }

  /** What to ask of the pass over r, so that all that is wanted comes: more may. Bars are −high or −∞, and high > 0. */
  wanted(residual: Float64Array, { low, high, also }: Wanted): Wanted {
    const among = this.#among(residual, high)
    if (among) {
      this.#asked = this.#part(among)
      return { low, high, also, among }
    }
    const square = inner(residual, residual)
    const deviation = Math.sqrt(square / residual.length)
    const bar = Math.min(LARGEST_PART * high, Math.max(LEAST_PART * high, LEAST_DEVIATIONS * deviation))
    this.#asked = { residual, square, bar }
    return { low: low === -Infinity ? low : -bar, high: bar, also }
  }

  learn({ indices, scores }: Selected, { low }: Wanted): void {
    if (typeof this.#asked === 'number') {
      this.#first ??= this.#asked
      this.#excess += this.#asked - this.#first
    } else {
      this.#memory = { ...this.#asked, indices, heights: low === -Infinity ? scores : scores.map(Math.abs) }
      this.#first = undefined
      this.#excess = 0
    }
  }

  /**
   * The codewords that may score `high` against r; undefined where that is not known, or known too badly to be worth
   * it.
   */
  #among(residual: Float64Array, high: number): Int32Array | undefined {
    if (!this.#memory) return undefined
    const { residual: before, square, bar, indices, heights } = this.#memory
    const scale = inner(residual, before) / square
    const away = this.#longest * Math.sqrt(Math.max(0, inner(residual, residual) - scale * scale * square))
    const least = ((1 - SLACK) * high - away) / scale
    if (!(scale > 0 && least >= bar)) return undefined
    const among = indices.filter((_, m) => heights[m] >= least)
    const part = this.#part(among)
    return this.#excess + part - (this.#first ?? part) > 1 ? undefined : among
  }

  /** The part of the dictionary that is scored where these are. */
  #part(among: ArrayLike<number>): number {
    return Math.min(1, (TOGETHER * among.length) / this.#size)
  }
}
