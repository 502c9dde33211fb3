import { expect, test } from 'vitest'
import { stream } from '../../random/stream.js'
import { rademacherArena } from '../rademacher.js'
import { builtTrial, drawTrial } from '../trial.js'
import { drawActive, parseActivity, ratesOf } from './activity.js'
import { drawAmplitude, parseAmplitudes } from './amplitudes.js'
import { IDEAL, type ModelDescription } from './description.js'
import { modelOf } from './general.js'

const arena = rademacherArena()
const shape = { N: 64, k: 5, d: 40 }
const general: ModelDescription = { ...IDEAL, noise: 0.2, amplitudes: 'exponential', active: 'bernoulli' }

test('the default model draws the trials of the paper, bit for bit', () => {
  const plain = drawTrial(shape, 's', 3)
  const { problem, subset } = drawTrial(shape, 's', 3, arena, modelOf(IDEAL))
  expect(subset).toEqual(plain.subset)
  expect(problem.code).toEqual(plain.problem.code)
  expect(problem.model).toBeUndefined()
})

test('amplitudes alone leave subset, dictionary and randomness as they are', () => {
  const plain = drawTrial(shape, 's', 3)
  const trial = drawTrial(shape, 's', 3, rademacherArena(), modelOf({ ...IDEAL, amplitudes: 'half-normal' }))
  expect(trial.subset).toEqual(plain.subset)
  expect(trial.problem.random()).toBe(plain.problem.random())
  expect(trial.problem.dictionary.codeword(7)).toEqual(plain.problem.dictionary.codeword(7))
  expect(trial.problem.model).toMatchObject({ noise: 0, noiseVariance: 0, amplitudes: 'half-normal' })
})

test('a smaller dimension keeps the signs and the noise, up to their scales', () => {
  const at = (d: number) => builtTrial(modelOf(general).draw({ ...shape, d }, 's', 1), arena)
  const [small, large] = [at(20), at(80)].map(({ subset, problem }) => ({
    subset,
    code: problem.code.slice(),
  }))
  expect(small.subset).toEqual(large.subset)
  small.code.forEach((entry, j) => {
    expect(entry * Math.sqrt(20)).toBeCloseTo(large.code[j] * Math.sqrt(80), 9)
  })
})

test('noise has the share of the energy that it was given', () => {
  let [noise, whole] = [0, 0]
  for (let t = 0; t < 400; t++) {
    const draw = modelOf({ ...general, dictionary: 'sphere' }).draw(shape, 's', t)
    const clean = modelOf({ ...general, dictionary: 'sphere', noise: 0 })
      .draw(shape, 's', t)
      .code()
    draw.code().forEach((entry, j) => {
      noise += (entry - clean[j]) ** 2
      whole += entry ** 2
    })
  }
  // Its standard deviation over seeds is 0.008.
  expect(Math.abs(noise / whole - 0.2)).toBeLessThan(0.04)
})

test.each(['constant', 'half-normal', 'exponential', 'lognormal:0.5', 'uniform:0.7'])(
  '%s amplitudes: E a² = 1',
  (text) => {
    const law = parseAmplitudes(text)
    const steps = 20_000
    let [sum, drawn] = [0, 0]
    const { uniform } = stream('amplitudes', text)
    for (let i = 0; i < steps; i++) {
      sum += law.quantile((i + 0.5) / steps) ** 2
      drawn += drawAmplitude(law, uniform) ** 2
    }
    expect(sum / steps).toBeCloseTo(1, 2)
    expect(Math.abs(drawn / steps - 1)).toBeLessThan(0.1)
  },
)

test.each(['bernoulli', 'zipf:1', 'zipf:3'])(
  '%s: codewords are active as often as their rates say',
  (text) => {
    const [N, k, trials] = [100, 12, 1500]
    const law = parseActivity(text)
    const rates = ratesOf(law, N, k)
    const seen = new Float64Array(N)
    const random = stream('active', text)
    for (let t = 0; t < trials; t++) for (const i of drawActive(law, N, k, random)) seen[i]++
    let [sum, chiSquared] = [0, 0]
    for (let i = 0; i < N; i++) {
      const p = rates.of(i)
      sum += p
      chiSquared += (seen[i] - trials * p) ** 2 / (trials * p * (1 - p))
    }
    expect(sum).toBeCloseTo(k, 9)
    // About 100 ± 14: five deviations.
    expect(Math.abs(chiSquared - N)).toBeLessThan(70)
  },
)

test('rates add to k at sizes that nobody sums', () => {
  const law = parseActivity('zipf:0.5')
  const rates = ratesOf(law, 2 ** 40, 64)
  // Σ i^−½ is 2√N + ζ(½).
  expect(rates.scale * (2 * 2 ** 20 - 1.4603545088095868)).toBeCloseTo(64, 9)
})

test('what is no model is refused', () => {
  for (const text of ['lognormal:3', 'half-normal:2', 'uniform', 'gaussian', '']) {
    expect(() => parseAmplitudes(text)).toThrow(/amplitudes must be/)
  }
  for (const text of ['zipf', 'zipf:9', 'subset:1', 'poisson']) {
    expect(() => parseActivity(text)).toThrow(/active must be/)
  }
  for (const noise of [-0.1, 1, Number.NaN]) {
    expect(() => modelOf({ ...IDEAL, noise })).toThrow(/noise must be/)
  }
  expect(() => modelOf({ ...IDEAL, prepare: 'unit' })).toThrow(
    /prepare .* must be raw for rademacher, not 'unit'/,
  )
  expect(() => modelOf({ ...IDEAL, dictionary: 'gaussian' as never })).toThrow(/drawn codewords are/)
})
