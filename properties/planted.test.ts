import { execFile } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import type { Row } from '../src/ledger/claim.js'
import { inSuites } from '../src/testing/suites.js'
import { tempFolder } from '../src/testing/temp-folder.js'

/** A fault: the one place in a compiled module that reads `from` reads `to` instead. */
interface Patch {
  /** The claim that must turn red. */
  readonly claim: string
  readonly file: string
  readonly from: string
  readonly to: string
}

const temp = tempFolder().path('')
const home = fileURLToPath(new URL('../..', import.meta.url))

/** A copy of the built package with the fault in it. */
function planted({ file, from, to }: Patch): string {
  const folder = mkdtempSync(join(temp, 'planted-'))
  for (const part of ['package.json', 'dist/src', 'dist/properties', 'dist/bench']) {
    cpSync(join(home, part), join(folder, part), {
      recursive: true,
      filter: (path) => !/\.(map|d\.ts)$/.test(path),
    })
  }
  symlinkSync(join(home, 'node_modules'), join(folder, 'node_modules'), 'junction')
  const path = join(folder, 'dist', file)
  const parts = readFileSync(path, 'utf8').split(from)
  expect(parts.length, `'${from}' in ${file}`).toBe(2)
  writeFileSync(path, parts.join(to))
  return folder
}

function run(folder: string, script: readonly string[]): Promise<{ code: number; output: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, script, { cwd: folder }, (error, stdout, stderr) =>
      resolve({ code: Number(error?.code ?? 0), output: stdout || stderr }),
    )
  })
}

const faults: readonly Patch[] = [
  { claim: 'proposition-3', file: 'src/bounds/proposition-3.js', from: 'return 8 * k', to: 'return 7 * k' },
  {
    claim: 'threshold-implies-top-k',
    file: 'src/decoders/one-step/top-k.js',
    from: 'largest(scores, k)',
    to: 'largest(scores.map(Math.abs), k)',
  },
  {
    claim: 'incoherence-recovers',
    file: 'src/decoders/one-step/reaching.js',
    from: 'scores[i] >= bar',
    to: 'scores[i] > bar',
  },
  {
    claim: 'coherence-guarantee',
    file: 'src/decoders/greedy/matching-pursuit.js',
    from: '? -1 : -score',
    to: '? 0 : -score',
  },
  {
    claim: 'rip-guarantee',
    file: 'src/decoders/greedy/fit.js',
    from: 'rest, -weight',
    to: 'rest, weight',
  },
  {
    claim: 'proposition-1',
    file: 'src/bounds/proposition-1.js',
    from: '0.5 * Math.log1p',
    to: '0.05 * Math.log1p',
  },
  { claim: 'claim-1', file: 'src/bounds/welch.js', from: '(N - d) /', to: '(N + d) /' },
]

/** Check the claim that its module exports, and print the row. */
const check = (claim: string) => [
  '--input-type=module',
  '--eval',
  `const { runClaim } = await import('./dist/src/ledger/run.js')
  const [claim] = Object.values(await import('./dist/properties/${claim}.js'))
  console.log(JSON.stringify(await runClaim(claim, 1e-8, '1')))`,
]

for (const { cases, tags } of inSuites(faults)) {
  test.concurrent.each(cases)('$claim is red with $to in $file', { tags }, async (fault) => {
    const { code, output } = await run(planted(fault), check(fault.claim))
    expect(code, output).toBe(0)
    const row: Row = JSON.parse(output)
    expect(row, row.evidence).toMatchObject({ id: fault.claim, passed: false })
  })
}

test('dpb verify then exits 1 and prints how to replay the row', { tags: ['slow'] }, async () => {
  const verify = ['dist/src/cli/main.js', 'verify', '--quiet', '--claims', faults[0].claim]
  const { code, output } = await run(planted(faults[0]), verify)
  expect(code, output).toBe(1)
  expect(output).toContain(`npx dpb verify --claims ${faults[0].claim} --seed 1`)
})
