import { existsSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { countingBound } from '../bounds/counting-bound.js'
import { entropyBits } from '../bounds/entropy.js'
import type { Leaderboard } from '../results/report.js'
import { callCli } from '../testing/call-cli.js'
import { tempFolder } from '../testing/temp-folder.js'

const files = tempFolder()
const record = files.path('trials.jsonl')
const small = ['--sparsities', '3', '--budget', '1', '--workers', '1', '--quiet', '--record', record]

async function board(out: string, ...args: string[]): Promise<Leaderboard> {
  const { status, stderr } = await callCli('leaderboard', ...small, '--out', files.path(out), ...args)
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
  return JSON.parse(readFileSync(files.path(`${out}/leaderboard.json`), 'utf8'))
}

/** Without what a clock says, and by which runs it came to be. */
const timeless = ({ rows, command, ...rest }: Leaderboard) => ({
  ...rest,
  rows: rows.map(({ msPerDecode, ...row }) => row),
})

test('a row holds the interval, the law, the bound and the time; what has none is named with the reason', {
  tags: ['slow'],
}, async () => {
  const { rows, unreached } = await board(
    'one',
    '--sizes',
    '256',
    '--decoders',
    'top-k,cosamp,maximum-likelihood',
  )
  expect(unreached).toEqual([
    { decoder: 'maximum-likelihood', N: 256, k: 3, reason: expect.stringMatching(/subsets/) },
  ])
  expect(rows.map(({ decoder, method }) => [decoder, method])).toEqual([
    ['top-k', 'conditional'],
    ['cosamp', 'simulation'],
  ])
  for (const { dimension, dimensionInterval, dimsPerBit, interval, timesBound, msPerDecode } of rows) {
    expect(dimensionInterval[0]).toBeLessThan(dimension)
    expect(dimensionInterval[1]).toBeGreaterThan(dimension)
    expect(dimsPerBit).toBeCloseTo(dimension / entropyBits(256, 3), 12)
    expect(interval[0]).toBeCloseTo(dimensionInterval[0] / entropyBits(256, 3), 12)
    expect(timesBound).toBeCloseTo(dimension / countingBound(256, 3), 12)
    expect(msPerDecode).toBeGreaterThan(0)
  }
  const [topK, cosamp] = rows
  expect(topK.law!.dimension / topK.dimension).toBeCloseTo(1, 0)
  expect(cosamp.law).toBeNull()
  for (const { reliable, dimension } of rows) {
    expect(reliable!.dimension).toBeGreaterThan(dimension)
    expect(reliable!.dimensionInterval[0]).toBeLessThan(reliable!.dimension)
    expect(reliable!.dimensionInterval[1]).toBeGreaterThan(reliable!.dimension)
  }
  const text = readFileSync(files.path('one/leaderboard.md'), 'utf8')
  expect(text).toMatch(/### N = 2⁸, k = 3\n\n\| decoder \|/)
  expect(text).toContain('* no row for maximum-likelihood: ')
})

test('cells of an earlier run are kept; a record gives the same board again', {
  tags: ['slow'],
}, async () => {
  const first = await board('two', '--sizes', '64', '--decoders', 'top-k', '--even-only')
  const both = await board('two', '--sizes', '128', '--decoders', 'top-k', '--even-only')
  expect(both.rows.map(({ N }) => N)).toEqual([64, 128])
  expect(both.rows[0]).toEqual(first.rows[0])
  expect(timeless(await board('again', '--sizes', '64,128', '--decoders', 'top-k', '--even-only'))).toEqual(
    timeless(both),
  )
})

test('--missing measures what the board lacks and keeps what it has', { tags: ['slow'] }, async () => {
  const even = await board('three', '--sizes', '64', '--decoders', 'cosamp', '--even-only')
  expect(even.rows.map(({ reliable }) => reliable)).toEqual([null])
  const both = await board('three', '--sizes', '64', '--decoders', 'cosamp,top-k', '--missing')
  const [cosamp, topK] = both.rows
  expect({ ...cosamp, reliable: null }).toEqual(even.rows[0])
  expect(cosamp.reliable!.dimension).toBeGreaterThan(cosamp.dimension)
  expect(topK.decoder).toBe('top-k')
  expect(await board('three', '--sizes', '64', '--decoders', 'cosamp,top-k', '--missing')).toEqual(both)
})

test.each([
  [['--decoders', 'top-kk'], /^dpb: there is no built-in decoder 'top-kk'; did you mean 'top-k'\?\n$/],
  [['--sizes', 'many'], /^dpb: .*many/],
  [['--sizes', ''], /^dpb: .*'' is not an integer/],
  [['--sizes', '64', '--sparsities', '65'], /^dpb: .*65/],
])('wrong input %j: exit code 2, one line, nothing written', async (args, message) => {
  const out = files.path('never')
  const { status, stdout, stderr } = await callCli('leaderboard', '--out', out, '--quiet', ...args)
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
  expect(stderr).toMatch(message)
  expect(stderr.trimEnd()).not.toContain('\n')
  expect(existsSync(out)).toBe(false)
})
