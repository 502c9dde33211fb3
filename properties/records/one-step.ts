import { z } from 'zod'
import { entropyBits } from '../../src/bounds/entropy.js'
import { ruleThreshold, ruleTopK } from '../../src/bounds/rules-of-thumb.js'
import { positiveCount, share, unit } from '../../src/io/fields.js'
import { toDecimals } from '../../src/numerics/round.js'
import type { RateVerdict } from '../../src/statistics/rate-rule.js'
import { asPrinted, sizes, sparsities } from '../paper-range.js'
import { testConditional } from '../simulate.js'
import { listFor, verdict } from './fields.js'
import type { StoredMeasurement } from './stored-measurement.js'

/** “Reliable” for threshold decoding and “high probability” for top-k are at least this often. */
export const reliable = { threshold: 0.9, 'top-k': 0.99 } as const
/** The dims per bit that one-step estimates are said to need. */
export const floor = 2.7

/** What a sequential test of a success rate said. */
export interface Tested {
  readonly d: number
  readonly bar: number
  readonly verdict: RateVerdict
  readonly rate: number
}

/** Both one-step decoders at one N and k of the paper's figures. */
export interface OneStepCell {
  readonly N: number
  readonly k: number
  /** Threshold decoding at 7.5k ln N, against 90 %. */
  readonly threshold: Tested
  /** Top-k at 3.5k ln(kN), against 99 %. */
  readonly topK: Tested
  /** Both at 2.7 dims per bit, against even odds. */
  readonly thresholdAtFloor: Tested
  readonly topKAtFloor: Tested
}

/** Error probability of each verdict. */
const alpha = 1e-3
const cap = 4000

const shapes = sizes.flatMap((N) => sparsities.map((k) => [N, k] as const))
const tested = z.strictObject({ d: positiveCount, bar: share, verdict, rate: unit })

/** The one-step decoders just below their rules and at 2.7 dims per bit, at every k and N of Figure 3. */
export const oneStepRecord: StoredMeasurement<{
  readonly alpha: number
  readonly cells: readonly OneStepCell[]
}> = {
  name: 'one-step',
  schema: z.strictObject({
    alpha: share,
    cells: listFor(
      z.strictObject({
        N: positiveCount,
        k: positiveCount,
        threshold: tested,
        topK: tested,
        thresholdAtFloor: tested,
        topKAtFloor: tested,
      }),
      shapes.map(([N, k]) => `N = ${N}, k = ${k}`),
      ({ N, k }) => `N = ${N}, k = ${k}`,
    ),
  }),
  measure(seed, onProgress) {
    const cells = shapes.map(([N, k], i) => {
      onProgress(i / shapes.length)
      return measureCell(N, k, seed)
    })
    return { alpha, cells }
  },
}

function measureCell(N: number, k: number, seed: string): OneStepCell {
  const test = (decoder: string, dimension: number, bar: number): Tested => {
    const d = Math.max(1, Math.floor(dimension))
    const { verdict, estimate } = testConditional(decoder, { N, k, d }, seed, { bar, alpha, cap })
    return { d, bar, verdict, rate: toDecimals(estimate().point, 4) }
  }
  const atFloor = floor * entropyBits(N, k)
  return {
    N,
    k,
    threshold: test('threshold', asPrinted(8)[0] * ruleThreshold(N, k), reliable.threshold),
    topK: test('top-k', asPrinted(4)[0] * ruleTopK(N, k), reliable['top-k']),
    thresholdAtFloor: test('threshold', atFloor, 0.5),
    topKAtFloor: test('top-k', atFloor, 0.5),
  }
}
