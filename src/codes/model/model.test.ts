import { expect, test } from 'vitest'
import { InputError } from '../../io/input-error.js'
import { stream } from '../../random/stream.js'
import { rademacherArena } from '../rademacher.js'
import { builtTrial, drawTrial } from '../trial.js'
import { drawActive, parseActivity, ratesOf } from './activity.js'
import { drawAmplitude, parseAmplitudes } from './amplitudes.js'
import {
  checkModel,
  IDEAL,
  isIdeal,
  isNoiseless,
  type ModelDescription,
  modelId,
  noiseVariance,
} from './description.js'
import { modelOf, withNoise } from './general.js'
import { openModel } from './open-model.js'

const arena = rademacherArena()
const shape = { N: 64, k: 5, d: 40 }
const general: ModelDescription = { ...IDEAL, noise: 0.2, amplitudes: 'exponential', active: 'bernoulli' }

test('the default model draws the trials of the paper, bit for bit', () => {
  const plain = drawTrial(shape, 's', 3)
  const { problem, subset } = drawTrial(shape, 's', 3, arena, modelOf(IDEAL))
  expect(subset).toEqual(plain.subset)
  expect(problem.code).toEqual(plain.problem.code)
  expect(problem.model).toBeUndefined()
  expect(modelOf(IDEAL).draw(shape, 's', 3).code()).toEqual(plain.problem.code)
})

