import type { Command } from 'commander'
import { InputError } from '../../io/input-error.js'
import { endable } from '../interrupt.js'
import { type OutputOptions, print } from '../output.js'

/** dpb bench: throughput per kernel and decoder. Exits 1 when a figure misses its bar. */
export const benchCommand = (command: Command) =>
  command
    .option('--json', 'one JSON document on standard output')
    .addHelpText('after', '\nExamples:\n  dpb bench\n  dpb bench kernels --json')
    .action((names: string[], output: OutputOptions) =>
      endable(
        () => bench(names, output),
        'what was printed stands: dpb bench NAME runs one benchmark, as kernels or gate',
      ),
    )

async function bench(names: string[], output: OutputOptions): Promise<void> {
  const { benchmarks, runBenchmarks } = await import('../../../bench/benchmarks.js')
  const { resultLine, reaches } = await import('../../../bench/timing.js')
  const unknown = names.find((name) => !(name in benchmarks))
  if (unknown !== undefined) {
    throw new InputError(
      `there is no benchmark '${unknown}'; there are ${Object.keys(benchmarks).join(', ')}`,
    )
  }
  const figures = await runBenchmarks(names, (figure) => {
    if (!output.json) process.stdout.write(`${resultLine(figure)}\n`)
  })
  if (output.json) print({ figures }, () => [], output)
  if (!figures.every(reaches)) process.exitCode = 1
}
