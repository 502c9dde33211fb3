/** Nodes in (−1, 1), ascending, and weights, which add to 2. */
export interface Quadrature {
  readonly nodes: readonly number[]
  readonly weights: readonly number[]
}

const rules = new Map<number, Quadrature>()

/** Gauss and Legendre's rule of n points: exact for polynomials of degree 2n − 1. Kept for the next call. */
export function legendre(n: number): Quadrature {
  let rule = rules.get(n)
  if (!rule) {
    rule = computed(n)
    rules.set(n, rule)
  }
  return rule
}

function computed(n: number): Quadrature {
  const points = Array.from({ length: n }, (_, i) => {
    let x = -Math.cos((Math.PI * (i + 0.75)) / (n + 0.5))
    for (let step = 0; step < 100; step++) {
      const { value, slope } = polynomial(n, x)
      const next = x - value / slope
      if (Math.abs(next - x) <= 1e-16) break
      x = next
    }
    return { x, weight: 2 / ((1 - x * x) * polynomial(n, x).slope ** 2) }
  })
  return { nodes: points.map(({ x }) => x), weights: points.map(({ weight }) => weight) }
}

/** P_n and its derivative, by the three-term recurrence. */
function polynomial(n: number, x: number): { value: number; slope: number } {
  let [before, value] = [1, x]
  for (let m = 2; m <= n; m++) [before, value] = [value, ((2 * m - 1) * x * value - (m - 1) * before) / m]
  return { value, slope: (n * (x * value - before)) / (x * x - 1) }
}
