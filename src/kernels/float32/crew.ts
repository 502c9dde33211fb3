import { Worker } from 'node:worker_threads'
import {
  ARGUMENTS,
  DONE,
  FAILED,
  type Kernels,
  LENGTH,
  MOST_ARGUMENTS,
  NEXT,
  PASS,
  PASSES,
  type PassName,
  SHARES,
  STORE,
  TURN,
  takeShares,
} from './board.js'

/** The longest that a pass waits for a share that another thread has taken: one that is gone never ends it. */
const LONGEST_MS = 600_000

/** Threads that share each pass over a float32 store with this one, which waits for them without its event loop. */
export class Crew {
  readonly #board = new Int32Array(new SharedArrayBuffer(4 * LENGTH))
  readonly #workers: readonly Worker[]
  readonly #stores = new Map<WebAssembly.Memory, number>()

  private constructor(threads: number) {
    const file = new URL('./crew-member.js', import.meta.url)
    Atomics.store(this.#board, NEXT, SHARES)
    this.#workers = Array.from({ length: threads - 1 }, () => new Worker(file, { workerData: this.#board }))
  }

  /** @param threads in all, with this one: an integer ≥ 1 */
  static async open(threads: number): Promise<Crew> {
    const crew = new Crew(threads)
    await Promise.all(
      crew.#workers.map(
        (worker) =>
          new Promise<void>((resolve, reject) => {
            worker.unref()
            worker.once('message', () => resolve()).once('error', reject)
            worker.once('exit', () => reject(new Error('a thread ended before its first pass')))
          }),
      ),
    )
    return crew
  }

  /** Threads in all. */
  get size(): number {
    return this.#workers.length + 1
  }

  /**
   * Make a pass: all shares of it are done when this returns.
   * @param shares the kernel's arguments, at most `SHARES` of them
   */
  run(
    pass: PassName,
    memory: WebAssembly.Memory,
    kernels: Kernels,
    shares: readonly (readonly number[])[],
  ): void {
    const board = this.#board
    board[STORE] = this.#storeOf(memory)
    board[PASS] = PASSES.indexOf(pass)
    const first = SHARES - shares.length
    shares.forEach((values, n) => {
      board.set(values, ARGUMENTS + (first + n) * MOST_ARGUMENTS)
    })
    Atomics.store(board, DONE, first)
    Atomics.store(board, NEXT, first)
    Atomics.add(board, TURN, 1)
    Atomics.notify(board, TURN)
    takeShares(board, () => kernels)
    for (let done = Atomics.load(board, DONE); done < SHARES; done = Atomics.load(board, DONE)) {
      if (Atomics.wait(board, DONE, done, LONGEST_MS) === 'timed-out') Atomics.store(board, FAILED, 1)
      if (Atomics.load(board, FAILED) !== 0) throw new Error('a thread failed at its share of a pass')
    }
  }

  async close(): Promise<void> {
    await Promise.all(this.#workers.map((worker) => worker.terminate()))
  }

  /** The number that the others know a store's memory by. */
  #storeOf(memory: WebAssembly.Memory): number {
    const known = this.#stores.get(memory)
    if (known !== undefined) return known
    const store = this.#stores.size
    this.#stores.set(memory, store)
    for (const worker of this.#workers) worker.postMessage({ store, memory })
    return store
  }
}

/** Entries of a store from which on a pass is worth sharing. */
export const WORTH_SHARING = 2 ** 19

/** The crew of the steps that run, and how many they are. */
let shared: { readonly opening: Promise<Crew>; crew?: Crew; steps: number } | undefined

/** The crew of the steps that run, if any. */
export const presentCrew = (): Crew | undefined => shared?.crew

/**
 * Run a step in which every large pass over a float32 dictionary is shared by so many threads, at most as many as a
 * pass has shares; scores are the same bits as those of one. A step while another runs shares its crew.
 * @param entries of the largest dictionary, N·d: small ones take no threads
 */
export async function withCrew<T>(entries: number, threads: number, step: () => Promise<T>): Promise<T> {
  if (threads < 2 || entries < WORTH_SHARING) return step()
  shared ??= { opening: Crew.open(Math.min(threads, SHARES)), steps: 0 }
  const ours = shared
  ours.steps++
  try {
    ours.crew = await ours.opening
    return await step()
  } finally {
    if (--ours.steps === 0) {
      shared = undefined
      await ours.crew?.close()
    }
  }
}
