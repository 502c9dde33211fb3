import { expect, test } from 'vitest'
import { evolution } from '../../bounds/general/evolution.js'
import { modelProblem } from '../../bounds/general/model-problem.js'
import { IDEAL } from '../../codes/model/description.js'
import { modelOf } from '../../codes/model/general.js'
import { drawTrial } from '../../codes/trial.js'
import { builtInDecoder, generalOf } from '../../decoders/built-in.js'
import { generalSampler } from '../conditional/general/general-sampler.js'
import { genieHits } from '../conditional/general/genie-reads.js'
import { recoveryOf } from '../trials/recovery.js'
import { controlledRecall } from './controlled-recall.js'
import { recoveryMetrics } from './recovery-metrics.js'

const shape = { N: 4096, k: 16, d: 128 }
const model = { ...IDEAL, noise: 0.1, amplitudes: 'half-normal' }
const problem = modelProblem(model, shape.N, shape.k)
const { reader } = evolution(problem)
const oneStep = reader(Math.sqrt(problem.energy / shape.d))
const width = ([low, high]: readonly [number, number]) => high - low
const sampler = generalSampler(generalOf('top-k'), model)

test('visibility explains most of recall: the interval is a fraction, about the same mean', async () => {
  const many = await sampler.run(shape, '1', 0, 800)
  const truth = controlledRecall(sampler, shape, '1', many.counts!, oneStep, 0.999).recall.interval
  let inside = 0
  for (let run = 0; run < 10; run++) {
    const seed = `run ${run}`
    const { counts } = await sampler.run(shape, seed, 0, 40)
    const { interval } = controlledRecall(sampler, shape, seed, counts!, oneStep, 0.95).recall
    const plain = recoveryMetrics(shape, counts!, 0.95, model).recall
    expect(width(interval)).toBeLessThan(0.5 * width(plain.interval))
    if (interval[0] <= truth[1] && interval[1] >= truth[0]) inside++
  }
  expect(inside).toBeGreaterThanOrEqual(8)
})

test('amplitudes of whole dictionaries are those of the trials', async () => {
  const drawn = modelOf(model)
  const small = { N: 256, k: 16, d: 512 }
  const own = modelProblem(model, small.N, small.k)
  const law = evolution(own).reader(Math.sqrt(own.energy / small.d))
  const whole = { ...sampler, method: 'simulation' } as const
  const hits = Float64Array.from({ length: 100 }, (_, t) => {
    const { problem: asked, subset } = drawTrial(small, '1', t, undefined, drawn)
    return recoveryOf(subset, [...(builtInDecoder('top-k')!.decode(asked) as number[])]).hits
  })
  const found = controlledRecall(whole, small, '1', { hits }, law, 0.95)
  // Amplitudes of other trials would explain nothing.
  const other = controlledRecall(whole, small, '2', { hits }, law, 0.95)
  expect(width(found.recall.interval)).toBeLessThan(0.85 * width(other.recall.interval))
  expect(found.bitsRead.value).toBeGreaterThan(found.bitsRead.interval[0])
})

test('codes that are all read alike have a rigorous interval, and answers of any size are refused', () => {
  const hits = new Float64Array(10).fill(shape.k)
  const { recall } = controlledRecall(sampler, shape, '1', { hits }, oneStep, 0.95)
  expect(recall.value).toBe(1)
  expect(recall.interval[0]).toBeCloseTo(0.025 ** 0.1, 9)
  expect(() =>
    controlledRecall({ ...sampler, sizeVaries: true }, shape, '1', { hits }, oneStep, 0.95),
  ).toThrow('recall is controlled where k of exactly k are named')
})

test('the genie drawn is the genie of the law', () => {
  const genie = reader(Math.sqrt(problem.noiseEnergy / shape.d))
  const hits = Float64Array.from({ length: 400 }, (_, t) => genieHits(model, shape, '1', t))
  const { recall } = controlledRecall(sampler, shape, '1', { hits }, genie, 0.999)
  expect(width(recall.interval)).toBeLessThan(0.02)
  // A subset of 16 gives a codeword away by half a point.
  expect(recall.interval[0] - 0.006).toBeLessThan(genie.mostLikely().recall)
  expect(recall.interval[1]).toBeGreaterThan(genie.mostLikely().recall)
})
