import { increasingRoot } from '../../numerics/roots-and-quadrature.js'
import { amplitudesCost, bitsPerDimension, listBits } from './capacity.js'
import { always, type ModelBound, type ModelPlace } from './model-bound.js'
import type { ModelProblem } from './model-problem.js'
import { hundredths } from './recall-laws.js'
import { MANY_ACTIVE, separateBits, topKBitsPerDimension } from './walls.js'

/** Share of the active codewords that a list decoder may miss. */
const MISSED = 0.2

const finite = ({ problem }: ModelPlace): string | undefined =>
  bitsPerDimension(problem) === Infinity
    ? 'without noise a coordinate tells real numbers without end'
    : undefined

/** The dimension from which on capacity, less what amplitudes take, holds so many bits. */
export const costDimension = (problem: ModelProblem, bits: number): number => {
  const i = bitsPerDimension(problem)
  return increasingRoot((d) => d * i - amplitudesCost(problem, d) - bits, bits / i)
}

/**
 * What a list needs that misses at most a share of the active codewords.
 * @param criterion that it then meets
 */
export const listFano = (missed: number, criterion = `recall:${1 - missed}`): ModelBound => ({
  id: 'list-fano',
  kind: always('converse'),
  decoder: 'any that names k',
  criterion,
  source: 'Fano’s inequality: Scarlett & Cevher 2017; Reeves & Gastpar 2012; Wainwright 2009',
  statement:
    `No decoder that names k codewords misses more than ${hundredths(missed)} % of the active with ` +
    'probability at most p below',
  dimension: ({ problem, p }) => listBits(problem.N, problem.k, missed, p) / bitsPerDimension(problem),
  silent: (at) => (at.problem.activity.kind === 'subset' ? finite(at) : 'how many are active is not known'),
})

/** What bits need, whoever reads them, and whoever reads scores one by one. */
export const bitBounds: readonly ModelBound[] = [
  {
    id: 'capacity',
    kind: always('converse'),
    decoder: 'any',
    criterion: 'bits:1',
    source: 'Proposition 1 with the law of a coordinate',
    statement: 'No decoder reads all H bits below d = H/i, i the bits that one coordinate tells',
    dimension: ({ problem, entropyBits }) => entropyBits / bitsPerDimension(problem),
    silent: finite,
  },
  {
    id: 'amplitudes-cost',
    kind: always('converse'),
    decoder: 'any',
    criterion: 'bits:1',
    source: 'Entropy power: Zamir & Feder 1993',
    statement:
      'No decoder reads all H bits below: amplitudes, told or not, take their part of what coordinates tell',
    dimension: ({ problem, entropyBits }) => costDimension(problem, entropyBits),
    silent: (at) => (at.problem.amplitudes.kind === 'constant' ? 'amplitudes are all 1' : finite(at)),
  },
  listFano(MISSED),
  {
    id: 'one-step-wall',
    kind: always('law'),
    decoder: 'any that reads scores one by one',
    criterion: 'bits:1',
    source: 'Given the Gaussian channel; Verdú & Shamai 1999',
    statement: 'Separate scores read all H bits at no d below 2 ln 2/(1 − η)·H, by the Gaussian law',
    dimension: ({ problem, entropyBits }) => entropyBits / separateBits(problem),
    silent: ({ problem }) =>
      problem.k < MANY_ACTIVE ? `with fewer than ${MANY_ACTIVE} active codewords top-k passes it` : undefined,
  },
  {
    id: 'one-step-few',
    kind: always('asymptote'),
    decoder: 'top-k',
    criterion: 'bits:1',
    source: 'Large deviations of the scores of k random signs',
    statement: 'Top-k reads all H bits from here on, and not below, as N grows at this k',
    dimension: ({ problem, entropyBits }) => entropyBits / topKBitsPerDimension(problem.k, problem.noise),
    silent: ({ problem: { amplitudes, activity, signs } }) =>
      amplitudes.kind === 'constant' && activity.kind === 'subset' && signs
        ? undefined
        : 'it is of k random signs of amplitude 1',
  },
  {
    id: 'correlation-wall',
    kind: always('converse'),
    decoder: 'any encoder',
    criterion: 'correlation:0.5',
    source: 'Trace of the linear minimum mean squared error',
    statement:
      'No encoder’s outputs have corr² ≥ ½ with the amplitudes of all N codewords, on average, below N/(2(1 − η))',
    dimension: ({ problem: { N, noise, activity } }) =>
      (activity.kind === 'subset' ? N - 1 : N) / (2 * (1 - noise)),
  },
]
