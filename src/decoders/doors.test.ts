import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { trial } from '../arbitraries/trial.js'
import { gaussianDictionary } from '../codes/dense.js'
import type { Problem } from '../codes/problem.js'
import { refusal } from '../testing/refusal.js'
import { ampBernoulli, ampSoft, finishedAmp } from './amp/amp.js'
import { finishedVamp, vamp } from './amp/vamp.js'
import { builtInDecoders } from './built-in.js'
import { certifiedSearch } from './certified-search/certified-search.js'
import { cosamp } from './greedy/cosamp.js'
import { generalisedOmp } from './greedy/generalised-omp.js'
import { iterativeHardThresholding } from './greedy/iterative-hard-thresholding.js'
import { matchingPursuit } from './greedy/matching-pursuit.js'
import { orthogonalLeastSquares } from './greedy/ols.js'
import { orthogonalMatchingPursuit } from './greedy/omp.js'
import { subspacePursuit } from './greedy/subspace-pursuit.js'
import { basisPursuitAdmm } from './lasso/admm.js'
import { bpdn, solveBpdn } from './lasso/bpdn.js'
import { fista } from './lasso/fista.js'
import { solveByGradient } from './lasso/gradient-path.js'
import { ista } from './lasso/ista.js'
import { lista } from './lista/lista.js'
import { maximumLikelihood } from './maximum-likelihood.js'
import { oneLayerEncoder } from './one-step/one-layer-encoder.js'
import { threshold } from './one-step/threshold.js'

