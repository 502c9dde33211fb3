import { all, create, type MathJsInstance } from 'mathjs'
import type { Parameters } from '../../bounds/parameters.js'

/**
 * Bounds of the plan as their definitions read, in mathjs: what the fast forms are held to, and what the golden
 * values are made by. They count and integrate everything, so N is at most a few thousand and k a few dozen.
 */
const formulas: Readonly<Record<string, string>> = {
  'counting-bound': 'ceil(log2(combinations(N, k)) / -sum(map(0:k, f(j) = q(j) * log2(q(j)))))',
  'ideal-converse': 'from(0, f(d) = codes(d) >= 1/2)',
  'proposition-1': 'ceil(max(0, ((1 - p) * log(combinations(N, k)) - log(2)) / (log(1 + k) / 2)))',
  'ideal-decoding':
    'from(1, f(d) = sum(map(1:min(k, N - k), g(j) = combinations(k, j) * combinations(N - k, j) * ' +
    '(combinations(2j, j) / 4^j)^d)) <= p)',
  'amp-state-evolution':
    'k * greatest(f(s) = s * integral(g(z) = density(z) / (1 + exp(s/2 + sqrt(s) * z - log((N - k) / ' +
    'k))), -9, 9), 0.01, 100)',
  'basis-pursuit':
    'least(f(t) = k * (1 + t^2) + 2 * (N - k) * integral(g(z) = (z - t)^2 * density(z), t, 9), 0, 6)',
  'basis-pursuit-non-negative':
    'least(f(t) = k * (1 + t^2) + (N - k) * integral(g(z) = (z - t)^2 * density(z), t, 9), 0, 6)',
  'basis-pursuit-unit':
    'least(f(t) = k * integral(g(z) = (z + t)^2 * density(z), -t, 9) + (N - k) * integral(g(z) = (z - ' +
    't)^2 * density(z), t, 9), 0, 6)',
  'threshold-d50':
    'root(f(d) = (1 - Q(sqrt(d / k) / 2))^(N - k) * (1 - Q(sqrt(d / (k - 1)) / 2))^k - 1/2, 0, 100 * k * log(N))',
  'top-k-d50':
    'root(f(d) = integral(g(z) = k * density(z) * Q(z)^(k - 1) * (1 - Q(sqrt(d / k) + sqrt((k - 1) / ' +
    'k) * z))^(N - k), -9, 9) - 1/2, 1, 20 * k * log(N))',
  'threshold-union':
    'since(f(d) = k * tail((k - 1) * d, d - ceil(d/2) + 1) + (N - k) * tail(k * d, ceil(d/2)) <= p, ' +
    'ceil(8 * k * log(N / p)) + 1)',
  'threshold-bentkus': 'ceil(4 * k * root(f(x) = p / N - Q(x) / (4 * Q(sqrt(2))), 0, 8)^2)',
  welch: 'k == 0 ? 0 : from(1, f(d) = (N - d) / (d * (N - 1)) < 1 / (2k - 1)^2)',
}

/** The ids whose formula can be evaluated at such a size in a moment. */
export const referenceIds = ({ N, k }: Parameters): string[] =>
  Object.keys(formulas).filter(
    (id) => !((id === 'ideal-converse' && k > 5) || (id === 'threshold-union' && N * k > 5000)),
  )

/** The dimension that a bound's definition gives. */
export function referenceDimension(id: string, { N, k, p }: Parameters): number {
  return Number(math.evaluate(formulas[id], { N, k, p, q: chanceOf(k), codes: codesOf(N, k) }))
}

/** P of j heads among k fair coins. */
const chanceOf =
  (k: number) =>
  (j: number): number =>
    math.combinations(k, j) / 2 ** k

/** Σ over the codes x of d coordinates of min(1/C(N, k), Q(x)): by how many have which probability. */
function codesOf(N: number, k: number): (d: number) => number {
  const q = Array.from({ length: k + 1 }, (_, j) => chanceOf(k)(j))
  const subsets = math.combinations(N, k)
  return (d) => {
    /** How many codes have this probability, in units of 2^(−kd). */
    let codes = new Map([[1, 1]])
    for (let i = 0; i < d; i++) {
      const longer = new Map<number, number>()
      for (const [Q, count] of codes)
        for (const chance of q) longer.set(Q * chance, (longer.get(Q * chance) ?? 0) + count)
      codes = longer
    }
    return [...codes].reduce((sum, [Q, count]) => sum + count * Math.min(1 / subsets, Q), 0)
  }
}

const math = create(all, { relTol: 1e-15, absTol: 1e-18 }) as MathJsInstance

type Real = (x: number) => number

math.import({
  density: (x: number) => Math.exp(-(x * x) / 2) / Math.sqrt(2 * Math.PI),
  Q: (x: number) => (1 - math.erf(x / Math.SQRT2)) / 2,
  /** P(S_n ≥ m), each pattern of signs counted. */
  tail: (n: number, m: number) => {
    let [patterns, taken] = [1n, 0n]
    for (let minus = 0; minus <= n && n - 2 * minus >= m; minus++) {
      taken += patterns
      patterns = (patterns * BigInt(n - minus)) / BigInt(minus + 1)
    }
    const bits = Math.max(0, taken.toString(2).length - 60)
    return Number(taken >> BigInt(bits)) * 2 ** (bits - n)
  },
  /** Simpson's rule. */
  integral: (f: Real, a: number, b: number) => {
    const h = (b - a) / 400
    let sum = f(a) + f(b)
    for (let i = 1; i < 400; i++) sum += (i % 2 === 1 ? 4 : 2) * f(a + i * h)
    return (sum * h) / 3
  },
  /** The first whole d from `first` on for which it holds. */
  from: (first: number, holds: (d: number) => boolean) => {
    let d = first
    while (!holds(d)) d++
    return d
  },
  /** The d from which on it holds up to `most`. */
  since: (holds: (d: number) => boolean, most: number) => {
    let d = most
    while (d > 0 && holds(d)) d--
    return d + 1
  },
  /** Where an increasing f is 0. */
  root: (f: Real, a: number, b: number) => {
    let [low, high] = [a, b]
    for (let i = 0; i < 45; i++) {
      const middle = (low + high) / 2
      if (f(middle) < 0) low = middle
      else high = middle
    }
    return high
  },
  least: (f: Real, a: number, b: number) => extreme((x) => -f(x), a, b) * -1,
  greatest: (f: Real, a: number, b: number) => extreme(f, a, b),
})

/** The largest value of f, by a grid that is made finer five times. */
function extreme(f: Real, a: number, b: number): number {
  let [low, high, best] = [a, b, -Infinity]
  for (let round = 0; round < 5; round++) {
    const width = (high - low) / 20
    const grid = Array.from({ length: 21 }, (_, i) => low + i * width)
    const values = grid.map((x) => f(x))
    best = Math.max(...values)
    const at = grid[values.indexOf(best)]
    ;[low, high] = [Math.max(a, at - width), Math.min(b, at + width)]
  }
  return best
}
