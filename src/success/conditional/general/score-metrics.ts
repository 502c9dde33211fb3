import { setImmediate } from 'node:timers/promises'
import { rateClasses } from '../../../bounds/general/rate-classes.js'
import { supportExcess } from '../../../bounds/general/support-entropy.js'
import { drawActive, parseActivity } from '../../../codes/model/activity.js'
import { drawAmplitude, parseAmplitudes } from '../../../codes/model/amplitudes.js'
import { type ModelDescription, noiseVariance } from '../../../codes/model/description.js'
import type { Shape } from '../../../codes/model.js'
import { InputError } from '../../../io/input-error.js'
import { exponential } from '../../../numerics/exp.js'
import { fastUniform } from '../../../random/fast-uniform.js'
import { stream } from '../../../random/stream.js'
import { type Jackknifed, jackknife } from '../../../statistics/jackknife.js'
import { drawCount } from '../../../statistics/rare-count.js'
import { repeatedSignTail } from '../../../statistics/weighted-sign-tail.js'
import { isSmooth } from './fixed-bar-counts.js'

/** Batches of codes, each leaving the others for an estimate of its own, and codes in each. */
const [BATCHES, CODES] = [24, 24]
/** Scores are told to this share of a standard deviation of the others', from LOW to HIGH of them. */
const [STEP, LOW, HIGH] = [1 / 6, -3, 12]

/** What the scores ⟨f_i, X⟩ themselves tell, whatever bar is put on them. */
export interface ScoreMetrics {
  /** P(an active codeword of a code scores above another that is not). */
  readonly auc: Jackknifed
  /** Σ I(B_i; S_i) − T in bits, S_i the score, rounded to a sixth of a standard deviation: at most what S_i tells. */
  readonly softBits: Jackknifed
  readonly softBitsPerDimension: Jackknifed
}

/** Sums over the codes of a batch. */
interface Batch {
  /** Active codewords and others. */
  active: number
  others: number
  /** Of those, how many reach each level. */
  readonly reachedByActive: Float64Array
  readonly reachedByOthers: Float64Array
  /** Pairs of both, and those in which the active one is ahead. */
  pairs: number
  ahead: number
}

/**
 * AUC and soft bits of the matched filter's scores, over random signs, given amplitudes alone; the cost does not
 * depend on N. A member and a non-member differ in n ~ Bin(d, ½) signs, and the first is ahead unless Σ a_j U_j + G ≥
 * a·n, each U_j a sum of n signs.
 * @throws InputError where scores are on a lattice, or so nearly that their law is not smooth, and at k = 0 and k = N
 */
export async function scoreMetrics(
  model: ModelDescription,
  shape: Shape,
  seed: string,
  confidence: number,
  signal?: AbortSignal,
): Promise<ScoreMetrics> {
  if (shape.k === 0 || shape.k === shape.N) {
    throw new InputError(
      `scores tell active codewords from others: k must be from 1 to N - 1, not ${shape.k}`,
    )
  }
  const gaussian = shape.d ** 2 * noiseVariance(model.noise, shape)
  if (!isSmooth(parseAmplitudes(model.amplitudes), shape, gaussian)) {
    throw new InputError(
      'what scores tell is computed where they are on no lattice: with noise or amplitudes (such as ' +
        '--noise 0.1 or --amplitudes half-normal), and where codes are sums of enough signs',
    )
  }
  const batches: Batch[] = []
  for (let b = 0; b < BATCHES; b++) batches.push(await batchOf(model, shape, gaussian, seed, b, signal))
  const estimate = (of: (all: readonly Batch[]) => number) => jackknife(batches, of, confidence)
  const activity = parseActivity(model.active)
  const classes = rateClasses(activity, shape.N, shape.k)
  const excess = supportExcess(activity, shape.N, shape.k)
  const bits = (all: readonly Batch[]) => {
    const law = pooledLaw(all)
    return classes.reduce((sum, { rate, count }) => sum + count * information(rate, law), 0) - excess
  }
  return {
    auc: estimate((all) => total(all, ({ ahead }) => ahead) / total(all, ({ pairs }) => pairs)),
    softBits: estimate(bits),
    softBitsPerDimension: estimate((all) => bits(all) / shape.d),
  }
}

