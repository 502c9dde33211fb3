import { spawnSync } from 'node:child_process'
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
} from 'node:fs'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { baselineJson, readBaseline } from '../gate/baseline/baseline.js'
import { quoted } from '../io/text/shell.js'
import { readRecord } from '../success/records/record-file.js'
import { formatEntry } from '../success/records/record-line.js'
import { callCli } from '../testing/call-cli.js'
import { recordSortedScores, sortedScores } from '../testing/sorted-scores.js'
import { inSuites } from '../testing/suites.js'
import { tempFolder } from '../testing/temp-folder.js'

const files = tempFolder()
const ran = files.path('ran')
/** It leaves a mark when it is loaded. */
const mine = files.write(
  'mine.mjs',
  `import { writeFileSync } from 'node:fs'
writeFileSync(${JSON.stringify(ran)}, '')
${sortedScores('mine')}`,
)
const baseline = files.path('b.json')

beforeAll(async () => {
  await recordSortedScores(baseline, 'mine')
  files.write('file', 'as it was')
  mkdirSync(files.path('folder'))
  symlinkSync(files.path('loop'), files.path('loop'))
  symlinkSync(files.path('nothing'), files.path('dangling'))
  symlinkSync('/dev/full', files.path('full'))
})
afterEach(() => vi.unstubAllEnvs())

/**
 * What the user named, in every command that takes it, with work that would take minutes where it is not tried
 * before.
 */
const size = ['-N', '2^16', '-k', '20', '--method', 'simulation', '--workers', '1']
const fileOptions: Readonly<Record<string, (path: string) => string[]>> = {
  'baseline --out': (path) => ['baseline', mine, '--out', path],
  'gate --junit': (path) => ['gate', mine, '--baseline', baseline, '--junit', path],
  'gate --markdown': (path) => ['gate', mine, '--baseline', baseline, '--markdown', path],
  'success --record': (path) => ['success', mine, ...size, '-d', '900', '--record', path],
  'measure --record': (path) => ['measure', mine, ...size, '--record', path],
  'figure --record': (path) => ['figure', '3', '--out', files.path('out'), '--record', path],
  'table --record': (path) => ['table', '--out', files.path('out'), '--record', path],
  'leaderboard --record': (path) => ['leaderboard', '--out', files.path('out'), '--record', path],
  'merge --out': (path) => ['merge', files.path('none.jsonl'), '--out', path],
}
const folderOptions: Readonly<Record<string, (path: string) => string[]>> = {
  'figure --out': (path) => ['figure', '3', '--out', path],
  'table --out': (path) => ['table', '--out', path],
  'leaderboard --out': (path) => ['leaderboard', '--out', path],
  'sensitivity --out': (path) => ['sensitivity', 'top-k', '--out', path],
  'verify --out': (path) => ['verify', '--out', path],
}

const LONG = 'x'.repeat(300)
const unwritable: Readonly<Record<string, RegExp>> = {
  'file/below': /part of the path is not a folder/,
  folder: /it is a folder/,
  'none/such': /there is no such file or folder/,
  loop: /its links lead in a circle/,
  dangling: /it is a link to nothing/,
  [LONG]: /the path is too long/,
  full: /the disk is full/,
  '': /folder/,
}
const noFolder: Readonly<Record<string, RegExp>> = {
  file: /there is a file in its place/,
  'file/below': /part of the path is not a folder/,
  loop: /.*/,
  [LONG]: /the path is too long/,
}

async function refused(args: string[], reason: RegExp) {
  rmSync(ran, { force: true })
  const before = readdirSync(files.path('.')).sort()
  const { status, stdout, stderr } = await callCli(...args)
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
  expect(stderr).toMatch(/^dpb: cannot [^\n]*\n$/)
  expect(stderr).toMatch(reason)
  expect(existsSync(ran)).toBe(false)
  expect(readdirSync(files.path('.')).sort()).toEqual(before)
  expect(readFileSync(files.path('file'), 'utf8')).toBe('as it was')
}

describe('what was asked for by name and cannot be written is refused in one line, before the work', () => {
  for (const [option, args] of Object.entries(fileOptions)) {
    test.each(Object.entries(unwritable))(`${option}: %.20s`, (name, reason) =>
      refused(args(files.path(name)), reason),
    )
  }
  for (const [option, args] of Object.entries(folderOptions)) {
    test.each(Object.entries(noFolder))(`${option}: %.20s`, (name, reason) =>
      refused(args(files.path(name)), reason),
    )
  }
  test.each([
    ['figure', ['figure', '3'], 'figure-3.csv'],
    ['table', ['table'], 'd50.md'],
    ['leaderboard', ['leaderboard'], 'leaderboard.json'],
    ['sensitivity', ['sensitivity', 'top-k'], 'sensitivity.md'],
    ['verify', ['verify'], 'verify.json'],
    ['verify', ['verify'], 'report.md'],
  ])('%s --out: a folder in the place of a file', async (_, args, name) => {
    mkdirSync(files.path(`taken/${name}`), { recursive: true })
    await refused([...args, '--out', files.path('taken')], /it is a folder/)
  })
})

