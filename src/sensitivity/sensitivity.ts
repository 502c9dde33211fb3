import { availableParallelism } from 'node:os'
import type { CellRequest } from '../gate/baseline/cells.js'
import { recordBaseline } from '../gate/baseline/record-baseline.js'
import { InputError } from '../io/input-error.js'
import { decoderSource } from '../success/processes/decoder-source.js'
import { openSampler } from '../success/workers/open-sampler.js'
import { examineMutant, type MutantReport } from './examine-mutant.js'
import { faults } from './mutants/faults.js'
import type { Mutant } from './mutants/mutant.js'
import { allRewrites, rewrites } from './mutants/rewrites.js'

export interface SensitivityOptions {
  readonly seed?: string
  /**
   * The drift that the gate tolerates at its sharp cell; 2.5 times that is found with probability 0.999. 0.008 unless
   * given.
   */
  readonly tolerance?: number
  /** Ids of faults and rewrites; all unless given. */
  readonly only?: readonly string[] | undefined
  readonly workers?: number
  /** The URL of a queue whose workers run the trials of baseline and gate. */
  readonly queue?: string
  /** Milliseconds that one decode of a user's decoder may take, and its loading: 10 000 and 60 000 unless given. */
  readonly timeLimit?: number
  readonly startupLimit?: number
  /** Problem sizes of the gate, the sharp one first; see below unless given. */
  readonly cells?: readonly CellRequest[]
  /** What the contract check of each may take. As dpb check, 20, unless given. */
  readonly checkSeconds?: number
  /** Called with the share of the work that is done, in [0, 1], and what was done last. */
  onProgress?(done: number, what: string): void
}

/** What became of a mutated decoder. A fault should not end `unnoticed`, nor a rewrite `blamed`. */
export type Fate =
  /** The contract check or the gate says that something is wrong. */
  | 'caught'
  /** A fault that the check passes and the gate shows to move no dimension by more than the tolerance. */
  | 'harmless'
  /** The gate says neither, and estimates the drift to be below the one that it is sure to detect. */
  | 'minor'
  /** The gate says neither, of a drift that it should have detected; or calls it an improvement. */
  | 'unnoticed'
  /** A rewrite that is left alone. */
  | 'kept'
  /** A rewrite that the check or the gate calls wrong, or the gate cannot call right. */
  | 'blamed'

export interface SensitivityRow extends MutantReport {
  readonly kind: 'fault' | 'rewrite'
  readonly fate: Fate
  /** What noticed a fault first. */
  readonly caughtBy?: 'check' | 'gate, first tier' | 'gate, second tier'
}

export interface SensitivityReport {
  readonly decoder: string
  readonly seed: string
  readonly tolerance: number
  readonly cells: readonly { readonly id: string; readonly dimension: number; readonly tolerance: number }[]
  readonly rows: readonly SensitivityRow[]
  readonly seconds: number
}

/** One where trials are cheap and many; small; and beyond 2^16. */
const usualCells = (tolerance: number): CellRequest[] => [
  { N: 1024, k: 16, method: 'simulation', tolerance },
  { N: 256, k: 8, method: 'simulation', tolerance: Math.max(0.15, tolerance) },
  { N: 2 ** 17, k: 4, method: 'simulation', tolerance: Math.max(0.15, tolerance) },
]

/**
 * Rewrites, some of which build a score at a time, are not run beyond this, and meet the gate at its own default
 * tolerance.
 */
const WIDEST_REWRITE = 4096
const REWRITE_TOLERANCE = 0.02
/** The recording's share of the whole, for progress. */
const RECORDING = 0.2

/**
 * Plant every fault and every rewrite in a decoder, and see which of the contract check and the gate's tiers notices
 * it. A fault that the check has caught is not put to the bracket test; a rewrite meets all tiers. By simulation, in
 * processes of its own. Throws InputError where `only` names nothing.
 */
