import { IDEAL } from '../src/codes/model/description.js'
import type { Shape } from '../src/codes/trial.js'
import { builtInDecoder, conditionalOf } from '../src/decoders/built-in.js'
import type { BuiltInDecoder } from '../src/decoders/decoder.js'
import { processorSeconds } from '../src/io/processor-time.js'
import { median } from '../src/numerics/median.js'
import { inverseNormalTail } from '../src/statistics/normal.js'
import { conditionalTrial } from '../src/success/conditional/conditional-sampler.js'
import { generalSampler } from '../src/success/conditional/general/general-sampler.js'
import {
  type GeneralReads,
  generalConditionalTrial,
} from '../src/success/conditional/general/general-trial.js'
import { rateBy } from '../src/success/estimation/success-rate.js'
import type { BenchResult } from './timing.js'

/** What a sparse autoencoder of 131,072 features has to read, of codes in 768 dimensions. */
const SHAPE = { N: 131_072, k: 64, d: 768 }
const MODEL = { ...IDEAL, noise: 0.1, amplitudes: 'half-normal' }
const CONFIDENCE = 0.99
/** Decoders, the half-width in points that their recall and precision are wanted to, and in how many seconds. */
const wanted: readonly (readonly [string, number, number, number])[] = [
  ['top-k', 0.5, 2, 500],
  ['map-threshold', 0.5, 2, 2000],
  ['matching-pursuit', 2, 20, 40],
  ['orthogonal-matching-pursuit', 2, 20, 40],
  ['ols', 2, 20, 40],
]
const CORES = 2
/** At least this share of the codes that are run here is taken to be needed: of a handful nobody knows the spread. */
const LEAST = 1 / 40

/**
 * What readings given the members cost: a one-step trial by k, and any model's metrics by N. Seconds are of the
 * processor.
 */
export async function* generalFigures(): AsyncGenerator<BenchResult> {
  yield* costByMembers()
  for (const [name, points, seconds, trials] of wanted) yield* metrics(name, points, seconds, trials)
}

const seconds = (work: () => void): number => {
  const before = process.cpuUsage()
  work()
  return processorSeconds(before)
}

function* costByMembers(): Generator<BenchResult> {
  const { rule } = conditionalOf('top-k')
  // At d50 for N = 2^40, by the law.
  for (const [k, d] of [
    [100, 10_986],
    [300, 35_148],
    [1000, 124_624],
  ]) {
    const shape = { N: 2 ** 40, k, d }
    const trial = (t: number) => seconds(() => conditionalTrial(rule, shape, 'bench', t))
    // The first are slower: they are compiled.
    const times = Array.from({ length: 25 }, (_, t) => trial(t)).slice(10)
    yield {
      id: `general-one-step-${k}`,
      what: `conditional trial of top-k, N = 2^40, k = ${k}, d = ${d}`,
      value: 1000 * median(times),
      unit: 'ms',
      ...(k === 1000 && { bar: { atMost: 40 } }),
    }
  }
}

async function* metrics(
  name: string,
  points: number,
  limit: number,
  trials: number,
): AsyncGenerator<BenchResult> {
  // The first are slower: they are compiled.
  await times(name, SHAPE.N, points, 5)
  const here = await times(name, SHAPE.N, points, trials)
  const there = await times(name, 2 ** 40, points, trials)
  for (const metric of ['recall', 'precision'] as const) {
    yield {
      id: `general-${metric}-${name}`,
      what:
        `${metric} of ${name} to ±${points} points (99 %), N = 131072, k = 64, d = 768, half-normal amplitudes, ` +
        '10 % noise, two cores',
      value: here[metric],
      unit: 's',
      bar: { atMost: limit },
    }
  }
  yield {
    id: `general-by-N-${name}`,
    what: `time for recall of ${name} to ±${points} points at N = 2^40 / at N = 131072`,
    value: there.recall / here.recall,
    unit: '×',
    bar: { atMost: 1.2 },
  }
}

/** Processor seconds that recall and precision take to this half-width. */
async function times(name: string, N: number, points: number, trials: number) {
  const decoder = builtInDecoder(name)!
  const before = process.cpuUsage()
  const reaches = decoder.fixedBar
    ? await statedReaches(decoder, { ...SHAPE, N }, trials)
    : spreadReaches(decoder, { ...SHAPE, N }, trials)
  const cost = processorSeconds(before)
  const timeFor = (reach: number) => (Math.max(LEAST, ((100 * reach) / points) ** 2) * cost) / CORES
  return { recall: timeFor(reaches.recall), precision: timeFor(reaches.precision) }
}

/** Half-widths that are told of so many trials, controls taken off. */
async function statedReaches(decoder: BuiltInDecoder, shape: Shape, trials: number) {
  const sampler = { ...generalSampler(decoder, MODEL), traits: decoder }
  const { metrics } = await rateBy(sampler, { ...shape, trials, confidence: CONFIDENCE, seed: 'bench' })
  const { recall, precision } = metrics!
  const half = ({ interval: [low, high] }: typeof recall) => (high - low) / 2
  return { recall: half(recall), precision: half(precision) }
}

/** Half-widths that so many trials have, were they many: by the spread of a few. */
function spreadReaches(decoder: BuiltInDecoder, shape: Shape, trials: number) {
  const reads = Array.from({ length: trials }, (_, t) =>
    generalConditionalTrial(decoder, MODEL, shape, 'bench', t),
  )
  const reach = (of: (one: GeneralReads) => number) =>
    (inverseNormalTail((1 - CONFIDENCE) / 2) * ratioSpread(reads, of)) / Math.sqrt(trials)
  return {
    recall: reach(({ active }) => active),
    precision: reach(({ hits, falsePositives }) => hits + falsePositives),
  }
}

/** Of one trial's share in a ratio of sums, hits over something: its standard deviation. */
function ratioSpread(reads: readonly GeneralReads[], of: (one: GeneralReads) => number): number {
  const sum = (f: (one: GeneralReads) => number) => reads.reduce((total, one) => total + f(one), 0)
  const ratio = sum(({ hits }) => hits) / sum(of)
  const squares = sum((one) => (one.hits - ratio * of(one)) ** 2)
  return Math.sqrt(squares / (reads.length - 1)) / (sum(of) / reads.length)
}
