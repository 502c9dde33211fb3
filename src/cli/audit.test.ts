import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { gaussianDictionary } from '../codes/dense.js'
import { npy } from '../io/npz.js'
import { callCli } from '../testing/call-cli.js'
import { tempFolder } from '../testing/temp-folder.js'
import { f32, safetensorsFile } from '../testing/tensor-files.js'

const files = tempFolder()
const [N, d] = [90, 12]
const drawn = gaussianDictionary(N, d, [5, 6])
const entries = Float32Array.from({ length: N * d }, (_, at) => drawn.codeword(Math.floor(at / d))[at % d])
entries.copyWithin(4 * d, 2 * d, 3 * d)
const path = files.path('vectors.npy')
writeFileSync(path, npy({ shape: [N, d], values: entries }))
const labels = files.write('labels.txt', Array.from({ length: N }, (_, i) => `word ${i} <b>`).join('\n'))

test('an audit in one document, with labels, and a page with pictures that holds no markup of others', async () => {
  const out = files.path('out')
  const { status, stdout, stderr } = await callCli(
    ...['audit', path, '--orientation', 'rows', '-k', '3', '--labels', labels, '--trials', '50'],
    ...['--worst', '4', '--threads', '1', '--reads', '20', '--decoders', 'top-k,omp', '--out', out, '--json'],
  )
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
  const result = JSON.parse(stdout)
  expect(result).toMatchObject({
    N,
    d,
    dtype: 'float32',
    orientation: 'rows',
    dead: [],
    guaranteedSparsity: 0,
  })
  expect(result.coherence).toMatchObject({ value: 1, pair: [2, 4] })
  expect(result.twins[0]).toEqual({
    pair: [2, 4],
    cosine: expect.closeTo(1),
    labels: ['word 2 <b>', 'word 4 <b>'],
  })
  expect(result.dominated).toEqual(expect.arrayContaining([2, 4]))
  expect(result.codewords).toHaveLength(4)
  expect(result.codewords[0].label).toBe(`word ${result.codewords[0].index} <b>`)
  for (const name of ['audit.html', 'audit.json', 'figure-audit.svg'])
    expect(existsSync(`${out}/${name}`)).toBe(true)
  const page = readFileSync(`${out}/audit.html`, 'utf8')
  expect(page).toContain('word 2 &lt;b&gt;')
  expect(page).not.toContain('<b>')
  expect(page.indexOf('the codewords that top-k reads worst')).toBeGreaterThan(page.indexOf('<svg'))
})

test('the amortisation gap of an encoder in the file, and the decoder to take', async () => {
  const tensor = (shape: readonly number[], values: readonly number[]) => ({
    dtype: 'F32',
    shape,
    data: f32(values),
  })
  const rows = Array.from({ length: N }, (_, i) => [...drawn.codeword(i)])
  const columns = Array.from({ length: d }, (_, j) => rows.map((_, i) => rows[i % 2 ? i : N - 2 - i][j]))
  const sae = files.path('sae.safetensors')
  const content = {
    W_dec: tensor([N, d], rows.flat()),
    W_enc: tensor([d, N], columns.flat()),
    b_enc: tensor(
      [N],
      rows.map(() => -0.4),
    ),
  }
  writeFileSync(sae, safetensorsFile(content))
  const args = ['audit', sae, '-k', '2', '--reads', '200', '--threads', '1', '--decoders', 'top-k,omp']
  const { reading, encoder } = JSON.parse((await callCli(...args, '--json')).stdout)
  expect(encoder).toMatchObject({ weights: 'W_enc', activation: 'relu', subtractsBias: true })
  const gap = reading.gaps.find(
    (one: { reader: string; than: string }) => one.reader === 'top-k' && one.than === 'encoder told k',
  )
  expect(gap.recall.interval[0]).toBeGreaterThan(0.1)
  expect(gap.bitsRead.interval[0]).toBeGreaterThan(0)
  const bits = (name: string): number =>
    reading.readers.find(({ reader }: { reader: string }) => reader === name).metrics.bitsRead.value
  const [best, other] = ['top-k', 'orthogonal-matching-pursuit'].toSorted((a, b) => bits(b) - bits(a))
  expect(reading.recommended).toMatchObject({ reader: best, leads: [{ than: other }] })
  const { stdout } = await callCli(...args.with(5, '50'), '--noise', '0.2', '--suspects', '0')
  expect(stdout).toMatch(/, noise 0.2: /)
  expect(stdout).toMatch(/not tried one by one .*--suspects/)
  expect(stdout).toMatch(/how much the encoder loses/)
  expect(stdout).toMatch(/recommended: /)
  expect((await callCli('audit', sae, '--threads', '1')).stdout).toMatch(/-k tells how much it loses/)
})

test('codes that are given: what is left of them against k, and the caveat', async () => {
  const codes = files.path('codes.npy')
  const sums = Float32Array.from({ length: 20 * d }, (_, at) => {
    const [t, j] = [Math.floor(at / d), at % d]
    return drawn.codeword(t)[j] + 2 * drawn.codeword(t + 30)[j]
  })
  writeFileSync(codes, npy({ shape: [20, d], values: sums }))
  const short = ['--threads', '1', '--reads', '20', '--trials', '20']
  const args = ['audit', path, '--orientation', 'rows', '-k', '2', '--codes', codes, ...short]
  const { description } = JSON.parse((await callCli(...args, '--json')).stdout)
  expect(description).toMatchObject({ codes: 20, offset: 'mean' })
  expect(description.rows.map(({ k }: { k: number }) => k)).toEqual([1, 1, 1, 1, 2, 2, 2, 2])
  expect((await callCli(...args)).stdout).toMatch(/Nobody knows what these codes are made of/)
  const wrong = await callCli(...args.with(7, labels))
  expect(wrong.status).toBe(2)
})

test('in one screen of text', async () => {
  const { status, stdout } = await callCli(
    'audit',
    path,
    '--orientation',
    'rows',
    '--sample',
    '40',
    '-k',
    '2',
    '--trials',
    '20',
    '--reads',
    '20',
  )
  expect(status).toBe(0)
  expect(stdout).toMatch(/a sample of codewords guarantees nothing/)
  expect(stdout.split('\n').length).toBeLessThan(40)
})

test.each([
  [[], /does not say whether codewords are rows or columns/],
  [['--orientation', 'rows', '-k', '91'], /-k must be from 1 to N = 90, not 91/],
  [
    ['--orientation', 'rows', '--labels', path],
    /not text in UTF-8|has \d+ lines, where there are 90 codewords/,
  ],
  [['--orientation', 'rows', '--tensor', 'W'], /has no name: leave out --tensor/],
  [['--orientation', 'rows', '-k', '2', '--decoders', 'opm'], /there is no built-in decoder 'opm'/],
  [['--orientation', 'rows', '--codes', path], /--codes takes -k/],
  [['--orientation', 'rows', '-k', '13', '--codes', path], /-k must be at most 12/],
  [['--orientation', 'rows', '-k', '2', '--prepare', 'raw'], /--prepare takes unit, centred, whitened here/],
])('%j is refused in one line', async (args, says) => {
  const { status, stdout, stderr } = await callCli('audit', path, ...args)
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
  expect(stderr).toMatch(says)
  expect(stderr.trimEnd()).not.toMatch(/\n/)
})
