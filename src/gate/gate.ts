import { InputError } from '../io/input-error.js'
import { alphaBudget } from '../statistics/alpha-budget.js'
import { impossibleText } from '../success/estimation/tripwire.js'
import type { Sampler } from '../success/trials/sampler.js'
import type { Baseline, BaselineCell } from './baseline/baseline.js'
import { engineDifference, thisEngine } from './baseline/engine.js'
import { firstTier, secondTier } from './gate-cell.js'
import type { CellReport, GateReport, GateVerdict } from './gate-report.js'
import type { Place } from './place.js'
import { isAt, noRepeat, type Repeat, repeatTrials, type TrialPlace } from './repeat.js'
import { samplerFor } from './sampler-for.js'
import { questions } from './tolerance.js'

export interface GateOptions {
  /** The drift to tolerate, as a share of the dimension: at least the recorded tolerance, which it is unless given. */
  readonly tolerance?: number
  /** Skip the first tier, and draw all trials from this seed: for a decoder that may have learned the recorded ones. */
  readonly fresh?: string
  /** Recorded trials to repeat before all others: those that failed last time. */
  readonly first?: readonly TrialPlace[]
  /** Called with the share of the work that is done, in [0, 1], at most, and the cell it is at. */
  onProgress?(done: number, cell: string): void
  readonly signal?: AbortSignal | undefined
}

/**
 * Compare a decoder with its baseline. First tier: trials of every cell are repeated; a cell that reproduces all
 * recorded outcomes is unchanged. Second tier, for the others: the bracket test at the recorded dimension ∓ the
 * tolerance, which goes on from the repeated trials, each cell with its share of the false-alarm probability. A trial
 * that breaks the contract is a regression by itself. The run ends with the first cell that has regressed.
 *
 * Throws InputError for a decoder of another name, and for a tolerance finer than recorded.
 */
export async function runGate(
  samplers: readonly Sampler[],
  baseline: Baseline,
  { tolerance, fresh, first = [], onProgress, signal }: GateOptions = {},
): Promise<GateReport> {
  const { decoder } = samplers[0]
  if (decoder !== baseline.decoder) {
    throw new InputError(`the baseline is of the decoder '${baseline.decoder}', not of '${decoder}'`)
  }
  const start = performance.now()
  const { cells, falseAlarm } = baseline
  const seed = fresh ?? baseline.seed
  const samplerOf = cells.map(({ method }) => samplerFor(samplers, method))
  const budget = alphaBudget(Object.fromEntries(cells.map(({ id }) => [id, 1])), falseAlarm / 2)
  const asked = questions(baseline, budget.share, tolerance, fresh === undefined)
  const repeats = await Promise.all(
    cells.map((cell, i) =>
      fresh === undefined ? repeatTrials(samplerOf[i], cell, seed, { first, signal }) : noRepeat,
    ),
  )
  const reports: CellReport[] = []
  for (const [i, question] of asked.entries()) {
    const { id } = question.cell
    const { fault, impossible, differences } = repeats[i]
    onProgress?.(i / asked.length, id)
    const settled = fault || impossible || (fresh === undefined && differences.length === 0)
    if (!settled) budget.spend(id)
    const report = settled
      ? firstTier(question, repeats[i])
      : await secondTier(samplerOf[i], question, repeats[i], {
          seed,
          onDone: (done) => onProgress?.((i + done) / asked.length, id),
          signal,
        })
    reports.push(report)
    if (report.verdict === 'regressed') break
  }
  const failsAgain = (place: TrialPlace) => cells.some((cell, i) => fails(place, cell, repeats[i]))
  return {
    verdict: overall(reports.map(({ verdict }) => verdict)),
    decoder,
    cells: reports,
    falseAlarm: { total: falseAlarm, run: budget.total, cells: budget.report() },
    power: asked.map(({ cell: { id, cap }, power }) => ({ cell: id, ...power(cap), trials: cap })),
    failedAgain: first.filter(failsAgain),
    passedAgain: repeats.flatMap(({ ran }) => ran.filter((place) => !failsAgain(place))),
    notes: notesOf(baseline, reports, repeats, fresh),
    seconds: (performance.now() - start) / 1000,
  }
}

/** What the reader must know beside the verdict. */
function notesOf(
  { decoder, engine: recorded, cells }: Baseline,
  reports: readonly CellReport[],
  repeats: readonly Repeat[],
  fresh: string | undefined,
): string[] {
  const notes = reports.flatMap(({ impossible }) => (impossible ? [impossibleText(decoder, impossible)] : []))
  const engine = engineDifference(recorded, thisEngine())
  if (engine && repeats.some(({ differences }) => differences.length > 0)) {
    notes.push(`outcomes differ and so does the engine (${engine}): they were compared by their statistics`)
  }
  if (fresh !== undefined) {
    notes.push(`no recorded trial was repeated: all are drawn from the seed '${fresh}'`)
  }
  const left = cells.slice(reports.length).map(({ id }) => id)
  if (left.length > 0) notes.push(`not tested further, since a cell has regressed: ${left.join('; ')}`)
  return notes
}

/** Whether the recorded trial at this place succeeds no more. */
function fails(place: TrialPlace, cell: BaselineCell, { differences, fault }: Repeat): boolean {
  const here = (one: Place & { trial: number }) => one.trial === place.trial && isAt(cell, one, place)
  return (
    differences.some((one) => here(one) && one.now < one.recorded) || (fault !== undefined && here(fault))
  )
}

/** From the gravest to the mildest. */
const gravity: readonly GateVerdict[] = ['regressed', 'inconclusive', 'improved', 'equivalent', 'unchanged']

const overall = (verdicts: readonly GateVerdict[]): GateVerdict =>
  gravity.find((verdict) => verdicts.includes(verdict))!
