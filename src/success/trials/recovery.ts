/** What an answer has of the active codewords. */
export interface Recovery {
  /** Whether it is exactly the active set. */
  readonly exact: boolean
  /** Active codewords that it names. */
  readonly hits: number
  /** Others that it names. */
  readonly falsePositives: number
}

/** Counts, one entry a trial: numbers of codewords, or their expectations given the trial's draw. */
export interface RecoveryCounts {
  readonly hits: Float64Array
  readonly falsePositives: Float64Array
  /** Active codewords, named or not. */
  readonly active: Float64Array
}

export const RECOVERY_FIELDS = ['hits', 'falsePositives', 'active'] as const

/** Zeros for so many trials. */
export const recoveryCounts = (trials: number): RecoveryCounts => ({
  hits: new Float64Array(trials),
  falsePositives: new Float64Array(trials),
  active: new Float64Array(trials),
})

/** Write these counts over those from trial `at` on. Throws where there are none: a count of 0 would be a claim. */
export function setCounts(counts: RecoveryCounts, more: RecoveryCounts | undefined, at: number): void {
  if (!more) throw new Error('what is recovered was asked for and not counted')
  for (const field of RECOVERY_FIELDS) counts[field].set(more[field], at)
}

/** Counts in memory that is shared, behind one Float64 a trial. */
export const countsIn = (memory: SharedArrayBuffer, trials: number): RecoveryCounts => {
  const part = (at: number) => new Float64Array(memory, 8 * at * trials, trials)
  return { hits: part(1), falsePositives: part(2), active: part(3) }
}

/** The counts of the first trials. */
export const firstCounts = (
  { hits, falsePositives, active }: RecoveryCounts,
  trials: number,
): RecoveryCounts => ({
  hits: hits.subarray(0, trials),
  falsePositives: falsePositives.subarray(0, trials),
  active: active.subarray(0, trials),
})

/** What an answer without repeats recovers. */
export function recoveryOf(active: readonly number[], answer: readonly number[]): Recovery {
  const members = new Set(active)
  const hits = answer.reduce((count, i) => count + Number(members.has(i)), 0)
  const falsePositives = answer.length - hits
  return { exact: falsePositives === 0 && hits === active.length, hits, falsePositives }
}
