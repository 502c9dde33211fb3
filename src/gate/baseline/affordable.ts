import type { Shape } from '../../codes/trial.js'
import { processorSeconds } from '../../io/processor-time.js'
import { initialDimension } from '../../success/estimation/initial-dimension.js'
import { passing } from '../../success/estimation/largest-sparsity.js'
import type { Sampler } from '../../success/trials/sampler.js'
import { samplerFor } from '../../success/workers/open-sampler.js'
import { type CellRequest, cellId } from './cells.js'
import { sparsityCurve } from './locate-sparsity.js'

/** Processor seconds that a cell may take to record. */
const LIMIT_SECONDS = 120
/**
 * Trials that a cell takes to record, roughly: so many at tolerance 1, growing with its inverse square, and some to
 * find the place.
 */
const AT_TOLERANCE = 24
const TO_FIND = 1500
/** A cell of a wider tolerance is not worth having. */
const WIDEST = 0.3
/**
 * Trials are run in blocks until so many in a row are not the faster by a tenth, for at least WARM_SECONDS of
 * processor time: a decoder is compiled as it runs, at first to code ten times slower. After PATIENCE_SECONDS no more
 * are run.
 */
const BLOCK = 64
const SETTLED = 3
const WARM_SECONDS = 0.5
const PATIENCE_SECONDS = 4

/**
 * The cells that can be recorded in reasonable time, some with a wider tolerance, and what was done to the others, a
 * line each.
 */
export async function affordableCells(
  samplers: readonly Sampler[],
  requests: readonly CellRequest[],
): Promise<{ readonly cells: CellRequest[]; readonly notes: string[] }> {
  const cells: CellRequest[] = []
  const notes: string[] = []
  for (const request of requests) {
    // Given the members a trial is cheap, and success steep: the estimate below is for simulation.
    if (request.method === 'conditional') {
      cells.push(request)
      continue
    }
    const sampler = samplerFor(samplers, request.method)
    const seconds = await secondsPerTrial(sampler, request)
    const trials = LIMIT_SECONDS / seconds
    const finest = Math.sqrt(AT_TOLERANCE / Math.max(0, trials - TO_FIND))
    const slow = `a trial takes ${seconds.toPrecision(2)} s`
    if (finest <= request.tolerance) cells.push(request)
    else if (finest <= WIDEST) {
      const tolerance = Math.ceil(100 * finest) / 100
      cells.push({ ...request, tolerance })
      notes.push(`${cellId(request)} has tolerance ${tolerance}, not ${request.tolerance}: ${slow}`)
    } else notes.push(`${cellId(request)} is left out: ${slow}`)
  }
  return { cells, notes }
}

/** Trials at each k that say where a given dictionary's trials are timed. */
const ROUGH = 32

/** Where a trial is timed: near the dimension in question, or the sparsity. */
async function near(sampler: Sampler, { N, k, d }: CellRequest): Promise<Shape> {
  if (d === undefined) return { N, k, d: Math.ceil(initialDimension(sampler.traits, N, k, 0.5)) }
  const { sparsity } = await passing(sparsityCurve(sampler, { N, d }, 'timing'), 0.5, ROUGH, N)
  return { N, k: Math.max(1, Math.round(sparsity)), d }
}

/** Processor time of a trial near the place in question. */
async function secondsPerTrial(sampler: Sampler, request: CellRequest): Promise<number> {
  const shape = await near(sampler, request)
  let least = Infinity
  for (let from = 0, spent = 0, settled = 0; ; from += BLOCK) {
    const start = process.cpuUsage()
    await sampler.run(shape, 'timing', from, BLOCK)
    const seconds = processorSeconds(start)
    spent += seconds
    settled = seconds < 0.9 * least ? 0 : settled + 1
    least = Math.min(least, seconds)
    if ((settled >= SETTLED && spent >= WARM_SECONDS) || spent >= PATIENCE_SECONDS) return least / BLOCK
  }
}
