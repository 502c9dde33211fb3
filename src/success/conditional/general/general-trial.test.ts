import fc from 'fast-check'
import { expect, test } from 'vitest'
import { IDEAL, type ModelDescription } from '../../../codes/model/description.js'
import { modelOf } from '../../../codes/model/general.js'
import { dictionaryOfSigns, rademacherArena } from '../../../codes/rademacher.js'
import { drawTrial, type Shape } from '../../../codes/trial.js'
import { builtInDecoder, builtInDecoders, generalOf } from '../../../decoders/built-in.js'
import type { Reads } from '../../../decoders/member-rules/general/reads.js'
import { fastUniform } from '../../../random/fast-uniform.js'
import { addMoment, type Moments, noMoments } from '../../../statistics/moments.js'
import { inSuites } from '../../../testing/suites.js'
import { simulationSampler } from '../../trials/simulation-sampler.js'
import { conditionalSampler } from '../conditional-sampler.js'
import { drawGeneral } from './draw-general.js'
import { generalSampler } from './general-sampler.js'
import { readRevealing } from './general-trial.js'

const noisy = (amplitudes: string, noise: number, active = 'subset'): ModelDescription => ({
  ...IDEAL,
  amplitudes,
  noise,
  active,
})

const momentsOf = (values: ArrayLike<number>): Moments => Array.from(values).reduce(addMoment, noMoments)

/** |difference of means| over its standard error. */
function apart(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const [x, y] = [a, b].map(momentsOf)
  const error = (m: Moments) => m.m2 / (m.count - 1) / m.count
  return Math.abs(x.mean - y.mean) / Math.sqrt(error(x) + error(y) + 1e-12)
}

/** One of each way to read in the quick suite: a lattice or none, one bar or one for each rate, a step or many. */
const cells: [string, Shape, ModelDescription][] = [
  ['top-k', { N: 24, k: 5, d: 24 }, IDEAL],
  ['threshold', { N: 64, k: 3, d: 40 }, IDEAL],
  ['top-k', { N: 300, k: 6, d: 50 }, noisy('half-normal', 0.1)],
  ['top-k', { N: 40, k: 5, d: 20 }, noisy('lognormal:0.5', 0.05, 'zipf:1')],
  ['threshold', { N: 150, k: 6, d: 80 }, noisy('exponential', 0.2, 'bernoulli')],
  ['map-threshold', { N: 150, k: 8, d: 70 }, noisy('uniform:0.5', 0, 'subset')],
  ['map-threshold', { N: 100, k: 5, d: 60 }, noisy('constant', 0.1, 'zipf:1.5')],
  ['matching-pursuit', { N: 150, k: 4, d: 30 }, noisy('uniform:0.5', 0.05)],
  ['orthogonal-matching-pursuit', { N: 150, k: 4, d: 30 }, noisy('constant', 0, 'bernoulli')],
  ['generalised-omp', { N: 150, k: 6, d: 36 }, noisy('half-normal', 0.1)],
  ['cosamp', { N: 150, k: 4, d: 36 }, noisy('half-normal', 0.05)],
  ['map-threshold', { N: 64, k: 3, d: 40 }, IDEAL],
  ['top-k', { N: 300, k: 6, d: 50 }, noisy('constant', 0, 'bernoulli')],
  ['map-threshold', { N: 100, k: 6, d: 60 }, noisy('half-normal', 0.1, 'zipf:1')],
  ['matching-pursuit-projection', { N: 150, k: 4, d: 30 }, noisy('half-normal', 0.05, 'bernoulli')],
  ['orthogonal-matching-pursuit-magnitude', { N: 150, k: 4, d: 30 }, noisy('half-normal', 0.1)],
  ['subspace-pursuit', { N: 150, k: 4, d: 36 }, noisy('exponential', 0.05)],
  ['ols', { N: 150, k: 6, d: 24 }, noisy('half-normal', 0.05, 'bernoulli')],
]

