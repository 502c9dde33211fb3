import type { Command } from 'commander'
import { parseExamined } from '../../arbitraries/instance.js'
import { checkContract, replayInstance } from '../../check/check.js'
import { contract, contractProperty } from '../../check/contract.js'
import type { ContractReport, PropertyReport, PropertyVerdict } from '../../check/contract-report.js'
import { drawsFrom } from '../../check/draws.js'
import { type Over, processExaminer } from '../../check/examiner.js'
import { withoutDead } from '../../codes/given-rows.js'
import { preparation } from '../../codes/preparation.js'
import { readDictionary } from '../../codes/read-dictionary.js'
import { InputError } from '../../io/input-error.js'
import { inSlices } from '../../io/slices.js'
import { quoted } from '../../io/text/shell.js'
import { inNotation } from '../../results/number-text.js'
import { endable } from '../interrupt.js'
import { type FileOptions, withFileOptions } from '../model-options.js'
import { parseCount, parseMilliseconds, parseSeconds } from '../numbers.js'
import { colors, type OutputOptions, print } from '../output.js'
import { withProgress } from '../progress.js'
import { table } from '../text-table.js'

interface Options extends OutputOptions, FileOptions {
  dictionary?: string
  seed: string
  seconds: number
  instances: number
  timeLimit?: number
  startupLimit?: number
  properties?: string
  replay?: string
}

/** Exit codes: a property is broken; none is, but some were not examined. */
const [BROKEN, NOT_EXAMINED] = [1, 3]

const isBroken = ({ verdict }: PropertyReport): boolean => verdict === 'broken'

/**
 * dpb check: the contract that every decoder must satisfy. Exits 1 when the decoder breaks it, 3 when part of it was
 * not examined.
 */
export const checkCommand = (command: Command) =>
  withFileOptions(command)
    .option('--dictionary <file>', 'take the codewords from a file')
    .option('--properties <ids>', 'comma-separated (default: all)')
    .option('--seed <seed>', 'any string', '1')
    .option(
      '--seconds <s>',
      'what the whole check may take; twice that where answers do not come',
      parseSeconds,
      20,
    )
    .option('--instances <n>', 'that each property is examined on at least', parseCount, 3)
    .option(
      '--time-limit <ms>',
      'what one decode may take; large problems get more (default: 5000, or a quarter of --seconds)',
      parseMilliseconds,
    )
    .option(
      '--startup-limit <ms>',
      'what loading the decoder may take (default: as --seconds)',
      parseMilliseconds,
    )
    .option('--replay <property:instance>', 'one property on one instance, as a counterexample names them')
    .option('--json', 'one JSON document on standard output')
    .option('--quiet', 'no progress')
    .addHelpText(
      'after',
      `\nExamples:\n  dpb check ./my-decoder.mjs\n  dpb check ./decoder.py\n  dpb check 'exec:python3 ` +
        `mine.py --alpha 0.1'\n  dpb check top-k --json`,
    )
    .action((decoder: string, options: Options) =>
      endable(
        () => check(decoder, options),
        'nothing is kept: the same call examines the same instances, --properties some of them',
      ),
    )

async function check(decoder: string, options: Options): Promise<void> {
  const { seed, seconds, instances, replay, quiet } = options
  // Whatever the decoder does, the check has ended by then.
  const limit = 2 * seconds
  const { timeLimit = Math.min(5000, 250 * seconds), startupLimit = 1000 * seconds } = options
  const over = await overFile(options)
  const only = options.properties?.split(',').map((id) => contractProperty(id.trim()).id)
  const single = replay === undefined ? undefined : parseReplay(replay)
  const examiner = await processExaminer(decoder, {
    timeLimit,
    startupLimit: Math.min(startupLimit, 1000 * limit),
    ...(over && { over }),
  })
  examiner.until = 1000 * limit
  try {
    const report = single
      ? await replayInstance(examiner, single.id, single.instance, seed)
      : await withProgress('contract', Boolean(quiet), (onProgress) =>
          checkContract(examiner, {
            seed,
            seconds,
            instances,
            limit,
            only,
            onProperty: (done, { id }) => onProgress(done / (only ?? contract).length, id),
          }),
        )
    print(report, () => text(report), options)
    if (!report.passed) process.exitCode = report.properties.some(isBroken) ? BROKEN : NOT_EXAMINED
  } finally {
    await examiner.close()
  }
}

/** The dictionary that problems are taken from. Throws InputError where it is none. */
async function overFile({ dictionary, tensor, orientation, prepare }: Options): Promise<Over | undefined> {
  const told = { tensor, orientation, prepare }
  if (dictionary === undefined) {
    const [stray] = Object.entries(told).find(([, value]) => value !== undefined) ?? []
    if (stray) throw new InputError(`--${stray} is of a file: give one by --dictionary`)
    return undefined
  }
  const given = await readDictionary(dictionary, { tensor, orientation })
  const { dictionary: alive } = withoutDead(given.dictionary)
  const { reader } = await inSlices(preparation(alive, prepare ?? 'unit'), undefined)
  const options = Object.entries({ dictionary, ...told })
    .flatMap(([name, value]) => (value === undefined ? [] : [` --${name} ${quoted(value)}`]))
    .join('')
  return { draws: drawsFrom(reader), options }
}

function parseReplay(text: string) {
  const [id, instance = ''] = text.split(':', 2)
  return { id: contractProperty(id).id, instance: parseExamined(instance) }
}

const marks: Readonly<Record<PropertyVerdict, () => string>> = {
  kept: () => colors.green('✓'),
  broken: () => colors.red('✗'),
  'not examined': () => colors.yellow('?'),
  'does not apply': () => '·',
}

function text(report: ContractReport): string[] {
  const { decoder, properties, causes, seed, seconds } = report
  const rows = properties.map(({ id, statement, verdict, runs }) => [
    marks[verdict](),
    id,
    runs > 0 ? String(runs) : '–',
    inNotation(statement),
  ])
  const notes = causes.map(({ verdict, properties: ids, text }) =>
    verdict === 'broken'
      ? `${colors.bold(ids.join(', '))}: ${text}`
      : `${colors.bold(ids.join(', '))} ${verdict}: ${text}`,
  )
  return [
    ...table(['', 'property', 'instances', `what ${decoder} must keep`], rows),
    ...notes,
    `${verdictText(report)}; seed ${seed}, ${seconds.toFixed(1)} s`,
  ]
}

function verdictText({ decoder, passed, properties }: ContractReport): string {
  if (passed) return `${decoder} keeps the contract, as far as these instances show`
  const count = properties.filter(({ verdict }) => verdict === 'not examined').length
  return properties.some(isBroken)
    ? `${decoder} ${colors.red('breaks')} the contract`
    : `${decoder} is ${colors.yellow('not examined')} in ${count} of ${properties.length} properties: ` +
        'the contract has not passed'
}
