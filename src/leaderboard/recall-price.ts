import { type Evolution, evolution } from '../bounds/general/evolution.js'
import { type ModelProblem, modelProblem } from '../bounds/general/model-problem.js'
import type { SeparateReader } from '../bounds/general/reading.js'
import { noiseAt } from '../bounds/general/recall-laws.js'
import { IDEAL } from '../codes/model/description.js'
import { quoted } from '../io/text/shell.js'
import { controlledRecall } from '../success/estimation/controlled-recall.js'
import type { Metric } from '../success/estimation/recovery-metrics.js'
import type { TaskContext } from '../success/estimation/run-tasks.js'
import type { Method, Sampler } from '../success/trials/sampler.js'

/** What sparse autoencoders have to read, as far as a model has it. */
export const REFERENCE = { N: 131072, k: 64, model: { ...IDEAL, noise: 0.1, amplitudes: 'half-normal' } }
const CONFIDENCE = 0.95
const SHARES = [0.5, 0.8, 0.9]
/** The first trials, which say where to measure: one in so many. */
const PILOT = 4
/** A step of ln d over which a law's slope is taken, and the most that a pilot moves ln d. */
const [STEP, FAR] = [0.05, 0.5]

/** A decoder, its codes at one dimension, and whether it reads in one step or is compared with state evolution. */
interface Reader {
  readonly decoder: string
  readonly method: Method
  readonly trials: number
  readonly oneStep: boolean
}

const readers: readonly Reader[] = [
  { decoder: 'top-k', method: 'conditional', trials: 600, oneStep: true },
  { decoder: 'orthogonal-matching-pursuit', method: 'conditional', trials: 64, oneStep: false },
  { decoder: 'amp-bernoulli', method: 'simulation', trials: 32, oneStep: false },
]

/** What a share of the active codewords costs one decoder. */
export interface RecallPrice {
  readonly decoder: string
  readonly share: number
  /** By its law; of OMP by that of AMP. */
  readonly law: number
  /** Where recall was measured, and what came out. */
  readonly at: number
  readonly recall: Metric
  readonly trials: number
  /** From there along the law's slope to where recall is the share; with recall's interval. */
  readonly dimension: number
  readonly interval: readonly [number, number]
}

/** What recall costs at the reference model, as it is committed in reports/recall-price.json. */
export interface RecallPrices {
  readonly command: string
  readonly seed: string
  readonly confidence: number
  readonly N: number
  readonly k: number
  readonly prices: readonly RecallPrice[]
}

/**
 * The dimensions at which half, 80 and 90 % of the active codewords are named, as many being named as are active. A
 * few codes at the law's dimension say where to look; recall is measured there by others, and carried over to the
 * share along the law's slope, which is a step of a few per cent of d.
 */
export async function recallPrices(context: Omit<TaskContext, 'shard' | 'record'>): Promise<RecallPrices> {
  const { seed, open, onProgress, signal } = context
  const { N, k, model } = REFERENCE
  const problem = modelProblem(model, N, k)
  const curve = evolution(problem)
  const prices: RecallPrice[] = []
  for (const reader of readers) {
    const sampler = await open(reader.decoder, reader.method, model)
    try {
      for (const share of SHARES) {
        prices.push(await priceOf(share, reader, lawOf(reader, problem, curve), sampler, seed, signal))
        onProgress?.(prices.length / (readers.length * SHARES.length))
      }
    } finally {
      await sampler.close()
    }
  }
  return {
    command: `dpb table recall-price --seed ${quoted(seed)}`,
    seed,
    confidence: CONFIDENCE,
    N,
    k,
    prices,
  }
}

/** How recall grows with the dimension. */
interface Law {
  dimension(share: number): number
  reader(d: number): SeparateReader
}

const lawOf = ({ oneStep }: Reader, { energy }: ModelProblem, curve: Evolution): Law => ({
  dimension(share) {
    const tau = noiseAt(curve, share)
    return oneStep ? energy / tau ** 2 : curve.ampDimension(tau)
  },
  reader: (d) => curve.reader(oneStep ? Math.sqrt(energy / d) : curve.amp(d)),
})

async function priceOf(
  share: number,
  { decoder, trials }: Reader,
  law: Law,
  sampler: Sampler,
  seed: string,
  signal: AbortSignal | undefined,
): Promise<RecallPrice> {
  const { N, k } = REFERENCE
  const expected = law.dimension(share)
  const recallAt = async (d: number, seed: string, trials: number) => {
    const { counts } = await sampler.run({ N, k, d }, seed, 0, trials, { counts: true, signal })
    return controlledRecall(sampler, { N, k, d }, seed, counts!, law.reader(d), CONFIDENCE).recall
  }
  const reached = (d: number, recall: number) => Math.log(d) + (share - recall) / slopeAt(law, d)
  const start = Math.round(expected)
  const pilot = await recallAt(start, `${seed}/pilot`, Math.ceil(trials / PILOT))
  const move = reached(start, pilot.value) - Math.log(start)
  const at = Math.round(start * Math.exp(Math.max(-FAR, Math.min(FAR, move))))
  const recall = await recallAt(at, seed, trials)
  const [low, high] = recall.interval
  return {
    decoder,
    share,
    law: expected,
    at,
    recall,
    trials,
    dimension: Math.exp(reached(at, recall.value)),
    interval: [Math.exp(reached(at, high)), Math.exp(reached(at, low))],
  }
}

/** d recall/d ln d by the law. */
function slopeAt({ reader }: Law, d: number): number {
  const recall = (step: number) => reader(d * Math.exp(step)).mostLikely().recall
  return (recall(STEP) - recall(-STEP)) / (2 * STEP)
}
