import fc from 'fast-check'
import { expect, test } from 'vitest'
import { drawInstance } from '../arbitraries/instance.js'
import { instance } from '../arbitraries/instances.js'
import { codewordFamilies } from '../codes/ensembles/ensembles.js'
import type { Dictionary } from '../codes/problem.js'
import type { Shape } from '../codes/trial.js'
import { stream } from '../random/stream.js'
import { countingDictionary } from '../testing/counting-dictionary.js'
import { refusal } from '../testing/refusal.js'
import { builtInDecoders } from './built-in.js'
import { unexplained, withinReach } from './decode-report.js'
import { cosamp } from './greedy/cosamp.js'
import { generalisedOmp } from './greedy/generalised-omp.js'
import { iterativeHardThresholding } from './greedy/iterative-hard-thresholding.js'
import { subspacePursuit } from './greedy/subspace-pursuit.js'
import { bpdn, solveBpdn } from './lasso/bpdn.js'
import { fista } from './lasso/fista.js'
import { solveByGradient } from './lasso/gradient-path.js'

/** A step that knows no bar asks again with a lower one, a sixteenth of the scores at a time. */
const asked = ({ N }: Shape) => 2 + Math.ceil(Math.log2(N + 1) / 4)

/** Most vectors that a decode correlates with the whole dictionary, whatever the code. */
const passes: readonly [RegExp, (shape: Shape) => number][] = [
  [/threshold$|^top-k/, () => 1],
  [/^matching-pursuit/, ({ k }) => k],
  [/^orthogonal/, ({ k }) => 3 * k],
  // Finished pursuits go on to 0.8·d picks, and look again where the first is taken.
  [/^omp-finished|^ols/, ({ N, k, d }) => 3 * Math.max(k, Math.min(N, d))],
  [/^generalised/, (shape) => shape.k * asked(shape)],
  [/^cosamp|^subspace/, (shape) => 50 * asked(shape)],
  [/hard-thresholding/, (shape) => 200 * asked(shape)],
  // Each try that ends with little noise is completed by a pursuit of the members that it lacks.
  [/^certified-search/, ({ k }) => 400 * (3 + Math.ceil(k / 5))],
  [/^maximum-likelihood/, () => 0],
  [/^amp-bernoulli/, () => 101],
  [/^coupled-amp/, () => 400],
  [/^vamp/, () => 100],
  [/^basis-pursuit-admm/, () => 1000],
  [/^amp-soft/, () => 301],
  // λ is halved some 60 times at most, and every codeword joins once with either sign.
  [/^bpdn/, ({ N }) => 64 + 2 * N],
  [/^f?ista/, () => 500],
  [/^lista/, () => 20],
]

const decoders = [
  ...builtInDecoders,
  generalisedOmp({ by: 'magnitude' }),
  cosamp({ by: 'magnitude' }),
  subspacePursuit({ by: 'magnitude' }),
  iterativeHardThresholding({ step: 'normalised', by: 'magnitude' }),
  bpdn({ solver: 'coordinate-descent', range: 'unit' }),
  fista({ range: 'unit', homotopy: false }),
]

const exponent = fc.oneof(fc.integer({ min: -323, max: 300 }), fc.integer({ min: -3, max: 3 }))

/** Makes a code of extremes out of that of a subset. */
const extremes = fc.oneof(
  fc.constant('the code itself'),
  fc.constant('zero'),
  exponent.map((e) => ({ scaled: e })),
  exponent.map((e) => ({ random: e })),
  fc.constant('each entry of another size'),
  fc.constant('one entry of 1e300'),
  fc.constant('subnormal'),
)

function spoilt(code: Float64Array, how: unknown, seed: number): Float64Array {
  const random = stream('extreme', seed)
  const sized = (e: number) => (2 * random.uniform() - 1) * power(e)
  if (typeof how === 'object') {
    const { scaled, random: e } = how as { scaled?: number; random?: number }
    return code.map((entry) => (scaled === undefined ? sized(e!) : entry * power(scaled)))
  }
  if (how === 'zero') return code.map(() => 0)
  if (how === 'subnormal') return code.map(() => (random.integer(5) - 2) * Number.MIN_VALUE)
  if (how === 'one entry of 1e300') return code.with(random.integer(code.length), 1e300)
  if (how === 'each entry of another size') return code.map(() => sized(random.integer(620) - 320))
  return code
}

/** A half of the draws at the ends. */
const sparsity = fc.constantFrom<(at: Shape) => number>(
  ({ k }) => k,
  ({ k }) => k,
  () => 1,
  ({ N }) => N,
)

/** 10^e, down to the subnormal numbers. */
const power = (e: number) => Number(`1e${e}`)

/** Throws where a decode goes on and on. */
function limited(dictionary: Dictionary, most: number) {
  const counting = countingDictionary(dictionary)
  return new Proxy(counting, {
    get(target, name: keyof typeof counting) {
      if (target.passes > most) throw new Error(`more than ${most} passes`)
      return target[name]
    },
  })
}

test.each(decoders.map((decoder) => [decoder.name, decoder] as const))(
  '%s ends on every finite input within its passes, and answers with k distinct codewords',
  (name, decoder) => {
    const [, most] = passes.find(([names]) => names.test(name))!
    const instances = instance({ codewords: codewordFamilies, N: { max: 24 }, d: { max: 40 } })
    fc.assert(
      fc.property(instances, extremes, sparsity, (at, how, of) => {
        const { N, d } = at
        const k = of(at)
        fc.pre(!decoder.refuses?.({ N, k, d }))
        const { problem } = drawInstance({ ...at, k }, 'every input')
        const code = spoilt(problem.code, how, at.trial)
        const dictionary = limited(problem.dictionary, most({ N, k, d }))
        const { answer, residual, gap } = decoder.decodeWithReport({ ...problem, dictionary, code })
        expect(dictionary.passes).toBeLessThanOrEqual(most({ N, k, d }))
        expect(new Set(answer).size).toBe(answer.length)
        for (const i of answer) expect(Number.isInteger(i) && i >= 0 && i < N).toBe(true)
        if (!decoder.sizeVaries) expect(answer).toHaveLength(k)
        expect(residual).toBeGreaterThanOrEqual(0)
        expect(gap ?? 0).toBeGreaterThanOrEqual(0)
        // What cannot be explained is not said to be.
        if (residual === 0) expect(unexplained(problem.dictionary, code, answer)).toBe(0)
      }),
      { seed: 1, numRuns: 16 },
    )
  },
)

test('a code that no subset comes near is read on another scale, and is not said to be explained', () => {
  const code = Float64Array.of(3e299, -1e300)
  const read = withinReach(code, 2)
  expect(Math.abs(read[1])).toBeGreaterThan(2 ** 20)
  expect(Math.abs(read[1])).toBeLessThanOrEqual(2 ** 21)
  expect(read[0] / read[1]).toBe(-0.3)
  const usual = Float64Array.of(2 ** 21, 0)
  expect(withinReach(usual, 2)).toBe(usual)
  const dictionary = drawInstance({ N: 3, k: 1, d: 2, codewords: 'gaussian', trial: 0 }, '1').problem
    .dictionary
  expect(unexplained(dictionary, code, [0])).toBeCloseTo(1, 15)
  for (const solve of [
    solveBpdn,
    (...args: Parameters<typeof solveBpdn>) => solveByGradient(args[0], args[1], true),
  ])
    expect(refusal(() => solve(dictionary, [code]))).toMatch(
      /: entry 0 of the code must be at most .* in size/,
    )
})
