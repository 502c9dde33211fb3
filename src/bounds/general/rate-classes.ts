import { type ActivityLaw, ratesOf } from '../../codes/model/activity.js'
import { legendre } from '../../numerics/legendre.js'

/** Codewords that are active equally often: `count` of them, each with probability `rate`. */
export interface RateClass {
  readonly rate: number
  readonly count: number
}

/** Codewords before this one are classes of their own. */
const SINGLE = 64
/** Nodes an octave of indices: Σ h(p_i) is right to about 1e-9. */
const NODES = 8

/**
 * Classes with Σ count·f(rate) = Σ_i f(p_i) for every smooth f, and Σ count = N: one for `subset` and `bernoulli`, some
 * hundred for `zipf` however large N is. Those of `zipf` are nodes of a quadrature, so counts are no whole numbers, and
 * four of them are small and may be negative. A uniform subset of k has p_i = k/N.
 * @throws InputError where the law has no such rates
 */
export function rateClasses(law: ActivityLaw, N: number, k: number): RateClass[] {
  if (law.kind !== 'zipf' || k === 0) return [{ rate: k / N, count: N }]
  const { of, level, scale } = ratesOf(law, N, k)
  const start = Math.min(N, Math.max(level, SINGLE))
  const classes: RateClass[] = level > 0 ? [{ rate: of(0), count: level }] : []
  for (let i = level; i < start; i++) classes.push({ rate: of(i), count: 1 })
  if (start === N) return classes
  const at = (place: number) => scale * place ** -law.exponent
  const { nodes, weights } = legendre(NODES)
  // Codewords start + 1, …, N by Euler and Maclaurin's formula at midpoints.
  for (let low = start + 0.5; low < N + 0.5; low *= 2) {
    const high = low * 2 < N ? low * 2 : N + 0.5
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
