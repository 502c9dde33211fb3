import { costDimension } from '../../bounds/general/bit-bounds.js'
import { amplitudesCost, bitsPerDimension } from '../../bounds/general/capacity.js'
import { coupledPlan } from '../../bounds/general/coupled-plan.js'
import { evolution } from '../../bounds/general/evolution.js'
import { bestFixedBar, fixedBar } from '../../bounds/general/fixed-bar.js'
import { generalPlan } from '../../bounds/general/general-plan.js'
import { modelProblem } from '../../bounds/general/model-problem.js'
import { noiseAt } from '../../bounds/general/recall-laws.js'
import { scalarChannel } from '../../bounds/general/scalar-channel.js'
import { topKBitsPerDimension } from '../../bounds/general/walls.js'
import { plan } from '../../bounds/plan.js'
import { parseAmplitudes } from '../../codes/model/amplitudes.js'
import { IDEAL, type ModelDescription } from '../../codes/model/description.js'

/** Where these numbers are kept, from the folder of the package. */
export const recordedPath = 'src/testing/reference/recorded-numbers.json'

/** Numbers by what they are of. */
export type Numbers = Readonly<Record<string, number | null>>

/** To nine digits; what is no number is left out. */
function numbersOf(entries: Iterable<readonly [string, unknown]>): Numbers {
  const numbers: Record<string, number | null> = {}
  for (const [name, value] of entries) {
    if (typeof value === 'number') numbers[name] = Number(value.toPrecision(9))
    if (value === null) numbers[name] = null
  }
  return numbers
}

function* rowsOf({
  bounds,
}: {
  readonly bounds: readonly {
    readonly id: string
    readonly dimension: number | null
    readonly interval?: readonly [number, number]
  }[]
}): Generator<readonly [string, unknown]> {
  for (const { id, dimension, interval } of bounds) {
    yield [id, dimension]
    yield [`${id}, at most`, interval?.[1]]
  }
}

const ideal = (N: number, k: number, p: number) => () => numbersOf(rowsOf(plan({ N, k, p })))

const coupled = (dictionary: `coupled:${string}`, N: number, k: number) => () =>
  numbersOf(rowsOf(coupledPlan({ N, k, p: 0.01, model: { ...IDEAL, dictionary } })!))

/** The laws of a model, and what is read of d dimensions. */
const general = (model: Partial<ModelDescription>, N: number, k: number, d: number) => () => {
  const found = generalPlan({ N, k, p: 0.01, model: { ...IDEAL, ...model } }, d)
  const { readers, ...reading } = found.reading!
  const read = readers.flatMap(({ decoder, ...numbers }) =>
    Object.entries(numbers).map(([name, value]) => [`${decoder}: ${name}`, value] as const),
  )
  return numbersOf([['H', found.entropyBits], ...rowsOf(found), ...read, ...Object.entries(reading)])
}

const problemOf = (model: Partial<ModelDescription>, N: number, k: number) =>
  modelProblem({ ...IDEAL, ...model }, N, k)

/** One scalar channel: its errors, bits and bars. */
const channel = (amplitudes: string, tau: number) => () => {
  const { missRate, falsePositiveRate, barAt, slopes, mmse, activityBits, amplitudeBits } = scalarChannel(
    parseAmplitudes(amplitudes),
    tau,
    [0.01, 0.3],
  )
  return numbersOf([
    ['missed', missRate(0.4)],
    ['false positives', falsePositiveRate(0.4)],
    ...[-3, 0, 6].map((x) => [`bar at ${x}`, barAt(x)] as const),
    ...Object.entries(slopes(0.7)),
    ['mmse at 0.01', mmse(0.01)],
    ['mmse at 0.3', mmse(0.3)],
    ['bits at 0.05', activityBits(0.05)],
    ['amplitude bits', amplitudeBits],
  ])
}

/** Every way of reading separate codewords. */
const readings = (model: Partial<ModelDescription>, N: number, k: number, tau: number) => () => {
  const reader = evolution(problemOf(model, N, k)).reader(tau)
  const { topK, mostLikely, map, bestF1 } = reader
  const read = Object.entries({ topK, mostLikely, map, bestF1 }).flatMap(([how, by]) =>
    Object.entries(by()).map(([name, value]) => [`${how}: ${name}`, value] as const),
  )
  return numbersOf([
    ...read,
    ['H', reader.entropyBits],
    ['soft', reader.softBits()],
    ['error', reader.error()],
    ['all', reader.bitsOfAll()],
  ])
}

/** Where AMP and the ideal reader come to rest, and from which dimension on they rest lower. */
const rests = (model: Partial<ModelDescription>, N: number, k: number, d: number) => () => {
  const curve = evolution(problemOf(model, N, k))
  const { amp, ampDimension, ideal, idealDimension } = curve
  return numbersOf([
    ...[d / 2, d, 2 * d].map((d) => [`amp ${d}`, amp(d)] as const),
    ...[0.1, 0.4].map((tau) => [`amp to ${tau}`, ampDimension(tau)] as const),
    ...[d / 2, d].flatMap((d) =>
      Object.entries(ideal(d)).map(([name, x]) => [`ideal ${d}: ${name}`, x] as const),
    ),
    ['ideal to 0.2', idealDimension(0.2)],
    ['half', noiseAt(curve, 0.5)],
    ['most', noiseAt(curve, 0.95)],
  ])
}

