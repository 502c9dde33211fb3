import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { callCli } from '../testing/call-cli.js'
import { shellWords } from '../testing/shell-words.js'
import { tempFolder } from '../testing/temp-folder.js'

const files = tempFolder()
const main = fileURLToPath(new URL('./main.js', import.meta.url))

const json = async (...args: string[]) => {
  const { status, stdout, stderr } = await callCli(...args, '--json')
  expect(status).toBe(0)
  expect(stderr).toMatch(/^(dpb: \d+ trials are taken from '.*', not run again\n)?$/)
  return JSON.parse(stdout)
}
const size = ['-N', '64', '-k', '3']
const small = [...size, '-d', '40', '--method', 'simulation', '--workers', '1']

test.each([
  [
    ['success', 'top-k', ...size, '-d', '2^60'],
    /^dpb: d must be an integer of less than 2\^53, not 2\^60\n$/,
  ],
  [
    ['success', 'top-k', '-N', '2^60', '-k', '2^61', '-d', '9'],
    /^dpb: k must be at most N = 2\^60, not 2\^61\n$/,
  ],
  [
    ['success', 'top-k', ...size, '-d', '40', '--workers', '100000'],
    /^dpb: .*'100000' is not an integer from 1 to 512\.\n$/,
  ],
  [
    ['sensitivity', 'top-k', '--time-limit', '2^60'],
    /^dpb: .*'2\^60' is not an integer from 1 to 86400000\.\n$/,
  ],
  [['check', 'top-k', '--seconds', '2^60'], /^dpb: .*'2\^60' is not an integer from 1 to 86400\.\n$/],
])('%j is refused, by its exact number, before any work', async (args, message) => {
  const { status, stdout, stderr } = await callCli(...args)
  expect([status, stdout]).toEqual([2, ''])
  expect(stderr).toMatch(message)
})

test('success: control variates shorten the interval of a one-step decoder, whoever runs the trials', {
  tags: ['slow'],
}, async () => {
  const at = ['success', 'top-k', '-N', '2^20', '-k', '10', '-d', '390', '--trials', '1500', '--seed', 's']
  const short = await json(...at)
  const record = files.path('controls.jsonl')
  for (const how of [
    ['--workers', '1'],
    ['--record', record],
    ['--record', record],
  ]) {
    expect({ ...(await json(...at, ...how)), seconds: short.seconds }).toEqual(short)
  }
  const safe = await json(...at, '--no-control-variates')
  expect([short.rule, safe.rule]).toEqual(['control-variates', 'betting'])
  expect(short.interval[1] - short.interval[0]).toBeLessThan(0.4 * (safe.interval[1] - safe.interval[0]))
  expect(short.successRate).toBeGreaterThan(safe.interval[0])
  expect(short.successRate).toBeLessThan(safe.interval[1])
  // Too few of one outcome for a regression, and too few trials.
  expect((await json(...at.with(7, '900'))).rule).toBe('betting')
  expect((await json(...at.with(9, '900'))).rule).toBe('betting')
})

test('success: the same rate in shards, merged, as in one run', async () => {
  const whole = await json('success', 'top-k', ...small, '--trials', '60', '--seed', 's')
  expect(whole).toMatchObject({
    decoder: 'top-k',
    N: 64,
    k: 3,
    d: 40,
    method: 'simulation',
    trials: 60,
    seed: 's',
  })
  expect(whole.interval[0]).toBeLessThan(whole.successRate)
  expect(whole.interval[1]).toBeGreaterThan(whole.successRate)
  expect(whole).toMatchObject({
    confidence: 0.99,
    rule: 'clopper-pearson',
    faultCount: 0,
    seconds: expect.any(Number),
  })
  const parts = [1, 2].map((i) => files.path(`part-${i}.jsonl`))
  let sum = 0
  for (const [i, record] of parts.entries()) {
    const shard = ['--shard', `${i + 1}/2`, '--record', record]
    sum += (await json('success', 'top-k', ...small, '--trials', '60', '--seed', 's', ...shard)).successRate
  }
  expect(sum / 2).toBeCloseTo(whole.successRate, 12)
  const all = files.path('all.jsonl')
  expect(await json('merge', ...parts, '--out', all)).toEqual({ records: parts, out: all })
  const again = await json('success', 'top-k', ...small, '--trials', '60', '--seed', 's', '--record', all)
  expect({ ...again, seconds: 0 }).toEqual({ ...whole, seconds: 0 })
})