async function batchOf(
  model: ModelDescription,
  shape: Shape,
  gaussian: number,
  seed: string,
  b: number,
  signal: AbortSignal | undefined,
): Promise<Batch> {
  const { N, k, d } = shape
  const activity = parseActivity(model.active)
  const amplitudes = parseAmplitudes(model.amplitudes)
  const spread = Math.sqrt(k * d + gaussian)
  const levels = Array.from(
    { length: Math.round((HIGH - LOW) / STEP) + 1 },
    (_, j) => spread * (LOW + STEP * j),
  )
  const random = stream(seed, 'scores', k, b)
  const uniform = fastUniform(random.key())
  const none = () => new Float64Array(levels.length)
  const batch = { active: 0, others: 0, reachedByActive: none(), reachedByOthers: none(), pairs: 0, ahead: 0 }
  for (let code = 0; code < CODES; code++) {
    // The loop of events takes its turn, so that Ctrl-C is heard.
    await setImmediate()
    signal?.throwIfAborted()
    const K = activity.kind === 'subset' ? k : drawActive(activity, N, k, random).length
    const all = Float64Array.from({ length: K }, () => drawAmplitude(amplitudes, uniform))
    const others = Math.max(0, N - K)
    batch.others += others
    add(batch.reachedByOthers, levels, others, repeatedSignTail(all, { times: d, gaussian }))
    if (K === 0) continue
    const own = drawAmplitude(amplitudes, () => (code + uniform()) / CODES)
    const rest = all.subarray(1)
    const tail = repeatedSignTail(rest, { times: d, gaussian })
    batch.active += K
    add(batch.reachedByActive, levels, K, (level) => tail(level - own * d))
    const n = drawCount(d, 0.5, uniform)
    const behind = repeatedSignTail(rest, { times: n, gaussian: (gaussian * n) / d })
    batch.pairs += K * others
    batch.ahead += K * others * (1 - exponential(behind(own * n)))
  }
  return batch
}

function add(
  sums: Float64Array,
  levels: readonly number[],
  count: number,
  logTail: (m: number) => number,
): void {
  for (let j = 0; j < levels.length; j++) sums[j] += count * exponential(logTail(levels[j]))
}

const total = (all: readonly Batch[], of: (batch: Batch) => number): number =>
  all.reduce((sum, batch) => sum + of(batch), 0)

/** The shares of active and of other codewords between two levels, from the lowest score up. */
function pooledLaw(all: readonly Batch[]): { active: Float64Array; others: Float64Array } {
  const shares = (reached: (batch: Batch) => Float64Array, whole: number) => {
    const above = reached(all[0]).map((_, j) => total(all, (batch) => reached(batch)[j]) / whole)
    const from = (j: number) => (j === 0 ? 1 : above[j - 1])
    return Float64Array.from({ length: above.length + 1 }, (_, j) => Math.max(0, from(j) - (above[j] ?? 0)))
  }
  return {
    active: shares(
      ({ reachedByActive }) => reachedByActive,
      total(all, ({ active }) => active),
    ),
    others: shares(
      ({ reachedByOthers }) => reachedByOthers,
      total(all, ({ others }) => others),
    ),
  }
}

/** Shares of the scores of active codewords, and of others, in each of some ranges. */
interface PooledLaw {
  readonly active: Float64Array
  readonly others: Float64Array
}

/** I(B; S) of a codeword of this rate, in bits. */
export function information(rate: number, { active, others }: PooledLaw): number {
  let bits = 0
  for (let j = 0; j < active.length; j++) {
    const mixed = rate * active[j] + (1 - rate) * others[j]
    if (active[j] > 0) bits += rate * active[j] * Math.log2(active[j] / mixed)
    if (others[j] > 0) bits += (1 - rate) * others[j] * Math.log2(others[j] / mixed)
  }
  return bits
}
