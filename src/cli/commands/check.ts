import type { Command } from 'commander'
import { parseInstance } from '../../arbitraries/instance.js'
import { type ContractReport, checkContract, replayInstance } from '../../check/check.js'
import { contract, contractProperty } from '../../check/contract.js'
import { threadExaminer } from '../../check/thread-examiner.js'
import { parseCount } from '../numbers.js'
import { colors, type OutputOptions, print } from '../output.js'
import { withProgress } from '../progress.js'
import { table } from '../text-table.js'

interface Options extends OutputOptions {
  seed: string
  seconds: number
  timeLimit: number
  properties?: string
  replay?: string
}

/** dpb check: the contract that every decoder must satisfy. Exits 1 when the decoder breaks it. */
export const checkCommand = (command: Command) =>
  command
    .option('--properties <ids>', 'comma-separated; all by default')
    .option('--seed <seed>', 'any string', '1')
    .option('--seconds <s>', 'what the whole check may take, give or take', parseCount, 20)
    .option('--time-limit <ms>', 'what one decode may take; large problems get more', parseCount, 5000)
    .option('--replay <property:instance>', 'one property on one instance, as a counterexample names them')
    .option('--json', 'one JSON document on standard output')
    .option('--quiet', 'no progress')
    .addHelpText('after', '\nExamples:\n  dpb check ./my-decoder.mjs\n  dpb check top-k --json')
    .action(check)

async function check(decoder: string, options: Options): Promise<void> {
  const { seed, seconds, timeLimit, replay, quiet } = options
  const only = options.properties?.split(',').map((id) => contractProperty(id.trim()).id)
  const single = replay === undefined ? undefined : parseReplay(replay)
  const examiner = await threadExaminer(decoder, timeLimit)
  try {
    const report = single
      ? await replayInstance(examiner, single.id, single.instance, seed)
      : await withProgress('contract', Boolean(quiet), (onProgress) =>
          checkContract(examiner, {
            seed,
            seconds,
            only,
            onProperty: (done, { id }) => onProgress(done / (only ?? contract).length, id),
          }),
        )
    print(report, () => text(report), options)
    if (!report.passed) process.exitCode = 1
  } finally {
    await examiner.close()
  }
}

function parseReplay(text: string) {
  const [id, instance = ''] = text.split(':', 2)
  return { id: contractProperty(id).id, instance: parseInstance(instance) }
}

function text({ decoder, passed, seed, properties, seconds }: ContractReport): string {
  const rows = properties.map(({ id, statement, passed, runs }) => [
    passed ? colors.green('✓') : colors.red('✗'),
    id,
    String(runs),
    statement,
  ])
  const broken = properties.flatMap(({ id, counterexample }) =>
    counterexample === undefined ? [] : [`${colors.bold(id)}: ${counterexample}`],
  )
  return [
    table(['', 'property', 'instances', `what ${decoder} must keep`], rows),
    ...broken,
    `${decoder} ${passed ? 'keeps' : colors.red('breaks')} the contract, as far as these instances show; seed ${seed}, ${seconds.toFixed(1)} s`,
  ].join('\n')
}
