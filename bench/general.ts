import { IDEAL } from '../src/codes/model/description.js'
import type { Shape } from '../src/codes/trial.js'
import { builtInDecoder, conditionalOf } from '../src/decoders/built-in.js'
import { processorSeconds } from '../src/io/processor-time.js'
import { median } from '../src/numerics/median.js'
import { inverseNormalTail } from '../src/statistics/normal.js'
import { conditionalTrial } from '../src/success/conditional/conditional-sampler.js'
import { fixedBarCounts } from '../src/success/conditional/general/fixed-bar-counts.js'
import {
  type GeneralReads,
  generalConditionalTrial,
} from '../src/success/conditional/general/general-trial.js'
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
export function* generalFigures(): Generator<BenchResult> {
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

/** One trial's reading as a rate takes it: of a fixed bar, the mean over codes. */
function read(name: string, shape: Shape, trial: number): GeneralReads {
  const decoder = builtInDecoder(name)!
  const reads = generalConditionalTrial(decoder, MODEL, shape, 'bench', trial)
  const tau = decoder.fixedBar?.({ shape, model: MODEL })
  if (tau === undefined) return reads
  const counts = fixedBarCounts(tau, MODEL, shape, Float64Array.of(shape.k), 'bench', trial)!
  const mean = (of: Float64Array) => of.reduce((sum, entry) => sum + entry, 0) / of.length
  return { ...reads, hits: mean(counts.hits), falsePositives: mean(counts.falsePositives) }
}

function* metrics(name: string, points: number, limit: number, trials: number): Generator<BenchResult> {
  times(name, SHAPE.N, points, 5)
  const here = times(name, SHAPE.N, points, trials)
  const there = times(name, 2 ** 40, points, trials)
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

/** Seconds that recall and precision take to this half-width, as the spread of some trials has it. */
function times(name: string, N: number, points: number, trials: number) {
  const reads: GeneralReads[] = []
  const cost = seconds(() => {
    for (let t = 0; t < trials; t++) reads.push(read(name, { ...SHAPE, N }, t))
  })
  const timeFor = (of: (reads: GeneralReads) => number) => {
    const reach = 100 * inverseNormalTail((1 - CONFIDENCE) / 2) * ratioSpread(reads, of)
    return (Math.max(LEAST * trials, (reach / points) ** 2) * cost) / trials / CORES
  }
  return {
    recall: timeFor(({ active }) => active),
    precision: timeFor(({ hits, falsePositives }) => hits + falsePositives),
  }
}

/** Of one trial's share in a ratio of sums, hits over something: its standard deviation. */
function ratioSpread(reads: readonly GeneralReads[], of: (reads: GeneralReads) => number): number {
  const sum = (f: (one: GeneralReads) => number) => reads.reduce((total, one) => total + f(one), 0)
  const ratio = sum(({ hits }) => hits) / sum(of)
  const squares = sum((one) => (one.hits - ratio * of(one)) ** 2)
  return Math.sqrt(squares / (reads.length - 1)) / (sum(of) / reads.length)
}
