import { describe, expect, test } from 'vitest'
import { assertKept } from '../check/assert-decoder-contract.js'
import { mustBeAwaited } from './awaited.js'
import type { DecodeLikeOptions } from './decode-like.js'
import { type BaselineFile, driftFrom, driftMessage, passes } from './drift.js'
import { type DecoderUnderTest, examinerUnderTest } from './given-decoder.js'
import {
  type NeedOptions,
  type SucceedOptions,
  toDecodeLike,
  toNeedDimsPerBit,
  toSucceedWithProbability,
} from './matchers.js'

export type { DecodeLikeOptions } from './decode-like.js'
export type { BaselineFile } from './drift.js'
export type { DecoderUnderTest } from './given-decoder.js'
export type { NeedOptions, SucceedOptions } from './matchers.js'

/**
 * Matchers of decoders, on `expect` once this module is loaded. Each is asynchronous: a test that does not await it
 * fails.
 *
 * @since 0.1.0
 */
export interface DecoderMatchers {
  /** Finds the same subsets as another decoder, trial by trial. */
  toDecodeLike(other: DecoderUnderTest, options?: DecodeLikeOptions): Promise<void>
  /** Is not shown to succeed less often than with probability p at (N, k, d). */
  toSucceedWithProbability(p: number, options: SucceedOptions): Promise<void>
  /** Is not shown to need more than so many dims per bit at (N, k) for the target, even odds unless given. */
  toNeedDimsPerBit(options: NeedOptions): Promise<void>
}

declare module 'vitest' {
  // The parameter is Vitest's own: an augmentation must repeat it.
  interface Matchers<T> extends DecoderMatchers {}
}

const matchers = { toDecodeLike, toSucceedWithProbability, toNeedDimsPerBit }
expect.extend(matchers)
mustBeAwaited(...Object.keys(matchers))

/** What a decoder is held to besides the contract, and for how long. @since 0.1.0 */
export interface DescribeOptions {
  /** What `dpb baseline` wrote for this decoder; without it the contract alone is tested. */
  readonly baseline?: BaselineFile
  /** The drift to tolerate, as a share of the dimension. @defaultValue as recorded, and no less */
  readonly tolerance?: number
  /** Seconds that the contract's check may take. @defaultValue `10` */
  readonly contractSeconds?: number
}

/** Seconds that the gate may take: a drift near the tolerance takes all the trials allowed. */
const GATE_SECONDS = 300

/**
 * Tests that a decoder keeps the contract, and, with a baseline, that its dims per bit have not drifted up from it.
 *
 * @since 0.1.0
 */
export function describeDecoder(
  decoder: DecoderUnderTest,
  { baseline, tolerance, contractSeconds = 10 }: DescribeOptions = {},
): void {
  describe(typeof decoder === 'string' ? decoder : decoder.name, () => {
    test('keeps the decoder contract', { timeout: (contractSeconds + 60) * 1000 }, async () => {
      const examiner = await examinerUnderTest(decoder)
      await assertKept(examiner, { seconds: contractSeconds }).finally(() => examiner.close())
    })
    if (baseline === undefined) return
    test('has not drifted from its baseline', { timeout: GATE_SECONDS * 1000 }, async () => {
      const report = await driftFrom(decoder, baseline, tolerance)
      expect(passes(report), driftMessage(report)).toBe(true)
    })
  })
}
