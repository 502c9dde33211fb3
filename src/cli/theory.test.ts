import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { plan } from '../bounds/plan.js'
import { IDEAL } from '../codes/model/description.js'
import { callCli } from '../testing/call-cli.js'
import { tempFolder } from '../testing/temp-folder.js'
import { verificationText } from './verification-text.js'

const files = tempFolder()

test('plan: the library’s own numbers, as JSON', async () => {
  const { status, stdout, stderr } = await callCli('plan', '-N', '2^20', '-k', '28', '--p', '0.001', '--json')
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
  expect(JSON.parse(stdout)).toEqual({ ...plan({ N: 2 ** 20, k: 28, p: 0.001 }), model: IDEAL })
})

test('plan: a row for every bound at N = 10^100, each with its source', async () => {
  const { stdout } = await callCli('plan', '-N', '10^100', '-k', '28')
  const [head, , ...rows] = stdout.trimEnd().split('\n')
  expect(head).toContain('N = 10¹⁰⁰, k = 28, p = 0.01: H = log2 C(N, k) = ')
  expect(rows.filter((row) => /\(.+\)\s*$/.test(row))).toHaveLength(
    plan({ N: 1e100, k: 28, p: 0.01 }).bounds.length,
  )
})

test('plan -d: what reads 768 dimensions, in JSON and in words', async () => {
  const size = ['-N', '131072', '-k', '32', '-d', '768']
  const { readings } = JSON.parse((await callCli('plan', ...size, '--json')).stdout)
  const topK = readings.find(({ decoder }: { decoder: string }) => decoder === 'top-k')
  expect(topK).toMatchObject({ answer: 'unlikely', missed: { source: expect.any(String) } })
  expect((await callCli('plan', ...size)).stdout).toMatch(/top-k +no/)
})

test('plan with a model and d: what can be read, by whom, and what nobody can', async () => {
  const asked = [
    'plan',
    '-N',
    '131072',
    '-k',
    '64',
    '-d',
    '768',
    '--noise',
    '0.1',
    '--amplitudes',
    'half-normal',
  ]
  const { stdout, status } = await callCli(...asked)
  expect(status).toBe(0)
  expect(stdout).toMatch(/top-k +one step +32\.2 %/)
  expect(stdout).toMatch(/out of every decoder’s reach: 27\.3 % of the active/)
  const { reading, bounds } = JSON.parse((await callCli(...asked, '--json')).stdout)
  expect(reading.readers.map(({ decoder }: { decoder: string }) => decoder)).toContain('amp-bernoulli')
  expect(bounds.find(({ id }: { id: string }) => id === 'one-step-50').dimension).toBeCloseTo(1829.5, 0)
})

test('plan: a model is read from its options, and a wrong one refused in a line', async () => {
  const size = ['plan', '-N', '4096', '-k', '16', '--json']
  const given = [
    '--noise',
    '0.1',
    '--amplitudes',
    'half-normal',
    '--active',
    'zipf:1.0',
    '--dictionary',
    'sphere',
  ]
  const { model } = JSON.parse((await callCli(...size, ...given)).stdout)
  expect(model).toEqual({
    dictionary: 'sphere',
    prepare: 'raw',
    noise: 0.1,
    amplitudes: 'half-normal',
    active: 'zipf:1',
  })
  for (const [wrong, says] of [
    [['--noise', '1'], "'1' is not a share from 0 to below 1"],
    [['--amplitudes', 'normal'], 'constant, half-normal, exponential, lognormal:s with 0 < s ≤ 2'],
    [['--active', 'zipf'], 'subset, bernoulli, or zipf:s with 0 < s ≤ 4'],
    [['--tensor', 'W_dec'], '--tensor is of a file'],
    [
      ['--dictionary', 'mine.npy'],
      "--dictionary is rademacher, sphere or coupled:ω/Λ/R here, not 'mine.npy'",
    ],
  ] as const) {
    const { status, stderr } = await callCli(...size, ...wrong)
    expect({ status, lines: stderr.trimEnd().split('\n').length }).toEqual({ status: 2, lines: 1 })
    expect(stderr).toContain(says)
  }
})

test('verify --claims --out: exit code 0, a row, the files; evidence is cut unless --full', async () => {
  const out = files.path('reports')
  const asked = ['verify', '--claims', 'proposition-2,capacity', '--out', out]
  const { status, stdout, stderr } = await callCli(...asked, '--json')
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
  expect(readdirSync(out).sort()).toEqual(['index.html', 'report.json', 'report.md', 'verify.json'])
  const result = JSON.parse(stdout)
  expect(JSON.parse(readFileSync(`${out}/verify.json`, 'utf8'))).toEqual(result)
  const { claims, reference, gate } = result
  expect({ reference, gate }).toEqual({ reference: [], gate: [] })
  expect(claims).toHaveLength(2)
  for (const id of ['proposition-2', 'capacity']) {
    expect(claims).toContainEqual(
      expect.objectContaining({
        id,
        source: expect.any(String),
        statement: expect.any(String),
        kind: expect.any(String),
        verdict: 'proved',
        evidence: expect.stringMatching(/\d/),
      }),
    )
  }
  claims[0].evidence = 'long '.repeat(100)
  const [cut, full] = [false, true].map((all) => verificationText(result, all).join('\n'))
  expect(cut).toMatch(/✓ +proposition-2 +.*proved/)
  expect(cut).toContain('\n2 passed, 0 failed\n')
  expect(cut).toContain(`${'long '.repeat(100).slice(0, 159)}…`)
  expect(full).toContain('long '.repeat(100).trim())
})

test.each([
  [['plan', '-N', '64', '-k', '65'], /^dpb: k .*\b65\b/],
  [['plan', '-N', '64.5', '-k', '3'], /^dpb: .*64\.5/],
  [['plan', '-N', '64', '-k', '3', '--p', '1'], /^dpb: .*\b1\b/],
  [['plan', '-N', '64'], /^dpb: .*--sparsity/],
  [['plann'], /^dpb: .*did you mean .*plan/i],
  [['verify', '--claims', 'chernof'], /^dpb: there is no claim 'chernof'; did you mean 'chernoff'\?\n$/],
  [['bench', 'kernel'], /^dpb: there is no benchmark 'kernel'; there are kernels, /],
])('wrong input %j: exit code 2, one line, nothing on standard output', async (args, message) => {
  const { status, stdout, stderr } = await callCli(...args)
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
  expect(stderr).toMatch(message)
  expect(stderr.trimEnd()).not.toContain('\n')
  expect(existsSync('verify.json')).toBe(false)
})
