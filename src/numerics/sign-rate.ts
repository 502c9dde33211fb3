/**
 * ½[(1 + x) ln(1 + x) + (1 − x) ln(1 − x)] = Σ x^2i/(2i(2i − 1)), the rate function of fair signs: the relative
 * entropy in nats of a sign of mean x to a fair one. By its power series, in which nothing cancels; meant for |x| ≤
 * ½, where it takes at most 26 terms.
 */
export function signRate(x: number): number {
  let power = x * x
  let sum = 0
  for (let i = 2; power > 1e-17 * sum; i += 2) {
    sum += power / (i * (i - 1))
    power *= x * x
  }
  return sum
}
