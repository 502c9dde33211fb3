import fc from 'fast-check'
import { expect, test } from 'vitest'
import { drawInstance } from './arbitraries/instance.js'
import { instance } from './arbitraries/instances.js'
import { regime } from './arbitraries/regime.js'
import { dictionary, problem, subset, trial } from './arbitraries/trial.js'
import { entropyBits } from './bounds/entropy.js'
import { plan } from './bounds/plan.js'
import { babel } from './certificates/babel.js'
import { coherence } from './certificates/coherence.js'
import { exactRecovery } from './certificates/exact-recovery.js'
import { fuchs } from './certificates/fuchs.js'
import { interference, minimiseInterference } from './certificates/interference.js'
import { nullSpaceConstant } from './certificates/null-space.js'
import { restrictedIsometry } from './certificates/restricted-isometry.js'
import { spark } from './certificates/spark.js'
import { uniformThreshold } from './certificates/uniform-threshold.js'
import { gaussianDictionary, givenDictionary } from './codes/dense.js'
import { drawCodewords, fitDimension } from './codes/ensembles/ensembles.js'
import { tightFrame } from './codes/ensembles/tight-frame.js'
import { dictionaryOfSigns, rademacherDictionary } from './codes/rademacher.js'
import { randomSubset } from './codes/subset.js'
import { drawTrial } from './codes/trial.js'
import { topK } from './decoders/one-step/top-k.js'
import { stream } from './random/stream.js'
import { measureBy } from './success/estimation/measure-dimension.js'
import { rateBy } from './success/estimation/success-rate.js'
import { simulationSampler } from './success/trials/simulation-sampler.js'
import { rejection } from './testing/refusal.js'

const F = gaussianDictionary(6, 4, [1, 2])
const signs = rademacherDictionary(6, 4, [1, 2])
const shape = { N: 64, k: 2, d: 30 }
const rows = [[1, -1]]
const sampler = simulationSampler(topK())
const random = stream('arguments')
const range = { min: 2, max: 5 }

/**
 * Calls of the library with arguments that are right: each argument in turn, and each entry of one that is an object,
 * is then spoilt.
 */
const calls: Record<string, readonly [call: (...args: never[]) => unknown, ...args: unknown[]]> = {
  rademacherDictionary: [rademacherDictionary, 6, 4, [1, 2]],
  gaussianDictionary: [gaussianDictionary, 6, 4, [1, 2]],
  givenDictionary: [givenDictionary, rows],
  dictionaryOfSigns: [dictionaryOfSigns, rows],
  'a codeword': [(i: number) => F.codeword(i), 2],
  'a codeword of signs': [(i: number) => signs.codeword(i), 2],
  'a superposition': [(i: number) => F.superpose([i]), 2],
  'a superposition of signs': [(i: number) => signs.superpose([i]), 2],
  'a combination': [(i: number) => F.combine([i], [1]), 2],
  'a combination of signs': [(i: number) => signs.combine([i], [1]), 2],
  'a prefix': [(d: number) => signs.prefix(d), 2],
  randomSubset: [(N: number, k: number) => randomSubset(N, k, random), 6, 2],
  drawTrial: [drawTrial, shape, 'seed', 3],
  tightFrame: [tightFrame, 6, 4],
  fitDimension: [fitDimension, 'gaussian', 6, 4],
  drawCodewords: [(...args: [never, number, number]) => drawCodewords(...args, random), 'gaussian', 6, 4],
  babel: [babel, F, 2],
  coherence: [coherence, F],
  exactRecovery: [exactRecovery, F, [0, 3]],
  fuchs: [fuchs, F, [0, 3], true],
  interference: [interference, F],
  minimiseInterference: [minimiseInterference, F, { tolerance: 0.1, limit: 3 }],
  nullSpaceConstant: [nullSpaceConstant, F, 2, 1000],
  restrictedIsometry: [restrictedIsometry, F, 2, 1000],
  spark: [spark, F, 1000],
  uniformThreshold: [uniformThreshold, F, 2],
  drawInstance: [drawInstance, { ...shape, codewords: 'gaussian', trial: 3 }, 'seed'],
  instance: [instance, { N: range, k: 2, d: range, codewords: ['gaussian'] }],
  trial: [trial, { N: range, k: 2, d: range, codewords: ['gaussian'], seed: 'seed' }],
  problem: [problem, { N: 4, k: range, d: range, codewords: ['gaussian'], seed: 'seed' }],
  dictionary: [dictionary, { N: range, d: 2, codewords: ['gaussian'], seed: 'seed' }],
  subset: [subset, { N: range, k: 2, seed: 'seed' }],
  regime: [regime, { N: range, k: 2, spread: 1.5, transition: 'top-k' }],
  entropyBits: [entropyBits, 6, 2],
  plan: [plan, { N: 64, k: 2, p: 0.1 }],
  successRate: [
    (options: never) => rateBy(sampler, options),
    { ...shape, trials: 2, seed: 'a', from: 0, confidence: 0.9, controlVariates: false, onTrials: () => {} },
  ],
  measure: [
    (options: never) => measureBy(sampler, options),
    { N: 64, k: 2, target: 0.5, precision: 0.9, confidence: 0.5, seed: 'a', onProgress: () => {} },
  ],
  'the sampler of successRate': [
    ({ given }: { given: never }) => rateBy(given, { ...shape, trials: 1 }),
    { given: sampler },
  ],
  'the sampler of measure': [
    ({ given }: { given: never }) => measureBy(given, { N: 64, k: 2, precision: 0.9, confidence: 0.5 }),
    { given: sampler },
  ],
}

