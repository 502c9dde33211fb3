import { countingBound } from '../bounds/counting-bound.js'
import { entropyBits } from '../bounds/entropy.js'
import { ompLaw } from '../bounds/omp-law.js'
import { ampDimension } from '../bounds/state-evolution.js'
import { thresholdAsymptoticDimsPerBit } from '../bounds/threshold-asymptote.js'
import { topKAsymptoticDimsPerBit } from '../bounds/top-k-law.js'
import type { Ink } from '../results/figure.js'
import type { DimensionTask } from '../success/estimation/run-tasks.js'
import { computedCurve, type Look, measuredCurve, range } from './layers.js'
import { sampledFigure } from './sampled-figure.js'

const K = 28
const powers = range(8, 60, 4)
const N = powers.map((power) => 2 ** power)
const decoders: readonly { decoder: string; short: string; ink: Ink }[] = [
  { decoder: 'threshold', short: 'threshold', ink: 'brick' },
  { decoder: 'top-k', short: 'top-k', ink: 'ochre' },
  { decoder: 'matching-pursuit', short: 'MP, unit step', ink: 'teal' },
  { decoder: 'matching-pursuit-projection', short: 'MP, projection step', ink: 'blue' },
  { decoder: 'orthogonal-matching-pursuit', short: 'OMP', ink: 'violet' },
]
const tasksOf = (decoder: string): DimensionTask[] =>
  N.map((N) => ({ decoder, N, k: K, target: 0.5, precision: 0.02 }))

const theta = (N: number) => Math.log(K) / Math.log(N)
const perBit = (dimension: (N: number, k: number) => number) => (N: number) =>
  dimension(N, K) / entropyBits(N, K)

const laws: readonly (Look & { role: 'law' | 'bound'; at: (N: number) => number })[] = [
  {
    role: 'law',
    name: 'threshold, large N: 8 ln 2/(1 − θ), θ = ln k/ln N',
    label: '8 ln 2/(1 − θ)',
    ink: 'brick',
    dash: 'dotted',
    at: (N) => thresholdAsymptoticDimsPerBit(theta(N)),
  },
  {
    role: 'law',
    name: 'top-k, large N: 2 ln 2 (1 + √θ)/(1 − √θ)',
    label: '2 ln 2 (1 + √θ)/(1 − √θ)',
    ink: 'ochre',
    dash: 'dotted',
    at: (N) => topKAsymptoticDimsPerBit(theta(N)),
  },
  {
    role: 'law',
    name: 'OMP, large N: 2k ln(N − k)',
    label: '2k ln(N − k)',
    ink: 'violet',
    dash: 'dotted',
    at: perBit(ompLaw),
  },
  {
    role: 'law',
    name: 'AMP, state evolution',
    label: 'AMP (law)',
    ink: 'rose',
    dash: 'dotted',
    at: perBit(ampDimension),
  },
  {
    role: 'bound',
    name: 'counting bound: to recover every subset over a ±1 dictionary',
    label: 'counting bound',
    ink: 'ink',
    dash: 'dashed',
    at: perBit(countingBound),
  },
]

/** Dims per bit against N, far beyond what any dictionary could be built for. */
export const limits = sampledFigure(
  { id: 'limits', title: 'How slowly the asymptotic laws are reached' },
  [],
  decoders.flatMap(({ decoder }) => tasksOf(decoder)),
  (results) => ({
    caption:
      `Dims per bit at even odds against the number of codewords, at k = ${K}: measured from N = 2^8 to ` +
      '2^60 given the members, so that no dictionary is built; with the laws for large N and the ' +
      'counting bound, below which no decoder recovers every subset over a ±1 dictionary.',
    columns: 1,
    panels: [
      {
        title: `k = ${K}`,
        x: { label: 'number of codewords N', scale: 'log2', domain: [2 ** 8, 2 ** 60] },
        y: { label: 'd50 / log2 C(N, k)', scale: 'linear', domain: [0, 8] },
        layers: [
          ...laws.map(({ role, at, ...look }) => computedCurve(role, look, N, at)),
          ...decoders.map(({ decoder, short, ink }) =>
            measuredCurve(
              { name: decoder, label: short, ink },
              results,
              tasksOf(decoder),
              'dimsPerBit',
              ({ N }) => N,
            ),
          ),
        ],
      },
    ],
  }),
)
