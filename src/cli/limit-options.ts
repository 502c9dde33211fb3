import type { Command } from 'commander'
import { parseCount } from './numbers.js'

/** What a user's decoder may take. */
export interface LimitOptions {
  readonly workers?: number
  readonly timeLimit: number
  readonly startupLimit: number
  readonly decoderFiles?: readonly string[]
}

export const withLimitOptions = (command: Command): Command =>
  command
    .option('--workers <n>', 'threads or processes; no result depends on it', parseCount)
    .option('--time-limit <ms>', 'what one decode may take; large problems get more', parseCount, 10_000)
    .option('--startup-limit <ms>', 'what loading the decoder may take', parseCount, 60_000)
    .option(
      '--decoder-files <glob>',
      'files that the decoder reads by itself, which its revision covers; may be given again',
      (glob: string, before: readonly string[] = []) => [...before, glob],
    )

/** The same as options of a sampler. */
export const limitsOf = ({ workers, timeLimit, startupLimit, decoderFiles }: LimitOptions) => ({
  timeLimit,
  startupLimit,
  ...(decoderFiles && { decoderFiles }),
  ...(workers && { workers }),
})
