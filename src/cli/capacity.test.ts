import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { gaussianDictionary } from '../codes/dense.js'
import { callCli } from '../testing/call-cli.js'
import { tempFolder } from '../testing/temp-folder.js'

const files = tempFolder()
const [N, d] = [120, 16]

/** Codewords with a common part, the first of which was never trained. */
const path = files.path('rows.csv')
const drawn = gaussianDictionary(N, d, [3, 4])
const rows = Array.from({ length: N }, (_, i) =>
  [...drawn.codeword(i)].map((entry) => (i === 0 ? 0.01 : 1) * (entry + 0.3)).join(','),
)
writeFileSync(path, `${rows.join('\n')}\n`)

const given = ['--orientation', 'rows', '--trials', '20', '--quiet']

test('the largest k of every decoder and preparation, random signs beside them, and a figure', async () => {
  const { status, stdout, stderr } = await callCli(
    ...['capacity', path, ...given, '--decoders', 'omp,vamp-finished', '--prepare', 'unit,whitened'],
    ...['--targets', '0.5,0.9', '--out', files.path('out'), '--json'],
  )
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
  const result = JSON.parse(stdout)
  expect(result).toMatchObject({ N: N - 1, d, dead: [0], orientation: 'rows', seed: '1' })
  expect(result.sha256).toMatch(/^[\da-f]{64}$/)
  const found = [...result.rows, ...result.rademacher]
  const keys = found.map((row) => `${row.decoder} ${row.prepare} ${row.target}`)
  const decoders = ['orthogonal-matching-pursuit', 'vamp-finished']
  const expected = ['unit', 'whitened', 'rademacher'].flatMap((prepare) =>
    decoders.flatMap((decoder) => [0.5, 0.9].map((target) => `${decoder} ${prepare} ${target}`)),
  )
  expect(keys).toEqual(expected)
  for (const { sparsity, interval, dimsPerBit, trials } of found) {
    expect(interval[0]).toBeLessThanOrEqual(sparsity)
    expect(interval[1]).toBeGreaterThanOrEqual(sparsity)
    expect(dimsPerBit).toBeGreaterThan(0.5)
    expect(trials).toBeGreaterThanOrEqual(20)
  }
  // The common part blinds OMP until the reader is whitened, and VAMP never.
  const half = (decoder: string, prepare: string) =>
    found.find((row) => row.decoder === decoder && row.prepare === prepare && row.target === 0.5).sparsity
  expect(half(decoders[0], 'whitened')).toBeGreaterThan(1.3 * half(decoders[0], 'unit'))
  expect(half(decoders[1], 'unit')).toBeGreaterThan(1.2 * half(decoders[0], 'unit'))
  expect(result.files.every(existsSync)).toBe(true)
  const figure = JSON.parse(readFileSync(files.path('out/figure-capacity.json'), 'utf8'))
  expect(figure.panels.map((panel: { layers: unknown[] }) => panel.layers.length)).toEqual([2, 2, 2])
})

test('decoders that share a name are told apart by what they were called', async () => {
  const few = files.write('few.csv', '1,0\n0,1\n1,1\n')
  const twin = (file: string) =>
    files.write(
      file,
      "export default { name: 'twin', decode: ({ k }) => Array.from({ length: k }, (_, i) => i) }",
    )
  const both = [twin('a.mjs'), twin('b.mjs')]
  const args = [
    '--orientation',
    'rows',
    '--trials',
    '1',
    '--targets',
    '0.5',
    '--prepare',
    'unit',
    '--workers',
    '1',
  ]
  const { stdout } = await callCli('capacity', few, ...args, '--decoders', both.join(), '--json', '--quiet')
  const { rows: found, curves } = JSON.parse(stdout)
  const names = both.map((given) => `twin (${given})`)
  expect(found.map((row: { decoder: string }) => row.decoder)).toEqual(names)
  expect(curves.map((curve: { decoder: string }) => curve.decoder)).toEqual([...names, ...names])
})

