import type { Baseline } from '../src/gate/baseline/baseline.js'
import { automaticCells, cellId } from '../src/gate/baseline/cells.js'
import { bracketPower, doubtAt } from '../src/gate/baseline/power.js'
import { recordBaseline } from '../src/gate/baseline/record-baseline.js'
import { runGate } from '../src/gate/gate.js'
import { processorSeconds } from '../src/io/processor-time.js'
import { shareText } from '../src/io/quantity-text.js'
import { defaultBudget } from '../src/statistics/alpha-budget.js'
import { binomialInterval } from '../src/statistics/binomial-interval.js'
import type { Method, Sampler } from '../src/success/trials/sampler.js'
import { localSampler } from '../src/success/workers/local-sampler.js'
import type { BenchResult } from './timing.js'

/** What the gate is to detect, in a decoder of this name, with probability 0.999. */
interface Aim {
  readonly decoder: string
  readonly method: Method
  readonly tolerance: number
  readonly drift: number
  /** In so many seconds; for a simulated decoder at a millisecond a trial. */
  readonly seconds: number
  readonly runs: number
}

const names = ['top-k', 'matching-pursuit']
const aims: readonly Aim[] = [
  ...names.map((decoder) => ({
    decoder,
    method: 'simulation' as const,
    tolerance: 0.02,
    drift: 0.05,
    seconds: 30,
    runs: 10,
  })),
  ...names.map((decoder) => ({
    decoder,
    method: 'conditional' as const,
    tolerance: 0.003,
    drift: 0.01,
    seconds: 10,
    runs: 20,
  })),
]

/** A baseline splits its budget over so many cells. */
const CELLS = 4
const SECONDS_PER_TRIAL = 1e-3
const CONFIDENCE = 0.99

/**
 * How often, in how many trials and how long the gate detects a drift: one recording, and runs with seeds of their
 * own, in one thread.
 */
export async function* gateFigures(): AsyncGenerator<BenchResult> {
  for (const aim of aims) yield* await detection(aim)
}

async function detection(aim: Aim): Promise<BenchResult[]> {
  const { decoder, method, tolerance, drift } = aim
  const sampler = await localSampler(decoder, { method })
  const [sharp] = automaticCells(method === 'simulation' ? './plugged-in.mjs' : decoder, tolerance)
  const falseAlarm = defaultBudget / CELLS
  const baseline = await recordBaseline([sampler], { cells: [sharp], falseAlarm })
  const [cell] = baseline.cells
  const { detected } = bracketPower({ ...cell, doubt: doubtAt(tolerance), alpha: falseAlarm / 2, drift })
  const runs = await gateRuns(baseline, needingMore(sampler, drift), aim.runs)
  const what =
    `${decoder} that needs ${shareText(drift)} more, at a tolerance of ${shareText(tolerance)}, ` +
    `${cellId(sharp)}`
  return detectionLines(aim, detected, runs).map((line) => ({
    ...line,
    id: `gate-${decoder}-${method}-${line.id}`,
    what: `${line.what}: ${what}`,
  }))
}

/** What runs of the gate came to: how many found the decoder regressed, and what each took. */
interface GateRuns {
  readonly regressed: number
  readonly trials: readonly number[]
  readonly cpu: readonly number[]
  readonly wall: readonly number[]
}

async function gateRuns(baseline: Baseline, sampler: Sampler, runs: number): Promise<GateRuns> {
  let regressed = 0
  const [trials, cpu, wall]: number[][] = [[], [], []]
  for (let run = 0; run < runs; run++) {
    const start = process.cpuUsage()
    const report = await runGate([sampler], { ...baseline, seed: `run ${run}` })
    cpu.push(processorSeconds(start))
    const [{ verdict, lower, upper }] = report.cells
    if (verdict === 'regressed') regressed++
    trials.push((lower?.trials ?? 0) + (upper?.trials ?? 0))
    wall.push(report.seconds)
  }
  return { regressed, trials, cpu, wall }
}

/** The results in lines, by the part of the detection that they are of. */
function detectionLines(
  { method, seconds, runs }: Aim,
  detected: number,
  { regressed, trials, cpu, wall }: GateRuns,
): BenchResult[] {
  const interval = binomialInterval(regressed, runs, CONFIDENCE).interval.map((end) => end.toFixed(3))
  const atLeast = { bar: { atLeast: 0.999 } }
  const atMost = { bar: { atMost: seconds } }
  const spread = (id: string, what: string, values: readonly number[], unit: string, most = {}) => [
    { id: `${id}-median`, what: `${what}, median`, value: quantile(values, 0.5), unit },
    { id: `${id}-most`, what: `${what}, most of ${runs} runs`, value: quantile(values, 1), unit, ...most },
  ]
  const share = `share of ${runs} runs that detect it, in [${interval.join(', ')}] with confidence ${CONFIDENCE}`
  const slowest = SECONDS_PER_TRIAL * quantile(trials, 1)
  const simulated = method === 'simulation'
  return [
    { id: 'power', what: 'probability of detection, computed', value: detected, unit: '', ...atLeast },
    { id: 'detected', what: share, value: regressed / runs, unit: '', ...atLeast },
    ...spread('trials', 'trials', trials, ''),
    ...spread('cpu', 'processor time', cpu, 's', simulated ? {} : atMost),
    ...spread('wall', 'wall-clock time', wall, 's'),
    ...(simulated
      ? [{ id: 'at-1-ms', what: 'at a millisecond a trial, most', value: slowest, unit: 's', ...atMost }]
      : []),
  ]
}

/** A sampler whose decoder needs more dimensions by this share, or a little less: it is given as many fewer. */
const needingMore = (sampler: Sampler, drift: number): Sampler => ({
  ...sampler,
  run: ({ N, k, d }, ...rest) => sampler.run({ N, k, d: Math.ceil(d / (1 + drift)) }, ...rest),
})

const quantile = (values: readonly number[], p: number): number =>
  values.toSorted((a, b) => a - b)[Math.ceil(p * values.length) - 1]
