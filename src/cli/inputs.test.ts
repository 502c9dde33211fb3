import { createHash } from 'node:crypto'
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { drawTrial } from '../codes/trial.js'
import { baselineJson } from '../gate/baseline/baseline.js'
import { recordBaseline } from '../gate/baseline/record-baseline.js'
import { callCli } from '../testing/call-cli.js'
import { figure, leaderboard, verification } from '../testing/report-fixture.js'
import { synthetic } from '../testing/synthetic-sampler.js'
import { tempFolder } from '../testing/temp-folder.js'

const files = tempFolder()
const mine = files.write('mine.mjs', `export default { name: 'synthetic', decode: () => [0, 1, 2] }`)
type Json = ReturnType<typeof JSON.parse>

const cells = [{ N: 64, k: 3, method: 'simulation' as const, tolerance: 0.2 }]
const baseline = await recordBaseline([synthetic({ dimension: 100 })], { cells })
const { seed, N, k, d } = { seed: 's', N: 64, k: 2, d: 20 }
const trialCase = { case: 'dims-per-bit', version: 1, decoder: 'top-k', N, k, d, seed, trial: 5 }
const { subset } = drawTrial({ N, k, d }, seed, 5)
const header = { record: 'dims-per-bit', version: 1 }
const line = { decoder: 'top-k', method: 'simulation', N, k, d, seed, from: 0, trials: 5, bits: 'b8' }
const fault = { kind: 'throw', message: 'threw' }
const report = ['report', '--from', files.path('stored')]

interface FileKind {
  readonly name: string
  readonly content: Json
  /** The call that reads it. */
  args(path: string): string[]
  /** Fields that hold anything. */
  readonly free?: RegExp
  format?(content: Json): string
}
const kinds: Readonly<Record<string, FileKind>> = {
  verification: { name: 'stored/verify.json', content: verification, args: () => report, free: /\.data\b/ },
  table: {
    name: 'stored/d50.json',
    content: { ...leaderboard, unreached: undefined },
    args: () => report,
    free: /method|reliable|msPer|law|timesBound/,
  },
  leaderboard: { name: 'stored/leaderboard.json', content: leaderboard, args: () => report },
  figure: { name: 'stored/figures/figure-9.json', content: figure, args: () => report },
  case: {
    name: 'case.json',
    content: { ...trialCase, subset, answer: [3, 8], fault: 'threw' },
    args: (path) => ['replay', path],
  },
  record: {
    name: 'record.jsonl',
    content: { ...line, faults: [{ trial: 1, ...fault }] },
    args: (path) => [
      'success',
      'top-k',
      '-N',
      '64',
      '-k',
      '2',
      '-d',
      '20',
      '--trials',
      '5',
      '--record',
      path,
    ],
    format: (content) => `${JSON.stringify(header)}\n${JSON.stringify(content)}\n`,
  },
  baseline: {
    name: 'mine.baseline.json',
    content: { ...baselineJson(baseline), checksum: undefined },
    args: (path) => ['gate', mine, '--baseline', path],
    format: (content) => JSON.stringify({ ...content, checksum: checksum(content) }),
  },
}
const checksum = (content: Json) =>
  createHash('sha256').update(JSON.stringify(content)).digest('hex').slice(0, 32)

const textOf = ({ content, format = JSON.stringify }: FileKind, json: Json = content): string => format(json)

beforeAll(() => {
  mkdirSync(files.path('stored/figures'), { recursive: true })
  for (const kind of Object.values(kinds)) files.write(kind.name, textOf(kind))
})

/** The call with this content in the place of the file, which is there again afterwards. */
async function callWith(kind: FileKind, content: string | Uint8Array) {
  writeFileSync(files.path(kind.name), content)
  rmSync(files.path('mine.baseline.cases'), { recursive: true, force: true })
  try {
    return await callCli(
      ...kind.args(files.path(kind.name)),
      ...(kind.name.startsWith('stored') ? [] : ['--json']),
    )
  } finally {
    files.write(kind.name, textOf(kind))
  }
}

async function refused(kind: FileKind, content: string | Uint8Array, message: RegExp = /./) {
  const { status, stdout, stderr } = await callWith(kind, content)
  expect({ status, stdout }, stderr).toEqual({ status: 2, stdout: '' })
  expect(stderr).toMatch(/^dpb: [^\n]{1,600}\n$/)
  expect(stderr).toContain(kind.name)
  expect(stderr).toMatch(message)
  // Of a library's words for schemas.
  expect(stderr).not.toMatch(
    /Invalid|Too (small|big)|Unrecognized|received|expected (string|number|int|array|object)/,
  )
}

