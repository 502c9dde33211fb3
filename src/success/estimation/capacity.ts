import { availableParallelism } from 'node:os'
import { parseActivity } from '../../codes/model/activity.js'
import { IDEAL } from '../../codes/model/description.js'
import { type CodeLaws, lawsOf } from '../../codes/model/general.js'
import { drawnOver } from '../../codes/model/open-model.js'
import { preparedRows } from '../../codes/model/prepared-rows.js'
import type { PreparedDictionary } from '../../codes/preparation.js'
import type { BuiltInDecoder } from '../../decoders/decoder.js'
import { requireInteger } from '../../io/arguments.js'
import { MOST_WORKERS } from '../../io/most-workers.js'
import { withCrew } from '../../kernels/float32/crew.js'
import { requireProbability } from '../../statistics/ranges.js'
import type { Sampler } from '../trials/sampler.js'
import { simulationSampler } from '../trials/simulation-sampler.js'
import {
  type CapacityCurve,
  type CapacityRow,
  type CapacitySearch,
  capacityOf,
  type Prepare,
} from './capacity-of.js'

/** A dictionary whose capacity is measured; made when its turn comes. @since 0.2.0 */
export interface CapacityOf {
  readonly prepare: Prepare
  make(): PreparedDictionary
}

/** How capacity is measured. @since 0.2.0 */
export interface CapacityOptions extends CapacitySearch {
  readonly decoders: readonly BuiltInDecoder[]
  /** Amplitudes and noise, of `lawsOf`. @defaultValue 1 and none */
  readonly laws?: CodeLaws
  /** Threads that share each pass over a dictionary. @defaultValue as many as there are cores */
  readonly threads?: number | undefined
  /** Called after every decoder on every dictionary, with how many of them are done. */
  onProgress?(done: number): void
}

/**
 * The largest k that each decoder reads at each rate, on each dictionary, by simulation on that dictionary alone: what
 * is drawn is the subset, and with a model amplitudes and noise. Trials depend on (seed, N, k, number) alone, so that
 * decoders and preparations are compared on the same subsets.
 * @throws RangeError for options out of range; InputError where a decoder throws, or answers with no list of indices
 * @since 0.2.0
 */
export async function capacity(
  dictionaries: readonly CapacityOf[],
  options: CapacityOptions,
): Promise<{ rows: CapacityRow[]; curves: CapacityCurve[] }> {
  const { decoders, threads = availableParallelism() } = options
  requireInteger('threads', threads, 1, MOST_WORKERS)
  for (const target of options.targets) requireProbability('each of targets', target)
  requireProbability('confidence', options.confidence)
  requireInteger('trials', options.trials, 1)
  const rows: CapacityRow[] = []
  const curves: CapacityCurve[] = []
  for (const { prepare, make } of dictionaries) {
    const prepared = make()
    const { size: N, dimension: d } = prepared.codewords
    const samplerOf = samplersOver(prepared, options.laws)
    await withCrew(N * d, threads, async () => {
      for (const decoder of decoders) {
        const found = await capacityOf(samplerOf(decoder), { prepare, N, d }, options)
        rows.push(...found.rows)
        curves.push(found.curve)
        options.onProgress?.(curves.length)
      }
    })
  }
  return { rows, curves }
}

/** Samplers of capacity's trials over a prepared dictionary, in this thread. */
function samplersOver(
  prepared: PreparedDictionary,
  laws: CodeLaws = lawsOf(IDEAL),
): (decoder: BuiltInDecoder) => Sampler {
  const rows = preparedRows(prepared)
  const ours = { ...laws, activity: parseActivity(IDEAL.active) }
  const model = drawnOver(() => rows, { id: 'capacity', laws: ours, streams: 'capacity' })
  return (decoder) => ({ ...simulationSampler(decoder, model), traits: decoder })
}
