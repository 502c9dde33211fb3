import { boundsOf } from '../../bounds/plan.js'
import { topKFiniteDimension } from '../../bounds/top-k-finite.js'
import type { Traits } from '../../decoders/decoder.js'

/**
 * Where to look first for the dimension at a target rate: the last finite law of the plan that the decoder follows,
 * else its last rule or asymptote, else the law of top-k. A real number of at least 1; any guess serves.
 */
export function initialDimension(traits: Traits | undefined, N: number, k: number, target: number): number {
  const own = traits?.law === undefined ? [] : boundsOf(traits.law)
  const named = own.findLast(({ kind }) => kind === 'law') ?? own.findLast(({ kind }) => kind !== 'guarantee')
  const guess = named?.dimension({ N, k, p: 1 - target }) ?? topKFiniteDimension(N, k, 1 - target)
  return Number.isFinite(guess) ? Math.max(1, guess) : 1
}
