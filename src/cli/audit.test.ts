import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { gaussianDictionary } from '../codes/dense.js'
import { npy } from '../io/npz.js'
import { callCli } from '../testing/call-cli.js'
import { tempFolder } from '../testing/temp-folder.js'

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
    ...['--worst', '4', '--threads', '1', '--out', out, '--json'],
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
  )
  expect(status).toBe(0)
  expect(stdout).toMatch(/a sample of codewords guarantees nothing/)
  expect(stdout.split('\n').length).toBeLessThan(30)
})

test.each([
  [[], /does not say whether codewords are rows or columns/],
  [['--orientation', 'rows', '-k', '91'], /-k must be from 1 to N = 90, not 91/],
  [
    ['--orientation', 'rows', '--labels', path],
    /not text in UTF-8|has \d+ lines, where there are 90 codewords/,
  ],
  [['--orientation', 'rows', '--tensor', 'W'], /has no name: leave out --tensor/],
])('%j is refused in one line', async (args, says) => {
  const { status, stdout, stderr } = await callCli('audit', path, ...args)
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
  expect(stderr).toMatch(says)
  expect(stderr.trimEnd()).not.toMatch(/\n/)
})
