import type { Command } from 'commander'
import { answerText, type Feasibility, feasibilities } from '../../bounds/feasibility.js'
import { FAILURE } from '../../bounds/parameters.js'
import { type Plan, plan } from '../../bounds/plan.js'
import { isPaper } from '../../codes/model/description.js'
import { InputError } from '../../io/input-error.js'
import { digitsText, inNotation, numberText, plannedText } from '../../results/number-text.js'
import { byKind } from '../bound-order.js'
import {
  type ModelOptions,
  modelFromOptions,
  withCriterionOption,
  withModelOptions,
} from '../model-options.js'
import { parseCount, parseFraction, parseInteger } from '../numbers.js'
import { dimensionText, type OutputOptions, print, sizeText } from '../output.js'
import { table } from '../text-table.js'

interface Options extends OutputOptions, ModelOptions {
  codewords: number
  sparsity: number
  p: number
  dimension?: number
}

/** dpb plan: what theory promises for one (N, k, p) and model. */
export const planCommand = (command: Command) =>
  withCriterionOption(withModelOptions(command))
    .requiredOption('-N, --codewords <n>', 'number of codewords, as 1048576 or 2^20 or 10^100', parseCount)
    .requiredOption('-k, --sparsity <k>', 'size of the encoded subset', parseInteger)
    .option('-p, --p <p>', 'failure probability', parseFraction, FAILURE)
    .option('-d, --dimension <d>', 'say also which decoders read a code of d dimensions', parseCount)
    .option('--json', 'one JSON document on standard output')
    .addHelpText(
      'after',
      '\nExamples:\n  dpb plan -N 2^20 -k 28\n  dpb plan -N 131072 -k 32 -d 768\n  ' +
        'dpb plan -N 131072 -k 64 -d 768 --noise 0.1 --amplitudes half-normal\n  ' +
        'dpb plan -N 10^100 -k 1000 --p 0.001 --json',
    )
    .action(async (options: Options) => {
      const { codewords: N, sparsity: k, p, dimension: d } = options
      const model = modelFromOptions(options)
      if (isPaper(model)) return ideal(plan({ N, k, p }), d, options)
      const [{ generalPlan }, { coupledPlan }, { generalPlanText }] = await Promise.all([
        import('../../bounds/general/general-plan.js'),
        import('../../bounds/general/coupled-plan.js'),
        import('../general-plan-text.js'),
      ])
      const coupled = coupledPlan({ N, k, p, model })
      if (coupled && d !== undefined)
        throw new InputError('-d is not for coupled dictionaries: measure there')
      const result = coupled ?? generalPlan({ N, k, p, model }, d)
      print(result, () => generalPlanText(result), options)
    })

function ideal(result: Plan, d: number | undefined, options: Options): void {
  const model = modelFromOptions(options)
  if (d === undefined) print({ ...result, model }, () => text(result), options)
  else {
    const reads = feasibilities(result, d)
    print(
      { ...result, model, d, readings: reads },
      () => text(result, [...feasibilitiesText(d, reads), '']),
      options,
    )
  }
}

function text({ N, k, p, entropyBits, bounds }: Plan, answer: readonly string[] = []): string[] {
  const rows = byKind(bounds).map((bound) => [
    bound.problem ? `${bound.decoder} (${bound.problem})` : bound.decoder,
    bound.kind,
    plannedText(bound),
    bound.dimsPerBit === null ? '–' : digitsText(bound.dimsPerBit, 3),
    inNotation(`${bound.statement}${bound.reason ? `; here ${bound.reason}` : ''} (${bound.source})`),
  ])
  return [
    `N = ${sizeText(N)}, k = ${k}, p = ${numberText(p)}: H = log2 C(N, k) = ${entropyBits.toPrecision(6)} bits, ` +
      'computed exactly; laws and rules approximate',
    ...answer,
    ...table(['decoder', 'kind', 'd', 'd/H', 'statement'], rows),
  ]
}

function feasibilitiesText(d: number, reads: readonly Feasibility[]): string[] {
  const dimension = (bound: Feasibility['reached']) => (bound ? dimensionText(bound.dimension!) : '–')
  const rows = reads.map(({ decoder, answer, by, reached, missed }) => [
    decoder,
    answerText[answer],
    by,
    dimension(reached),
    dimension(missed),
  ])
  return [
    `What reads a code of d = ${d} dimensions, by the strongest kind of statement there is:`,
    ...table(['decoder', 'reads it', 'by', 'reaches', 'misses'], rows),
  ]
}
