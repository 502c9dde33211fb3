import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { parseHTML } from 'linkedom'
import { afterEach, beforeAll, expect, test, vi } from 'vitest'
import { type Baseline, baselineJson, readBaseline } from '../gate/baseline/baseline.js'
import { bracketPower, doubtAt, firstTierPower } from '../gate/baseline/power.js'
import { callCli } from '../testing/call-cli.js'
import { tempFolder } from '../testing/temp-folder.js'

const files = tempFolder()
/** Top-k decoding of the first share of the coordinates. */
const decoder = (file: string, share: number, name = 'mine') =>
  files.write(
    file,
    `export default {
  name: '${name}',
  decode({ dictionary, code, k }) {
    const scores = dictionary.correlate(code.map((x, j) => (j < ${share} * code.length ? x : 0)))
    return [...scores.keys()].sort((a, b) => scores[b] - scores[a]).slice(0, k)
  },
}`,
  )
const mine = decoder('mine.mjs', 1)
const file = files.path('mine.baseline.json')
const record = [
  '-N',
  '64',
  '-k',
  '4',
  '--only-own',
  '--tolerance',
  '0.2',
  '--workers',
  '1',
  '--json',
  '--quiet',
]
let recorded: Awaited<ReturnType<typeof callCli>>
let baseline: Baseline
beforeAll(async () => {
  recorded = await callCli('baseline', mine, ...record)
  baseline = readBaseline(file)
})
afterEach(() => vi.unstubAllEnvs())

const gate = (path: string, ...args: string[]) =>
  callCli('gate', path, '--baseline', file, '--workers', '1', ...args)
const json = async (path: string, ...args: string[]) => {
  const { status, stdout, stderr } = await gate(path, '--json', ...args)
  expect(stderr).toBe('')
  return { status, report: JSON.parse(stdout) }
}
/** A baseline file with this change. */
const changed = (name: string, change: (content: ReturnType<typeof JSON.parse>) => void) => {
  const content = structuredClone(baseline) as ReturnType<typeof JSON.parse>
  change(content)
  return files.write(name, JSON.stringify(baselineJson(content)))
}
const oneLine = ({ status, stdout, stderr }: typeof recorded, message: RegExp, code = 2) => {
  expect({ status, stdout }).toEqual({ status: code, stdout: '' })
  expect(stderr).toMatch(message)
  expect(stderr.trim().split('\n')).toHaveLength(1)
}

test('baseline: prints the file that it writes beside the decoder, and nothing is left half-written', () => {
  expect({ status: recorded.status, stderr: recorded.stderr }).toEqual({ status: 0, stderr: '' })
  expect(JSON.parse(recorded.stdout)).toEqual(JSON.parse(readFileSync(file, 'utf8')))
  expect(baseline).toMatchObject({ decoder: 'mine', seed: '1', falseAlarm: 1e-6, cells: [{ N: 64, k: 4 }] })
  expect(baseline.cells[0].upper.values.length).toBeGreaterThan(100)
  expect(readdirSync(files.path('')).sort()).toEqual(['mine.baseline.json', 'mine.mjs'])
})

test.each([
  [['-N', '64'], /^dpb: a cell of your own takes both -N and -k\n$/],
  [['--only-own'], /^dpb: --only-own takes a cell by -N and -k\n$/],
  [['-N', '4', '-k', '5', '--only-own'], /^dpb: .*5/],
  [['--tolerance', '2'], /^dpb: .*'2' is not a number between 0 and 1\.\n$/],
  [['--out', 'no/such/folder/b.json'], /^dpb: cannot write 'no\/such\/folder\/b\.json'/],
])('baseline with %o: exit code 2, one line, and the old file stays', async (args, message) => {
  const before = readFileSync(file, 'utf8')
  oneLine(await callCli('baseline', mine, '--quiet', ...args), message)
  expect(readFileSync(file, 'utf8')).toBe(before)
})

test('baseline of a decoder that breaks its contract, or never succeeds: one line, and no file', {
  tags: ['slow'],
}, async () => {
  const broken = files.write('broken.mjs', `export default { name: 'broken', decode: () => [0, 0, 0, 0] }`)
  const hopeless = files.write('hopeless.mjs', `export default { name: 'no', decode: () => [0, 1, 2, 3] }`)
  oneLine(
    await callCli('baseline', broken, ...record),
    /^dpb: broken breaks its contract at N = 64, k = 4/,
    1,
  )
  oneLine(await callCli('baseline', hopeless, ...record), /^dpb: no does not reach success 0\.5 at N = 64/)
  expect(existsSync(files.path('broken.baseline.json'))).toBe(false)
  expect(existsSync(files.path('hopeless.baseline.json'))).toBe(false)
})

