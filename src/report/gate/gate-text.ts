import type { ModelDescription } from '../../codes/model/description.js'
import type { CellReport, GateReport, GateVerdict, SideReport } from '../../gate/gate-report.js'
import { placeText, shapeAt } from '../../gate/place.js'
import { quoted } from '../../io/text/shell.js'
import { messageText } from '../../io/text/visible.js'
import { digitsText, inNotation, powerText } from '../../results/number-text.js'
import { successCommandLine } from '../../results/replay-command.js'

/** A gate's run, and what replays it. */
export interface GateRun {
  readonly report: GateReport
  /** The decoder as it was given: a built-in name or a path. */
  readonly decoder: string
  readonly seed: string
  /** The model that trials are drawn from; absent for the paper's. */
  readonly model?: ModelDescription | undefined
  /** The command that runs the gate again. */
  readonly command: string
  /** Files of trials that fail, and did not when they were recorded. */
  readonly cases: readonly string[]
}

/** Signs of verdicts. */
export const verdictMark: Readonly<Record<GateVerdict, string>> = {
  unchanged: '✓',
  equivalent: '✓',
  improved: '✓',
  regressed: '✗',
  inconclusive: '?',
}

/** A share as a signed percentage: `+4.9 %`, `−0.31 %`, `±0 %`. */
export function percentText(share: number): string {
  const size = Math.abs(100 * share)
  const digits = size.toFixed(size < 1 ? 2 : 1)
  return Number(digits) === 0 ? '±0 %' : `${share < 0 ? '−' : '+'}${digits} %`
}

/** The drifts that are tolerated: `±2 %`. */
export const bandText = (tolerance: number): string => `±${Number((100 * tolerance).toFixed(2))} %`

/** A probability of at least so much, rounded down to four digits, and never 1. */
export const atLeastText = (p: number): string => `≥ ${Math.floor(1e4 * Math.min(p, 0.9999)) / 1e4}`

/** The drift of a cell's dimension: the estimate where there is one, and what is shown of it. */
export function driftText({ verdict, drift }: CellReport): string {
  if (verdict === 'unchanged') return percentText(0)
  if (!drift) return '–'
  const { estimate, above, below } = drift
  const shown = [
    ...(above === undefined ? [] : [`> ${percentText(above)}`]),
    ...(below === undefined ? [] : [`< ${percentText(below)}`]),
  ].join(', ')
  if (estimate === undefined) return shown || '–'
  return `≈ ${percentText(estimate)}${shown && ` (${shown})`}`
}

/** What a cell's verdict rests on, in a line. */
export function evidenceText({
  axis,
  verdict,
  target,
  repeated,
  changed,
  fault,
  lower,
  upper,
}: CellReport): string {
  if (fault) {
    const what = fault.kind === 'refused' ? 'was not read' : 'broke the contract'
    const place = placeText({ d: fault.d, k: axis && fault.k })
    return `trial ${fault.trial} at ${place} ${what}: ${messageText(fault.message)}`
  }
  if (!lower || !upper) return `${repeated} recorded outcomes reproduced`
  const differing = `${changed} of ${repeated} outcomes changed`
  const [low, high] = [lower, upper].map((side) => successText(side, target))
  if (verdict === 'regressed') return `${differing}; success ${high} is below ${target}`
  if (verdict === 'improved') return `${differing}; success ${low} is above ${target}`
  const both = `success ${low}, ${high}`
  if (verdict === 'equivalent') return `${differing}; ${both}: ${target} is passed in between`
  return `${differing}; ${both}: not enough to say where ${target} is passed`
}

/** The columns of a table of a gate's cells. */
export const gateColumns = ['', 'cell', 'dims per bit', 'drift', 'tolerated', 'verdict', 'evidence'] as const

/** A cell's row in it. */
export const gateCells = (cell: CellReport): string[] => [
  verdictMark[cell.verdict],
  inNotation(cell.id),
  digitsText(cell.dimsPerBit, 4),
  driftText(cell),
  bandText(cell.tolerance),
  cell.verdict,
  evidenceText(cell),
]

const successText = ({ rate, trials, ...place }: SideReport, target: number): string =>
  `at ${placeText(place)} in [${rate.interval.map((p) => besideText(p, target)).join(', ')}] (${trials} trials)`

/** A probability to three digits, or as many as tell it from the target. */
function besideText(p: number, target: number): string {
  for (let digits = 3; ; digits++) {
    const text = p.toFixed(digits)
    if (p === target || Number(text) !== target || digits === 12) return text
  }
}

/** The command that replays a trial behind a cell's verdict; undefined where none changed. */
export function replayText({ decoder, seed, model, cases }: GateRun, cell: CellReport): string | undefined {
  const { method, fault, changedTrials } = cell
  const one = fault ?? changedTrials[0]
  if (!one) return undefined
  const { N, k, d } = shapeAt(cell, one)
  const saved = cases.find((path) => path.endsWith(`N${N}-k${k}-d${d}-trial${one.trial}.json`))
  if (saved) return `npx dpb replay ${quoted(saved)}`
  const of = { decoder, N, k, d, method, seed, ...(model && { model }) }
  return successCommandLine({ ...of, from: one.trial, trials: 1 })
}

/** What the gate detects and confirms, a line a cell. */
export const powerTexts = ({ cells }: GateReport): string[] =>
  cells.map(({ id, axis, tolerance, cap, power, powerUsed, lower, upper }) => {
    const { drift, detected, confirmed } = power
    const used =
      powerUsed && lower && upper
        ? ` (${atLeastText(powerUsed.detected)} within the ${Math.max(lower.trials, upper.trials)} that it took)`
        : ''
    return (
      `${inNotation(id)}: a drift of ${percentText(drift)} is found with probability ${atLeastText(detected)} ` +
      `within ${cap} trials a ${axis ? 'sparsity' : 'dimension'}${used}; ` +
      `an unmoved decoder is confirmed to ${bandText(tolerance)} with probability ${atLeastText(confirmed)}`
    )
  })

/** What the run may have got wrong. */
export const falseAlarmText = ({ falseAlarm: { total, run } }: GateReport): string =>
  `The recording and this run together make a false statement with probability at most ${powerText(total)}, ` +
  `this run at most ${powerText(run)}.`

/** The verdict, and the cells that it comes from. */
export function headline({ verdict, decoder, cells }: GateReport): string {
  const deciding = cells.filter((cell) => cell.verdict === verdict).map(({ id }) => inNotation(id))
  return `dims per bit of ${decoder} ${verdict}${verdict === 'unchanged' ? '' : ` (${deciding.join('; ')})`}`
}
