import { type RecoveryCounts, recoveryCounts, setCounts } from '../trials/recovery.js'
import type { ContractViolation, RunOptions, TrialValues } from '../trials/sampler.js'

/** Where the parts of a run come from. */
export interface PartSource {
  /** Trials of the next part, where so many are left. */
  size(left: number): number
  /** Parts that may be on their way at a time. */
  atATime(): number
  /** The outcome of trials from, …, from + trials − 1. */
  ask(from: number, trials: number): Promise<TrialValues>
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

  constructor(from: number, trials: number, options: RunOptions) {
    this.#from = from
    this.#values = new Float64Array(trials)
    this.#counts = options.counts ? recoveryCounts(trials) : undefined
    this.#options = options
  }

  /** Ask for part after part until all have come. Rejects with the first error, or the signal's reason. */
  fill(source: PartSource): Promise<TrialValues> {
    const { signal } = this.#options
    return new Promise((resolve, reject) => {
      const trials = this.#values.length
      let onTheirWay = 0
      let ended = false
      const end = (act: () => void) => {
        ended = true
        signal?.removeEventListener('abort', abort)
        act()
      }
      const abort = () => end(() => reject(signal?.reason))
      const more = () => {
        if (this.#come === trials) return end(() => resolve(this.#whole()))
        while (this.#asked < trials && onTheirWay < source.atATime()) {
          const at = this.#asked
          const size = source.size(trials - at)
          this.#asked += size
          onTheirWay++
          source
            .ask(this.#from + at, size)
            .then((part) => {
              onTheirWay--
              if (ended) return
              this.#add(at, part)
              more()
            })
            .catch((error) => end(() => reject(error)))
        }
      }
      signal?.addEventListener('abort', abort)
      more()
    })
  }

  #whole(): TrialValues {
    const faults = this.#faults.sort((a, b) => a.trial - b.trial)
    return { values: this.#values, ...(this.#counts && { counts: this.#counts }), faults }
  }

  #add(at: number, part: TrialValues): void {
    const { onTrials, onFault, onPart } = this.#options
    this.#values.set(Array.from(part.values), at)
    if (this.#counts && part.counts) setCounts(this.#counts, part.counts, at)
    this.#faults.push(...part.faults)
    this.#come += part.values.length
    for (const fault of part.faults) onFault?.(fault)
    onPart?.(this.#from + at, part)
    onTrials?.(this.#come)
  }
}
