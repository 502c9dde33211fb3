import { availableParallelism } from 'node:os'
import { IDEAL, type Preparation } from '../../codes/model/description.js'
import { type CodeLaws, drawCode, lawsOf } from '../../codes/model/general.js'
import { builtDictionary } from '../../codes/model.js'
import type { PreparedDictionary } from '../../codes/preparation.js'
import type { Problem } from '../../codes/problem.js'
import { randomSubset, sameSubset } from '../../codes/subset.js'
import type { BuiltInDecoder } from '../../decoders/decoder.js'
import { requireInteger } from '../../io/arguments.js'
import { MOST_WORKERS } from '../../io/most-workers.js'
import { withCrew } from '../../kernels/float32/crew.js'
import { stream } from '../../random/stream.js'
import { requireProbability } from '../../statistics/ranges.js'
import {
  type LargestSparsity,
  largestSparsity,
  type Outcomes,
  SuccessBySparsity,
} from './largest-sparsity.js'
import { entropyAt } from './measure-sparsity.js'
import { rateInterval } from './rate-interval.js'

/** A preparation, or `rademacher` for random signs of that size. */
export type Prepare = Preparation | 'rademacher'

/** A dictionary whose capacity is measured; made when its turn comes. @since 0.2.0 */
export interface CapacityOf {
  readonly prepare: Prepare
  make(): PreparedDictionary
}

/** How capacity is measured. @since 0.2.0 */
export interface CapacityOptions {
  readonly decoders: readonly BuiltInDecoder[]
  /** Success rates. */
  readonly targets: readonly number[]
  /** Of every interval by itself, in (0, 1). */
  readonly confidence: number
  /** Trials at each k that decides. */
  readonly trials: number
  readonly seed: string
  /** Amplitudes and noise, of `lawsOf`. @defaultValue 1 and none */
  readonly laws?: CodeLaws
  /** Threads that share each pass over a dictionary. @defaultValue as many as there are cores */
  readonly threads?: number | undefined
  readonly signal?: AbortSignal | undefined
  /** Called after every decoder on every dictionary, with how many of them are done. */
  onProgress?(done: number): void
}

/** The largest k that one decoder reads at one rate. @since 0.2.0 */
export interface CapacityRow extends LargestSparsity {
  readonly decoder: string
  readonly prepare: Prepare
  /** The success rate, in (0, 1). */
  readonly target: number
  /** d/log2 C(N, k) at that k, interpolated between whole ones; null at k = 0. */
  readonly dimsPerBit: number | null
}

/** Success against k of one decoder. @since 0.2.0 */
export interface CapacityCurve {
  readonly decoder: string
  readonly prepare: Prepare
  /** Every k ≥ 1 that the search looked at, ascending. */
  readonly points: readonly {
    readonly k: number
    readonly successRate: number
    readonly interval: readonly [number, number]
    readonly trials: number
  }[]
}

/** Codes that share a pass. */
const TOGETHER = 16

/**
 * The largest k that each decoder reads at each rate, on each dictionary, by simulation on that dictionary alone: what
 * is drawn is the subset, and with a model amplitudes and noise. Trials depend on (seed, N, k, number) alone, so that
 * decoders and preparations are compared on the same subsets.
 * @throws RangeError for options out of range
 * @since 0.2.0
 */
export async function capacity(
  dictionaries: readonly CapacityOf[],
  options: CapacityOptions,
): Promise<{ rows: CapacityRow[]; curves: CapacityCurve[] }> {
  const { threads = availableParallelism() } = options
  requireInteger('threads', threads, 1, MOST_WORKERS)
  for (const target of options.targets) requireProbability('each of targets', target)
  requireProbability('confidence', options.confidence)
  requireInteger('trials', options.trials, 1)
  const rows: CapacityRow[] = []
  const curves: CapacityCurve[] = []
  for (const { prepare, make } of dictionaries) {
    const prepared = make()
    const { size: most, dimension: d } = prepared.codewords
    await withCrew(most * d, threads, async () => {
      for (const decoder of options.decoders) {
        const curve = new SuccessBySparsity(outcomesOf(decoder, prepared, options))
        for (const target of options.targets) {
          const found = await largestSparsity(curve, { ...options, target, most })
          const bits = entropyAt(most, found.sparsity)
          const dimsPerBit = bits > 0 ? d / bits : null
          rows.push({ decoder: decoder.name, prepare, target, ...found, dimsPerBit })
        }
        curves.push({ decoder: decoder.name, prepare, points: pointsOf(curve, options.confidence) })
        options.onProgress?.(curves.length)
      }
    })
  }
  return { rows, curves }
}

const pointsOf = (curve: SuccessBySparsity, confidence: number): CapacityCurve['points'] =>
  curve
    .looks()
    .filter(({ k, outcomes }) => k > 0 && outcomes.length > 0)
    .map(({ k, outcomes }) => {
      const { point, interval } = rateInterval(outcomes, confidence)
      return { k, successRate: point, interval, trials: outcomes.length }
    })

/** Trials of a decoder on one dictionary, so many at a time where it takes several codes. */
function outcomesOf(
  decoder: BuiltInDecoder,
  prepared: PreparedDictionary,
  { seed, laws = lawsOf(IDEAL), signal }: CapacityOptions,
): Outcomes {
  const { codewords, reader } = prepared
  const { size: N, dimension: d } = codewords
  const drawn = builtDictionary(codewords)
  const ideal = laws.noise === 0 && laws.amplitudes.text === 'constant'
  const trialAt = (k: number, t: number): Trial => {
    const part = (name: string) => stream(seed, 'capacity', name, N, k, t)
    const subset = randomSubset(N, k, part('subset'))
    const draw = drawCode({ k, d }, laws, drawn, subset, part)
    const code = ideal ? codewords.superpose(subset) : draw.code()
    const { uniform } = part('decoder')
    const problem = { dictionary: reader, code: prepared.read(code, k), k, random: uniform }
    return { subset, problem: ideal ? problem : { ...problem, ...(draw.model && { model: draw.model }) } }
  }
  return async (k, from, trials) => {
    const values = new Uint8Array(trials)
    for (let at = 0; at < trials; at += TOGETHER) {
      // The loop of events takes its turn, so that Ctrl-C is heard.
      await new Promise((resolve) => setImmediate(resolve))
      signal?.throwIfAborted()
      const several = Array.from({ length: Math.min(TOGETHER, trials - at) }, (_, m) =>
        trialAt(k, from + at + m),
      )
      const answers = await decodeAll(decoder, several)
      answers.forEach((answer, m) => {
        values[at + m] = Number(sameSubset(answer, several[m].subset))
      })
    }
    return values
  }
}

interface Trial {
  readonly subset: readonly number[]
  readonly problem: Problem
}

async function decodeAll(decoder: BuiltInDecoder, trials: readonly Trial[]): Promise<ArrayLike<number>[]> {
  const [{ problem }] = trials
  if (decoder.decodeMany && !problem.model) {
    return decoder.decodeMany(
      problem.dictionary,
      trials.map(({ problem: { code } }) => code),
      problem.k,
    )
  }
  const answers: ArrayLike<number>[] = []
  for (const trial of trials) answers.push(await decoder.decode(trial.problem))
  return answers
}
