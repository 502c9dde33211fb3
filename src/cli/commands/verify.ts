import { join } from 'node:path'
import type { Command } from 'commander'
import { InputError } from '../../io/input-error.js'
import { requireFolder } from '../../io/writable.js'
import { writeWhole } from '../../io/write-atomic.js'
import type { Report, VerificationReport } from '../../results/report.js'
import { runVerification } from '../../verification/run-verification.js'
import { endable } from '../interrupt.js'
import { type OutputOptions, print } from '../output.js'
import { withProgress } from '../progress.js'
import { holds, verificationText } from '../verification-text.js'

const VERIFY = 'verify.json'

interface Options extends OutputOptions {
  claims?: string
  seed: string
  out?: string
  full?: boolean
}

/**
 * dpb verify: everything that the project says, checked. Exits 1 when a check fails, 3 when all that fails is
 * inconclusive.
 */
export const verifyCommand = (command: Command) =>
  command
    .option('--claims <ids>', 'comma-separated ids of claims (default: everything)')
    .option('--seed <seed>', 'any string', '1')
    .option('--out <dir>', 'write verify.json and the report page there')
    .option('--full', 'all of the evidence, where output is no terminal too')
    .option('--json', 'one JSON document on standard output')
    .option('--quiet', 'no progress')
    .addHelpText(
      'after',
      '\nExamples:\n  dpb verify --out reports\n  dpb verify --claims proposition-3,chernoff --json',
    )
    .action((options: Options) =>
      endable(
        () => verify(options),
        'nothing is kept, and nothing was written: the same call begins anew, --claims runs some of it',
      ),
    )

async function verify({ claims, seed, out, full = false, ...output }: Options): Promise<void> {
  const ids = claims === undefined ? undefined : await knownIds(claims)
  const others = out === undefined ? {} : await prepared(out)
  const report = await withProgress('verification', Boolean(output.quiet), (onProgress) =>
    runVerification({ ids, seed, onProgress }),
  )
  const written = out === undefined ? [] : await write({ verify: report, ...others }, out)
  print(report, () => [...verificationText(report, full), ...written.map((path) => `wrote ${path}`)], output)
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

/** What else the folder holds, once it is known that a report can be written there. */
async function prepared(folder: string): Promise<Omit<Report, 'verify'>> {
  const { reportFiles } = await import('../../report/write-report.js')
  const { storedResults } = await import('../../results/stored.js')
  requireFolder(folder, [VERIFY, ...reportFiles])
  return storedResults(folder)
}

async function write(report: Report, folder: string): Promise<string[]> {
  const { PAGE, writeReport } = await import('../../report/write-report.js')
  const path = join(folder, VERIFY)
  writeWhole(path, `${JSON.stringify(report.verify, null, 2)}\n`)
  return [path, ...writeReport(report, join(folder, PAGE))]
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
