import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, renameSync, symlinkSync } from 'node:fs'
import { dirname, join, posix } from 'node:path'
import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, test } from 'vitest'
import { tempFolder } from './testing/temp-folder.js'

const root = fileURLToPath(new URL('../..', import.meta.url))
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
const project = tempFolder()
const packed = (path: string) => project.path(`node_modules/dims-per-bit/${path}`)
let files: string[]

const inProject = (...args: string[]) => {
  const { status, stdout } = spawnSync(process.execPath, args, { cwd: project.path(''), encoding: 'utf8' })
  return { status, stdout }
}

/** An empty project with the tarball unpacked in it, and links to our copies of its dependencies. */
beforeAll(() => {
  const windows = process.platform === 'win32'
  const out = execFileSync(
    'npm',
    ['pack', '--json', '--ignore-scripts', '--pack-destination', project.path('')],
    {
      cwd: root,
      encoding: 'utf8',
      shell: windows,
    },
  )
  const [{ filename, files: entries }] = JSON.parse(out)
  files = entries.map(({ path }: { path: string }) => path)
  execFileSync('tar', ['-xzf', filename], { cwd: project.path('') })
  mkdirSync(project.path('node_modules'))
  renameSync(project.path('package'), project.path('node_modules/dims-per-bit'))
  for (const name of Object.keys(manifest.dependencies)) {
    const link = project.path(`node_modules/${name}`)
    mkdirSync(dirname(link), { recursive: true })
    symlinkSync(join(root, 'node_modules', name), link, 'junction')
  }
  project.write('package.json', '{ "type": "module" }')
})

describe('the packed package', () => {
  test('holds the compiled code, its types and its assets, and nothing else', () => {
    const belongs = [
      /^(package\.json|README\.md|LICENSE)$/,
      /^dist\/(src|properties|bench)\/.*\.(js|d\.ts)$/,
      /^dist\/src\/kernels\/signs\.wasm$/,
      /^reports\/(baselines|ledger)\/[\w-]+\.json$/,
      /^dist\/src\/report\/assets\/[\w-]+\.css$/,
    ]
    expect(files.filter((path) => !belongs.some((pattern) => pattern.test(path)))).toEqual([])
    expect(files.filter((path) => /\.test\.|\/testing\//.test(path))).toEqual([])
    expect(files).toContain('dist/src/kernels/signs.wasm')
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
  }
  project.write('tsconfig.json', JSON.stringify({ compilerOptions, files: ['mine.ts'] }))
  expect(inProject(join(root, 'node_modules/typescript/bin/tsc'))).toEqual({ status: 0, stdout: '' })
  expect(JSON.parse(inProject('mine.js').stdout)).toEqual({
    bits: expect.closeTo(462.1, 0),
    subset: 2,
    regime: 'function',
  })
})

test('its command runs', () => {
  const result = JSON.parse(
    inProject(packed(manifest.bin.dpb), 'plan', '-N', '2^20', '-k', '28', '--json').stdout,
  )
  expect(result.entropyBits).toBeCloseTo(462.1, 0)
})
