import type { GuardedWorker } from './guarded-worker.js'

/** Queues that one worker fetches from at a time: each takes a connection. */
const MOST = 100
/** A queue that no run needs is served for so long, in which the jobs of runs that died are dropped. */
const LINGER_MS = 60_000

interface Served {
  readonly worker: Promise<GuardedWorker>
  needed: number
}

/** The queues that a worker fetches from, as the runs that need them come and go. */
export class ServedQueues {
  readonly #start: (name: string) => Promise<GuardedWorker>
  readonly #served = new Map<string, Served>()

  constructor(start: (name: string) => Promise<GuardedWorker>) {
    this.#start = start
  }

  /**
   * Fetch from these queues, and no more from those that no run has needed for a while. Resolves once it does, with
   * how many found no place.
   */
  async follow(names: ReadonlySet<string>): Promise<number> {
    const now = performance.now()
    let without = 0
    for (const name of names) {
      const known = this.#served.get(name)
      if (known) known.needed = now
      else if (this.#served.size < MOST) this.#served.set(name, { worker: this.#start(name), needed: now })
      else without++
    }
    for (const [name, { needed }] of this.#served) if (now - needed > LINGER_MS) this.#leave(name)
    await Promise.all([...this.#served.values()].map(({ worker }) => worker))
    return without
  }

  /** Fetch no more from those queues, at once; jobs in hand are finished. */
  leave(which: (name: string) => boolean): void {
    for (const name of [...this.#served.keys()].filter(which)) this.#leave(name)
  }

  /** Fetch no more; resolves when the jobs in hand are done. */
  async close(): Promise<void> {
    await Promise.all([...this.#served.values()].map(async ({ worker }) => (await worker).close()))
  }

  #leave(name: string): void {
    const { worker } = this.#served.get(name)!
    this.#served.delete(name)
    worker.then((one) => one.close()).catch(() => {})
  }
}