/** Every argument, of those that are plain objects every entry, by name, and the arguments with another value there. */
const places = (args: readonly unknown[]) =>
  args.flatMap((arg, at) =>
    Object.getPrototypeOf(arg) === Object.prototype
      ? Object.entries(arg as object).map(([name, value]) => ({
          name,
          value: value as unknown,
          spoilt: (other: unknown) => args.with(at, { ...(arg as object), [name]: other }),
        }))
      : [{ name: `argument ${at}`, value: arg, spoilt: (other: unknown) => args.with(at, other) }],
  )

/** A value that is wrong wherever this one is right. */
const wrongFor = (right: unknown): fc.Arbitrary<unknown> => {
  const others = [null, 'no such word', '', ['1'], {}, () => 0, true, 5n, Symbol('no'), 1.5, '1'].filter(
    (other) => typeof other !== typeof right || (typeof right === 'object' && right !== null),
  )
  if (typeof right === 'number') others.push(Number.NaN, -1, -Infinity, [], [right], String(right))
  if (right === 'top-k') return fc.constantFrom(null, 'topk', '', [], {}, 1, 1n)
  if (typeof right === 'boolean') others.push(0, 1, 'true')
  return fc.constantFrom(...others)
}

test.each(Object.keys(calls))(
  '%s refuses arguments of a wrong type or out of range in one line',
  async (name) => {
    const [call, ...args] = calls[name]
    expect(await rejection(() => call(...(args as never[])))).toBe('taken')
    for (const { name: place, value, spoilt } of places(args)) {
      await fc.assert(
        fc.asyncProperty(wrongFor(value), async (wrong) => {
          fc.pre(
            !(place === 'seed' && typeof wrong === 'string') && !(hasRanges.includes(name) && isEmpty(wrong)),
          )
          const said = await rejection(() => call(...(spoilt(wrong) as never[])))
          expect(said, `${place}: ${fc.stringify(wrong)}`).toMatch(/ must | is not in | takes |the limit is /)
        }),
        { seed: 1, numRuns: 30 },
      )
    }
  },
)

/** A range without bounds is one, the usual. */
const hasRanges = ['instance', 'trial', 'problem', 'dictionary', 'subset', 'regime']
const isEmpty = (value: unknown) => fc.stringify(value) === '{}'

test('the messages say what is wrong and what would be right', async () => {
  expect(await rejection(() => plan({ N: '1024' as never, k: 2 }))).toBe(
    "N must be a number, not the string '1024'",
  )
  expect(await rejection(() => measureBy(sampler, { N: '1024' as never, k: 2 }))).toBe(
    "N must be a number, not the string '1024'",
  )
  expect(await rejection(() => fuchs(F, [1, 1]))).toBe('the subset holds 1 twice')
  expect(await rejection(() => exactRecovery(F, [0, 6]))).toBe(
    'entry 1 of the subset must be an integer from 0 to 5, not 6',
  )
  expect(await rejection(() => interference(gaussianDictionary(1, 2, [1, 2])))).toBe(
    'the number of codewords must be an integer ≥ 2, not 1',
  )
  expect(plan({ N: 64, k: 2 })).toEqual(plan({ N: 64, k: 2, p: 0.01 }))
})
