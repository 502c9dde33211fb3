import { append } from '../../io/append.js'
import { type RecoveryCounts, recoveryCounts, setCounts } from '../trials/recovery.js'
import type { ContractViolation, RunOptions, TrialValues } from '../trials/sampler.js'

/** Parts that are asked for before the first of them must be on their way. */
const AT_ONCE = 250

/** Where the parts of a run come from: `come` or `fail` of its `Parts` is called for each that is asked for. */
export interface PartSource {
  /** Trials of the next part, where so many are left. */
  size(left: number): number
  /** Parts that may be on their way at a time. */
  atATime(): number
  /** Ask for the outcome of trials from, …, from + trials − 1. */
  ask(from: number, trials: number): void
  /** Resolves once what was asked for is on its way. */
  sent(): Promise<void>
}

/** The parts of one run, put together as they come. */
export class Parts {
  readonly #from: number
  readonly #values: Float64Array
  readonly #counts: RecoveryCounts | undefined
  readonly #faults: ContractViolation[] = []
  readonly #options: RunOptions
  /** Trials asked for, and those that have come. */
  #asked = 0
  #come = 0
  #onTheirWay = 0
  #asking = false
  #ended = false
  #more: () => void = () => {}
  #end: { resolve(): void; reject(reason: unknown): void } = { resolve: () => {}, reject: () => {} }

  constructor(from: number, trials: number, options: RunOptions) {
    this.#from = from
    this.#values = new Float64Array(trials)
    this.#counts = options.counts ? recoveryCounts(trials) : undefined
    this.#options = options
  }

  /** Ask for part after part until all have come. Rejects with the first failure, or the signal's reason. */
  async fill(source: PartSource): Promise<TrialValues> {
    const { signal } = this.#options
    signal?.throwIfAborted()
    const ended = new Promise<void>((resolve, reject) => {
      this.#end = { resolve, reject }
    })
    ended
      .catch(() => {})
      .finally(() => {
        this.#ended = true
      })
    const abort = () => this.fail(signal?.reason)
    signal?.addEventListener('abort', abort)
    try {
      if (this.#values.length === 0) return this.#whole()
      this.#more = () => this.#ask(source).catch((error) => this.fail(error))
      this.#more()
      await ended
      return this.#whole()
    } finally {
      signal?.removeEventListener('abort', abort)
    }
  }

  /** The outcome of trials from `from` on. */
  come(from: number, part: TrialValues): void {
    if (this.#ended) return
    this.#onTheirWay--
    this.#add(from - this.#from, part)
    if (this.#come === this.#values.length) this.#end.resolve()
    else this.#more()
  }

  fail(error: unknown): void {
    this.#ended = true
    this.#end.reject(error)
  }

  async #ask({ size, atATime, ask, sent }: PartSource): Promise<void> {
    if (this.#asking) return
    this.#asking = true
    const trials = this.#values.length
    for (let asked = 1; !this.#ended && this.#asked < trials && this.#onTheirWay < atATime(); asked++) {
      const at = this.#asked
      const part = size(trials - at)
      this.#asked += part
      this.#onTheirWay++
      ask(this.#from + at, part)
      if (asked % AT_ONCE === 0) await sent()
    }
    this.#asking = false
  }

  #whole(): TrialValues {
    const faults = this.#faults.sort((a, b) => a.trial - b.trial)
    return { values: this.#values, ...(this.#counts && { counts: this.#counts }), faults }
  }

  #add(at: number, part: TrialValues): void {
    const { onTrials, onFault, onPart } = this.#options
    this.#values.set(Array.from(part.values), at)
    if (this.#counts) setCounts(this.#counts, part.counts, at)
    append(this.#faults, part.faults)
    this.#come += part.values.length
    for (const fault of part.faults) onFault?.(fault)
    onPart?.(this.#from + at, part)
    onTrials?.(this.#come)
  }
}
