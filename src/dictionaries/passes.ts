import { Piscina } from 'piscina'
import { Float32Dictionary, type SharedRows } from '../codes/float32-dictionary.js'
import { requireInteger } from '../io/arguments.js'
import { mergeNearest, type Nearest, type NearestShare, nearestShare } from '../kernels/float32/nearest.js'
import { mergeProducts, type ProductsShare, productsShare } from '../kernels/float32/products.js'

/** One thread's part of a pass. */
export type PassTask =
  | ({ readonly kind: 'nearest'; readonly dictionary: SharedRows } & NearestShare)
  | ({ readonly kind: 'products'; readonly dictionary: SharedRows } & ProductsShare)

export const nearestPart = (task: PassTask & { kind: 'nearest' }): Nearest =>
  nearestShare(Float32Dictionary.from(task.dictionary).kernel(), task)

export const productsPart = (task: PassTask & { kind: 'products' }): Float64Array =>
  productsShare(Float32Dictionary.from(task.dictionary).kernel(), task)

/** Who makes passes. */
interface PassesOptions {
  /** An integer ≥ 1; with 1, and no signal, the work is done in this thread. */
  readonly threads: number
  /** Ends the passes that run, which reject with its reason. */
  readonly signal?: AbortSignal | undefined
}

/** Codewords that are worth a thread. */
const WORTH_A_THREAD = 64

/** Run a step with threads that make passes over a dictionary. */
export async function withPasses<T>(
  dictionary: Float32Dictionary,
  options: PassesOptions,
  step: (passes: Passes) => Promise<T>,
): Promise<T> {
  const passes = new Passes(dictionary, options)
  try {
    return await step(passes)
  } finally {
    await passes.close()
  }
}

/** Threads that make passes over a dictionary, which they share; to be closed. */
export class Passes {
  readonly #dictionary: Float32Dictionary
  readonly #threads: number
  readonly #signal: AbortSignal | undefined
  readonly #pool: Piscina | undefined

  constructor(dictionary: Float32Dictionary, { threads, signal }: PassesOptions) {
    requireInteger('threads', threads, 1)
    const useful = Math.min(threads, Math.ceil(dictionary.size / WORTH_A_THREAD))
    this.#dictionary = dictionary
    this.#threads = useful
    this.#signal = signal
    if (useful > 1 || signal) {
      const filename = new URL('./pass-worker.js', import.meta.url).href
      this.#pool = new Piscina({ filename, minThreads: useful, maxThreads: useful })
    }
  }

  /**
   * The nearest other codeword of each, by cosine and by inner product, in float32: of all pairs, or of those with one
   * of some codewords.
   *
   * @param scales what makes each row unit, 0 for a row that is to be left out
   */
  async nearest(scales: Float64Array, rows?: Int32Array): Promise<Nearest> {
    const taken = new Int32Array(new SharedArrayBuffer(4))
    const dictionary = this.#dictionary.share()
    const norms = this.#dictionary.norms()
    const task = { kind: 'nearest', dictionary, norms, scales, rows, taken } as const
    return mergeNearest(await this.#all(() => task, nearestPart))
  }

  /** Σ x xᵀ over all codewords, x = weight·(scale·row − shift), d × d, in doubles. */
  async products(scales: Float64Array, weights: Float64Array, shift: Float64Array): Promise<Float64Array> {
    const shares = this.#threads
    const dictionary = this.#dictionary.share()
    const task = (share: number) =>
      ({ kind: 'products', dictionary, scales, weights, shift, share, shares }) as const
    return mergeProducts(await this.#all(task, productsPart), this.#dictionary.dimension)
  }

  async close(): Promise<void> {
    await this.#pool?.close()
  }

  async #all<Task, Part>(task: (share: number) => Task, here: (task: Task) => Part): Promise<Part[]> {
    const pool = this.#pool
    if (pool === undefined) return [here(task(0))]
    const signal = this.#signal
    signal?.throwIfAborted()
    const stop = () => void pool.destroy()
    signal?.addEventListener('abort', stop)
    try {
      return await Promise.all(
        Array.from({ length: this.#threads }, (_, share) => pool.run(task(share)) as Promise<Part>),
      )
    } catch (error) {
      signal?.throwIfAborted()
      throw error
    } finally {
      signal?.removeEventListener('abort', stop)
    }
  }
}
