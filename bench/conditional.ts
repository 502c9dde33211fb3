import { rademacherArena } from '../src/codes/rademacher.js'
import { drawTrial, type Shape } from '../src/codes/trial.js'
import { builtInDecoder, conditionalOf } from '../src/decoders/built-in.js'
import { type Control, controlledMean } from '../src/statistics/control-variates.js'
import { addMoment, noMoments } from '../src/statistics/moments.js'
import { conditionalTrial, trialMembers } from '../src/success/conditional/conditional-sampler.js'
import { controlsFor } from '../src/success/conditional/success-controls.js'
import { type BenchResult, time } from './timing.js'

/** The reference point, at the d50 of each decoder. */
const points: [string, Shape][] = [
  ['top-k', { N: 2 ** 20, k: 28, d: 1283 }],
  ['matching-pursuit', { N: 2 ** 20, k: 28, d: 409 }],
]
const TRIALS = 400
/** Codes read in one pass over the dictionary: the fastest a decode gets. */
const BATCH = 8

/**
 * What the conditional method saves, one thread against one thread: the time of 1,000 trials by simulation, and of
 * their decodes alone, over that of as many conditional trials as give the same standard error.
 */
export function conditionalFigures(): BenchResult[] {
  return [...points.flatMap(([name, shape]) => savings(name, shape)), ...costByN()]
}

function savings(name: string, shape: Shape): BenchResult[] {
  const { rule } = conditionalOf(name)
  let moments = noMoments
  for (let t = 0; t < TRIALS; t++) moments = addMoment(moments, conditionalTrial(rule, shape, 'bench', t))
  const { count, mean, m2 } = moments
  // Trials of the one kind that are worth one of the other.
  const worth = (mean * (1 - mean)) / (m2 / (count - 1))

  const arena = rademacherArena()
  const decoder = builtInDecoder(name)!
  const { problem } = drawTrial(shape, 'bench', 0, arena)
  const codes = Array.from({ length: BATCH }, () => problem.code)
  const once = { minSamples: 3, maxTime: 0.1 }
  const decode = (batch: Float64Array[]) =>
    time(() => decoder.decodeMany!(problem.dictionary, batch, shape.k), once).seconds / batch.length
  const single = decode(codes.slice(0, 1))
  const batched = decode(codes)
  const draw = time(() => drawTrial(shape, 'bench', 0, arena), once).seconds
  let trial = 0
  const conditional = time(() => conditionalTrial(rule, shape, 'bench', trial++ % TRIALS))
  const at = `N = 2^20, k = ${shape.k}, d = ${shape.d}`
  const per = conditional.seconds / worth
  return [
    {
      id: `conditional-${name}`,
      what: `conditional trial of ${name}, ${at}`,
      value: conditional.seconds * 1e3,
      unit: 'ms',
      margin: conditional.margin,
    },
    { id: `conditional-worth-${name}`, what: 'decodes that a trial is worth', value: worth, unit: '' },
    {
      id: `conditional-saving-${name}`,
      what: `simulated trials (dictionary and ${name}) / conditional trials of the same standard error`,
      value: (draw + single) / per,
      unit: '×',
      bar: { atLeast: 1000 },
    },
    {
      id: `conditional-saving-decodes-${name}`,
      what: 'decodes alone, eight codes a pass over one dictionary / conditional trials of the same standard error',
      value: batched / per,
      unit: '×',
    },
    ...controlledSaving(name, shape, worth, batched),
  ]
}

/** The same where the rate has control variates: they take time, and most of the variance. */
function controlledSaving(name: string, shape: Shape, worth: number, batched: number): BenchResult[] {
  const failing = conditionalOf(name).failing
  if (!failing) return []
  const { rule } = conditionalOf(name)
  const controls = controlsFor(failing, shape)!
  const trials = 5 * TRIALS
  const start = performance.now()
  const values = Array.from({ length: trials }, (_, t) => conditionalTrial(rule, shape, 'bench', t))
  for (let t = 0; t < trials; t++) controls.add(trialMembers(shape, 'bench', t))
  const seconds = (performance.now() - start) / 1000 / trials
  const rate = values.reduce((sum, value) => sum + value, 0) / trials
  const width = (used: Control[]) => {
    const [low, high] = controlledMean(values, used, 0.99).interval
    return high - low
  }
  const left = (width(controls.all(rate)) / width([])) ** 2
  return [
    {
      id: `conditional-left-${name}`,
      what: 'variance of a rate with control variates / without, by the intervals',
      value: left,
      unit: '',
    },
    {
      id: `conditional-saving-controlled-${name}`,
      what: 'decodes alone, eight codes a pass / trials with control variates of the same standard error',
      value: (batched * worth) / left / seconds,
      unit: '×',
      bar: { atLeast: 1000 },
    },
  ]
}

/** Time at N = 2^60 over that at N = 2^10, of the same trials in turn. */
function costByN(): BenchResult[] {
  return points.map(([name, { k, d }]) => {
    const { rule } = conditionalOf(name)
    const cost = (N: number) => {
      const start = performance.now()
      for (let t = 0; t < 20; t++) conditionalTrial(rule, { N, k, d }, 'bench', t)
      return performance.now() - start
    }
    const ratios = Array.from({ length: 15 }, () => cost(2 ** 60) / cost(2 ** 10)).sort((a, b) => a - b)
    return {
      id: `conditional-by-N-${name}`,
      what: `conditional trial of ${name} at N = 2^60 / at N = 2^10, k = ${k}, d = ${d}`,
      value: ratios[7],
      unit: '×',
      bar: { atMost: 1.2 },
    }
  })
}
