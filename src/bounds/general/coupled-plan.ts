import { type Coupling, isCoupled, parseCoupling } from '../../codes/coupling.js'
import { criterionOf } from '../../codes/model/criterion.js'
import { isNoiseless, type ModelDescription } from '../../codes/model/description.js'
import { InputError } from '../../io/input-error.js'
import type { Bound } from '../bound.js'
import { coupledCounting } from '../coupled-counting.js'
import { evenCountsDimension } from '../coupled-evolution.js'
import { coupledDimension, LAW_DRAWS } from '../drawn-counts.js'
import { entropyBits } from '../entropy.js'
import { checkParameters, type Parameters } from '../parameters.js'
import { ampDimension } from '../state-evolution.js'
import type { GeneralPlan } from './general-plan.js'

interface CoupledBound extends Pick<Bound, 'id' | 'kind' | 'decoder' | 'source' | 'statement'> {
  readonly dimension: (coupling: Coupling, N: number, k: number) => number
}

const SOURCE = 'State evolution: Krzakala et al. 2012; Donoho, Javanmard & Montanari 2013'

const coupledBounds: readonly CoupledBound[] = [
  {
    id: 'coupled-counting-bound',
    kind: 'converse',
    decoder: 'any',
    source: 'Entropy of the code: H(FY) ≤ Σ_j H(X_j)',
    statement:
      'No decoder recovers every k-subset, on average over dictionaries of this design: a coordinate tells at most ' +
      'its entropy',
    dimension: coupledCounting,
  },
  {
    id: 'coupled-state-evolution',
    kind: 'law',
    decoder: 'coupled-amp',
    source: `${SOURCE}; counts a block as drawn`,
    statement:
      `Even odds: state evolution with the members of each block as drawn ends at 0 in half of ${LAW_DRAWS} draws; ` +
      'computed to 1 %, and below what is measured, by 3 to 15 % where that was (docs/coupled.md)',
    dimension: coupledDimension,
  },
  {
    id: 'coupled-state-evolution-equal-counts',
    kind: 'asymptote',
    decoder: 'coupled-amp',
    source: SOURCE,
    statement: 'State evolution with k/Λ members in each block ends at 0: the law for many members a block',
    dimension: evenCountsDimension,
  },
  {
    id: 'amp-state-evolution',
    kind: 'law',
    decoder: 'amp-bernoulli over random signs',
    source: 'Donoho, Maleki & Montanari 2009; Bayati & Montanari 2011',
    statement: 'For comparison: AMP over a dictionary that is not coupled',
    dimension: (_, N, k) => ampDimension(N, k),
  },
]

/**
 * What theory promises over a coupled dictionary; undefined for any other model. Throws InputError where it has no law.
 */
export function coupledPlan({
  model,
  ...at
}: Parameters & { model: ModelDescription }): GeneralPlan | undefined {
  if (!isCoupled(model.dictionary)) return undefined
  checkParameters(at)
  const { N, k } = at
  const coupling = parseCoupling(model.dictionary)
  if (!isNoiseless(model)) {
    throw new InputError(
      `${coupling.text} has laws for constant amplitudes, exactly k of them and no noise alone`,
    )
  }
  if (criterionOf(model).kind !== 'exact') {
    throw new InputError(`${coupling.text} has laws of exact recovery alone, not of ${model.criterion}`)
  }
  const most = Number.MAX_SAFE_INTEGER
  if (k === 0 || k === N || N < coupling.columnBlocks || N > most) {
    throw new InputError(
      `${coupling.text} has laws for 1 ≤ k < N and ${coupling.columnBlocks} ≤ N ≤ ${most} alone`,
    )
  }
  const bits = entropyBits(N, k)
  const bounds = coupledBounds.map(({ dimension, ...what }) => {
    const d = dimension(coupling, N, k)
    return { ...what, criterion: 'exact', dimension: d, dimsPerBit: d / bits }
  })
  return { ...at, model, entropyBits: bits, bounds }
}
