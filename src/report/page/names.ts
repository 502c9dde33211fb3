import type { BoundKind, Setting } from '../../bounds/bound.js'
import type { PlannedBound } from '../../bounds/plan.js'

const short: Readonly<Record<string, string>> = {
  any: 'any decoder',
  'maximum-likelihood': 'maximum likelihood',
  'amp-bernoulli': 'AMP',
  'amp-soft': 'AMP, soft, ≥ 0',
  'amp-soft-signed': 'AMP, soft',
  bpdn: 'basis pursuit',
  'bpdn-non-negative': 'basis pursuit, ≥ 0',
  'bpdn-unit': 'basis pursuit, 0 to 1',
  'amp-bernoulli-without-onsager': 'AMP, no Onsager',
  'amp-soft-without-onsager': 'AMP, soft, no Onsager',
  'bpdn-coordinate-descent': 'coordinate descent',
  'matching-pursuit': 'matching pursuit',
  'matching-pursuit-projection': 'MP by projection',
  'orthogonal-matching-pursuit': 'OMP',
  'orthogonal-matching-pursuit-magnitude': 'OMP by magnitude',
  'generalised-omp': 'generalised OMP',
  cosamp: 'CoSaMP',
  'subspace-pursuit': 'subspace pursuit',
  'iterative-hard-thresholding': 'IHT',
  'normalised-iterative-hard-thresholding': 'normalised IHT',
  'certified-search': 'certified search',
  ista: 'ISTA',
  'ista-non-negative': 'ISTA, ≥ 0',
  fista: 'FISTA',
  'fista-non-negative': 'FISTA, ≥ 0',
  lista: 'LISTA',
  'lasso-active-set': 'LASSO, active set',
  'greedy-group-testing': 'group testing',
  'map-threshold': 'MAP threshold',
  'coherence guarantee': 'coherence',
}

/** A decoder's name where space is short. */
export const decoderLabel = (decoder: string): string => short[decoder] ?? decoder

/** Problems that are so different that a statement of them has a rung of its own. */
const apart: readonly (Setting | undefined)[] = ['with noise', 'some dictionary']

/** The name of a statement's rung in the ladder. */
export const rungLabel = ({ decoder, problem }: PlannedBound): string =>
  apart.includes(problem) ? `${decoder}, ${problem}` : decoderLabel(decoder)

/** How the kinds of statement look in a chart, strongest first. */
export const kindMarks: readonly {
  readonly kind: BoundKind
  readonly symbol: string
  readonly meaning: string
}[] = [
  { kind: 'converse', symbol: '▮', meaning: 'proved to be needed' },
  { kind: 'guarantee', symbol: '◼', meaning: 'proved to suffice' },
  { kind: 'law', symbol: '●', meaning: 'predicts at this size' },
  { kind: 'rule', symbol: '◆', meaning: 'rule of thumb' },
  { kind: 'asymptote', symbol: '▲', meaning: 'law for large N, reached slowly' },
]
