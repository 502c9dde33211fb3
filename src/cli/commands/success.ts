import type { Command } from 'commander'
import { checkSubset } from '../../bounds/parameters.js'
import { InputError } from '../../io/input-error.js'
import { digitsText } from '../../results/number-text.js'
import type { Metric } from '../../success/estimation/recovery-metrics.js'
import type { SuccessRate } from '../../success/estimation/success-rate.js'
import { parseShard, type Shard } from '../../success/records/shard.js'
import { interruptible } from '../interrupt.js'
import { deadField, problemOf, required } from '../model-options.js'
import { parseCount, parseFraction, parseInteger } from '../numbers.js'
import { colors, intervalText, print, sizeText } from '../output.js'
import { withProgress } from '../progress.js'
import {
  faultLines,
  impossibleLines,
  modelText,
  type SamplingOptions,
  setExitCode,
  withSampler,
  withSamplingOptions,
} from '../sampling-options.js'

interface Options extends SamplingOptions {
  readonly dimension?: number
  readonly trials?: number
  readonly from: number
  readonly confidence: number
  readonly shard?: Shard
  readonly controlVariates: boolean
  readonly scores?: boolean
}

/** dpb success: the success rate of a decoder at one shape. */
export const successCommand = (command: Command) =>
  withSamplingOptions(command)
    .option('-d, --dimension <d>', 'dimension of the code (required, unless a file has it)', parseCount)
    .option('--trials <n>', 'number of trials (default: 1000 of whole decodes, else by decoder)', parseCount)
    .option('--from <trial>', 'number of the first trial', parseInteger, 0)
    .option('--confidence <c>', 'of the interval', parseFraction, 0.99)
    .option(
      '--shard <i/n>',
      'only the i-th of n parts of the trials; join their records by dpb merge',
      parseShard,
    )
    .option('--no-control-variates', 'the wider interval that holds for any number of trials')
    .option('--scores', 'AUC and soft bits of scores too: a one-step decoder’s, or what yours answers with')
    .addHelpText(
      'after',
      '\nExamples:\n  dpb success top-k -N 2^12 -k 20 -d 600\n  dpb success ./mine.mjs -N 2^10 -k 8 -d ' +
        '200 --trials 400 --json',
    )
    .action((decoder: string, options: Options) =>
      interruptible((signal) => success(decoder, options, signal), { records: true, record: options.record }),
    )

async function success(decoder: string, options: Options, signal: AbortSignal): Promise<void> {
  const { seed, confidence, quiet, controlVariates, scores } = options
  const problem = await problemOf(options)
  const { N } = problem
  const k = required('-k', options.sparsity, 'the size of the encoded subset')
  const d = required('-d', options.dimension ?? problem.d, 'the dimension of the code')
  checkSubset(N, k)
  // Read while the sampler's first thread starts.
  const loading = import('../../success/estimation/success-rate.js')
  const result = await withSampler(decoder, options, problem, async (sampler) => {
    const { defaultTrials, rateBy: successRate } = await loading
    const { from, trials } = part(options, defaultTrials(sampler))
    return withProgress(decoder, Boolean(quiet), (onProgress) =>
      successRate(sampler, {
        N,
        k,
        d,
        seed,
        confidence,
        controlVariates,
        ...(scores && { scores }),
        from,
        trials,
        signal,
        onTrials: (done) => onProgress(done / trials),
      }),
    )
  })
  print({ ...result, ...deadField(problem) }, () => text(decoder, result), options)
  setExitCode([result])
}

/** The trials that a call asks for, or its shard of them. */
function part({ from, trials, shard }: Options, unlessGiven: number): { from: number; trials: number } {
  const all = trials ?? unlessGiven
  if (!shard) return { from, trials: all }
  const { index, of } = shard
  if (of > all) throw new InputError(`${all} trials cannot be cut into ${of} shards`)
  const start = Math.floor(((index - 1) * all) / of)
  return { from: from + start, trials: Math.floor((index * all) / of) - start }
}

function text(given: string, result: SuccessRate): string[] {
  const { decoder, N, k, d, model, method, trials, from, seed, successRate, interval, confidence, rule } =
    result
  const first = from === 0 ? '' : ` from ${from} on`
  return [
    `${decoder} at N = ${sizeText(N)}, k = ${k}, d = ${d}${modelText(model)}`,
    `success rate ${colors.bold(digitsText(successRate, 4))}, ${100 * confidence} % interval ` +
      `${intervalText(interval, 4)} (${rule})`,
    ...metricLines(result),
    `${method}${result.ties === 'strict' ? ', every tie a failure' : ''}, ${trials} trials${first}, ` +
      `seed ${seed}, ${result.seconds.toFixed(1)} s`,
    ...faultLines(given, result, model),
    ...impossibleLines(decoder, result.impossible),
  ]
}

const metric = (name: string, { value, interval }: Metric): string =>
  `${name} ${digitsText(value, 4)} ${intervalText(interval, 4)}`

function metricLines({ metrics, scores, amplitudes }: SuccessRate): string[] {
  const lines: string[][] = []
  if (metrics) {
    const { recall, precision, f1, bitsRead, bitsReadPerDimension } = metrics
    lines.push([metric('recall', recall), metric('precision', precision), metric('F1', f1)])
    lines.push([metric('bits read', bitsRead), metric('a dimension', bitsReadPerDimension)])
  }
  if (scores) {
    const { auc, softBits, softBitsPerDimension } = scores
    const bits = [metric('soft bits', softBits), metric('a dimension', softBitsPerDimension)]
    lines.push([metric('AUC of scores', auc), ...bits])
  }
  if (amplitudes) {
    const { squaredError, unexplained } = amplitudes
    lines.push([metric('squared error of amplitudes', squaredError), metric('unexplained', unexplained)])
  }
  return lines.map((line) => line.join(', '))
}
