import { z } from 'zod'
import { pursuitRule } from '../../src/bounds/mp-rules.js'
import { conditionalOf } from '../../src/decoders/built-in.js'
import { positiveCount, share, unit } from '../../src/io/fields.js'
import { endsToDecimals, toDecimals } from '../../src/numerics/round.js'
import { bettingInterval } from '../../src/statistics/betting-interval.js'
import type { MeanTestOptions } from '../../src/statistics/mean-test.js'
import type { RateVerdict } from '../../src/statistics/rate-rule.js'
import { conditionalTrial } from '../../src/success/conditional/conditional-sampler.js'
import { sizes, sparsities } from '../paper-range.js'
import { testConditional } from '../simulate.js'
import { ends, listFor, verdict } from './fields.js'
import type { StoredMeasurement } from './stored-measurement.js'

const { rule: pursuit } = conditionalOf('matching-pursuit')

/**
 * Even odds count as near the rule within this share of it: half of what parts it from 1.3 times it, where success is
 * to be reliable.
 */
export const near = 0.15
/** “Very reliable” is at least this often. */
export const reliable = 0.9

/** Matching pursuit with unit steps at one N and k, about the rule d = k log2(eN/k). */
export interface PursuitCell {
  readonly N: number
  readonly k: number
  /** Whether the rate is below or above ½ at (1 − near) and (1 + near) times the rule. */
  readonly short: RateVerdict
  readonly long: RateVerdict
  /** The rate at the rule itself. */
  readonly rate: number
  readonly interval: readonly [number, number]
  /** The rate at 1.3 times it, and whether it is `reliable`. */
  readonly rateAt13: number
  readonly at13: RateVerdict
}

/** Error probability of each verdict and of each interval. */
const alpha = 1e-3

const shapes = sizes.flatMap((N) => sparsities.map((k) => [N, k] as const))

/** Matching pursuit about its rule at every k and N of Figure 5. */
export const pursuitRecord: StoredMeasurement<{
  readonly alpha: number
  readonly cells: readonly PursuitCell[]
}> = {
  name: 'matching-pursuit',
  schema: z.strictObject({
    alpha: share,
    cells: listFor(
      z.strictObject({
        N: positiveCount,
        k: positiveCount,
        short: verdict,
        long: verdict,
        rate: unit,
        interval: ends(unit),
        at13: verdict,
        rateAt13: unit,
      }),
      shapes.map(([N, k]) => `N = ${N}, k = ${k}`),
      ({ N, k }) => `N = ${N}, k = ${k}`,
    ),
  }),
  measure(seed, onProgress) {
    return {
      alpha,
      cells: shapes.map(([N, k], i) => {
        onProgress(i / shapes.length)
        return measureCell(N, k, seed)
      }),
    }
  },
}

function measureCell(N: number, k: number, seed: string): PursuitCell {
  const shape = (factor: number) => ({ N, k, d: Math.ceil(pursuitRule(N, k, factor)) })
  const rates = (factor: number, trials: number) =>
    Array.from({ length: trials }, (_, t) => conditionalTrial(pursuit, shape(factor), seed, t))
  const test = (factor: number, options: Omit<MeanTestOptions, 'alpha'>) =>
    testConditional('matching-pursuit', shape(factor), seed, { ...options, alpha })
  const { point, interval } = bettingInterval(rates(1, 24), alpha / 2, alpha / 2)
  const at13 = test(1.3, { bar: reliable, cap: 120 })
  return {
    N,
    k,
    short: test(1 - near, { bar: 0.5, cap: 60 }).verdict,
    long: test(1 + near, { bar: 0.5, cap: 60 }).verdict,
    rate: toDecimals(point, 4),
    interval: endsToDecimals(interval, 4),
    at13: at13.verdict,
    rateAt13: toDecimals(at13.estimate().point, 4),
  }
}