test('measure: every field, and a table for people', async () => {
  const args = ['measure', 'top-k', ...size, '--precision', '0.2', '--method', 'simulation', '--workers', '1']
  const result = await json(...args)
  expect(result).toMatchObject({ decoder: 'top-k', N: 64, k: 3, target: 0.5, confidence: 0.99, seed: '1' })
  expect(result.entropyBits).toBeCloseTo(Math.log2((64 * 63 * 62) / 6), 12)
  expect(result.dimsPerBit).toBeCloseTo(result.dimension / result.entropyBits, 12)
  expect(result.interval[0]).toBeLessThan(result.dimsPerBit)
  expect(result.interval[1]).toBeGreaterThan(result.dimsPerBit)
  expect((await callCli(...args)).stdout).toMatch(
    /^top-k at N = 64, k = 3: success rate 0\.5\ndims per bit \d\.\d+, 99 % interval \[/,
  )
})

test('what a decoder does wrong is told with the call that replays it', async () => {
  const body = 'if (problem.random() < 0.2) throw new Error("no idea"); return [0, 1, 2]'
  const path = files.write('bad.mjs', `export default { name: 'bad', decode(problem) { ${body} } }`)
  const { status, stdout } = await callCli('success', path, ...small, '--trials', '50')
  expect(status).toBe(0)
  expect(stdout).toContain("trials broke the decoder's contract")
  const [, replay] = /throw: threw: no idea \(bad\.mjs:1\); replay: npx dpb (.*)/.exec(stdout) ?? []
  const again = await callCli(...shellWords(replay), '--json')
  expect(again.status).toBe(1)
  expect(JSON.parse(again.stdout)).toMatchObject({
    trials: 1,
    faultCount: 1,
    faults: [{ kind: 'throw' }],
    unanswered: 'broken',
  })
})

describe('wrong input: one line, exit code 2, nothing written', () => {
  const record = files.path('never.jsonl')
  const keep = ['--record', record]
  test.each([
    [['success', 'top-j', ...small, ...keep], /no decoder 'top-j'; did you mean 'top-k'\?/],
    [['success', 'top-k', ...size, '-d', '0', ...keep], /'0' is not an integer of 1 or more/],
    [['success', 'top-k', '-N', '4', '-k', '5', '-d', '8', ...keep], /k/],
    [['success', 'top-k', '-N', '4.5', '-k', '5', '-d', '8', ...keep], /'4\.5' is not an integer/],
    [['success', 'top-k', ...small, '--trials', '0', ...keep], /'0' is not an integer of 1 or more/],
    [['success', 'top-k', ...small, '--shard', '3/2', ...keep], /a shard is i\/n/],
    [['success', 'top-k', ...small, '--method', 'magic', ...keep], /magic/],
    [['success', 'top-k', '-N', '2^40', '-k', '3', '-d', '999', '--method', 'simulation', ...keep], /GiB/],
    [['success', './none.mjs', ...small, ...keep], /there is no file/],
    [['measure', 'top-k', ...size, '--target', '1', ...keep], /'1' is not a number between 0 and 1/],
    [['measure', 'top-k', '-N', '64', '-k', '64', ...keep], /H = 0/],
    [['figure', '9', ...keep], /there is no figure '9'; there are 2, 3/],
    [['figure', '2', '--shard', '1/2'], /a shard needs a --record/],
    [['merge', 'none.jsonl', '--out', record], /there is no file 'none\.jsonl'/],
  ])('%j', async (args, message) => {
    const { status, stdout, stderr } = await callCli(...args)
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
    expect(stderr).toMatch(message)
    expect(stderr).toMatch(/^dpb: [^\n]*\n$/)
    expect(existsSync(record)).toBe(false)
  })
})

test('Ctrl-C leaves a record, says how to go on from it, and exits with 130', async () => {
  const record = files.path('stopped.jsonl')
  const body = 'Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5); return [0, 1, 2]'
  const path = files.write('slow.mjs', `export default { name: 'slow', decode() { ${body} } }`)
  const child = spawn(process.execPath, [
    main,
    'success',
    path,
    ...small,
    '--trials',
    '100000',
    '--record',
    record,
  ])
  let output = ''
  child.stdout.on('data', (text) => (output += text))
  child.stderr.on('data', (text) => (output += text))
  const ended = new Promise<number | null>((resolve) => child.on('exit', resolve))
  while (!existsSync(record)) await new Promise((resolve) => setTimeout(resolve, 20))
  child.kill('SIGINT')
  expect(await ended).toBe(130)
  expect(output).toBe(
    `dpb: stopped; finished trials are kept in '${record}': the same call goes on from them\n`,
  )
  const lines = readFileSync(record, 'utf8').trimEnd().split('\n')
  expect(JSON.parse(lines[1])).toMatchObject({ decoder: 'slow', from: 0 })
})
