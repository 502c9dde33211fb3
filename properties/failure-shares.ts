import { chernoffShare } from '../src/bounds/threshold-bentkus.js'

/**
 * Proposition 2: the largest share of p that the failure can be at this N, whatever ε, p and d; x = ε√d has x² > 4 ln
 * N.
 */
export const pairShare = (N: number): number => (1 - 1 / N) * chernoffShare(2 * Math.sqrt(Math.log(N)))

/** That share at every N: its largest, at N = 5, rounded up. */
export const PAIR_SHARE = 0.36

/**
 * Proposition 3: the largest share of p that the failure can be at this N, whatever k, p and d; x = ½√(d/k) has x² ≥
 * 2 ln N.
 */
export const thresholdShare = (N: number): number => chernoffShare(Math.sqrt(2 * Math.log(N)))

/** That share, which falls in N, at N = 2 and at N = 2^8, rounded up. */
export const THRESHOLD_SHARES = { least: 0.77, large: 0.36 } as const
