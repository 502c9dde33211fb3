import type { Sampler } from '../trials/sampler.js'

/** A sampler kept for the next job that needs the same, with one thread or process. */
interface Kept {
  readonly key: string
  readonly sampler: Sampler
  readonly since: number
}

/** How long an idle sampler is kept. */
const IDLE_MS = 30_000

/**
 * Samplers by what they are opened with: each serves one job at a time, and is kept a while for the next. What a
 * decoder of the user's left in its folder goes when its last sampler does.
 */
export class SamplerShelf {
  readonly #most: number
  #idle: Kept[] = []
  readonly #timer: NodeJS.Timeout

  /** @param most samplers that may be idle at a time */
  constructor(most: number) {
    this.#most = most
    this.#timer = setInterval(() => void this.#sweep(performance.now() - IDLE_MS), IDLE_MS / 6)
    this.#timer.unref()
  }

  /** Do a step with a sampler of this key, opened where none is idle. One at which a step fails is closed. */
  async use<T>(
    key: string,
    open: () => Promise<Sampler>,
    step: (sampler: Sampler) => Promise<T>,
  ): Promise<T> {
    const at = this.#idle.findIndex((one) => one.key === key)
    const sampler = at < 0 ? await open() : this.#idle.splice(at, 1)[0].sampler
    try {
      const result = await step(sampler)
      this.#idle.push({ key, sampler, since: performance.now() })
      if (this.#idle.length > this.#most) await this.#idle.shift()!.sampler.close()
      return result
    } catch (error) {
      await sampler.close()
      throw error
    }
  }

  async close(): Promise<void> {
    clearInterval(this.#timer)
    await this.#sweep(Infinity)
  }

  async #sweep(before: number): Promise<void> {
    const old = this.#idle.filter(({ since }) => since < before)
    this.#idle = this.#idle.filter(({ since }) => since >= before)
    await Promise.all(old.map(({ sampler }) => sampler.close()))
  }
}
