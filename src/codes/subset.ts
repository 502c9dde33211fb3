import { requireInteger } from '../io/arguments.js'
import type { Stream } from '../random/stream.js'

/**
 * A uniform k-subset of {0, …, N − 1}, ascending (Floyd's algorithm: k draws whatever N is).
 * Throws RangeError unless 0 ≤ k ≤ N are integers.
 */
export function randomSubset(N: number, k: number, random: Stream): number[] {
  requireInteger('N', N, 0, Number.MAX_SAFE_INTEGER)
  requireInteger('k', k, 0, N)
  const chosen = new Set<number>()
  for (let top = N - k; top < N; top++) {
    const draw = random.integer(top + 1)
    chosen.add(chosen.has(draw) ? top : draw)
  }
  return [...chosen].sort((a, b) => a - b)
}

/** Whether two lists of indices, each without repeats, hold the same set. */
export function sameSubset(a: ArrayLike<number>, b: ArrayLike<number>): boolean {
  if (a.length !== b.length) return false
  const members = new Set(Array.from(a))
  return Array.from(b).every((i) => members.has(i))
}