test.skipIf(!existsSync('/sys'))('a folder that nobody may write in, not even root', async () => {
  for (const args of [
    folderOptions['figure --out'],
    fileOptions['baseline --out'],
    fileOptions['measure --record'],
  ]) {
    await refused(args('/sys/none'), /permission denied|read-only/)
  }
})

/** A call in a process whose files may not grow beyond so many KiB, as on a full disk. */
const cramped = (kib: number, ...args: string[]) => {
  const main = fileURLToPath(new URL('./main.js', import.meta.url))
  const command = [process.execPath, main, ...args].map(quoted).join(' ')
  return spawnSync('bash', ['-c', `trap '' XFSZ; ulimit -f ${kib}; exec ${command}`], { encoding: 'utf8' })
}

test('a disk that fills up in the work: one line, and the record is whole to where it went', () => {
  const path = files.path('cramped.jsonl')
  const args = [
    'success',
    'top-k',
    '-N',
    '2^12',
    '-k',
    '10',
    '-d',
    '300',
    '--trials',
    '3000',
    '--workers',
    '1',
  ]
  const { status, stdout, stderr } = cramped(16, ...args, '--record', path)
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
  expect(stderr).toMatch(/^dpb: cannot write '.*cramped\.jsonl': [^\n]*\n$/)
  const kept = readRecord(path)
  expect(kept.length).toBeGreaterThan(1)
  expect(formatEntry(kept.at(-1)!)).toBe(readFileSync(path, 'utf8').trimEnd().split('\n').at(-1))
  expect(existsSync(`${path}.lock`)).toBe(false)
})

test('standard output that is full: one line, and no exit code that means something else', () => {
  const main = fileURLToPath(new URL('./main.js', import.meta.url))
  const stdout = openSync('/dev/full', 'w')
  const { status, stderr } = spawnSync(process.execPath, [main, 'plan', '-N', '64', '-k', '3'], {
    stdio: ['ignore', stdout, 'pipe'],
    encoding: 'utf8',
  })
  closeSync(stdout)
  expect({ status, stderr }).toEqual({
    status: 2,
    stderr: 'dpb: cannot write to standard output: the disk is full\n',
  })
})

describe('what was not asked for decides nothing: a warning, and the verdict stands', () => {
  const drifted = files.write(
    'drifted.mjs',
    readFileSync(mine, 'utf8').replace('correlate(code)', 'correlate(code.map((x, j) => (j % 2 ? x : 0)))'),
  )
  const gate = async (decoder: string, file: string, ...args: string[]) => {
    const { status, stdout, stderr } = await callCli('gate', decoder, '--baseline', file, '--json', ...args)
    return { status, verdict: JSON.parse(stdout).verdict, cases: JSON.parse(stdout).cases, stderr }
  }
  const oneWarning = expect.stringMatching(/^dpb: warning: cannot [^\n]*\n$/)

  for (const { cases, tags } of inSuites(['file/below', 'folder', 'none/such', 'loop', LONG, 'full'])) {
    test.each(cases)('step summary: %.20s', { tags }, async (name) => {
      vi.stubEnv('GITHUB_STEP_SUMMARY', files.path(name))
      const same = { status: 0, verdict: 'unchanged', cases: [], stderr: oneWarning }
      expect(await gate(mine, baseline, '--workers', '1')).toEqual(same)
    })
  }

  for (const { cases, tags } of inSuites(['regressed', 'unchanged'])) {
    test.each(cases)('a %s gate whose cases cannot be kept', { tags }, async (verdict) => {
      const content = baselineJson(readBaseline(baseline))
      const file = files.write(`${verdict}.json`, JSON.stringify(content))
      files.write(`${verdict}.cases`, 'a file where the folder would be')
      const [decoder, status] = verdict === 'regressed' ? [drifted, 1] : [mine, 0]
      const found = await gate(decoder, file, '--workers', '1')
      expect(found).toMatchObject({ status, verdict, cases: [] })
      expect(found.stderr).toMatch(/^(dpb: warning: cannot [^\n]*\n)+$/)
    })
  }
})