for (const { cases, tags } of inSuites(cells, 11)) {
  test.each(cases)(
    '%s at %o, %o: as whole dictionaries, within 4.5 standard errors',
    { tags },
    async (name, shape, model) => {
      const decoder = builtInDecoder(name)!
      const simulated = await simulationSampler(decoder, modelOf(model)).run(shape, 's', 0, 150)
      const conditional = await generalSampler(generalOf(name), model).run(shape, 's', 0, 150)
      const [whole, given] = [simulated.counts!, conditional.counts!]
      expect(apart(simulated.values, conditional.values)).toBeLessThan(4.5)
      expect(apart(whole.hits, given.hits)).toBeLessThan(4.5)
      expect(apart(whole.falsePositives, given.falsePositives)).toBeLessThan(4.5)
      expect(apart(whole.active, given.active)).toBeLessThan(4.5)
      // Both have something to tell.
      expect(momentsOf(given.hits).m2).toBeGreaterThan(0)
      expect(momentsOf(given.falsePositives).m2).toBeGreaterThan(0)
    },
  )
}

test('under the paper’s model P(exact | members) is that of the conditional method, to the last bit', async () => {
  const shape = { N: 2 ** 30, k: 7, d: 300 }
  const seen = builtInDecoders.filter(({ general, conditional }) => general && conditional)
  expect(seen.length).toBeGreaterThan(5)
  for (const { name, conditional } of seen) {
    const d = name.includes('threshold') ? 700 : 300
    const plain = await conditionalSampler(name, conditional!).run({ ...shape, d }, '1', 0, 8)
    const { values } = await generalSampler(generalOf(name), IDEAL).run({ ...shape, d }, '1', 0, 8)
    expect(Array.from(values)).toEqual(Array.from(plain.values))
  }
})

test('reading in one step is the mean over dictionaries with the same members and noise', () => {
  const model = noisy('half-normal', 0.2)
  const property = fc.property(fc.nat(), fc.constantFrom('top-k', 'threshold'), (seed, name) => {
    const shape = { N: 30, k: 4, d: 23 }
    const decoder = builtInDecoder(name)!
    const draw = drawGeneral(model, shape, String(seed), 0)
    const expected = (decoder.general as (given: typeof draw) => Reads)(draw)
    const members = Array.from({ length: 4 }, (_, m) => {
      const row = new Float64Array(shape.d)
      draw.members.add(row, m, 1)
      return row
    })
    const uniform = fastUniform([seed, 5])
    const code = draw.code.map((entry) => entry / Math.sqrt(shape.d))
    const [hits, wrong, exact]: number[][] = [[], [], []]
    for (let i = 0; i < 400; i++) {
      const rest = Array.from({ length: 26 }, () =>
        Array.from({ length: shape.d }, () => (uniform() < 0.5 ? 1 : -1)),
      )
      const answer = decoder.decodeMany!(dictionaryOfSigns([...members, ...rest]), [code], 4)[0]
      const right = answer.filter((m) => m < 4).length
      hits.push(right)
      wrong.push(answer.length - right)
      exact.push(Number(right === 4 && answer.length === 4))
    }
    for (const [seenValues, mean] of [
      [hits, expected.hits],
      [wrong, expected.falsePositives],
      [exact, expected.exact],
    ] as const) {
      const { mean: average, m2 } = momentsOf(seenValues)
      expect(Math.abs(average - mean)).toBeLessThan(6 * Math.sqrt(m2 / 400 / 399) + 6 / 400)
    }
  })
  fc.assert(property, { seed: 1, numRuns: 3 })
})

/**
 * Which members a decode took, from the largest score down, and how many others. Members in the order of their scores:
 * what a decode comes to, without the names.
 */
const kindOf = (answer: readonly number[], memberOrder: readonly number[]): string => {
  const taken = memberOrder.map((m) => (answer.includes(m) ? 'x' : '-')).join('')
  return `${taken} ${answer.length - [...taken].filter((c) => c === 'x').length}`
}

/** Two-sample χ² over its degrees of freedom, in standard normal units (Wilson & Hilferty 1931). */
function chiSquareNormal(a: Map<string, number>, b: Map<string, number>): number {
  let [chi, cells] = [0, 0]
  for (const key of new Set([...a.keys(), ...b.keys()])) {
    const [x, y] = [a.get(key) ?? 0, b.get(key) ?? 0]
    if (x + y < 10) continue
    chi += (x - y) ** 2 / (x + y)
    cells++
  }
  expect(cells).toBeGreaterThan(5)
  const f = cells - 1
  return (Math.cbrt(chi / f) - 1 + 2 / (9 * f)) / Math.sqrt(2 / (9 * f))
}

