import type { Command } from 'commander'
import { builtInDecoder } from '../decoders/built-in.js'
import { InputError } from '../io/input-error.js'
import { parseMilliseconds, parseWorkers } from './numbers.js'

/** What --workers is unless it is given. */
export const MANY = '(default: as many as the machine runs at a time)'

/** The time that a user's decoder may take. */
export interface TimeLimits {
  readonly timeLimit?: number
  readonly startupLimit?: number
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
      'what one decode may take; large problems get more (default: 10000)',
      parseMilliseconds,
    )
    .option('--startup-limit <ms>', 'what loading the decoder may take (default: 60000)', parseMilliseconds)

export const withLimitOptions = (command: Command): Command =>
  withTimeLimits(command)
    .option('--workers <n>', `threads or processes; no result depends on it ${MANY}`, parseWorkers)
    .option(
      '--decoder-files <glob>',
      'files that the decoder reads by itself, which its revision covers; may be given again',
      (glob: string, before: readonly string[] = []) => [...before, glob],
    )

/**
 * The same as options of a sampler. Throws InputError for a limit of the user's decoders where all of these are built
 * in.
 */
export function limitsOf(
  { workers, timeLimit, startupLimit, decoderFiles }: LimitOptions,
  ...decoders: readonly string[]
) {
  const own = {
    ...(timeLimit && { timeLimit }),
    ...(startupLimit && { startupLimit }),
    ...(decoderFiles && { decoderFiles }),
  }
  const [given] = Object.keys(own)
  if (given !== undefined && decoders.every(builtInDecoder)) {
    const option = given.replace(/[A-Z]/, (letter) => `-${letter.toLowerCase()}`)
    throw new InputError(
      `--${option} is of a decoder in a file or a program: leave it out for ${decoders.join(', ')}`,
    )
  }
  return { ...own, ...(workers && { workers }) }
}
