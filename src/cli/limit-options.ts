import type { Command } from 'commander'
import { parseMilliseconds, parseWorkers } from './numbers.js'

/** What --workers is unless it is given. */
export const MANY = '(default: as many as the machine runs at a time)'

/** The time that a user's decoder may take. */
export interface TimeLimits {
  readonly timeLimit: number
  readonly startupLimit: number
}

/** What it may take. */
export interface LimitOptions extends TimeLimits {
  readonly workers?: number
  readonly decoderFiles?: readonly string[]
}

export const withTimeLimits = (command: Command): Command =>
  command
    .option(
      '--time-limit <ms>',
      'what one decode may take; large problems get more',
      parseMilliseconds,
      10_000,
    )
    .option('--startup-limit <ms>', 'what loading the decoder may take', parseMilliseconds, 60_000)

export const withLimitOptions = (command: Command): Command =>
  withTimeLimits(command)
    .option('--workers <n>', `threads or processes; no result depends on it ${MANY}`, parseWorkers)
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