const revealing: [string, Shape, ModelDescription, number][] = [
  ['orthogonal-matching-pursuit', { N: 300, k: 3, d: 14 }, noisy('half-normal', 0.05), 0],
  // The lattice, full of ties.
  ['matching-pursuit', { N: 300, k: 3, d: 15 }, IDEAL, 0],
  ['orthogonal-matching-pursuit', { N: 40, k: 3, d: 10 }, noisy('constant', 0, 'bernoulli'), 1024],
  // With picks the rank is of what is outside their span, a seventh of 14 dimensions each.
  ['ols', { N: 300, k: 3, d: 14 }, noisy('half-normal', 0.05), 0],
  ['matching-pursuit', { N: 300, k: 3, d: 14 }, noisy('constant', 0.02), 0],
  ['ols', { N: 300, k: 3, d: 15 }, IDEAL, 0],
  ['ols', { N: 40, k: 4, d: 10 }, noisy('constant', 0, 'bernoulli'), 1024],
]
for (const { cases, tags } of inSuites(revealing, 4)) {
  test.each(cases)(
    '%s at %o, %o: members taken and errors made, revealed and whole, by χ²',
    { tags },
    revealedAsWhole,
  )
}

function revealedAsWhole(name: string, shape: Shape, model: ModelDescription, atOnce: number): void {
  const decoder = builtInDecoder(name)!
  const trials = 1200
  const [whole, revealed] = [new Map<string, number>(), new Map<string, number>()]
  const add = (counts: Map<string, number>, kind: string) => counts.set(kind, (counts.get(kind) ?? 0) + 1)
  const arena = rademacherArena()
  const drawn = modelOf(model)
  for (let t = 0; t < trials; t++) {
    const { problem, subset } = drawTrial(shape, 'whole', t, arena, drawn)
    const answer = decoder.decodeMany!(problem.dictionary, [problem.code], shape.k)[0]
    const scores = problem.dictionary.correlate(problem.code)
    add(
      whole,
      kindOf(
        answer,
        [...subset].sort((a, b) => scores[b] - scores[a] || a - b),
      ),
    )
    const draw = drawGeneral(model, shape, 'revealed', t)
    add(revealed, revealedKind(name, draw, atOnce))
  }
  // Exceeded with probability 3e-6 by chance.
  expect(chiSquareNormal(whole, revealed)).toBeLessThan(4.5)
}

function revealedKind(name: string, draw: ReturnType<typeof drawGeneral>, atOnce: number): string {
  let kind = ''
  const decoder = builtInDecoder(name)!
  readRevealing(
    {
      ...decoder,
      decodeMany(dictionary, codes, k) {
        const answers = decoder.decodeMany!(dictionary, codes, k)
        const scores = new Map(memberIndices(dictionary).map((i, m) => [i, draw.scores[m]]))
        kind = kindOf(
          answers[0],
          [...scores.keys()].sort((a, b) => scores.get(b)! - scores.get(a)! || a - b),
        )
        return answers
      },
    },
    draw,
    draw.random,
    atOnce,
  )
  return kind
}

const memberIndices = (dictionary: object): readonly number[] =>
  (dictionary as { readonly members: readonly number[] }).members

test('the cost does not depend on N, and more codewords are only harder to read', async () => {
  const run = (name: string, N: number) =>
    generalSampler(generalOf(name), noisy('half-normal', 0.1)).run({ N, k: 8, d: 120 }, '1', 0, 12)
  for (const [name, N] of [
    ['top-k', 2 ** 50],
    ['orthogonal-matching-pursuit', 2 ** 50],
    ['ols', 2 ** 30],
  ] as const) {
    const few = await run(name, 2 ** 12)
    const many = await run(name, N)
    expect(momentsOf(many.counts!.hits).mean).toBeLessThan(momentsOf(few.counts!.hits).mean)
  }
})

test('what has no such rule is refused, with what has one', () => {
  expect(() => generalOf('amp-bernoulli')).toThrow(
    "'amp-bernoulli' has no conditional method for this model; threshold, top-k,",
  )
  expect(() => drawGeneral(noisy('no', 0), { N: 9, k: 2, d: 9 }, '1', 0)).toThrow('amplitudes must be')
})
