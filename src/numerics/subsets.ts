import { requireNumber } from '../io/arguments.js'

/** C(n, k) as a double: exact up to 2^53, Infinity beyond the doubles. */
export function countSubsets(n: number, k: number): number {
  let count = 1
  for (let i = 1; i <= Math.min(k, n - k); i++) count = (count * (n - i + 1)) / i
  return k > n ? 0 : Math.round(count)
}

/** Every k-subset of {0, …, n − 1} in lexicographic order. */
export function* everySubset(n: number, k: number): Generator<readonly number[]> {
  if (k > n) return
  const subset = Array.from({ length: k }, (_, m) => m)
  for (;;) {
    yield subset.slice()
    let last = k - 1
    while (subset[last] === n - k + last) last--
    if (last < 0) return
    subset[last]++
    for (let m = last + 1; m < k; m++) subset[m] = subset[m - 1] + 1
  }
}

/**
 * Throws RangeError when `limit` is no number, or there are more than `limit` k-subsets of n to go through for
 * `what`.
 */
export function checkEnumerable(n: number, k: number, limit: number, what: string): void {
  requireNumber('limit', limit)
  const count = countSubsets(n, k)
  if (!(count <= limit)) {
    throw new RangeError(`${what} goes through all C(${n}, ${k}) = ${count} subsets; the limit is ${limit}`)
  }
}