test('the same decoder is unchanged: exit code 0, all fields, and no cases', async () => {
  const { status, report } = await json(mine)
  expect(status).toBe(0)
  expect(report).toMatchObject({
    verdict: 'unchanged',
    decoder: 'mine',
    cells: [{ N: 64, k: 4, verdict: 'unchanged', changed: 0, repeated: 2 * baseline.cells[0].repeated }],
    falseAlarm: { total: 1e-6, run: 5e-7 },
    power: [{ cell: 'simulation at N = 64, k = 4', drift: 0.5, detected: expect.any(Number) }],
    cases: [],
  })
  expect((await callCli('gate', mine, '--workers', '1')).stdout).toMatch(
    /^✓ dims per bit of mine unchanged\n/,
  )
})

test('a drifted one is regressed: exit code 1, the interval, and cases that replay until resolved', {
  tags: ['slow'],
}, async () => {
  const drifted = decoder('drifted.mjs', 0.6)
  const { status, report } = await json(drifted)
  expect(status).toBe(1)
  const [{ verdict, upper, drift }] = report.cells
  expect({ overall: report.verdict, verdict }).toEqual({ overall: 'regressed', verdict: 'regressed' })
  expect(upper.rate.interval[1]).toBeLessThan(0.5)
  expect(drift.above).toBeGreaterThanOrEqual(0.2)
  expect(report.cases.length).toBeGreaterThan(0)
  for (const path of report.cases) {
    expect((await callCli('replay', path)).status).toBe(1)
    expect((await callCli('replay', path, '--decoder', mine)).status).toBe(0)
  }
  const again = await gate(drifted, '--json')
  expect(JSON.parse(again.stdout).cases).toEqual(report.cases)
  const { stdout } = await gate(drifted)
  expect(stdout).toContain(`a changed trial: npx dpb replay ${report.cases[0]}\n`)
  expect(stdout).toMatch(
    /regressed +\d+ of \d+ outcomes changed; success at d = \d+ in \[0\.\d+, 0\.[0-4]\d*\]/,
  )
  const resolved = await gate(mine)
  expect(resolved.stdout).toContain('cases that fail no more, removed: ')
  for (const path of report.cases) expect(existsSync(path)).toBe(false)
})

