import { Piscina } from 'piscina'
import type { Float32Dictionary } from '../codes/float32-dictionary.js'
import { requireInteger } from '../io/arguments.js'
import type { Float32Kernel } from '../kernels/float32/kernel.js'
import { mergeNearest, type Nearest, nearestShare } from '../kernels/float32/nearest.js'
import { mergeProducts, productsShare } from '../kernels/float32/products.js'

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
      const workerData = dictionary.share()
      this.#pool = new Piscina({ filename, workerData, minThreads: useful, maxThreads: useful })
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
    const share = { norms: this.#dictionary.norms(), scales, rows, taken }
    return mergeNearest(await this.#all('nearest', () => share, nearestShare))
  }

  /** Σ x xᵀ over all codewords, x = weight·(scale·row − shift), d × d, in doubles. */
  async products(scales: Float64Array, weights: Float64Array, shift: Float64Array): Promise<Float64Array> {
    const shares = this.#threads
    const part = (share: number) => ({ scales, weights, shift, share, shares })
    return mergeProducts(await this.#all('products', part, productsShare), this.#dictionary.dimension)
  }

  async close(): Promise<void> {
    await this.#pool?.close()
  }

  /** What all threads make of their shares. @param name of the function of pass-worker.ts that does so `here` */
  async #all<Share, Part>(
    name: string,
    shareOf: (thread: number) => Share,
    here: (kernel: Float32Kernel, share: Share) => Part,
  ): Promise<Part[]> {
    const pool = this.#pool
    if (pool === undefined) return [here(this.#dictionary.kernel(), shareOf(0))]
    const signal = this.#signal
    signal?.throwIfAborted()
    const stop = () => void pool.destroy()
    signal?.addEventListener('abort', stop)
    try {
      return await Promise.all(
        Array.from({ length: this.#threads }, (_, n) => pool.run(shareOf(n), { name }) as Promise<Part>),
      )
    } catch (error) {
      signal?.throwIfAborted()
      throw error
    } finally {
      signal?.removeEventListener('abort', stop)
    }
  }
}
