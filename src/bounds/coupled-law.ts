import { parseCoupling } from '../codes/coupling.js'
import type { Bound } from './bound.js'
import { evenCountsDimension } from './coupled-evolution.js'

/** The designs that did best, by the least k that they are for: more members bear a longer chain. */
const designs = [
  { from: 500, coupling: parseCoupling('coupled:12/48/58') },
  { from: 180, coupling: parseCoupling('coupled:6/12/15') },
  { from: 64, coupling: parseCoupling('coupled:5/8/10') },
]
const LEAST = designs[designs.length - 1].from
/** The laws are of codewords that are rare. */
const RARE = 16

export const coupledLaw: Bound = {
  id: 'coupled-state-evolution-equal-counts',
  kind: 'asymptote',
  level: 'even',
  decoder: 'coupled-amp',
  problem: 'coupled dictionary',
  source: 'State evolution: Krzakala et al. 2012; Donoho, Javanmard & Montanari 2013',
  statement:
    'AMP over a spatially coupled dictionary (coupled:5/8/10, 6/12/15 from k = 180, 12/48/58 from 500), with equal ' +
    'counts in its blocks; counts as drawn take some 15 % more (plan --dictionary coupled:…)',
  dimension: ({ N, k }) => evenCountsDimension(designs.find(({ from }) => k >= from)!.coupling, N, k),
  silent: ({ N, k }) =>
    k >= LEAST && RARE * k <= N ? undefined : `the designs are for k from ${LEAST} to N/${RARE}`,
}