const slow = { tags: ['slow'] }
test(
  "threads, processes and a record come to the same, and a user's decoder may be measured",
  slow,
  async () => {
    const mine = files.write(
      'mine.mjs',
      `export default { name: 'mine', decode({ dictionary, code, k }) {
      if (k === 2) throw new Error('two is too many')
      const s = dictionary.correlate(code)
      return [...s.keys()].sort((a, b) => s[b] - s[a] || a - b).slice(0, k)
    } }`,
    )
    const record = ['--record', files.path('trials.jsonl')]
    const call = (...more: string[]) =>
      callCli('capacity', path, ...given, '--prepare', 'centred', '--targets', '0.5', '--json', ...more)
    const here = await call('--decoders', 'top-k')
    const threads = await call('--decoders', 'top-k', '--workers', '2', ...record)
    const again = await call('--decoders', 'top-k', ...record)
    expect(threads.stdout).toBe(here.stdout)
    expect(again.stdout).toBe(here.stdout)
    expect(again.stderr).toMatch(/^dpb: \d+ trials are taken from '.*', not run again\n$/)
    const { stdout } = await call('--decoders', mine, '--workers', '1')
    const [curve] = JSON.parse(stdout).curves
    expect(curve.decoder).toBe('mine')
    expect(curve.faults[0]).toMatchObject({ kind: 'throw', k: 2, trial: 0 })
  },
)

test("a comma within quotes is a command's own", async () => {
  const program = `exec:${process.execPath} ${files.write('two.mjs', '')} '1,2'`
  const decoders = `top-k,${program}`
  const unready = await callCli('capacity', path, ...given, '--decoders', decoders)
  expect(unready).toMatchObject({
    status: 2,
    stderr: expect.stringMatching(/two\.mjs 1,2` ended with code 0 before/),
  })
  const empty = await callCli('capacity', path, ...given, '--decoders', 'top-k,,omp')
  expect(empty).toMatchObject({ status: 2, stderr: expect.stringContaining("no built-in decoder ''") })
})

test('the figure names a path with a space as a shell takes it', async () => {
  const text = 'export default { name: "first", decode: ({ k }) => Array.from({ length: k }, (_, i) => i) }'
  const first = files.write('the first.mjs', text)
  const options = ['--prepare', 'unit', '--targets', '0.5', '--out', files.path('shell'), '--workers', '1']
  expect(await callCli('capacity', path, ...given, '--decoders', first, ...options)).toMatchObject({
    status: 0,
  })
  const { command } = JSON.parse(readFileSync(files.path('shell/figure-capacity.json'), 'utf8'))
  expect(command).toBe(`dpb capacity ${path} --decoders '${first}' --prepare unit`)
})

test('what is named twice is measured once', async () => {
  const { stdout } = await callCli(
    ...[
      'capacity',
      path,
      ...given,
      '--decoders',
      'omp,orthogonal-matching-pursuit',
      '--prepare',
      'unit,unit',
    ],
    ...['--targets', '0.5,0.50', '--json'],
  )
  const { rows: found, rademacher, curves } = JSON.parse(stdout)
  expect([found.length, rademacher.length, curves.length]).toEqual([1, 1, 2])
})

test.each([
  [['--threads', '2', '--workers', '2'], /--threads shares the passes .* leave it out/],
  [['--decoders', './none.mjs'], /there is no file '\.\/none\.mjs'/],
  [['--decoders', 'omq'], /no built-in decoder 'omq'; did you mean/],
  [['--prepare', 'washed'], /--prepare takes raw, .*, not 'washed'/],
  [['--noise', '1'], /noise must be a share .* not 1/],
  [['--amplitudes', 'loud'], /amplitudes must be/],
  [['-N', '300'], /119 codewords, fewer than -N 300/],
] as const)('%j is refused in one line', async (args, message) => {
  const { status, stdout, stderr } = await callCli('capacity', path, ...given, ...args)
  expect({ status, stdout, lines: stderr.trimEnd().split('\n').length }).toEqual({
    status: 2,
    stdout: '',
    lines: 1,
  })
  expect(stderr).toMatch(message)
})
