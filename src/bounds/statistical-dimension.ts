import { requireFinite, requireInteger } from '../io/arguments.js'
import { increasingRoot } from '../numerics/roots-and-quadrature.js'
import { normalDensity, normalTail } from '../statistics/normal.js'
import type { Bound } from './bound.js'
import { checkSubset } from './parameters.js'

/** How many signs a coefficient may have: 2 for any sign, 1 where it is known to be non-negative. @since 0.1.0 */
export type Signs = 1 | 2

/** Throws RangeError for anything but 1 and 2. */
export function checkSigns(signs: Signs): void {
  requireInteger('signs', signs, 1, 2)
}

/**
 * E (g − t)₊² = (1 + t²)Q(t) − tφ(t): what a soft threshold at t lets through of the noise g ~ N(0, 1), one-sided.
 * @throws RangeError unless t is finite
 * @since 0.1.0
 */
export function softExcess(t: number): number {
  requireFinite('t', t)
  return (1 + t * t) * normalTail(t) - t * normalDensity(t)
}

/**
 * k(1 + t²) + (N − k)·signs·`softExcess`(t), convex in t ≥ 0: the Gaussian width of the descent cone, squared, before
 * its minimum.
 * @throws RangeError unless N ≥ 1 and 0 ≤ k ≤ N are integers, signs is 1 or 2, and t is finite
 * @since 0.1.0
 */
export function coneWidth(N: number, k: number, signs: Signs, t: number): number {
  checkSubset(N, k)
  checkSigns(signs)
  return k * (1 + t * t) + (N - k) * signs * softExcess(t)
}

/**
 * The statistical dimension δ of basis pursuit's descent cone at a k-sparse point, the minimum of `coneWidth`, and
 * the t that attains it, the best soft threshold in units of the effective noise. Basis pursuit jumps from failing to
 * succeeding at d = δ, with or without known signs (Amelunxen, Lotz, McCoy & Tropp 2014, "Living on the edge",
 * Information and Inference 3). A real number between k and N; 0 with t = ∞ at k = 0.
 * @throws RangeError unless N ≥ 1 and 0 ≤ k ≤ N are integers, and signs is 1 or 2
 * @since 0.1.0
 */
export function statisticalDimension(N: number, k: number, signs: Signs): { dimension: number; t: number } {
  checkSubset(N, k)
  checkSigns(signs)
  if (k === 0) return { dimension: 0, t: Infinity }
  const pull = (t: number) => Math.log((N - k) * signs * (normalDensity(t) - t * normalTail(t)))
  const t = increasingRoot((t) => Math.log(k * t) - pull(t), 1)
  return { dimension: coneWidth(N, k, signs, t), t }
}

/**
 * The same for basis pursuit over 0 ≤ y ≤ 1 at the indicator of a k-subset, whose members may only fall:
 *
 *     δ = min_t k·E (g + t)₊² + (N − k)·E (g − t)₊²,  t ≥ 0,
 *
 * the polar cone's squared distance as in Amelunxen et al. 2014, Recipe 4.1; N/2 from k = N/2 on, where the norm
 * tells nothing more than the bounds do (Donoho & Tanner 2010, "Counting the Faces of Randomly-Projected Hypercubes
 * and Orthants", Discrete & Computational Geometry 43). A real number between 0 and N/2.
 */
export function boxDimension(N: number, k: number): number {
  checkSubset(N, k)
  if (2 * k >= N) return N / 2
  const rise = (t: number) => normalDensity(t) + t * normalTail(-t)
  const pull = (t: number) => normalDensity(t) - t * normalTail(t)
  const t = increasingRoot((t) => Math.log(k * rise(t)) - Math.log((N - k) * pull(t)), 1)
  return k * softExcess(-t) + (N - k) * softExcess(t)
}

const row = {
  kind: 'law',
  level: 'even',
  decoder: 'bpdn',
  source: 'Amelunxen, Lotz, McCoy & Tropp 2014',
} as const

export const basisPursuit: Bound = {
  ...row,
  id: 'basis-pursuit',
  statement:
    'Basis pursuit succeeds with even odds at the statistical dimension; so do coordinate descent, ' +
    'ISTA and FISTA that get to its minimum',
  dimension: ({ N, k }) => statisticalDimension(N, k, 2).dimension,
}

export const basisPursuitNonNegative: Bound = {
  ...row,
  id: 'basis-pursuit-non-negative',
  decoder: 'bpdn-non-negative',
  statement:
    'Basis pursuit over non-negative coefficients succeeds with even odds at its statistical ' +
    'dimension; so do ISTA and FISTA that get to its minimum',
  dimension: ({ N, k }) => statisticalDimension(N, k, 1).dimension,
}

export const basisPursuitUnit: Bound = {
  ...row,
  id: 'basis-pursuit-unit',
  decoder: 'bpdn-unit',
  statement:
    'Basis pursuit over coefficients from 0 to 1 succeeds with even odds at its statistical dimension',
  dimension: ({ N, k }) => boxDimension(N, k),
}
