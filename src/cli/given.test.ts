import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { gaussianDictionary } from '../codes/dense.js'
import { npy } from '../io/npz.js'
import { callCli } from '../testing/call-cli.js'
import { tempFolder } from '../testing/temp-folder.js'

const files = tempFolder()
const [N, d] = [60, 20]
const drawn = gaussianDictionary(N, d, [5, 6])
const path = files.path('rows.npy')
const values = Float32Array.from({ length: N * d }, (_, at) => drawn.codeword(Math.floor(at / d))[at % d])
writeFileSync(path, npy({ shape: [N, d], values }))
const other = files.path('other.npy')
writeFileSync(other, npy({ shape: [N, d], values: values.map((entry) => 2 * entry) }))
const out = files.path('top-k.json')
const over = ['--dictionary', path, '--orientation', 'rows']

test('a baseline over a file, and the gate wherever the file is, but over no other', async () => {
  const record = await callCli(
    ...['baseline', 'top-k', ...over, '--out', out, '--tolerance', '0.3', '--false-alarm', '0.1', '--json'],
    ...['--workers', '1'],
  )
  expect(record.status).toBe(0)
  const { model, cells } = JSON.parse(record.stdout)
  expect(model.dictionary).toMatchObject({ file: path, sha256: expect.stringMatching(/^[0-9a-f]{64}$/) })
  expect(cells[0]).toMatchObject({ axis: 'k', dimension: d })
  const copy = files.path('copy.npy')
  writeFileSync(copy, readFileSync(path))
  const gate = await callCli(
    'gate',
    ...['top-k', '--baseline', out, '--workers', '1'],
    '--dictionary',
    copy,
    '--json',
  )
  expect(JSON.parse(gate.stdout)).toMatchObject({
    verdict: 'unchanged',
    cells: [{ axis: 'k', k: cells[0].k }],
  })
  const wrong = await callCli('gate', 'top-k', '--baseline', out, '--dictionary', other)
  expect(wrong.status).toBe(2)
  expect(wrong.stderr).toMatch(/is not the file that was meant: its SHA-256/)
  expect(existsSync(out)).toBe(true)
})

test('codewords that are left out are said, on standard error and in JSON', async () => {
  const dead = files.path('dead.npy')
  writeFileSync(
    dead,
    npy({ shape: [N, d], values: values.map((x, at) => (at >= d && at < 2 * d ? x / 1000 : x)) }),
  )
  const args = ['top-k', '--dictionary', dead, '--orientation', 'rows', '-k', '1', '--trials', '20', '--json']
  const { stdout, stderr } = await callCli('success', ...args, '--workers', '1')
  expect(JSON.parse(stdout)).toMatchObject({ N: N - 1, dead: [1] })
  expect(stderr).toMatch(/^dpb: warning: a codeword of less than a tenth of the median norm left out: 1\n$/)
})

test.each([
  [['plan', '-N', '60', '-k', '3', '--dictionary', path], /no law is known of a file's codewords beforehand/],
  [['baseline', 'top-k', ...over, '-k', '3'], /leave out -N, -k and --only-own/],
  [['baseline', 'top-k', '--prepare', 'unit'], /--prepare is of a file/],
  [['check', 'top-k', '--tensor', 'W'], /--tensor is of a file: give one by --dictionary/],
  [['check', 'top-k', '--dictionary', path], /does not say whether codewords are rows or columns/],
  [['success', 'top-k', ...over, '-k', '3', '--method', 'conditional'], /simulation/],
])('%j is refused in one line', async (args, says) => {
  const { status, stdout, stderr } = await callCli(...args)
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
  expect(stderr).toMatch(says)
  expect(stderr.trimEnd()).not.toMatch(/\n/)
})
