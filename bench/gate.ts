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

/** How often, in how many trials and how long the gate detects a drift: one recording, and runs with seeds of their own, in one thread. */
export async function* gateFigures(): AsyncGenerator<BenchResult> {
  for (const aim of aims) yield* await detection(aim)
}

async function detection({ decoder, method, tolerance, drift, seconds, runs }: Aim): Promise<BenchResult[]> {
  const sampler = await localSampler(decoder, method)
  const [sharp] = automaticCells(method === 'simulation' ? './plugged-in.mjs' : decoder, tolerance)
  const falseAlarm = defaultBudget / CELLS
  const baseline = await recordBaseline([sampler], { cells: [sharp], falseAlarm })
  const [cell] = baseline.cells
  const { detected } = bracketPower({ ...cell, doubt: doubtAt(tolerance), alpha: falseAlarm / 2, drift })
  const needs = needingMore(sampler, drift)
  let regressed = 0
  const [trials, cpu, wall]: number[][] = [[], [], []]
  for (let run = 0; run < runs; run++) {
    const start = process.cpuUsage()
    const report = await runGate([needs], { ...baseline, seed: `run ${run}` })
    cpu.push(processorSeconds(start))
    const [{ verdict, lower, upper }] = report.cells
    if (verdict === 'regressed') regressed++
    trials.push((lower?.trials ?? 0) + (upper?.trials ?? 0))
    wall.push(report.seconds)
  }
  const id = `gate-${decoder}-${method}`
  const what = `${decoder} that needs ${shareText(drift)} more, at a tolerance of ${shareText(tolerance)}, ${cellId(sharp)}`
  const interval = binomialInterval(regressed, runs, CONFIDENCE).interval.map((end) => end.toFixed(3))
  const result = (
    part: string,
    of: string,
    value: number,
    unit: string,
    bar?: BenchResult['bar'],
  ): BenchResult => ({
    id: `${id}-${part}`,
    what: `${of}: ${what}`,
    value,
    unit,
    ...(bar && { bar }),
  })
  const spread = (
    part: string,
    of: string,
    values: readonly number[],
    unit: string,
    bar?: BenchResult['bar'],
  ) => [
    result(`${part}-median`, `${of}, median`, quantile(values, 0.5), unit),
    result(`${part}-most`, `${of}, most of ${runs} runs`, quantile(values, 1), unit, bar),
  ]
  const atMost = { atMost: seconds }
  const simulated = method === 'simulation'
  return [
    result('power', 'probability of detection, computed', detected, '', { atLeast: 0.999 }),
    result(
      'detected',
      `share of ${runs} runs that detect it, in [${interval.join(', ')}] with confidence ${CONFIDENCE}`,
      regressed / runs,
      '',
      { atLeast: 0.999 },
    ),
    ...spread('trials', 'trials', trials, ''),
    ...spread('cpu', 'processor time', cpu, 's', simulated ? undefined : atMost),
    ...spread('wall', 'wall-clock time', wall, 's'),
    ...(simulated
      ? [
          result(
            'at-1-ms',
            'at a millisecond a trial, most',
            SECONDS_PER_TRIAL * quantile(trials, 1),
            's',
            atMost,
          ),
        ]
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
