/** Σ over the 2^n choices of n signs of their sum squared, in exact integers: n·2^n, as their variance is n. */
export function totalSquare(n: number): bigint {
  let count = 1n
  let total = 0n
  for (let minus = 0; minus <= n; minus++) {
    const sum = BigInt(n - 2 * minus)
    total += count * sum * sum
    count = (count * BigInt(n - minus)) / BigInt(minus + 1)
  }
  return total
}