describe('what is no problem is refused by every built-in decoder, in one line that says where', () => {
  /** Ways to spoil a problem, and what the message then says. */
  const spoil: Record<string, (problem: Problem, at: number) => [Partial<Problem>, RegExp]> = {
    'a NaN': ({ code }, at) => {
      const j = at % code.length
      return [
        { code: code.with(j, Number.NaN) },
        new RegExp(`: entry ${j} of the code .* finite .* not NaN$`),
      ]
    },
    'an infinite entry': ({ code }, at) => [
      { code: code.with(at % code.length, at % 2 ? Infinity : -Infinity) },
      /: entry \d+ of the code must be a finite number, not -?Infinity$/,
    ],
    'a code of another length': ({ code }, at) => {
      const length = at % (2 * code.length) === code.length ? 0 : at % (2 * code.length)
      return [{ code: new Float64Array(length) }, new RegExp(` d = ${code.length}, not ${length}$`)]
    },
    'a code that is no vector of doubles': ({ code }, at) => [
      { code: [undefined, null, [...code], Float32Array.from(code), '1'][at % 5] as unknown as Float64Array },
      /: the code must be a Float64Array of length d = \d+, not (undefined|null|a list|the string '1')$/,
    ],
    'k > N': ({ dictionary: { size: N } }, at) => [
      { k: N + 1 + (at % 9) },
      new RegExp(`: k must be an integer from 0 to ${N}, not ${N + 1 + (at % 9)}$`),
    ],
    'another k': (_, at) => [
      { k: [-1, 0.5, Number.NaN, Infinity][at % 4] },
      /: k must be an integer from 0 to \d+, not (-1|0.5|NaN|Infinity)$/,
    ],
    'k of another type': (_, at) => [
      { k: ['1', null, undefined, [1]][at % 4] as unknown as number },
      /: k must be a number, not (the string '1'|null|undefined|a list)$/,
    ],
    'no dictionary': (_, at) => [
      { dictionary: [undefined, null, {}][at % 3] as unknown as Problem['dictionary'] },
      /: the dictionary('s size)? must be /,
    ],
  }

  test.each(Object.keys(spoil))('%s', (kind) => {
    fc.assert(
      fc.property(trial({ N: { max: 9 }, d: { max: 12 } }), fc.nat(), ({ problem }, at) => {
        const [change, message] = spoil[kind](problem, at)
        const spoilt = { ...problem, ...change }
        const { dictionary, code, k } = spoilt
        const own = (['relu', 'top-k', { jump: 0 }] as const).map((activation) =>
          oneLayerEncoder({ weights: rowsOf(problem), activation }),
        )
        for (const { name, decode, decodeWithReport, decodeMany } of [...builtInDecoders, ...own]) {
          for (const call of [decode, decodeWithReport]) {
            const said = refusal(() => call(spoilt))
            expect(said).toMatch(message)
            expect(said.startsWith(`${name}: `)).toBe(true)
          }
          if (decodeMany) expect(refusal(() => decodeMany(dictionary, [code], k))).toMatch(message)
        }
        if ('k' in change) return
        expect(refusal(() => solveBpdn(dictionary, [code]))).toMatch(message)
        expect(refusal(() => solveByGradient(dictionary, [code], true))).toMatch(message)
      }),
      { seed: 1, numRuns: 12 },
    )
  })

  test('one of many codes is named', () => {
    const dictionary = gaussianDictionary(6, 4, [1, 2])
    const codes = [new Float64Array(4), Float64Array.of(0, 1, Number.NaN, 0)]
    for (const { decodeMany } of builtInDecoders) {
      if (!decodeMany) continue
      expect(refusal(() => decodeMany(dictionary, codes, 2))).toMatch('entry 2 of code 1 must be a finite')
      expect(refusal(() => decodeMany(dictionary, {} as never, 2))).toMatch('codes must be a list')
    }
  })

  test('a search without randomness, and an encoder of another size', () => {
    const dictionary = gaussianDictionary(6, 4, [1, 2])
    const problem = { dictionary, code: new Float64Array(4), k: 2 } as unknown as Problem
    expect(refusal(() => certifiedSearch().decode(problem))).toBe(
      'certified-search: random must be a function, not undefined',
    )
    const encoder = oneLayerEncoder({ weights: [[1, 0]], activation: 'relu' })
    expect(refusal(() => encoder.decode(problem))).toBe(
      'oneLayerEncoder has 1 rows of length 2: it reads no 6 codewords of length 4',
    )
  })
})

const rowsOf = ({ dictionary }: Problem) =>
  Array.from({ length: dictionary.size }, (_, i) => dictionary.codeword(i))

/** What an option takes, told anew. */
const kinds = {
  count: (value: unknown) => Number.isSafeInteger(value) && (value as number) >= 1,
  positive: (value: unknown) => Number.isFinite(value) && (value as number) > 0,
  finite: Number.isFinite,
  'above 0, at most 1': (value: unknown) => typeof value === 'number' && value > 0 && value <= 1,
  'at least 0': (value: unknown) => typeof value === 'number' && value >= 0,
  'at least 1': (value: unknown) => typeof value === 'number' && value >= 1,
  flag: (value: unknown) => value === true || value === false,
  'value or magnitude': (value: unknown) => value === 'value' || value === 'magnitude',
  'unit or projection': (value: unknown) => value === 'unit' || value === 'projection',
  'unit or normalised': (value: unknown) => value === 'unit' || value === 'normalised',
  solver: (value: unknown) => value === 'active-set' || value === 'coordinate-descent',
  range: (value: unknown) => ['any', 'non-negative', 'unit'].includes(value as string),
  none: () => false,
  'numbers for 2 rows': (value: unknown) => Number.isFinite(value),
} satisfies Record<string, (value: unknown) => boolean>

type Kind = keyof typeof kinds

const positional = (make: (value: never) => unknown) => (options: Record<string, unknown>) =>
  make(Object.values(options)[0] as never)
const weights = [
  [1, 0],
  [0, 1],
]
const gradient = {
  range: 'range',
  alpha: 'positive',
  iterations: 'count',
  tolerance: 'at least 0',
  homotopy: 'flag',
} as const
const messages = { damping: 'above 0, at most 1', iterations: 'count', patience: 'count' } as const
const amp = { onsager: 'flag', iterations: 'count', patience: 'count' } as const

/** Every factory, each of its options, and what it takes. */
const factories: Record<string, [make: (options: never) => unknown, options: Record<string, Kind>]> = {
  threshold: [positional(threshold), { tau: 'finite' }],
  matchingPursuit: [positional(matchingPursuit), { step: 'unit or projection' }],
  orthogonalMatchingPursuit: [positional(orthogonalMatchingPursuit), { by: 'value or magnitude' }],
  generalisedOmp: [generalisedOmp, { width: 'count', by: 'value or magnitude' }],
  cosamp: [cosamp, { iterations: 'count', by: 'value or magnitude' }],
  subspacePursuit: [subspacePursuit, { iterations: 'count', by: 'value or magnitude' }],
  iterativeHardThresholding: [
    iterativeHardThresholding,
    { step: 'unit or normalised', iterations: 'count', by: 'value or magnitude' },
  ],
  certifiedSearch: [certifiedSearch, { passes: 'count', listed: 'count', pins: 'count', steps: 'count' }],
  maximumLikelihood: [positional(maximumLikelihood), { limit: 'at least 1' }],
  ampBernoulli: [ampBernoulli, amp],
  finishedAmp: [finishedAmp, amp],
  vamp: [vamp, messages],
  finishedVamp: [finishedVamp, messages],
  orthogonalLeastSquares: [positional(orthogonalLeastSquares), { finish: 'flag' }],
  basisPursuitAdmm: [basisPursuitAdmm, { iterations: 'count', shrink: 'positive' }],
  ampSoft: [(options: object) => ampSoft(true, options), amp],
  'ampSoft by sign': [positional(ampSoft), { nonnegative: 'flag' }],
  bpdn: [bpdn, { range: 'range', alpha: 'positive', solver: 'solver', steps: 'count' }],
  solveBpdn: [
    (options: object) => solveBpdn(gaussianDictionary(1, 2, [1, 2]), [], options),
    { range: 'range', alpha: 'positive', solver: 'solver', steps: 'count' },
  ],
  solveByGradient: [
    (options: object) => solveByGradient(gaussianDictionary(1, 2, [1, 2]), [], false, options),
    gradient,
  ],
  ista: [ista, gradient],
  fista: [fista, gradient],
  lista: [positional(lista), { layers: 'none' }],
  oneLayerEncoder: [
    (options: object) => oneLayerEncoder({ weights, activation: 'relu', ...options }),
    { bias: 'numbers for 2 rows', activation: 'none', weights: 'none' },
  ],
}

test.each(Object.keys(factories))(
  'no option of %s takes a wrong type, a wrong value or a misspelt word',
  (name) => {
    const [make, options] = factories[name]
    const misses = fc.constantFrom<unknown[]>(
      ...[
        0,
        1,
        -1,
        1.5,
        Number.NaN,
        Infinity,
        -Infinity,
        2 ** 53,
        '1',
        '',
        null,
        true,
        [],
        [3],
        {},
        () => 1,
        1n,
      ],
      ...['Value', 'magnitudes', 'units', 'non-negativ', 'active set', 'topk', { jump: '1' }, { jump: [1] }],
      ...[[[1], [1, 2]], [[]], [null], [{ step: 1, threshold: -1, keep: 2 }], [{ step: 1, threshold: 1 }]],
    )
    for (const [option, kind] of Object.entries(options)) {
      fc.assert(
        fc.property(fc.oneof(misses, fc.anything()), (value) => {
          fc.pre(value !== undefined && !(Array.isArray(value) && value.length === 0 && option === 'layers'))
          const said = refusal(() => make({ [option]: value } as never))
          if (kinds[kind](value)) expect(said).toBe('taken')
          else expect(said).toMatch(/ must be .*, not |^codeword /)
        }),
        { seed: 2, numRuns: 150 },
      )
      expect(refusal(() => make({ [option]: undefined } as never))).toMatch(
        name === 'oneLayerEncoder' && option !== 'bias' ? `${option} must be` : 'taken',
      )
    }
  },
)

test('an option that there is none of is refused with those that there are', () => {
  expect(refusal(() => cosamp({ iteration: 9 } as never))).toBe(
    "cosamp has no option 'iteration', only iterations, by",
  )
  expect(refusal(() => bpdn('unit' as never))).toBe("bpdn: options must be an object, not the string 'unit'")
  expect(refusal(() => oneLayerEncoder({ weights, activation: 'topk' } as never))).toBe(
    "oneLayerEncoder: activation must be 'relu', 'top-k' or {jump: one finite number or 2 of them}, not the " +
      "string 'topk'",
  )
})