test('a better one is improved, shown by an interval above one half: exit code 0', {
  tags: ['slow'],
}, async () => {
  const better = files.write(
    'better.mjs',
    `export default {
  name: 'mine',
  decode({ dictionary, code, k }) {
    const picks = []
    const rest = code.slice()
    for (let t = 0; t < k; t++) {
      const scores = dictionary.correlate(rest)
      const left = [...scores.keys()].filter((i) => !picks.includes(i))
      const best = left.reduce((top, i) => (scores[i] > scores[top] ? i : top))
      picks.push(best)
      dictionary.codeword(best).forEach((x, j) => { rest[j] -= x })
    }
    return picks
  },
}`,
  )
  const { status, report } = await json(better)
  expect({ status, verdict: report.verdict }).toEqual({ status: 0, verdict: 'improved' })
  expect(report.cells[0].lower.rate.interval[0]).toBeGreaterThan(0.5)
  expect((await gate(better)).stdout).toMatch(
    /improved .* success at d = \d+ in \[0\.[5-9]\d*, .* is above 0\.5/,
  )
})

test('too few trials allowed: inconclusive, exit code 3, with what is missing', {
  tags: ['slow'],
}, async () => {
  const slack = decoder('slack.mjs', 0.93)
  const few = changed('few.json', ({ cells: [cell] }) => {
    cell.cap = cell.repeated = 20
    const { drift } = cell.power
    const options = { ...cell, doubt: doubtAt(cell.tolerance), alpha: 1 - cell.confidence, drift }
    cell.power = { ...bracketPower(options), firstTier: firstTierPower(options, cell.repeated) }
  })
  const { status, stdout } = await callCli('gate', slack, '--baseline', few, '--workers', '1')
  expect(status).toBe(3)
  expect(stdout).toMatch(/^\? dims per bit of mine inconclusive \(simulation at N = 64, k = 4\)\n/)
  expect(stdout).toContain('not enough to say where 0.5 is passed')
})

test('another engine on which outcomes differ: it is said, and the statistics decide', {
  tags: ['slow'],
}, async () => {
  const elsewhere = changed('elsewhere.json', (content) => {
    content.engine.v8 = '9.9'
  })
  const slightly = decoder('slightly.mjs', 0.97)
  const { status, stdout } = await callCli('gate', slightly, '--baseline', elsewhere, '--workers', '1')
  expect(status).toBe(0)
  expect(stdout).toMatch(/equivalent/)
  expect(stdout).toMatch(/^outcomes differ and so does the engine \(v8 9\.9 then, .* now\)/m)
  expect((await callCli('gate', mine, '--baseline', elsewhere, '--workers', '1')).stdout).not.toMatch(
    /engine/,
  )
})

const text = () => readFileSync(file, 'utf8')
test.each([
  ['absent', () => files.path('none.json'), /^dpb: there is no baseline '.*'; dpb baseline records one\n$/],
  [
    'cut short',
    () => files.write('cut.json', text().slice(0, 900)),
    /is cut short; dpb baseline records a new/,
  ],
  [
    'edited',
    () => files.write('edit.json', text().replace('"cap": ', '"cap": 1')),
    /was edited: its checksum/,
  ],
  [
    'of another version',
    () => files.write('version.json', text().replace('"version": 1', '"version": 2')),
    /has version 2 of the format, not 1/,
  ],
  [
    'of another decoder',
    () =>
      changed('other.json', (content) => {
        content.decoder = 'yours'
      }),
    /^dpb: the baseline is of the decoder 'yours', not of 'mine'\n$/,
  ],
  ['a folder', () => files.path(''), /^dpb: cannot read the baseline '.*': it is a folder/],
])('a baseline that is %s: exit code 2, one line', async (_, path, message) => {
  oneLine(await callCli('gate', mine, '--baseline', path(), '--workers', '1'), message)
})

test('a finer tolerance than recorded: exit code 2, one line; a case that is none: a warning', {
  tags: ['slow'],
}, async () => {
  oneLine(await gate(mine, '--tolerance', '0.01'), /knows its dimensions to ±0\.2, not to ±0\.01/)
  const folder = files.path('mine.baseline.cases')
  writeFileSync(`${folder}/stray.json`, '{}')
  const warned = await gate(mine)
  expect(warned.status).toBe(0)
  expect(warned.stderr).toMatch(/^dpb: warning: .*stray\.json' is malformed: case: .*\n$/)
  writeFileSync(`${folder}/stray.json`, '')
})

test('for CI: JUnit, Markdown, the job summary and annotations say the same', async () => {
  const fresh = files.path("it's.json")
  writeFileSync(fresh, text())
  const [junit, markdown, summary] = ['gate.xml', 'gate.md', 'summary.md'].map(files.path)
  vi.stubEnv('GITHUB_STEP_SUMMARY', summary)
  vi.stubEnv('GITHUB_WORKSPACE', files.path('.'))
  const drifted = decoder('drifted.mjs', 0.6)
  const args = ['--baseline', fresh, '--workers', '1', '--github', '--junit', junit, '--markdown', markdown]
  const { status, stderr } = await callCli('gate', drifted, ...args)
  expect(status).toBe(1)
  expect(stderr).toMatch(
    /^::error file=drifted\.mjs,title=dims per bit regressed%3A simulation at N = 64%2C k = 4::drift .*%0Areplay: npx dpb replay '.*it'\\''s\.cases\/N64-k4-d\d+-trial\d+\.json'\n$/,
  )
  const { document } = parseHTML(readFileSync(junit, 'utf8'))
  expect(document.querySelector('testsuite')!.getAttribute('failures')).toBe('1')
  expect(document.querySelector('failure')!.getAttribute('type')).toBe('regressed')
  expect(document.querySelector('property[name="replay"]')!.getAttribute('value')).toMatch(
    /^npx dpb gate .*drifted\.mjs --baseline '.*it'\\''s\.json'$/,
  )
  const page = readFileSync(markdown, 'utf8')
  expect(page).toBe(readFileSync(summary, 'utf8'))
  expect(page.match(/^\| --- /gm)).toHaveLength(1)
  expect(page).toMatch(
    /\| ✗ \| simulation at N = 64, k = 4 \| \d\.\d+ \| .*\+\d+\.\d %.* \| ±20 % \| regressed \|/,
  )
  expect(page).toMatch(/^Again: `npx dpb gate .*A changed trial: `npx dpb replay /m)
})
