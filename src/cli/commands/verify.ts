import { join } from 'node:path'
import type { Command } from 'commander'
import { InputError } from '../../io/input-error.js'
import { writeWhole } from '../../io/write-atomic.js'
import type { VerificationReport } from '../../results/report.js'
import { runVerification } from '../../verification/run-verification.js'
import { type OutputOptions, print } from '../output.js'
import { withProgress } from '../progress.js'
import { holds, verificationText } from '../verification-text.js'

interface Options extends OutputOptions {
  claims?: string
  seed: string
  out?: string
}

/** dpb verify: everything that the project says, checked. Exits 1 when a check fails, 3 when all that fails is inconclusive. */
export const verifyCommand = (command: Command) =>
  command
    .option('--claims <ids>', 'comma-separated ids of claims; everything by default')
    .option('--seed <seed>', 'any string', '1')
    .option('--out <dir>', 'write verify.json and the report page there')
    .option('--json', 'one JSON document on standard output')
    .option('--quiet', 'no progress')
    .addHelpText(
      'after',
      '\nExamples:\n  dpb verify --out reports\n  dpb verify --claims proposition-3,chernoff --json',
    )
    .action(verify)

async function verify({ claims, seed, out, ...output }: Options): Promise<void> {
  const ids = claims === undefined ? undefined : await knownIds(claims)
  const report = await runVerification({
    ids,
    seed,
    step: (title, run) => withProgress(title, Boolean(output.quiet), run),
  })
  const written = out === undefined ? [] : await write(report, out)
  print(
    report,
    () => [verificationText(report), ...written.map((path) => `wrote ${path}`)].join('\n'),
    output,
  )
  process.exitCode = exitCode(report)
}

async function knownIds(claims: string): Promise<string[]> {
  const { ledger } = await import('../../../properties/ledger.js')
  const names = ledger.map((claim) => claim.id)
  const ids = claims.split(',').map((id) => id.trim())
  const unknown = ids.find((id) => !names.includes(id))
  if (unknown !== undefined) {
    const { didYouMean } = await import('../../io/suggestion.js')
    throw new InputError(
      `there is no claim '${unknown}'; ${didYouMean(unknown, names) ?? 'dpb verify without --claims shows them all'}`,
    )
  }
  return ids
}

async function write(verify: VerificationReport, folder: string): Promise<string[]> {
  const { writeReport } = await import('../../report/write-report.js')
  const written = writeReport({ verify, out: join(folder, 'index.html') })
  const path = join(folder, 'verify.json')
  writeWhole(path, `${JSON.stringify(verify, null, 2)}\n`)
  return [path, ...written]
}

function exitCode({ claims, reference, gate }: VerificationReport): number {
  const failed = [
    ...claims.filter((row) => !row.passed).map(({ verdict }) => verdict),
    ...reference.filter((row) => !row.passed).map(() => 'refuted'),
    ...gate.filter((report) => !holds(report)).map(({ verdict }) => verdict),
  ]
  if (failed.length === 0) return 0
  return failed.every((verdict) => verdict === 'inconclusive') ? 3 : 1
}