test('amplitudes alone leave subset, dictionary and randomness as they are', () => {
  const plain = drawTrial(shape, 's', 3)
  const trial = drawTrial(shape, 's', 3, rademacherArena(), modelOf({ ...IDEAL, amplitudes: 'half-normal' }))
  expect(trial.subset).toEqual(plain.subset)
  expect(trial.problem.random()).toBe(plain.problem.random())
  expect(trial.problem.dictionary.codeword(7)).toEqual(plain.problem.dictionary.codeword(7))
  expect(trial.problem.model).toMatchObject({ noise: 0, noiseVariance: 0, amplitudes: 'half-normal' })
  const { weights } = modelOf({ ...IDEAL, amplitudes: 'half-normal' }).draw(shape, 's', 3)
  expect(weights?.length).toBe(shape.k)
  expect(trial.weights).toEqual(weights)
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
  '%s amplitudes: E a² = 1, and E a⁴ is what it says',
  (text) => {
    const law = parseAmplitudes(text)
    const steps = 20_000
    let [sum, fourth, drawn] = [0, 0, 0]
    const { uniform } = stream('amplitudes', text)
    for (let i = 0; i < steps; i++) {
      sum += law.quantile((i + 0.5) / steps) ** 2
      fourth += law.quantile((i + 0.5) / steps) ** 4
      drawn += drawAmplitude(law, uniform) ** 2
    }
    expect(sum / steps).toBeCloseTo(1, 2)
    expect(fourth / steps / law.fourthMoment).toBeCloseTo(1, 1)
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

test('rates are those of what was asked, whatever was asked before', () => {
  const scaleOf = (s: number, N: number, k: number) => ratesOf(parseActivity(`zipf:${s}`), N, k).scale
  const first = scaleOf(1, 100, 5)
  for (const [s, N, k] of [
    [1, 100, 4],
    [1, 90, 4],
    [2, 90, 4],
  ] as const) {
    const scale = scaleOf(s, N, k)
    expect(scale).not.toBe(first)
    expect(scaleOf(1, 100, 5)).toBe(first)
    expect(scaleOf(s, N, k)).toBe(scale)
  }
  const kept = ratesOf(parseActivity('zipf:1'), 80, 4)
  expect(ratesOf(parseActivity('zipf:1'), 80, 4)).toBe(kept)
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

test('noise is finite at the least of uniform draws', () => {
  const noisy = withNoise(new Float64Array(2), 4, { ...stream('none'), uniform: () => 0 })
  expect(noisy[0]).toBeLessThan(-16)
  expect(noisy[1]).toBeGreaterThan(-18)
})

test('rates of zipf: the first at one half at most, then a power of the index, k in all', () => {
  for (const [s, N, k] of [
    [0.3, 20_000, 50],
    [1, 30_000, 12],
    [2.5, 10_000, 40],
    [4, 300, 150],
  ]) {
    const { of, level, scale } = ratesOf(parseActivity(`zipf:${s}`), N, k)
    let sum = 0
    for (let i = 0; i < N; i++) {
      sum += of(i)
      if (i > N - 10 || i < 10) expect(of(i)).toBe(Math.min(0.5, scale * (i + 1) ** -s))
    }
    expect(Math.abs(sum / k - 1)).toBeLessThan(1e-11)
    expect([of(level - 1), level === N || of(level) < 0.5]).toEqual([0.5, true])
  }
  expect(() => ratesOf(parseActivity('zipf:2'), 100, 51)).toThrow(
    new InputError('zipf:2 at N = 100 has k ≤ 50 active codewords on average, not 51'),
  )
  expect(ratesOf(parseActivity('bernoulli'), 8, 2)).toMatchObject({ level: 8, scale: 0.25 })
  for (const text of ['bernoulli', 'zipf:1'])
    expect(drawActive(parseActivity(text), 8, 0, stream('none'))).toEqual([])
})

test('laws are what their texts say, and a constant one draws nothing', () => {
  expect(['subset', 'bernoulli', 'zipf:0.50'].map(parseActivity)).toEqual([
    { text: 'subset', kind: 'subset', exponent: 0 },
    { text: 'bernoulli', kind: 'bernoulli', exponent: 0 },
    { text: 'zipf:0.5', kind: 'zipf', exponent: 0.5 },
  ])
  for (const text of ['zipf:0', 'zipf:4.1', 'zipf:', 'zipf: ', 'zipf:1:2', 'bernoulli:', 'subset:0'])
    expect(() => parseActivity(text), text).toThrow(InputError)
  expect(parseAmplitudes('half-normal')).toMatchObject({ text: 'half-normal', parameter: 0 })
  expect(parseAmplitudes('lognormal:2.0')).toMatchObject({ text: 'lognormal:2', parameter: 2 })
  for (const text of ['uniform:0', 'uniform:1.1', 'uniform: ', 'lognormal:1:1', 'constant:', 'exponential:1'])
    expect(() => parseAmplitudes(text), text).toThrow(InputError)
  const median = ['half-normal', 'exponential', 'lognormal:0.5', 'uniform:1'].map((text) =>
    parseAmplitudes(text).quantile(0.5),
  )
  expect(median).toEqual([0.6744897502, Math.LN2 / Math.SQRT2, Math.exp(-0.25), Math.sqrt(3) / 2].map(about))
  const drawsNothing = () => {
    throw new Error('drawn')
  }
  expect(drawAmplitude(parseAmplitudes('constant'), drawsNothing)).toBe(1)
  expect(drawAmplitude(parseAmplitudes('exponential'), () => 0)).toBeCloseTo(2 ** -54 / Math.SQRT2, 30)
})

const about = (x: number) => expect.closeTo(x, 9)

test('a model in one word, and what it says of itself', () => {
  const file = { file: 'W.npy', sha256: 'ab', tensor: 't', orientation: 'rows' } as const
  const ids = [
    {},
    { dictionary: 'sphere' },
    { noise: 0.1, amplitudes: 'half-normal', active: 'zipf:1' },
    { trials: 'capacity' },
    { dictionary: file, prepare: 'unit' },
  ].map((model) => modelId({ ...IDEAL, ...model } as ModelDescription))
  expect(ids).toEqual([
    'rademacher',
    'sphere',
    'rademacher,noise=0.1,amplitudes=half-normal,active=zipf:1',
    'rademacher,trials=capacity',
    'ab/t/rows/unit',
  ])
  const is = (test: (model: ModelDescription) => boolean) =>
    [{}, { dictionary: 'sphere' }, { trials: 'capacity' }, { noise: 0.1 }, { active: 'bernoulli' }].map(
      (model) => test({ ...IDEAL, ...model } as ModelDescription),
    )
  expect(is(isIdeal)).toEqual([true, false, false, false, false])
  expect(is(isNoiseless)).toEqual([true, true, true, false, false])
  expect(noiseVariance(0.2, { k: 6, d: 3 })).toBe(0.5)
  for (const [model, message] of [
    [{ dictionary: file, prepare: 'none' }, /prepare must be one of raw, unit/],
    [{ dictionary: 'sphere', trials: 'capacity' }, /not of sphere/],
  ] as const)
    expect(() => checkModel({ ...IDEAL, ...model } as ModelDescription)).toThrow(message)
})

test('over one dictionary of random signs, other trials have other subsets; another seed has other signs', async () => {
  const model = await openModel({ ...IDEAL, trials: 'capacity' })
  expect([model.given, model.id]).toEqual([true, 'rademacher,trials=capacity'])
  const at = (seed: string, trial: number, N = 64) => model.draw({ ...shape, N }, seed, trial)
  const [one, two, other, wider] = [at('s', 1), at('s', 2), at('t', 1), at('s', 1, 65)]
  const signs = ({ dictionary }: typeof one) => dictionary.build(arena)
  expect(signs(two)).toBe(signs(one))
  expect(two.subset).not.toEqual(one.subset)
  expect(signs(other).codeword(0)).not.toEqual(signs(one).codeword(0))
  expect(signs(wider).size).toBe(65)
  expect(one.code()).toEqual(signs(one).superpose(one.subset))
  expect(one.model).toBeUndefined()
  const noisy = (await openModel({ ...IDEAL, noise: 0.1, trials: 'capacity' })).draw(shape, 's', 1)
  expect(noisy.model).toMatchObject({ noise: 0.1 })
  expect(noisy.code()).not.toEqual(signs(noisy).superpose(noisy.subset))
  for (const more of [{ active: 'bernoulli' }, { amplitudes: 'exponential' }])
    expect(
      (await openModel({ ...IDEAL, ...more, trials: 'capacity' })).draw(shape, 's', 1).model,
    ).toMatchObject(more)
})
