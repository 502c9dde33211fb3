import type { Method, Sampler, TrialValues } from '../trials/sampler.js'
import type { Series } from './record-line.js'
import { recorded } from './recording-sampler.js'
import type { TrialRecord } from './trial-record.js'

/** Trials from, …, from + trials − 1 of one decoder at one shape. */
export interface Cell extends Omit<Series, 'revision'> {
  /** A built-in name or a path. */
  readonly decoder: string
  readonly from: number
  readonly trials: number
}

export interface RunCellsOptions {
  /** What is there already is not run again; all else is added to it. */
  readonly record: TrialRecord
  /** Opens a sampler for a cell's decoder and method. Each is opened once, and closed. */
  open(decoder: string, method: Method): Promise<Sampler>
  /** Called with the share of the work that is done, in [0, 1]. */
  onProgress?(done: number): void
  readonly signal?: AbortSignal | undefined
}

/** Cells in work at a time, so that no thread waits for the end of another's. */
const AT_A_TIME = { here: 4, elsewhere: 32 }

/**
 * Run the cells and return their values, in their order. Once all are done the record is settled; when stopped by the
 * signal, or by an error, it keeps the blocks that were done, and a second call goes on from there.
 */
export async function runCells(cells: readonly Cell[], options: RunCellsOptions): Promise<TrialValues[]> {
  const { record, open, onProgress, signal } = options
  const results = new Array<TrialValues>(cells.length)
  const total = cells.reduce((sum, cell) => sum + cost(cell), 0)
  let finished = 0
  for (const group of byDecoder(cells)) {
    signal?.throwIfAborted()
    const { decoder, method } = cells[group[0]]
    const sampler = recorded(await open(decoder, method), record)
    const queue = group.values()
    const work = async () => {
      for (const i of queue) {
        const { N, k, d, from, trials, seed } = cells[i]
        const whole = cost(cells[i])
        let share = 0
        const advance = (done: number) => {
          finished += (done / trials) * whole - share
          share = (done / trials) * whole
          onProgress?.(finished / total)
        }
        results[i] = await sampler.run({ N, k, d }, seed, from, trials, { onTrials: advance, signal })
        advance(trials)
      }
    }
    try {
      const length = AT_A_TIME[sampler.reportsParts ? 'elsewhere' : 'here']
      await Promise.all(Array.from({ length }, work))
    } finally {
      await sampler.close()
    }
  }
  record.settle()
  return results
}

/** The places of the cells with the same decoder and method, group by group. */
function byDecoder(cells: readonly Cell[]): number[][] {
  const groups = new Map<string, number[]>()
  cells.forEach(({ decoder, method }, i) => {
    const key = JSON.stringify([decoder, method])
    const group = groups.get(key)
    if (group) group.push(i)
    else groups.set(key, [i])
  })
  return [...groups.values()]
}

/** What a cell costs, roughly, in arbitrary units: for a fair progress. */
const cost = ({ method, N, k, d, trials }: Cell): number =>
  trials * (1e4 + (method === 'simulation' ? N * d : k * d))
