import { type ActivityLaw, ratesOf } from '../../codes/model/activity.js'
import { legendre } from '../../numerics/legendre.js'

/** Codewords that are active equally often: `count` of them, each with probability `rate`. */
export interface RateClass {
  readonly rate: number
  readonly count: number
}

/** How finely indices are gathered. */
interface Fineness {
  /** Codewords before this one are classes of their own. */
  readonly single: number
  /** Further ones are gathered in ranges, each so many times as long as the one before, with so many nodes each. */
  readonly ratio: number
  readonly nodes: number
}

/** Σ h(p_i) is right to about 1e-9, and to about 1e-6. */
const FINE: Fineness = { single: 64, ratio: 2, nodes: 8 }
export const COARSE: Fineness = { single: 12, ratio: 4, nodes: 6 }

/**
 * Classes with Σ count·f(rate) = Σ_i f(p_i) for every smooth f, and Σ count = N: one for `subset` and `bernoulli`, some
 * hundred for `zipf` however large N is. Those of `zipf` are nodes of a quadrature, so counts are no whole numbers, and
 * four of them are small and may be negative. A uniform subset of k has p_i = k/N.
 * @throws InputError where the law has no such rates
 */
export function rateClasses(law: ActivityLaw, N: number, k: number, by = FINE): RateClass[] {
  if (law.kind !== 'zipf' || k === 0) return [{ rate: k / N, count: N }]
  const { of, level, scale } = ratesOf(law, N, k)
  const start = Math.min(N, Math.max(level, by.single))
  const classes: RateClass[] = level > 0 ? [{ rate: of(0), count: level }] : []
  for (let i = level; i < start; i++) classes.push({ rate: of(i), count: 1 })
  if (start === N) return classes
  const at = (place: number) => scale * place ** -law.exponent
  const { nodes, weights } = legendre(by.nodes)
  // Codewords start + 1, …, N by Euler and Maclaurin's formula at midpoints.
  for (let low = start + 0.5; low < N + 0.5; low *= by.ratio) {
    const high = low * by.ratio < N ? low * by.ratio : N + 0.5
    const half = Math.log(high / low) / 2
    nodes.forEach((x, n) => {
      const place = low * Math.exp(half * (1 + x))
      classes.push({ rate: at(place), count: half * weights[n] * place })
    })
    if (high > N) break
  }
  const ends = [
    [start + 1, 1],
    [start, -1],
    [N + 1, -1],
    [N, 1],
  ]
  for (const [place, sign] of ends) classes.push({ rate: at(place), count: sign / 24 })
  return classes
}