export async function sensitivity(
  nameOrPath: string,
  options: SensitivityOptions = {},
): Promise<SensitivityReport> {
  const { seed = '1', tolerance = 0.008, only, checkSeconds = 20, onProgress } = options
  const { workers = availableParallelism(), cells = usualCells(tolerance), queue } = options
  const { timeLimit = 10_000, startupLimit = 60_000 } = options
  const start = performance.now()
  const planned = plantedIn(nameOrPath, only)
  const sampler = await openSampler(nameOrPath, {
    method: 'simulation',
    workers,
    timeLimit,
    startupLimit,
    ...(queue !== undefined && { queue }),
  })
  const baseline = await recordBaseline([sampler], {
    cells,
    seed,
    onProgress: (done, cell) => onProgress?.(RECORDING * done, `recording ${cell}`),
  }).finally(() => sampler.close())
  const narrow = { ...baseline, cells: baseline.cells.filter(({ N }) => N <= WIDEST_REWRITE) }
  const forRewrites = Math.max(REWRITE_TOLERANCE, Math.min(...narrow.cells.map((cell) => cell.tolerance)))
  const rows = new Array<SensitivityRow>(planned.length)
  const left = planned.entries()
  let done = 0
  const work = async () => {
    for (const [i, { mutant, kind }] of left) {
      const how =
        kind === 'rewrite'
          ? { baseline: narrow, thorough: true, tolerance: forRewrites }
          : { baseline, thorough: false }
      const report = await examineMutant(nameOrPath, mutant, how.baseline, {
        seed,
        seconds: checkSeconds,
        queue,
        timeLimit,
        startupLimit,
        ...how,
      })
      rows[i] = judged(kind, report, baseline.cells[0].power.drift)
      onProgress?.(RECORDING + ((1 - RECORDING) * ++done) / planned.length, mutant.id)
    }
  }
  await Promise.all(Array.from({ length: workers }, work))
  return {
    decoder: baseline.decoder,
    seed,
    tolerance,
    cells: baseline.cells.map(({ id, dimension, tolerance }) => ({ id, dimension, tolerance })),
    rows,
    seconds: (performance.now() - start) / 1000,
  }
}

/** What is to be planted. Throws InputError where there is no such decoder, or one of `only` names nothing. */
export function plantedIn(nameOrPath: string, only?: readonly string[]): Planned[] {
  const source = decoderSource(nameOrPath)
  const plain = rewrites(source.kind === 'built-in' ? source.name : undefined)
  const planned: Planned[] = [
    ...plain.map((mutant) => ({ mutant, kind: 'rewrite' as const })),
    ...faults.map((mutant) => ({ mutant, kind: 'fault' as const })),
  ].filter(({ mutant }) => !only || only.includes(mutant.id))
  const unknown = only?.find((id) => ![...allRewrites, ...faults].some((mutant) => mutant.id === id))
  if (unknown === undefined && planned.length > 0) return planned
  const ids = [...plain, ...faults].map(({ id }) => id)
  throw new InputError(
    `nothing to plant in ${nameOrPath} is called '${unknown ?? only!.join(', ')}'; there are ${ids.join(', ')}`,
  )
}

/** A mutant, and what it is. */
interface Planned {
  readonly mutant: Mutant
  readonly kind: 'fault' | 'rewrite'
}

function judged(kind: 'fault' | 'rewrite', report: MutantReport, detected: number): SensitivityRow {
  const { check, repeat, bracket } = report
  const unmoved = bracket?.verdict === 'unchanged' || bracket?.verdict === 'equivalent'
  if (kind === 'rewrite') return { ...report, kind, fate: !check.broken && unmoved ? 'kept' : 'blamed' }
  if (check.broken) return { ...report, kind, fate: 'caught', caughtBy: 'check' }
  if (bracket?.verdict === 'regressed') {
    const caughtBy = repeat.faults > 0 ? 'gate, first tier' : 'gate, second tier'
    return { ...report, kind, fate: 'caught', caughtBy }
  }
  const minor = bracket?.verdict === 'inconclusive' && (bracket.drift?.estimate ?? Infinity) < detected
  return { ...report, kind, fate: unmoved ? 'harmless' : minor ? 'minor' : 'unnoticed' }
}
