import type { Command } from 'commander'
import type { Criterion } from '../../success/estimation/criterion.js'
import { type Measurement, measure } from '../../success/estimation/measure-dimension.js'
import { interruptible } from '../interrupt.js'
import { withCriterionOption } from '../model-options.js'
import { parseFraction } from '../numbers.js'
import { colors, intervalText, print, sizeText } from '../output.js'
import { withProgress } from '../progress.js'
import {
  faultLines,
  IMPOSSIBLE,
  impossibleLines,
  modelText,
  type SamplingOptions,
  withSampler,
  withSamplingOptions,
} from '../sampling-options.js'

interface Options extends SamplingOptions {
  readonly target?: number
  readonly criterion: Criterion
  readonly precision: number
  readonly confidence: number
}

/** dpb measure: the dimension, and the dims per bit, at which a decoder reaches a success rate. */
export const measureCommand = (command: Command) =>
  withCriterionOption(withSamplingOptions(command))
    .option('--target <rate>', 'rate of exact recovery to reach: 0.5 for d50, 0.99 for d99', parseFraction)
    .option('--precision <p>', 'largest half-width of the interval, relative', parseFraction, 0.02)
    .option('--confidence <c>', 'of the interval', parseFraction, 0.99)
    .addHelpText(
      'after',
      '\nExamples:\n  dpb measure top-k -N 2^12 -k 20\n  dpb measure ./mine.mjs -N 2^10 -k 8 --target 0.99 --json',
    )
    .action((decoder: string, options: Options) => interruptible((signal) => run(decoder, options, signal)))

async function run(decoder: string, options: Options, signal: AbortSignal): Promise<void> {
  const { codewords: N, sparsity: k, seed, target, criterion, precision, confidence, quiet } = options
  const result = await withSampler(decoder, options, (sampler) =>
    withProgress(decoder, Boolean(quiet), (onProgress) =>
      measure(sampler, {
        N,
        k,
        seed,
        criterion,
        precision,
        confidence,
        ...(target !== undefined && { target }),
        onProgress,
        signal,
      }),
    ),
  )
  print(result, () => text(decoder, result), options)
  if (result.impossible) process.exitCode = IMPOSSIBLE
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
  const { confidence, method, trials, seed, seconds, faultCount, faults } = result
  const sure = `${100 * confidence} % interval`
  return [
    `${decoder} at N = ${sizeText(N)}, k = ${k}${modelText(model)}: ` +
      `${criterion === 'exact' ? `success rate ${target}` : criterion}`,
    `dims per bit ${colors.bold(dimsPerBit.toPrecision(4))}, ${sure} ${intervalText(interval)}`,
    `dimension ${dimension.toPrecision(5)}, ${sure} ${intervalText(dimensionInterval, 1)}; H = ` +
      `${entropyBits.toPrecision(5)} bits`,
    `${method}${result.ties === 'strict' ? ', every tie a failure' : ''}, ${trials} trials a ` +
      `dimension, seed ${seed}, ${seconds.toFixed(1)} s`,
    ...faultLines(given, faultCount, faults),
    ...impossibleLines(decoder, result.impossible),
  ]
}
