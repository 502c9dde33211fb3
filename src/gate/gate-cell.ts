import type { Sampler } from '../success/trials/sampler.js'
import type { RecordedTrials } from './baseline/baseline.js'
import { type BracketSide, type BracketVerdict, bracket } from './bracket.js'
import { driftOf } from './drift.js'
import type { CellReport, GateVerdict, SideReport } from './gate-report.js'
import type { Repeat } from './repeat.js'
import type { DriftQuestion } from './tolerance.js'

export interface SecondTierOptions {
  readonly seed: string
  onDone?(done: number): void
  readonly signal?: AbortSignal | undefined
}

/** Changed trials that a report lists. */
const CHANGES_SHOWN = 3

const verdicts: Record<BracketVerdict, GateVerdict> = {
  inside: 'equivalent',
  below: 'improved',
  above: 'regressed',
  undecided: 'inconclusive',
}

/** The report of a cell that the first tier decides: all outcomes reproduced, or a broken contract. */
export function firstTier(question: DriftQuestion, repeat: Repeat): CellReport {
  const { fault, impossible } = repeat
  return {
    ...common(question, repeat),
    verdict: fault || impossible ? 'regressed' : 'unchanged',
    ...(fault && { fault }),
    ...(impossible && { impossible }),
  }
}

/** Put the bracket's question to the sampler, starting from the repeated trials. */
export async function secondTier(
  sampler: Sampler,
  question: DriftQuestion,
  repeat: Repeat,
  { seed, onDone, signal }: SecondTierOptions,
): Promise<CellReport> {
  const { cell, lower, upper, tolerance, alpha } = question
  const { N, k, target, cap } = cell
  const asRecorded = tolerance === cell.tolerance
  const end = await bracket(sampler, {
    N,
    k,
    lower,
    upper,
    target,
    seed,
    alpha,
    cap,
    ...(asRecorded && { known: repeat }),
    onTrials: (trials) => onDone?.(trials / (2 * cap)),
    signal,
  })
  const { fault, impossible } = end
  return {
    ...common(question, repeat),
    verdict: fault || impossible ? 'regressed' : verdicts[end.verdict],
    ...(impossible && { impossible }),
    lower: sideReport(end.lower, cell.lower),
    upper: sideReport(end.upper, cell.upper),
    drift: driftOf(cell, end),
    ...(fault && { fault }),
    powerUsed: question.power(Math.max(end.lower.trials, end.upper.trials)),
  }
}

function common({ cell, tolerance, power }: DriftQuestion, { trials, differences }: Repeat) {
  const { id, method, axis, N, k, target, dimension, dimsPerBit, interval, cap } = cell
  return {
    id,
    method,
    ...(axis && { axis }),
    N,
    k,
    target,
    dimension,
    dimsPerBit,
    interval,
    tolerance,
    cap,
    power: power(cap),
    repeated: trials,
    changed: differences.length,
    changedTrials: differences
      .toSorted((a, b) => a.now - a.recorded - (b.now - b.recorded))
      .slice(0, CHANGES_SHOWN),
  }
}

function sideReport(
  { d, k, verdict, trials, rate, values }: BracketSide,
  recorded: RecordedTrials,
): SideReport {
  const pairs = recorded.d === d && recorded.k === k ? Math.min(values.length, recorded.values.length) : 0
  let gains = 0
  let losses = 0
  for (let t = 0; t < pairs; t++) {
    if (values[t] > recorded.values[t]) gains++
    if (values[t] < recorded.values[t]) losses++
  }
  return { d, ...(k !== undefined && { k }), verdict, trials, rate, paired: { trials: pairs, gains, losses } }
}
