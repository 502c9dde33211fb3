import type { Shape } from '../../codes/trial.js'
import { initialDimension } from '../../success/estimation/initial-dimension.js'
import { passing } from '../../success/estimation/largest-sparsity.js'
import type { Sampler } from '../../success/trials/sampler.js'
import { samplerClock } from '../../success/trials/sampler-clock.js'
import { untilFault } from '../../success/trials/until-fault.js'
import { samplerFor } from '../sampler-for.js'
import { type CellRequest, cellId } from './cells.js'
import { sparsityCurve } from './locate-sparsity.js'
import { refuse } from './refusals.js'

/** Processor seconds that a cell may take to record. */
const LIMIT_SECONDS = 120
/**
 * Trials that a cell takes to record, roughly: so many at tolerance 1, growing with its inverse square, and some to
 * find the place.
 */
const AT_TOLERANCE = 24
const TO_FIND = 1500
/** Given the members values vary little: a cell takes so many trials at any tolerance, roughly. */
const GIVEN_MEMBERS_TRIALS = 3000
/** Trials that a cell takes to record, roughly. */
export const recordingTrials = ({ method, tolerance }: Pick<CellRequest, 'method' | 'tolerance'>): number =>
  method === 'conditional' ? GIVEN_MEMBERS_TRIALS : TO_FIND + AT_TOLERANCE / tolerance ** 2
/** A cell of a wider tolerance is not worth having. */
const WIDEST = 0.3
/**
 * Trials that warm a decoder up which is timed given the members, and as many that are timed: more would cost. Later
 * ones, of compiled code, take half as long.
 */
const GLANCE = 64
/**
 * Trials are run in blocks, the larger the cheaper they are, until so many in a row are not the faster by a tenth: a
 * decoder is compiled as it runs, at first to code ten times slower. After PATIENCE_SECONDS no more are run.
 */
const BLOCK_SECONDS = 0.1
const BLOCK_TRIALS = 1024
const SETTLED = 3
const PATIENCE_SECONDS = 4
/** A decoder that waits for something else than a core, of which nobody tells, is timed for so many times as long. */
const IDLE = 4
/** By the clock so many times what it works: it waits. */
const WAITING = 10

/**
 * The cells that can be recorded in reasonable time, some with a wider tolerance, and those that were named, each with
 * what it takes; and what was done to the others, a line each. Throws InputError for a decoder that breaks its
 * contract.
 */
export async function affordableCells(
  samplers: readonly Sampler[],
  requests: readonly CellRequest[],
  signal?: AbortSignal,
): Promise<{ readonly cells: CellRequest[]; readonly notes: string[] }> {
  const cells: CellRequest[] = []
  const notes: string[] = []
  for (const request of requests) {
    if (request.method === 'conditional') {
      const sampler = samplerFor(samplers, request.method)
      cells.push({
        ...request,
        seconds: recordingTrials(request) * (await atAGlance(sampler, request, signal)),
      })
      continue
    }
    const { worked: perTrial, elapsed } = await secondsPerTrial(
      samplerFor(samplers, request.method),
      request,
      signal,
    )
    const trials = LIMIT_SECONDS / perTrial
    const finest = Math.sqrt(AT_TOLERANCE / Math.max(0, trials - TO_FIND))
    const slow = `a trial takes ${perTrial.toPrecision(2)} s`
    if (!request.named && finest > Math.max(WIDEST, request.tolerance)) {
      notes.push(`${cellId(request)} is left out: ${slow}`)
      continue
    }
    const wider = !request.named && finest > request.tolerance
    const tolerance = wider ? Math.ceil(100 * finest) / 100 : request.tolerance
    if (wider) {
      notes.push(`${cellId(request)} has tolerance ${tolerance}, not ${request.tolerance}: ${slow}`)
    }
    const recorded = recordingTrials({ method: request.method, tolerance })
    cells.push({
      ...request,
      tolerance,
      seconds: perTrial * recorded,
      ...(elapsed > WAITING * perTrial && { elapsed: elapsed * recorded }),
    })
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

/** Processor seconds of a trial near the place in question, from few of them. */
async function atAGlance(
  sampler: Sampler,
  request: CellRequest,
  signal: AbortSignal | undefined,
): Promise<number> {
  const shape = await near(sampler, request)
  await sampler.run(shape, 'timing', 0, GLANCE, { signal })
  const clock = samplerClock(sampler)
  await sampler.run(shape, 'timing', GLANCE, GLANCE, { signal })
  return clock() / GLANCE / 2
}

/** Seconds of a trial near the place in question: of the processor, and by the clock. */
async function secondsPerTrial(
  sampler: Sampler,
  request: CellRequest,
  signal: AbortSignal | undefined,
): Promise<{ worked: number; elapsed: number }> {
  const shape = await near(sampler, request)
  let least = Infinity
  for (let from = 0, block = 1, spent = 0, settled = 0; ; ) {
    const clock = samplerClock(sampler)
    const start = performance.now()
    const { fault } = await untilFault(signal, (stop) => sampler.run(shape, 'timing', from, block, stop))
    if (fault) refuse(sampler.decoder, [fault])
    const seconds = clock()
    from += block
    const elapsed = (performance.now() - start) / 1000
    spent += Math.max(seconds, elapsed / IDLE)
    settled = seconds / block < 0.9 * least ? 0 : settled + 1
    least = Math.min(least, seconds / block)
    const found = { worked: least, elapsed: elapsed / block }
    if (spent >= PATIENCE_SECONDS) return found
    if (seconds < BLOCK_SECONDS && block < BLOCK_TRIALS) {
      block *= 2
      settled = 0
      least = Infinity
    } else if (settled >= SETTLED) return found
  }
}