const fixedBars = (model: Partial<ModelDescription>, N: number, k: number, d: number) => () => {
  const problem = problemOf(model, N, k)
  const best = Object.entries(bestFixedBar(problem, d))
  return numbersOf([
    ...Object.entries(fixedBar(problem, d, 0.6)),
    ...best.map(([name, value]) => [`best ${name}`, value] as const),
  ])
}

/** What a coordinate tells, and what amplitudes take of it. */
const bits = (model: Partial<ModelDescription>, N: number, k: number) => () => {
  const problem = problemOf(model, N, k)
  return numbersOf([
    ['a coordinate', bitsPerDimension(problem)],
    ['amplitudes at 2', amplitudesCost(problem, 2)],
    ['amplitudes at 40', amplitudesCost(problem, 40)],
    ['dimension', problem.noise > 0 ? costDimension(problem, 20) : null],
    ['top-k', topKBitsPerDimension(k, problem.noise)],
  ])
}

/**
 * What the bounds say today at a few settings that between them go through all of them: plans, and of the general
 * model their parts as well, small enough to take next to no time.
 */
export const recordedNumbers: Readonly<Record<string, () => Numbers>> = {
  ...Object.fromEntries(
    [
      'constant',
      'half-normal',
      'exponential',
      'lognormal:0.5',
      'lognormal:1.5',
      'uniform:0.7',
      'uniform:1',
    ].flatMap((law) =>
      [0.08, 0.6].map((tau) => [`channel: ${law} at τ = ${tau}`, channel(law, tau)] as const),
    ),
  ),
  'readings: 3 of 64, amplitudes 1': readings({}, 64, 3, 0.3),
  'readings: some 3 of 64, exponential': readings(
    { amplitudes: 'exponential', active: 'bernoulli' },
    64,
    3,
    0.2,
  ),
  'readings: zipf:1, 4 of 100': readings({ active: 'zipf:1' }, 100, 4, 0.4),
  'readings: 5 of 10^6, a whisper': readings({}, 1e6, 5, 3),
  'rests: amplitudes 1, 10 % noise': rests({ noise: 0.1 }, 256, 4, 24),
  'rests: amplitudes 1, 0.1 % noise, a jump': rests({ noise: 0.001 }, 4096, 24, 90),
  'rests: zipf:1, 20 % noise': rests({ noise: 0.2, active: 'zipf:1' }, 60, 3, 20),
  'fixed bars: half-normal': fixedBars({ noise: 0.1, amplitudes: 'half-normal' }, 64, 3, 30),
  'fixed bars: some 3, amplitudes 1': fixedBars({ active: 'bernoulli' }, 64, 3, 30),
  'fixed bars: uniform without noise': fixedBars({ amplitudes: 'uniform:0.5' }, 64, 4, 30),
  'bits: 3 signs, no noise': bits({}, 64, 3),
  'bits: 3 signs, 10 % noise': bits({ noise: 0.1 }, 64, 3),
  'bits: 3 signs, hardly any noise': bits({ noise: 2e-5 }, 64, 3),
  'bits: some 3 signs, 30 % noise': bits({ noise: 0.3, active: 'bernoulli' }, 64, 3),
  'bits: zipf:1, no noise': bits({ active: 'zipf:1' }, 64, 3),
  'bits: zipf:1, half-normal, 20 % noise': bits(
    { noise: 0.2, active: 'zipf:1', amplitudes: 'half-normal' },
    64,
    3,
  ),
  'bits: exponential, 20 % noise': bits({ noise: 0.2, amplitudes: 'exponential' }, 64, 3),
  'bits: heavy tails': bits({ noise: 0.2, amplitudes: 'lognormal:1' }, 64, 3),
  'bits: light tails': bits({ noise: 0.2, amplitudes: 'lognormal:0.7' }, 64, 2),
  'bits: on the sphere': bits({ noise: 0.2, amplitudes: 'uniform:1', dictionary: 'sphere' }, 64, 3),
  'N = 2^20, k = 28': ideal(2 ** 20, 28, 0.01),
  'N = 2^12, k = 3, p = 0.2': ideal(2 ** 12, 3, 0.2),
  'N = 64, k = 20, p = 0.6': ideal(64, 20, 0.6),
  'N = 300, k = 299': ideal(300, 299, 0.1),
  'N = 2^16, k = 100': ideal(2 ** 16, 100, 0.001),
  'amplitudes 1': general({}, 1024, 16, 100),
  'zipf:1, 20 % noise': general({ noise: 0.2, active: 'zipf:1' }, 40, 3, 20),
  'on the sphere, 30 % noise': general({ noise: 0.3, dictionary: 'sphere' }, 100, 16, 60),
  'coupled:2/2/3': coupled('coupled:2/2/3', 64, 6),
}
