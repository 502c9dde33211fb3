/*!
 * @module-tag slow
 */

import { execFile, spawnSync } from 'node:child_process'
import { copyFileSync, cpSync, readFileSync, writeFileSync } from 'node:fs'
import { join, posix } from 'node:path'
import { promisify } from 'node:util'
import { beforeAll, describe, expect, test } from 'vitest'
import { documentedCalls } from './testing/code-blocks.js'
import { manifest, ownEnv, packedProject, root, tarball } from './testing/packed-project.js'

const project = packedProject()
const { packed, run: inProject } = project
const dpb = (...args: string[]) => inProject(packed(manifest.bin.dpb), ...args)
let files: string[]
let bytes: number

// `prepare`, which packing runs, takes the comments out of the JavaScript, and declarations that nobody can import; a
// build of changed sources has them.
const bare = () =>
  files.every((file) => !file.endsWith('.js') || !/^ *\/\*\* /m.test(readFileSync(packed(file), 'utf8')))

beforeAll(() => {
  ;({ files, bytes } = project.fill())
})

describe('the packed package', () => {
  test('holds the compiled code, its types and its assets, and nothing else', () => {
    const belongs = [
      /^(package\.json|README\.md|LICENSE)$/,
      /^dist\/(src|properties|bench)\/.*\.(js|d\.ts)$/,
      /^dist\/schema\/[a-z]+\.json$/,
      /^dist\/src\/kernels\/(signs|float32)\.wasm$/,
      /^src\/clients\/(python|js|ts|cpp|julia)\/(decoder|dims_per_bit)\.\w+$/,
      /^reports\/(baselines|ledger)\/[\w-]+\.json$/,
      /^dist\/src\/report\/assets\/[\w-]+\.css$/,
    ]
    expect(files.filter((path) => !belongs.some((pattern) => pattern.test(path)))).toEqual([])
    expect(files.filter((path) => /\.test\.|\/testing\//.test(path))).toEqual([])
    expect(files).toContain('dist/src/kernels/signs.wasm')
    expect(files).toContain('dist/src/kernels/float32.wasm')
  })

  test('is smaller than a megabyte', ({ skip }) => {
    skip(!bare(), 'the build is not the one that is packed')
    expect(bytes).toBeLessThan(1e6)
  })

  test('holds everything that its entries and files name, and depends on what it imports', () => {
    const entries = Object.values(manifest.exports).flatMap(
      (entry) => Object.values(Object(entry)) as string[],
    )
    const named = [...entries, ...Object.values<string>(manifest.bin)].map((path) => posix.normalize(path))
    expect(named.filter((path) => !files.includes(path) && path.length > 1)).toEqual([])
    const missing: string[] = []
    for (const path of files.filter((one) => one.endsWith('.js'))) {
      const text = readFileSync(packed(path), 'utf8')
      for (const [, name] of text.matchAll(
        /(?:^|\s)(?:import|export)\s[^'"`;]*?from\s*'([^']+)'|import\('([^']+)'\)/gm,
      )) {
        if (name === undefined || name.startsWith('node:')) continue
        const known = name.startsWith('.')
          ? files.includes(posix.join(posix.dirname(path), name))
          : Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies }).some(
              (own) => name === own || name.startsWith(`${own}/`),
            )
        if (!known) missing.push(`${path} imports ${name}`)
      }
    }
    expect(missing).toEqual([])
  })
})

test('holds every declaration that its entries reach', () => {
  const reached = new Set<string>()
  const reach = (path: string) => {
    if (reached.has(path)) return
    reached.add(path)
    expect(files).toContain(path)
    const text = readFileSync(packed(path), 'utf8')
    for (const [, name, inline] of text.matchAll(/from '(\.[^']+)\.js'|import\("(\.[^"]+)\.js"\)/g))
      reach(posix.join(posix.dirname(path), `${name ?? inline}.d.ts`))
  }
  const entries = Object.values<{ types?: string }>(manifest.exports).flatMap(({ types }) => types ?? [])
  for (const entry of entries) reach(posix.normalize(entry))
  expect(reached.size).toBeGreaterThan(100)
  if (bare()) expect(files.filter((file) => file.endsWith('.d.ts') && !reached.has(file))).toEqual([])
})

// It is an ES module: CommonJS takes it by `import()`.
test.each([
  ['publint', ['run', packed(''), '--strict']],
  ['attw', [project.path(tarball), '--profile', 'esm-only', '--exclude-entrypoints', 'schema/*.json']],
])('%s finds nothing', (tool, args) => {
  const { status, stdout, stderr } = spawnSync(join(root, 'node_modules/.bin', tool), args, {
    encoding: 'utf8',
    env: ownEnv,
    shell: process.platform === 'win32',
  })
  expect(status, stdout + stderr).toBe(0)
})

test('a project in TypeScript compiles against it, mistakes are found, and it runs', () => {
  project.write(
    'mine.ts',
    `import { assertDecoderContract, type Decoder, plan } from 'dims-per-bit'
import { drawInstance, regime, trial } from 'dims-per-bit/arbitraries'

const decoder: Decoder = {
  name: 'mine',
  decode({ dictionary, code, k }) {
    const scores = dictionary.correlate(code)
    return [...scores.keys()].sort((a, b) => scores[b]! - scores[a]!).slice(0, k)
  },
}
// @ts-expect-error a decoder has a name
export const nameless: Decoder = { decode: decoder.decode }
// @ts-expect-error N is a number
export const wrong = () => plan({ N: 'many', k: 1, p: 0.01 })
// @ts-expect-error ranges are of integers
export const worse = () => trial({ N: { min: '3' } })

await assertDecoderContract(decoder, { only: ['valid-answer', 'orthogonal'], seconds: 0.2 })
const { subset } = drawInstance({ N: 9, k: 2, d: 8, codewords: 'rademacher', trial: 0 }, '1')
const bits: number = plan({ N: 2 ** 20, k: 28, p: 0.01 }).entropyBits
console.log(JSON.stringify({ bits, subset: subset.length, regime: typeof regime().generate }))
`,
  )
  const compilerOptions = {
    module: 'nodenext',
    target: 'es2022',
    strict: true,
    skipLibCheck: true,
    types: [],
    allowJs: true,
    outDir: 'out',
  }
  const tests = ['good/drift.test.ts', 'good/matchers.test.ts']
  project.write('tsconfig.json', JSON.stringify({ compilerOptions, files: ['mine.ts', ...tests] }))
  expect(inProject(join(root, 'node_modules/typescript/bin/tsc'))).toEqual({ status: 0, stdout: '' })
  expect(JSON.parse(inProject('out/mine.js').stdout)).toEqual({
    bits: expect.closeTo(462.1, 0),
    subset: 2,
    regime: 'function',
  })
})

test('the examples run: what theory says of a size, and decoders measured with their intervals', () => {
  const planned = inProject('examples/plan.mjs')
  expect(planned.stdout).toMatch(
    /^H = 211\.7 bits.*\n(?:.*\n)*converse +counting-bound +d = 70, 0\.33 dims per bit\n/,
  )
  expect(planned.stdout).not.toMatch(/undefined|NaN|null/)
  const measured = inProject('examples/measure.mjs').stdout.trim().split('\n')
  const found = measured.map((line) =>
    /^([\w-]+): ([\d.]+) dims .*\[([\d.]+), ([\d.]+)\]/.exec(line)!.slice(1),
  )
  expect(found.map(([name]) => name)).toEqual(['top-k', 'orthogonal-matching-pursuit'])
  const [[, , least], [, , , most]] = found.map((one) => one.map(Number))
  expect(least).toBeGreaterThan(most)
})

test('worked examples say in one line that their data are not there', async () => {
  const none = (option: string) => [option, project.path('nowhere')]
  const calls = [
    ...['positions', 'read-boards', 'first-layer'].map((name) => [`stockfish/${name}`, ...none('--engine')]),
    ...['glove/glove', 'autoencoder/autoencoder'].map((name) => [name, ...none('--data')]),
  ]
  const run = promisify(execFile)
  await Promise.all(
    calls.map(async ([name, ...args]) => {
      const { stdout, stderr } = await run(process.execPath, [`examples/${name}.mjs`, ...args], {
        cwd: project.path(''),
        env: ownEnv,
      })
      expect(stdout, name).toMatch(
        /^(Stockfish|GloVe) is not \w+, so nothing was done: (apt-get|npm) install [^\n]+\n$/,
      )
      expect(stderr, name).toBe('')
    }),
  )
})

test('a decoder is one file and one line in a list: each command takes it then', () => {
  const copy = (path: string) => project.path(`more/dims-per-bit/${path}`)
  cpSync(packed(''), copy(''), { recursive: true })
  const file = `import { fixedStepsDecoder } from './decode-report.js'
const best = (scores, k) => [...scores.keys()].sort((a, b) => scores[b] - scores[a]).slice(0, k)
const about = { name: 'sorted-scores', source: 'none', label: 'sorted scores', family: 'one-step' }
export const sortedScores = () => fixedStepsDecoder(about, (dictionary, codes, k) =>
  codes.map((code) => best(dictionary.correlate(code), k)))
`
  writeFileSync(copy('dist/src/decoders/sorted-scores.js'), file)
  const list = readFileSync(copy('dist/src/decoders/built-in.js'), 'utf8')
  const longer = list.replace(/^ {4}lista\(\),$/m, '$&\n    sortedScores(),')
  expect(longer).not.toBe(list)
  const line = "import { sortedScores } from './sorted-scores.js'\n"
  writeFileSync(copy('dist/src/decoders/built-in.js'), line + longer)
  const run = (...args: string[]) => inProject(copy(manifest.bin.dpb), ...args)
  const shape = ['-N', '64', '-k', '3', '-d', '24', '--method', 'simulation', '--trials', '100', '--json']
  const rates = ['sorted-scores', 'top-k'].map((name) => JSON.parse(run('success', name, ...shape).stdout))
  expect(rates[0]).toMatchObject({
    decoder: 'sorted-scores',
    successRate: rates[1].successRate,
    faultCount: 0,
  })
  expect(run('check', 'sorted-scores', '--properties', 'valid-answer', '--seconds', '20').status).toBe(0)
})

test('its command runs', () => {
  const result = JSON.parse(dpb('plan', '-N', '2^20', '-k', '28', '--json').stdout)
  expect(result.entropyBits).toBeCloseTo(462.1, 0)
})

describe('the drift gate as docs/ci.md and the README have it', () => {
  /** The documented call of this command, for the decoder in this folder. */
  const call = (command: string, folder: string, ...more: string[]) => {
    const words = documentedCalls('docs/ci.md').findLast(([name]) => name === command)!
    return dpb(...words.map((word) => word.replace('./', `./${folder}/`)), ...more)
  }

  test('check, baseline and gate on the command line', () => {
    expect(call('check', 'good', '--seconds', '4').status).toBe(0)
    const cell = ['-N', '64', '-k', '4', '--only-own', '--tolerance', '0.2']
    expect(call('baseline', 'good', ...cell).status).toBe(0)
    copyFileSync(
      project.path('good/my-decoder.baseline.json'),
      project.path('drifted/my-decoder.baseline.json'),
    )
    expect(call('gate', 'good').stdout).toMatch(/^✓ dims per bit of mine unchanged\n/)
    expect(call('gate', 'drifted').status).toBe(1)
    expect(readFileSync(project.path('gate.xml'), 'utf8')).toContain('<failure message="regressed, drift ')
    expect(readFileSync(project.path('gate.md'), 'utf8')).toMatch(/^### ✗ dims per bit of mine regressed /)
  })

  test('in vitest: a good decoder passes, a drifted one fails with the interval that shows it', () => {
    const vitest = join(root, 'node_modules/vitest/vitest.mjs')
    const { status, stdout } = inProject(vitest, 'run', '--reporter=json', '--exclude', 'out/**')
    expect(status).toBe(1)
    const { testResults } = JSON.parse(stdout) as {
      testResults: { assertionResults: { fullName: string; status: string; failureMessages: string[] }[] }[]
    }
    const results = testResults.flatMap(({ assertionResults }) => assertionResults)
    const failed = results.filter((one) => one.status !== 'passed')
    expect(results.map(({ fullName }) => fullName).sort()).toEqual([
      'as good as it should be',
      'it keeps the contract of decoders',
      'it needs at most 1.6 dims per bit where top-k needs 1.8',
      ...['has not drifted from its baseline', 'keeps the decoder contract'].flatMap((name) =>
        Array(2).fill(`mine ${name}`),
      ),
    ])
    expect(failed.map(({ fullName }) => fullName)).toEqual(
      expect.arrayContaining(['mine has not drifted from its baseline']),
    )
    const { failureMessages } = failed.find(({ fullName }) => fullName.includes('drifted'))!
    expect(failureMessages[0]).toMatch(
      /dims per bit of mine regressed .*\n +simulation at N = 64, k = 4: regressed, drift .*; .* success at d = \d+ in \[/,
    )
  })
})
