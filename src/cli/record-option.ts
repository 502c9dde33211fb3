import type { Command } from 'commander'
import { errorLine } from '../io/text/terminal.js'
import { countText } from '../results/number-text.js'
import type { Sampler } from '../success/trials/sampler.js'

export interface RecordOption {
  readonly record?: string
}

export const withRecordOption = (command: Command): Command =>
  command.option('--record <file>', 'keep every trial in this file, and take from it what is there')

/**
 * Run a step whose samplers keep a record, where there is one: it says how many trials are taken from it, and puts
 * the record in order when the step succeeded.
 */
export async function withRecord<T>(
  path: string | undefined,
  step: (keep: (sampler: Sampler) => Sampler) => Promise<T>,
): Promise<T> {
  if (path === undefined) return step((sampler) => sampler)
  // What reads records takes a tenth of a second to load.
  const { openRecord } = await import('../success/records/trial-record.js')
  const { recorded } = await import('../success/records/recording-sampler.js')
  const record = openRecord(path)
  let taken = 0
  const result = await step((sampler) =>
    recorded(sampler, record, (trials) => {
      taken += trials
    }),
  )
  if (taken > 0)
    process.stderr.write(
      errorLine(`${countText(taken, 'trial is', 'trials are')} taken from '${path}', not run again`),
    )
  record.settle()
  return result
}
