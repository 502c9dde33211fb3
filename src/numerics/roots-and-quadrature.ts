/** h Σ f(lo + ih) up to hi: of spectral accuracy for a smooth f that vanishes at both ends. */
export function trapezoid(f: (x: number) => number, lo: number, hi: number, h: number): number {
  let sum = 0
  for (let i = Math.ceil((hi - lo) / h); i >= 0; i--) sum += f(lo + i * h)
  return h * sum
}

/**
 * The x > 0 at which an increasing f passes 0, to about 1e-14 relative, searched outwards from a guess > 0; 0 or
 * Infinity where f does not change sign. f may be −∞ or ∞ at its ends.
 */
export function increasingRoot(f: (x: number) => number, guess: number): number {
  let lo = guess
  let hi = guess
  while (lo > 0 && f(lo) > 0) lo /= 2
  while (hi < Infinity && f(hi) < 0) hi *= 2
  if (lo === 0 || hi === Infinity) return lo === 0 ? 0 : Infinity
  return Math.exp(bracketedRoot((y) => f(Math.exp(y)), Math.log(lo), Math.log(hi)))
}

/** A root of f between a and b, where its signs differ (Chandrupatla 1997, Advances in Engineering Software 28). */
export function bracketedRoot(f: (x: number) => number, a: number, b: number): number {
  let [x1, f1, x2, f2] = [a, f(a), b, f(b)]
  for (let t = 0.5; ; ) {
    const x = x1 + t * (x2 - x1)
    const fx = f(x)
    let [x3, f3] = [x1, f1]
    if (Math.sign(fx) !== Math.sign(f1)) [x3, f3, x2, f2] = [x2, f2, x1, f1]
    ;[x1, f1] = [x, fx]
    const [best, value] = Math.abs(f2) < Math.abs(f1) ? [x2, f2] : [x1, f1]
    const least = (2e-15 + 2 * Number.EPSILON * Math.abs(best)) / Math.abs(x2 - x1)
    if (!(least < 0.5) || value === 0) return best
    const xi = (x1 - x2) / (x3 - x2)
    const phi = (f1 - f2) / (f3 - f2)
    const interpolate = phi ** 2 < xi && (1 - phi) ** 2 < 1 - xi
    const step =
      ((f1 / (f2 - f1)) * f3) / (f2 - f3) + ((((x3 - x1) / (x2 - x1)) * f1) / (f3 - f1)) * (f2 / (f3 - f2))
    t = Math.min(1 - least, Math.max(least, interpolate ? step : 0.5))
  }
}

/** The largest value of f over [lo, hi], 0 < lo: f is smooth, and has one highest summit at the scale of the grid. */
export function summit(f: (x: number) => number, lo: number, hi: number, points = 48): number {
  const ratio = (hi / lo) ** (1 / points)
  let best = lo
  for (let i = 1; i <= points; i++) if (f(lo * ratio ** i) > f(best)) best = lo * ratio ** i
  return goldenSection(f, best / ratio, best * ratio)
}

/** The largest value of a unimodal f on [lo, hi], by 40 golden sections: its place to 1e-8 of the interval. */
export function goldenSection(f: (x: number) => number, lo: number, hi: number): number {
  const g = (Math.sqrt(5) - 1) / 2
  let [a, b] = [lo, hi]
  let [x, y] = [b - g * (b - a), a + g * (b - a)]
  let [fx, fy] = [f(x), f(y)]
  for (let i = 0; i < 40; i++) {
    if (fx < fy) {
      a = x
      ;[x, fx] = [y, fy]
      y = a + g * (b - a)
      fy = f(y)
    } else {
      b = y
      ;[y, fy] = [x, fx]
      x = b - g * (b - a)
      fx = f(x)
    }
  }
  return Math.max(fx, fy)
}