/** Every field of a document, of a list the first entry. */
function* fields(json: Json, path: readonly string[] = []): Generator<readonly string[]> {
  if (path.length > 0) yield path
  if (typeof json !== 'object' || json === null) return
  for (const [key, value] of Object.entries(json)) {
    if (value !== undefined && !(Array.isArray(json) && key !== '0')) yield* fields(value, [...path, key])
  }
}
const changed = (content: Json, path: readonly string[], value: (old: Json) => Json): Json => {
  const copy = JSON.parse(JSON.stringify(content))
  const parent = path.slice(0, -1).reduce((json, key) => json[key], copy)
  parent[path.at(-1)!] = value(parent[path.at(-1)!])
  return copy
}
const ofAnotherType = (old: Json): Json => (typeof old === 'string' ? 7 : typeof old === 'number' ? 'x' : 'y')

describe.each(Object.entries(kinds))('%s', (_, kind) => {
  // A baseline is gated twice.
  const tags = kind === kinds.baseline ? ['slow'] : []
  test('a byte-order mark and CRLF change nothing', { tags }, async () => {
    const [plain, marked] = [textOf(kind), `\ufeff${textOf(kind).replaceAll('\n', '\r\n')}\r\n`]
    const [one, other] = [await callWith(kind, plain), await callWith(kind, marked)]
    expect(one.stderr).toBe('')
    const timeless = ({ stdout }: typeof one) => stdout.replace(/"seconds": [\d.e-]+/g, '')
    expect(timeless(other)).toEqual(timeless(one))
    expect({ status: other.status, stderr: other.stderr }).toEqual({ status: one.status, stderr: '' })
  })

  test.each(['null', '[]', '7', '"text"', '{}', '{"a":', '\u0000\u0000\u0000\n', 'hello\n'])(
    'holds %j',
    (content) => refused(kind, content),
  )

  test('is no text', () => refused(kind, Uint8Array.from([0xff, 0xfe, 0x00, 0xd8, 0x0a]), /UTF-8/))

  test('a field of a wrong type is named', async () => {
    for (const path of fields(kind.content)) {
      if (kind.free?.test(`.${path.join('.')}`)) continue
      const field = path.join('.').replace(/\.0$/, '(\\.0)?')
      const name = /^(baseline|record)/.test(field)
        ? 'is no'
        : /^version$/.test(field) && kind.name !== 'stored/verify.json'
          ? 'version'
          : field
      await refused(kind, textOf(kind, changed(kind.content, path, ofAnotherType)), new RegExp(name))
    }
  })
})

test.each<[keyof typeof kinds, string, Json, RegExp]>([
  ['baseline', 'cells.0.repeated', 99999, /cells\.0\.repeated: expected at most the \d+ recorded trials/],
  ['baseline', 'cells.0.lower.d', 5000, /cells\.0\.lower\.d: expected \d+, the dimension less the tolerance/],
  ['baseline', 'cells.0.upper.d', 1, /cells\.0\.upper\.d: expected \d+, the dimension and/],
  ['baseline', 'cells.0.upper.trials', 1e15, /cells\.0\.upper: not the values of/],
  ['baseline', 'cells.0.interval', [9, 1], /cells\.0\.interval: expected the lower end first/],
  ['baseline', 'cells.0.tolerance', 1.5, /cells\.0\.tolerance: /],
  ['baseline', 'cells.0.N', 2, /cells\.0\.k: expected at most N/],
  ['baseline', 'cells.0.N', 64.5, /cells\.0\.N: expected a whole number/],
  ['baseline', 'cells.0.entropyBits', 1, /cells\.0\.entropyBits: expected [\d.]+, the bits of/],
  ['baseline', 'cells.0.power.detected', 3, /cells\.0\.power\.detected: /],
  ['baseline', 'version', 2, /has version 2 of the format, not 1/],
  ['baseline', 'falseAlarm', 0, /falseAlarm: /],
  [
    'verification',
    'claims.0.verdict',
    'certain',
    /claims\.0\.verdict: must be 'proved' or .*, not the string 'certain'/,
  ],
  ['verification', 'claims.0.passed', false, /claims\.0\.passed: expected whether/],
  ['verification', 'gate.0.verdict', 'fine', /gate\.0\.verdict: must be .*'unchanged'/],
  ['verification', 'gate.0.cells', [], /gate\.0\.cells: /],
  ['verification', 'reference.0.simulation.successRate', 2, /reference\.0\.simulation\.successRate: /],
  ['leaderboard', 'rows.0.dimensionInterval', [3, 2], /rows\.0\.dimensionInterval: expected the lower end/],
  ['leaderboard', 'unreached.0.k', 5000, /unreached\.0\.k: expected at most N/],
  ['figure', 'id', '../../x', /id: expected letters and digits/],
  ['figure', 'id', '8', /id: its name says another/],
  ['figure', 'panels.0.layers.0.kind', 'pie', /panels\.0\.layers\.0\.kind: /],
  ['figure', 'panels.0.layers.0.values', [[0]], /panels\.0\.layers\.0\.values: expected one entry for each/],
  ['figure', 'panels.0.y.domain', [0, 8], /panels\.0\.y\.domain: expected positive ends/],
  ['case', 'version', 2, /version: /],
  ['case', 'subset', [3, 3], /subset: expected indices that differ/],
  ['case', 'subset', [3], /subset: expected k indices/],
  ['case', 'answer', [64], /subset: expected indices below N/],
  ['record', 'trials', 50, /line 2: not the values of 50 trials/],
  ['record', 'k', 65, /line 2: k: expected at most N/],
  ['record', 'from', 2 ** 53 - 2, /line 2: from: /],
  ['record', 'faults', [{ trial: 9, ...fault }], /line 2: faults: expected trials of this line/],
])('a forged %s: %s = %j', (name, field, value, message) =>
  refused(
    kinds[name],
    textOf(
      kinds[name],
      changed(kinds[name].content, field.split('.'), () => value),
    ),
    message,
  ),
)

