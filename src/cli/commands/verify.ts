import { Command } from 'commander'
import { didYouMean } from '../../codes/did-you-mean.js'
import { InputError } from '../../codes/input-error.js'
import { colors, print, table } from '../output.js'
import { withProgress } from '../progress.js'

interface Options {
  claims?: string
  seed: string
  json?: boolean
  quiet?: boolean
}

/** dpb verify: the claim ledger. Exits 1 when a verdict is not the expected one, 3 when a row is inconclusive against expectation. */
export const verifyCommand = () =>
  new Command('verify')
    .description('check the claims of the paper')
    .option('--claims <ids>', 'comma-separated ids; all by default')
    .option('--seed <seed>', 'any string', '1')
    .option('--json', 'one JSON document on standard output')
    .option('--quiet', 'no progress')
    .addHelpText('after', '\nExamples:\n  dpb verify\n  dpb verify --claims proposition-3,chernoff --seed 2')
    .action(verify)

async function verify({ claims, seed, json, quiet }: Options): Promise<void> {
  const { ledger } = await import('../../../properties/ledger.js')
  const { runLedger } = await import('../../../properties/run-ledger.js')
  const ids = claims?.split(',').map((id) => id.trim())
  const unknown = ids?.find((id) => !ledger.some((claim) => claim.id === id))
  if (unknown !== undefined) {
    const names = ledger.map((claim) => claim.id)
    throw new InputError(
      `there is no claim '${unknown}'; ${didYouMean(unknown, names) ?? 'dpb verify without --claims shows them all'}`,
    )
  }
  const count = ids?.length ?? ledger.length
  let done = 0
  const rows = await withProgress('claims', Boolean(quiet), (onProgress) =>
    runLedger({ ...(ids && { ids }), seed, onRow: ({ id }) => onProgress(++done / count, id) }),
  )
  const failed = rows.filter((row) => !row.passed)
  print(
    { seed, claims: rows },
    () =>
      [
        table(
          ['', 'claim', 'place', 'verdict', 'evidence'],
          rows.map((row) => [
            row.passed ? colors.green('✓') : colors.red('✗'),
            row.id,
            row.source,
            row.verdict,
            row.evidence,
          ]),
        ),
        ...failed.map((row) => `${row.id}: expected ${row.expected}; replay: ${row.replay}`),
        `${rows.length - failed.length} passed, ${failed.length} failed`,
      ].join('\n'),
    { ...(json && { json }) },
  )
  if (failed.length > 0) process.exitCode = failed.every((row) => row.verdict === 'inconclusive') ? 3 : 1
}
