import type { Command } from 'commander'
import { parseCount } from './numbers.js'

/** What a user's decoder may take. */
export interface LimitOptions {
  readonly workers?: number
  readonly timeLimit: number
  readonly startupLimit: number
}

export const withLimitOptions = (command: Command): Command =>
  command
    .option('--workers <n>', 'threads or processes; no result depends on it', parseCount)
    .option('--time-limit <ms>', 'what one decode may take; large problems get more', parseCount, 10_000)
    .option('--startup-limit <ms>', 'what loading the decoder may take', parseCount, 60_000)

/** The same as options of a sampler. */
export const limitsOf = ({ workers, timeLimit, startupLimit }: LimitOptions) => ({
  timeLimit,
  startupLimit,
  ...(workers && { workers }),
})
