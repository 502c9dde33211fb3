import type { Command } from 'commander'
import { InputError } from '../io/input-error.js'
import type { TaskContext } from '../success/estimation/run-tasks.js'
import { parseShard, type Shard } from '../success/records/shard.js'
import { openRecord } from '../success/records/trial-record.js'
import { openSampler } from '../success/workers/open-sampler.js'
import { MANY } from './limit-options.js'
import { parseWorkers } from './numbers.js'
import type { OutputOptions } from './output.js'
import { type QueueOption, queueOf, withQueueOption } from './queue-option.js'

/** The options of the commands that run a list of rates and measurements. */
export interface TasksOptions extends OutputOptions, QueueOption {
  readonly out: string
  readonly seed: string
  readonly record?: string
  readonly shard?: Shard
}

export const withTaskOptions = (command: Command, out: string): Command =>
  withQueueOption(
    command
      .option('--out <folder>', 'where to write', out)
      .option('--seed <seed>', 'any string', '1')
      .option('--workers <n>', `threads; no result depends on it ${MANY}`, parseWorkers),
  )
    .option('--record <file>', 'keep every trial in this file, and take from it what is there')
    .option('--shard <i/n>', 'only run the i-th of n parts of the work into the record', parseShard)
    .option('--json', 'one JSON document on standard output')
    .option('--quiet', 'no progress')

/**
 * What such a command works with. Throws InputError for a shard without a record, and where the record cannot be
 * opened.
 */
export function taskContext(options: Omit<TasksOptions, 'out'>, signal: AbortSignal): TaskContext {
  const { seed, workers, shard, record } = options
  const queue = queueOf(options)
  if (shard && record === undefined) throw new InputError('a shard needs a --record to run into')
  return {
    seed,
    shard,
    signal,
    record: openRecord(record),
    open: (decoder, method, model) =>
      openSampler(decoder, { method, ...(model && { model }), ...(workers && { workers }), ...queue }),
  }
}