describe('paths that lead to no file: one line', () => {
  const long = 'x'.repeat(300)
  beforeAll(() => {
    files.write('file', '')
    mkdirSync(files.path('folder'))
    for (const name of ['loop', 'loop.mjs']) symlinkSync(files.path(name), files.path(name))
  })
  const calls: Readonly<Record<string, (path: string) => string[]>> = {
    gate: (path) => ['gate', mine, '--baseline', path],
    replay: (path) => ['replay', path],
    merge: (path) => ['merge', path, '--out', files.path('merged.jsonl')],
    record: (path) => ['success', 'top-k', '-N', '64', '-k', '2', '-d', '20', '--record', path],
    decoder: (path) => ['check', `${path}.mjs`],
    report: (path) => ['report', '--from', dirname(`${path}/x`)],
  }
  for (const [name, args] of Object.entries(calls)) {
    test.each(['folder', 'loop', 'file/below', long])(`${name}: %.20s`, async (place) => {
      const { status, stdout, stderr } = await callCli(...args(files.path(place)))
      expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
      expect(stderr).toMatch(/^dpb: (cannot|there is no) [^\n]*\n$/)
    })
  }
})

test('a baseline is not written over its decoder', async () => {
  const { status, stderr } = await callCli('baseline', mine, '--out', mine)
  expect(status).toBe(2)
  expect(stderr).toMatch(/is the decoder's own file: name another, such as \S+baseline\.json/)
})

test.each([
  ['measure top-k -N 64 -k 3 --trials 50', /--trials is of a file/],
  ['success top-k -N 64 -k 3 -d 40 --decoder-files none*', /--decoder-files is of a decoder in a file/],
  ['capacity none.npy --decoders omp --decoder-files none*', /--decoder-files is of a decoder in a file/],
  [
    'success top-k -N 64 -k 3 -d 40 --ties strict --noise 0.1 --method conditional',
    /strict ties are counted in the paper's model alone/,
  ],
])('an option that would do nothing is refused: %s', async (call, message) => {
  const { status, stderr } = await callCli(...call.split(' '))
  expect(status).toBe(2)
  expect(stderr).toMatch(message)
})

test('with strict ties nothing is said of what is recovered by others', async () => {
  const call = 'success top-k -N 64 -k 3 -d 40 --ties strict --trials 20 --json'
  const { stdout } = await callCli(...call.split(' '))
  expect(JSON.parse(stdout)).toMatchObject({ ties: 'strict', trials: 20 })
  expect(JSON.parse(stdout)).not.toHaveProperty('metrics')
})

test.each([
  ['success top-k -N 64 -k 3 -d 40 --trials 9 --time-limit 500', '--time-limit', 'top-k'],
  ['measure omp -N 64 -k 3 --precision 0.3 --startup-limit 9', '--startup-limit', 'omp'],
])('%s: that its limit limits nothing is said', async (call, option, decoder) => {
  const { status, stderr } = await callCli(...call.split(' '), '--quiet', '--workers', '1')
  const said = `${option} is of decoders in files or programs: it limits nothing of ${decoder}`
  expect([status, stderr]).toEqual([0, `dpb: warning: ${said}\n`])
})

test('replay waits for a decoder to load as long as it is told', async () => {
  const problem = { N: 64, k: 3, d: 30, seed: '1', trial: 0, subset: [0, 1, 2] }
  const given = {
    case: 'dims-per-bit',
    version: 1,
    decoder: files.write('loads.mjs', 'for (;;);'),
    ...problem,
  }
  const path = files.write('loads.json', JSON.stringify(given))
  const { status, stdout, stderr } = await callCli('replay', path, '--startup-limit', '200')
  expect([status, stdout]).toEqual([2, ''])
  expect(stderr).toMatch(/^dpb: '\S+loads\.mjs' cannot be loaded: it did not answer within 0\.200 s\n$/)
})
