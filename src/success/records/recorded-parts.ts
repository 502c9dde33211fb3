import { modelId } from '../../codes/model/description.js'
import type { Shape } from '../../codes/model.js'
import { append } from '../../io/append.js'
import { RECOVERY_FIELDS, type RecoveryCounts, recoveryCounts, setCounts } from '../trials/recovery.js'
import type { ContractViolation, RunOptions, Sampler, TrialValues } from '../trials/sampler.js'
import type { Series } from './record-line.js'
import type { TrialRecord } from './trial-record.js'

type TrialRange = { readonly from: number; readonly to: number }

/** What values of a sampler are filed under now: a decoder of the user's loads more of its modules as it runs. */
export function seriesOf(sampler: Sampler, { N, k, d }: Shape, seed: string): Series {
  const { decoder, method } = sampler
  const model = sampler.model && modelId(sampler.model)
  return { decoder, revision: sampler.revision?.(), method, model, N, k, d, seed }
}

/** Record the outcome of trials from `from` on. */
export function keep(
  record: TrialRecord,
  series: Series,
  from: number,
  { values, counts, faults }: TrialValues,
): void {
  record.add({ ...series, from, values: Array.from(values), faults })
  if (!counts) return
  for (const count of RECOVERY_FIELDS) {
    record.add({ ...series, count, from, values: Array.from(counts[count]), faults: [] })
  }
}

/**
 * A sampler that takes from a record what is there, runs all the rest at once, and records its parts as they come: an
 * interruption loses no more than what is on its way.
 * @param sampler one that reports its parts
 */
export function recordedParts(
  sampler: Sampler,
  record: TrialRecord,
  onTaken: (trials: number) => void,
): Sampler {
  return {
    ...sampler,
    async run(shape, seed, from, trials, options = {}) {
      const series = seriesOf(sampler, shape, seed)
      const gaps = gapsIn(record, series, { from, to: from + trials }, options.counts === true)
      const whole = new Whole(from, trials, options)
      whole.take(record, series, gaps)
      const failed = new AbortController()
      const signal = options.signal ? AbortSignal.any([options.signal, failed.signal]) : failed.signal
      const runGap = async (gap: TrialRange) => {
        const ran = await sampler.run(shape, seed, gap.from, gap.to - gap.from, {
          counts: options.counts,
          onFault: (fault) => options.onFault?.(fault),
          onPart: (start, part) => {
            keep(record, seriesOf(sampler, shape, seed), start, part)
            whole.come(part.values.length)
          },
          signal,
        })
        whole.set(gap.from, ran)
      }
      try {
        await Promise.all(gaps.map(runGap))
      } catch (error) {
        failed.abort(error)
        throw error
      }
      const missing = gaps.reduce((sum, gap) => sum + gap.to - gap.from, 0)
      if (missing < trials) onTaken(trials - missing)
      return whole.outcome()
    },
  }
}

/** The outcome of a run, as it comes together. */
class Whole {
  readonly #from: number
  readonly #values: Float64Array
  readonly #counts: RecoveryCounts | undefined
  readonly #faults: ContractViolation[] = []
  readonly #options: RunOptions
  #come = 0

  constructor(from: number, trials: number, options: RunOptions) {
    this.#from = from
    this.#values = new Float64Array(trials)
    this.#counts = options.counts ? recoveryCounts(trials) : undefined
    this.#options = options
  }

  /** What a record has beside the gaps. */
  take(record: TrialRecord, series: Series, gaps: readonly TrialRange[]): void {
    const to = this.#from + this.#values.length
    let at = this.#from
    for (const gap of [...gaps, { from: to, to }]) {
      const { values, faults } = record.read(series, at, gap.from)
      this.#values.set(values, at - this.#from)
      for (const count of this.#counts ? RECOVERY_FIELDS : []) {
        const counted = record.read({ ...series, count }, at, gap.from)
        this.#counts![count].set(counted.values, at - this.#from)
      }
      append(this.#faults, faults)
      this.#come += values.length
      at = gap.to
    }
    for (const fault of this.#faults) this.#options.onFault?.(fault)
  }

  set(from: number, { values, counts, faults }: TrialValues): void {
    this.#values.set(values, from - this.#from)
    if (this.#counts) setCounts(this.#counts, counts, from - this.#from)
    append(this.#faults, faults)
  }

  /** So many more trials have come. */
  come(trials: number): void {
    this.#come += trials
    this.#options.onTrials?.(this.#come)
  }

  outcome(): TrialValues {
    const faults = this.#faults.sort((a, b) => a.trial - b.trial)
    return { values: this.#values, ...(this.#counts && { counts: this.#counts }), faults }
  }
}

/** Trials of which the record lacks the value, or a count where these are asked for. */
export function gapsIn(
  record: TrialRecord,
  series: Series,
  { from, to }: TrialRange,
  counts: boolean,
): TrialRange[] {
  const fields = [undefined, ...(counts ? RECOVERY_FIELDS : [])]
  const all = fields.flatMap((count) => record.missing({ ...series, count }, from, to))
  const joined: { from: number; to: number }[] = []
  for (const gap of all.toSorted((a, b) => a.from - b.from)) {
    const last = joined.at(-1)
    if (last && gap.from <= last.to) last.to = Math.max(last.to, gap.to)
    else joined.push({ ...gap })
  }
  return joined
}
