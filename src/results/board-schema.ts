import { z } from 'zod'
import {
  fits,
  interval,
  method,
  mustFit,
  positive,
  positiveCount,
  seconds,
  share,
  size,
} from '../io/fields.js'
import type { Leaderboard, LeaderboardRow, MeasuredTable, Unreached } from './report.js'

const decoderAtSize = { decoder: z.string().min(1), N: size, k: positiveCount }
const measured = {
  ...decoderAtSize,
  dimension: positive,
  dimensionInterval: interval,
  dimsPerBit: positive,
  interval,
  trials: positiveCount,
}
const head = { command: z.string(), seed: z.string(), confidence: share }

/** The table of `dpb table`. */
export const measuredTableSchema: z.ZodType<MeasuredTable> = z.looseObject({
  ...head,
  rows: z.array(z.looseObject(measured).refine(fits, mustFit)),
})

const row = z
  .looseObject({
    ...measured,
    method,
    reliable: z.looseObject({ dimension: positive, dimensionInterval: interval }).nullable(),
    msPerDecode: seconds,
    law: z.looseObject({ id: z.string(), dimension: positive }).nullable(),
    timesBound: positive,
  })
  .refine(fits, mustFit) satisfies z.ZodType<LeaderboardRow>

const unreached = z
  .looseObject({ ...decoderAtSize, reason: z.string() })
  .refine(fits, mustFit) satisfies z.ZodType<Unreached>

/** The board of `dpb leaderboard`. */
export const leaderboardSchema: z.ZodType<Leaderboard> = z.looseObject({
  ...head,
  rows: z.array(row),
  unreached: z.array(unreached),
})
