import { Command } from 'commander'
import { type Plan, plan } from '../../bounds/plan.js'
import { parseCount, parseFraction, parseInteger } from '../numbers.js'
import { dimensionText, type OutputOptions, print, table } from '../output.js'

interface Options extends OutputOptions {
  codewords: number
  sparsity: number
  p: number
}

/** dpb plan: what theory promises for one (N, k, p). */
export const planCommand = () =>
  new Command('plan')
    .description('every bound, law and rule for one problem size')
    .requiredOption('-N, --codewords <n>', 'number of codewords, as 1048576 or 2^20 or 10^100', parseCount)
    .requiredOption('-k, --sparsity <k>', 'size of the encoded subset', parseInteger)
    .option('-p, --p <p>', 'failure probability', parseFraction, 0.01)
    .option('--json', 'one JSON document on standard output')
    .addHelpText(
      'after',
      '\nExamples:\n  dpb plan -N 2^20 -k 28\n  dpb plan -N 131072 -k 32 --p 0.001 --json',
    )
    .action(({ codewords, sparsity, p, ...output }: Options) => {
      const result = plan({ N: codewords, k: sparsity, p })
      print(result, () => text(result), output)
    })

function text({ N, k, p, entropyBits, bounds }: Plan): string {
  const rows = bounds.map(({ kind, decoder, dimension, dimsPerBit, statement, source }) => [
    decoder,
    kind,
    dimension === null ? '–' : dimensionText(dimension),
    dimsPerBit === null ? '–' : dimsPerBit.toPrecision(3),
    `${statement} (${source})`,
  ])
  return [
    `N = ${N}, k = ${k}, p = ${p}: H = log2 C(N, k) = ${entropyBits.toPrecision(6)} bits, computed exactly; laws and rules approximate`,
    table(['decoder', 'kind', 'd', 'd/H', 'statement'], rows),
  ].join('\n')
}
