import { setImmediate } from 'node:timers/promises'
import type { ModelDescription } from '../../codes/model/description.js'
import { hasConditional } from '../../decoders/built-in.js'
import { recorded } from '../records/recording-sampler.js'
import { type Cell, runCells } from '../records/run-cells.js'
import { inShard, type Shard } from '../records/shard.js'
import type { TrialRecord } from '../records/trial-record.js'
import type { Method, Sampler } from '../trials/sampler.js'
import { type Measurement, measureBy } from './measure-dimension.js'
import { rateInterval } from './rate-interval.js'

/** What rates and measurements are run with. */
export interface TaskContext {
  readonly seed: string
  /** What is there already is not run again; all else is added to it. */
  readonly record: TrialRecord
  /** Run only this part of the work, into the record. */
  readonly shard?: Shard | undefined
  /** @param model the paper's unless given */
  open(decoder: string, method: Method, model?: ModelDescription): Promise<Sampler>
  /** Called with the share of the work that is done, in [0, 1]. */
  onProgress?(done: number): void
  readonly signal?: AbortSignal | undefined
}

/** A success rate to find. */
export interface RateTask {
  readonly decoder: string
  readonly N: number
  readonly k: number
  readonly d: number
  readonly trials: number
}

/** A dimension to find. */
export interface DimensionTask {
  readonly decoder: string
  readonly N: number
  readonly k: number
  readonly target: number
  readonly precision: number
}

export interface Tasks {
  readonly rates: readonly RateTask[]
  readonly dimensions: readonly DimensionTask[]
  /** Of each interval by itself. */
  readonly confidence: number
}

export interface Rate {
  readonly rate: number
  readonly interval: readonly [number, number]
}

/** What was found. */
export interface Results {
  readonly seed: string
  rate(task: RateTask): Rate
  dimension(task: DimensionTask): Measurement
}

/** The method that rates and measurements of a decoder use. */
export const methodOf = (decoder: string): Method => (hasConditional(decoder) ? 'conditional' : 'simulation')

/** Intervals computed before others have their turn, Ctrl-C among them. */
const AT_ONCE = 50
/** Measurements in work at a time, so that no thread waits for the end of another's. */
const AT_A_TIME = { here: 4, elsewhere: 32 }

/** Run rates and measurements, or a shard of them, and find them again by their task. */
export async function runTasks(
  { rates, dimensions, confidence }: Tasks,
  context: TaskContext,
): Promise<Results> {
  const { seed, record, shard = { index: 1, of: 1 }, open, onProgress, signal } = context
  const found = new Map<string, Rate>()
  const measured = new Map<string, Measurement>()
  const whole = rates.length + MEASUREMENT * dimensions.length

  const rateTasks = inShard(rates, shard)
  const cells: Cell[] = rateTasks.map((task) => ({ ...task, method: methodOf(task.decoder), seed, from: 0 }))
  const values = await runCells(cells, {
    record,
    open,
    signal,
    onProgress: (done) => onProgress?.((done * rates.length) / whole),
  })
  for (const [i, task] of rateTasks.entries()) {
    if (i % AT_ONCE === 0) await setImmediate(undefined, { signal })
    const { point, interval } = rateInterval(values[i].values, confidence)
    found.set(key(task), { rate: point, interval })
  }

  let finished = 0
  const dimensionTasks = inShard(dimensions, shard)
  for (const decoder of new Set(dimensionTasks.map((task) => task.decoder))) {
    const tasks = dimensionTasks.filter((task) => task.decoder === decoder)
    const sampler = recorded(await open(decoder, methodOf(decoder)), record)
    try {
      await inLanes(tasks, AT_A_TIME[sampler.reportsParts ? 'elsewhere' : 'here'], async (task) => {
        measured.set(key(task), await measureBy(sampler, { ...task, confidence, seed, signal }))
        finished++
        onProgress?.((rates.length + MEASUREMENT * finished) / whole)
      })
    } finally {
      await sampler.close()
    }
  }
  record.settle()
  return {
    seed,
    rate: (task) => found.get(key(task))!,
    dimension: (task) => measured.get(key(task))!,
  }
}

/** Work on the items in their order, so many at a time. */
export async function inLanes<T>(items: readonly T[], lanes: number, work: (item: T) => Promise<void>) {
  const waiting = items.values()
  const lane = async () => {
    for (const item of waiting) await work(item)
  }
  await Promise.all(Array.from({ length: lanes }, lane))
}

/** What a measurement costs in rates, roughly, for a fair progress. */
const MEASUREMENT = 60

const key = ({ decoder, N, k, ...rest }: RateTask | DimensionTask): string =>
  JSON.stringify([decoder, N, k, 'd' in rest ? [rest.d, rest.trials] : [rest.target, rest.precision, 0]])
