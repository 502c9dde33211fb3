import { bracketedRoot } from '../../numerics/roots-and-quadrature.js'
import type { Evolution } from './evolution.js'
import { always, type ModelBound, type ModelPlace } from './model-bound.js'

/** Shares of the active codewords for which dimensions are named, unless the model has a criterion. */
const SHARES = [0.5, 0.8, 0.9] as const

const needsNoise = ({ problem }: ModelPlace): string | undefined =>
  problem.noise === 0 ? 'without noise it forbids nothing' : undefined

/** Noises between which a recall is looked for. */
const [QUIET, LOUD] = [1e-4, 30]

/** The noise τ at which a share of the active codewords is read, as many being named as are active. */
export function noiseAt({ reader }: Evolution, share: number): number {
  const over = (log: number) => reader(Math.exp(log)).mostLikely().recall - share
  if (over(Math.log(QUIET)) < 0 || over(Math.log(LOUD)) > 0) return Number.NaN
  return Math.exp(bracketedRoot(over, Math.log(QUIET), Math.log(LOUD)))
}

const at = (share: number, f: (at: ModelPlace, tau: number) => number) => (place: ModelPlace) =>
  f(place, noiseAt(place.evolution, share))

const percent = (share: number): string => `${hundredths(share)} % of the active codewords`
/** Percent, without the last digits of rounding. */
export const hundredths = (share: number): number => Number((100 * share).toPrecision(6))

/**
 * Dimensions at which recall passes a share.
 * @param criterion that this recall meets
 */
export const lawsOfRecall = (share: number, criterion = `recall:${share}`): ModelBound[] => [
  {
    id: `genie-${hundredths(share)}`,
    kind: ({ problem }) => (problem.activity.kind === 'subset' ? 'law' : 'converse'),
    decoder: 'any',
    criterion,
    source: 'Single-user bound: Verdú 1998; for a subset from k = 16 on by measurement',
    statement: `No decoder reads ${percent(share)} below: told every other amplitude, what is left of each is A + σG`,
    dimension: at(share, ({ problem }, tau) => problem.noiseEnergy / tau ** 2),
    silent: needsNoise,
  },
  {
    id: `ideal-${hundredths(share)}`,
    kind: always('law'),
    decoder: 'any',
    criterion,
    source: 'Potential: Guo & Verdú 2005; Reeves & Pfister 2016; Barbier, Dia, Macris & Krzakala 2016',
    statement: `The ideal reader finds ${percent(share)} from d on, and not below`,
    dimension: at(share, ({ evolution }, tau) => evolution.idealDimension(tau)),
    silent: needsNoise,
  },
  {
    id: `amp-${hundredths(share)}`,
    kind: always('law'),
    decoder: 'amp-bernoulli',
    criterion,
    source: 'State evolution: Donoho, Maleki & Montanari 2009; Bayati & Montanari 2011; Rangan 2011',
    statement: `AMP with the posterior mean of this model finds ${percent(share)} from d on`,
    dimension: at(share, ({ evolution }, tau) => evolution.ampDimension(tau)),
  },
  {
    id: `one-step-${hundredths(share)}`,
    kind: always('law'),
    decoder: 'top-k',
    criterion,
    source: 'Gaussian crosstalk: Tse & Hanly 1999; Guo & Verdú 2005',
    statement: `Reading each score by itself finds ${percent(share)} from d = k/((1 − η)τ²) on`,
    dimension: at(share, ({ problem }, tau) => problem.energy / tau ** 2),
  },
  {
    id: `ceiling-${hundredths(share)}`,
    kind: always('law'),
    decoder: 'any',
    criterion,
    source: 'Multiuser efficiency: Verdú 1986; given the Gaussian channel',
    statement: `What one-step reading reaches at d, ${percent(share)}, no decoder reaches below η·d`,
    dimension: at(share, ({ problem }, tau) => (problem.noise * problem.energy) / tau ** 2),
    silent: needsNoise,
  },
]

/** Dimensions at which recall passes one half, 80 % and 90 %. */
export const recallLaws: readonly ModelBound[] = SHARES.flatMap((share) => lawsOfRecall(share))
