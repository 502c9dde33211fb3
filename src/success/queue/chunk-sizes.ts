import type { Shape } from '../../codes/model.js'

/** What a job is to take, in milliseconds: the more work is left, the longer, for few jobs cost little. */
export const JOB_MS = { least: 2000, most: 20_000 }
/** Jobs a thread that what is left is cut into, for an even finish. */
const JOBS_PER_THREAD = 2
/** Trials of the first job, and signs of dictionaries in them, before anything is measured. */
const FIRST = { trials: 32, signs: 2 ** 29 }
/** A job has at most so many times the trials of the largest that was measured: the first are slower. */
const GROWTH = 8

/** How many trials the next job takes, by what the last ones took. */
export class ChunkSizes {
  readonly #most: number
  /** By shape: milliseconds a trial of the last job, and trials of the largest. */
  readonly #measured = new Map<string, { pace: number; largest: number }>()
  /** Milliseconds per unit of `cost`, of the last job of any shape. */
  #perCost: number | undefined

  constructor(most: number) {
    this.#most = most
  }

  /** A job of this many trials took so many milliseconds of one thread. */
  measured(shape: Shape, trials: number, milliseconds: number): void {
    const pace = milliseconds / trials
    const { largest = 0 } = this.#measured.get(keyOf(shape)) ?? {}
    this.#perCost = pace / costOf(shape)
    // What few trials took says less than what many did.
    if (2 * trials < largest) return
    this.#measured.set(keyOf(shape), { pace, largest: Math.max(largest, trials) })
  }

  /** Trials of the next job where `left` are left, at least 1. */
  next(shape: Shape, left: number, threads: number): number {
    const known = this.#measured.get(keyOf(shape))
    const pace = known?.pace ?? (this.#perCost === undefined ? undefined : this.#perCost * costOf(shape))
    const first = Math.min(FIRST.trials, Math.ceil(FIRST.signs / (shape.N * shape.d)))
    const most = Math.min(this.#most, left)
    if (pace === undefined) return Math.min(most, first)
    const even = (left * pace) / (JOBS_PER_THREAD * Math.max(1, threads))
    const aim = Math.min(JOB_MS.most, Math.max(JOB_MS.least, even))
    const trials = Math.max(1, Math.round(aim / Math.max(pace, 1e-6)))
    return Math.min(most, trials, GROWTH * Math.max(known?.largest ?? 0, first))
  }
}

const keyOf = ({ N, k, d }: Shape): string => `${N} ${k} ${d}`
/** What a trial costs, roughly, in arbitrary units. */
const costOf = ({ N, k, d }: Shape): number => 1e4 + N * d + k * d
