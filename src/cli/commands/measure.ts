import type { Command } from 'commander'
import { checkSubset } from '../../bounds/parameters.js'
import { InputError } from '../../io/input-error.js'
import { codewordsText, digitsText } from '../../results/number-text.js'
import { type Measurement, measureBy } from '../../success/estimation/measure-dimension.js'
import type { SparsityMeasurement } from '../../success/estimation/measure-sparsity.js'
import { interruptible } from '../interrupt.js'
import { type AskedProblem, deadField, problemOf, required, withCriterionOption } from '../model-options.js'
import { parseCount, parseFraction } from '../numbers.js'
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
  readonly target?: number
  readonly precision: number
  readonly trials?: number
  readonly confidence: number
}

/** dpb measure: the dimension, and the dims per bit, at which a decoder reaches a success rate. */
export const measureCommand = (command: Command) =>
  withCriterionOption(withSamplingOptions(command))
    .option(
      '--target <rate>',
      'rate of exact recovery to reach: 0.5 for d50, 0.99 for d99 (default: 0.5)',
      parseFraction,
    )
    .option('--precision <p>', 'largest half-width of the interval, relative', parseFraction, 0.02)
    .option('--trials <n>', 'over a file: at each k that decides (default: 100)', parseCount)
    .option('--confidence <c>', 'of the interval', parseFraction, 0.99)
    .addHelpText(
      'after',
      '\nExamples:\n  dpb measure top-k -N 2^12 -k 20\n  dpb measure ./mine.mjs -N 2^10 -k 8 --target 0.99 --json',
    )
    .action((decoder: string, options: Options) =>
      interruptible((signal) => run(decoder, options, signal), { records: true, record: options.record }),
    )

async function run(decoder: string, options: Options, signal: AbortSignal): Promise<void> {
  const problem = await problemOf(options)
  return problem.d === undefined || options.sparsity !== undefined
    ? dimension(decoder, options, problem, signal)
    : sparsity(decoder, options, { ...problem, d: problem.d }, signal)
}

async function dimension(
  decoder: string,
  options: Options,
  problem: AskedProblem,
  signal: AbortSignal,
): Promise<void> {
  const { seed, target, precision, confidence, quiet } = options
  if (problem.d !== undefined) {
    throw new InputError(
      `a file has d = ${problem.d}: without -k the largest k is found, and with it nothing is`,
    )
  }
  if (options.trials !== undefined) {
    throw new InputError('--trials is of a file: for a dimension --precision says how many are run')
  }
  const { N } = problem
  const k = required('-k', options.sparsity, 'the size of the encoded subset')
  checkSubset(N, k)
  const result = await withSampler(decoder, options, problem, (sampler) =>
    withProgress(decoder, Boolean(quiet), (onProgress) =>
      measureBy(sampler, {
        N,
        k,
        seed,
        precision,
        confidence,
        ...(target !== undefined && { target }),
        onProgress,
        signal,
      }),
    ),
  )
  print(result, () => text(decoder, result), options)
  setExitCode([result])
}

async function sparsity(
  decoder: string,
  options: Options,
  problem: AskedProblem & { readonly d: number },
  signal: AbortSignal,
): Promise<void> {
  const { seed, target = 0.5, confidence, trials, quiet } = options
  const { measureSparsity } = await import('../../success/estimation/measure-sparsity.js')
  const { N, d } = problem
  const result = await withSampler(decoder, options, problem, (sampler) =>
    withProgress(decoder, Boolean(quiet), (onProgress) =>
      measureSparsity(sampler, {
        N,
        d,
        seed,
        target,
        confidence,
        ...(trials !== undefined && { trials }),
        onLook: (looks) => onProgress(1 - 0.9 ** looks),
        signal,
      }),
    ),
  )
  print({ ...result, ...deadField(problem) }, () => sparsityText(decoder, result), options)
  setExitCode([result])
}

function sparsityText(given: string, result: SparsityMeasurement): string[] {
  const { decoder, N, d, target, criterion, model, sparsity, interval, dimsPerBit, confidence } = result
  const { trials, seed, seconds } = result
  return [
    `${decoder} over ${codewordsText(N)} in ${d} dimensions${modelText(model)}`,
    `largest k at which ${100 * target} % of codes meet ${criterion}: ${colors.bold(digitsText(sparsity, 4))}, ` +
      `${100 * confidence} % interval ${intervalText(interval, 0)}`,
    ...(dimsPerBit === null ? [] : [`dims per bit there ${digitsText(dimsPerBit, 4)}`]),
    `${trials} trials at each k that decides, seed ${seed}, ${seconds.toFixed(1)} s`,
    ...faultLines(given, result, model),
  ]
}

function text(given: string, result: Measurement): string[] {
  const {
    decoder,
    N,
    k,
    target,
    criterion,
    model,
    entropyBits,
    dimension,
    dimsPerBit,
    interval,
    dimensionInterval,
  } = result
  const { confidence, method, trials, seed, seconds } = result
  const sure = `${100 * confidence} % interval`
  return [
    `${decoder} at N = ${sizeText(N)}, k = ${k}${modelText(model)}: ` +
      `${criterion === 'exact' ? `success rate ${target}` : criterion}`,
    `dims per bit ${colors.bold(digitsText(dimsPerBit, 4))}, ${sure} ${intervalText(interval)}`,
    `dimension ${digitsText(dimension, 5)}, ${sure} ${intervalText(dimensionInterval, 1)}; H = ` +
      `${digitsText(entropyBits, 5)} bits`,
    `${method}${result.ties === 'strict' ? ', every tie a failure' : ''}, ${trials} trials a ` +
      `dimension, seed ${seed}, ${seconds.toFixed(1)} s`,
    ...faultLines(given, result, model),
    ...impossibleLines(decoder, result.impossible),
  ]
}
