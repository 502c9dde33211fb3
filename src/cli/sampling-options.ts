import { type Command, Option } from 'commander'
import { hasConditional } from '../decoders/built-in.js'
import { errorLine } from '../io/text/terminal.js'
import { messageText } from '../io/text/visible.js'
import { successCommand } from '../results/replay-command.js'
import { type Impossible, impossibleText } from '../success/estimation/tripwire.js'
import { recorded } from '../success/records/recording-sampler.js'
import type { TrialRecord } from '../success/records/trial-record.js'
import type { ContractViolation, Method, Sampler } from '../success/trials/sampler.js'
import { openSampler } from '../success/workers/open-sampler.js'
import { type LimitOptions, limitsOf, withLimitOptions } from './limit-options.js'
import { parseCount, parseInteger } from './numbers.js'
import { colors, type OutputOptions } from './output.js'

/** The options of every command that runs one decoder's trials. */
export interface SamplingOptions extends OutputOptions, LimitOptions {
  readonly codewords: number
  readonly sparsity: number
  readonly seed: string
  readonly method?: Method
  readonly record?: string
}

export const withSamplingOptions = (command: Command): Command =>
  withLimitOptions(
    command
      .requiredOption('-N, --codewords <n>', 'number of codewords, as 1048576 or 2^20', parseCount)
      .requiredOption('-k, --sparsity <k>', 'size of the encoded subset', parseInteger)
      .addOption(
        new Option('--method <method>', 'conditional where the decoder has it, else simulation').choices([
          'conditional',
          'simulation',
        ]),
      )
      .option('--seed <seed>', 'any string', '1')
      .option('--record <file>', 'keep every trial in this file, and take from it what is there'),
  )
    .option('--json', 'one JSON document on standard output')
    .option('--quiet', 'no progress')

const defaultMethod = (decoder: string): Method => (hasConditional(decoder) ? 'conditional' : 'simulation')

/** Run a step with the decoder's sampler, which is closed after it; the record is put in order when the step succeeded. */
export async function withSampler<T>(
  decoder: string,
  options: SamplingOptions,
  step: (sampler: Sampler) => Promise<T>,
): Promise<T> {
  const { method = defaultMethod(decoder), record: path } = options
  const record = path === undefined ? undefined : await recordAt(path)
  const sampler = await openSampler(decoder, { method, ...limitsOf(options) })
  let taken = 0
  try {
    const result = await step(
      record
        ? recorded(sampler, record, (trials) => {
            taken += trials
          })
        : sampler,
    )
    if (taken > 0) process.stderr.write(errorLine(`${taken} trials are taken from '${path}', not run again`))
    record?.settle()
    return result
  } finally {
    await sampler.close()
  }
}

/** What reads records is loaded where there is one: it takes a tenth of a second. */
async function recordAt(path: string): Promise<TrialRecord> {
  const { openRecord } = await import('../success/records/trial-record.js')
  return openRecord(path)
}

/** Lines about broken contracts, each with what replays it; none where there are no faults. */
export function faultLines(
  decoder: string,
  faultCount: number,
  faults: readonly ContractViolation[],
): string[] {
  if (faultCount === 0) return []
  return [
    colors.yellow(`${faultCount} trials broke the decoder's contract, and count as failures:`),
    ...faults.map(
      ({ kind, message, trial, ...problem }) =>
        `  ${kind}: ${messageText(message)}; replay: ${successCommand({ ...problem, decoder, method: 'simulation', from: trial, trials: 1 })}`,
    ),
  ]
}

/** Exit code of a result that no decoder can have. */
export const IMPOSSIBLE = 1

export const impossibleLines = (decoder: string, found: Impossible | undefined): string[] =>
  found ? [colors.red(impossibleText(decoder, found))] : []
