import { type Command, Option } from 'commander'
import { isIdeal, type ModelDescription } from '../codes/model/description.js'
import { hasConditional, hasGeneral } from '../decoders/built-in.js'
import { messageText } from '../io/text/visible.js'
import { countText } from '../results/number-text.js'
import { modelArguments, successCommandLine } from '../results/replay-command.js'
import type { FaultSummary } from '../success/estimation/fault-summary.js'
import { type Impossible, impossibleText } from '../success/estimation/tripwire.js'
import type { Method, Sampler, Ties } from '../success/trials/sampler.js'
import { openSampler } from '../success/workers/open-sampler.js'
import { type LimitOptions, limitsOf, withLimitOptions } from './limit-options.js'
import { type AskedProblem, type ModelOptions, withModelOptions } from './model-options.js'
import { parseCount, parseInteger } from './numbers.js'
import { colors, type OutputOptions } from './output.js'
import { type QueueOption, queueOf, withQueueOption } from './queue-option.js'
import { type RecordOption, withRecord, withRecordOption } from './record-option.js'

/** The options of every command that runs one decoder's trials. */
export interface SamplingOptions
  extends OutputOptions,
    LimitOptions,
    RecordOption,
    ModelOptions,
    QueueOption {
  readonly codewords?: number
  readonly sparsity?: number
  readonly seed: string
  readonly method?: Method
  readonly ties?: Ties
}

export const withSamplingOptions = (command: Command): Command =>
  withRecordOption(
    withQueueOption(withModelOptions(withLimitOptions(command)))
      .option(
        '-N, --codewords <n>',
        'number of codewords, as 1048576 or 2^20 (default: of a file, all)',
        parseCount,
      )
      .option(
        '-k, --sparsity <k>',
        'size of the encoded subset (required, unless measured over a file)',
        parseInteger,
      )
      .addOption(
        new Option(
          '--method <method>',
          'given the members alone, or by whole decodes (default: conditional where the decoder has it)',
        ).choices(['conditional', 'simulation']),
      )
      .addOption(
        new Option(
          '--ties <convention>',
          'who wins a tie: the lowest index, or nobody (default: lowest-index)',
        ).choices(['lowest-index', 'strict']),
      )
      .option('--seed <seed>', 'any string', '1'),
  )
    .option('--json', 'one JSON document on standard output')
    .option('--quiet', 'no progress')

const defaultMethod = (decoder: string, model: ModelDescription): Method =>
  (isIdeal(model) ? hasConditional(decoder) : hasGeneral(decoder) && model.dictionary === 'rademacher')
    ? 'conditional'
    : 'simulation'

/**
 * Run a step with the decoder's sampler, which is closed after it; the record is put in order when the step
 * succeeded.
 */
export async function withSampler<T>(
  decoder: string,
  options: SamplingOptions,
  { model, opened }: AskedProblem,
  step: (sampler: Sampler) => Promise<T>,
): Promise<T> {
  const { record, ties } = options
  const queue = queueOf(options)
  const { method = defaultMethod(decoder, model) } = options
  return withRecord(record, async (keep) => {
    const sampler = await openSampler(decoder, {
      method,
      model,
      opened,
      ...(ties && { ties }),
      ...limitsOf(options, decoder),
      ...queue,
    })
    try {
      return await step(keep(sampler))
    } finally {
      await sampler.close()
    }
  })
}

/** Lines about broken contracts, each with what replays it; none where there are no faults. */
export function faultLines(
  decoder: string,
  { faultCount, faults, unanswered }: FaultSummary,
  model: ModelDescription,
): string[] {
  if (faultCount === 0) return []
  const refused = faults.filter(({ kind }) => kind === 'refused').length
  const none = unanswered === 'broken' ? [colors.red('no trial has a valid answer; see dpb check')] : []
  const what =
    refused === faults.length
      ? 'were refused by the decoder'
      : `broke the decoder's contract${refused > 0 ? ', or were refused by it' : ''}`
  return [
    colors.yellow(`${countText(faultCount, 'trial')} ${what}, and count as failures:`),
    ...faults.map(
      ({ kind, message, trial, ...problem }) =>
        `  ${kind === 'refused' ? '' : `${kind}: `}${messageText(message)}; replay: ` +
        `${successCommandLine({ ...problem, decoder, model, method: 'simulation', from: trial, trials: 1 })}`,
    ),
    ...none,
  ]
}

/** Exit codes of a result that is impossible or has no valid answer, and of a decoder that refused to read. */
const [FAILED, NOT_EXAMINED] = [1, 3]

/** Set the exit code where a result says that a check failed, or that nothing was examined. */
export function setExitCode(results: readonly Judged[]): void {
  if (results.some(({ impossible, unanswered }) => impossible || unanswered === 'broken')) {
    process.exitCode = FAILED
  } else if (results.some(({ unanswered }) => unanswered)) process.exitCode = NOT_EXAMINED
}

interface Judged {
  readonly impossible?: Impossible
  readonly unanswered?: FaultSummary['unanswered']
}

export const impossibleLines = (decoder: string, found: Impossible | undefined): string[] =>
  found ? [colors.red(impossibleText(decoder, found))] : []

/** What differs from the paper's model, to go on from a shape: the options that ask for it. */
export const modelText = (model: ModelDescription): string => modelArguments(model).replace(' ', ', ')
